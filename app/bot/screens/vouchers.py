"""`Gunakan Voucher`: the code is typed, and the summary comes back with what it takes off."""

from __future__ import annotations

from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.sales import vouchers
from app.texts.screens import vouchers as texts
from models import User

INPUT = "voucher"
#: A code as buttons carry it; 0 for none.
NUMBERS = range(vouchers.COUNT)


def ask(turn: Turn, product_id: int, quantity: int, applied: int = 0) -> Reply:
    """`applied` is the number of the voucher that the summary has: it stays until another takes over."""
    turn.session.wait(INPUT, product=product_id, quantity=quantity, applied=applied)
    return show("voucher", product_id, quantity, applied)


def take(turn: Turn, product_id: int, quantity: int, _applied: int) -> Reply:
    """The typed code. Raises VoucherRefused."""
    voucher = vouchers.find(turn.typed, turn.person.id)
    return show("summary", product_id, quantity, vouchers.number(voucher.code))


def leave(turn: Turn) -> Reply:
    """`KEMBALI`, typed."""
    facts = turn.session.facts
    return show("summary", facts["product"], facts["quantity"], facts["applied"])


def voucher(_person: User, product_id: int, quantity: int, applied: int = 0) -> Screen:
    back = pack("summary", product_id, quantity, *carried(applied))
    return Screen(texts.ASK(), [[Button(keyboards.SUMMARY_BACK, back)]])


def carried(applied: int) -> tuple[int, ...]:
    """How buttons carry a voucher on: its number, or nothing."""
    return (applied,) if applied else ()
