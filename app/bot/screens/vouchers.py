"""`Gunakan Voucher`: the code is typed, and the summary comes back with what it takes off."""

from __future__ import annotations

from app.bot.refusals import sentence
from app.bot.texts import formats
from app.bot.texts.screens import vouchers as texts
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import VoucherRefused, VoucherUnknown
from app.sales import vouchers
from models import User

INPUT = "voucher"
#: A code as buttons carry it; 0 for none.
NUMBERS = range(vouchers.COUNT)


def ask(turn: Turn, product_id: int, quantity: int, applied: int = 0) -> Reply:
    """`applied` is the number of the voucher that the summary has: it stays until another takes over."""
    turn.session.wait(INPUT, product=product_id, quantity=quantity, applied=applied)
    return show("voucher", product_id, quantity, None, applied)


def take(turn: Turn) -> Reply:
    """The typed code. What is wrong with one is said, and the question stays."""
    product_id, quantity, applied = _chosen(turn)
    try:
        if turn.event.is_media:
            raise VoucherUnknown
        voucher = vouchers.find(turn.typed, turn.person.id)
    except VoucherRefused as refusal:
        text, facts = sentence(refusal)
        turn.session.keep_waiting()
        return show("voucher", product_id, quantity, text(**facts), applied)
    return show("summary", product_id, quantity, vouchers.number(voucher.code))


def leave(turn: Turn) -> Reply:
    """`KEMBALI`, typed."""
    return show("summary", *_chosen(turn))


def voucher(
    _person: User, product_id: int, quantity: int, problem: str | None = None, applied: int = 0
) -> Screen:
    question = texts.ASK()
    text = formats.WRONG(problem=problem, format=question) if problem else question
    back = pack("summary", product_id, quantity, *carried(applied))
    return Screen(text, [[Button(keyboards.SUMMARY_BACK, back)]])


def carried(applied: int) -> tuple[int, ...]:
    """How buttons carry a voucher on: its number, or nothing."""
    return (applied,) if applied else ()


def _chosen(turn: Turn) -> tuple[int, int, int]:
    facts = turn.session.facts
    return int(facts["product"]), int(facts["quantity"]), int(facts.get("applied", 0))
