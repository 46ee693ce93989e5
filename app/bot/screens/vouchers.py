"""`Gunakan Voucher`: the code is typed, and the summary comes back with what it takes off."""

from __future__ import annotations

from app import vouchers
from app.bot import keyboards
from app.bot.callbacks import pack
from app.bot.refusals import sentence
from app.bot.reply import Reply, show
from app.bot.screen import Button, Screen
from app.bot.texts import vouchers as texts
from app.bot.turn import Turn
from app.errors import VoucherRefused, VoucherUnknown
from models import User

INPUT = "voucher"
#: A code as buttons carry it.
NUMBERS = range(1, vouchers.COUNT)


def ask(turn: Turn, product_id: int, quantity: int) -> Reply:
    turn.session.wait(INPUT, product=product_id, quantity=quantity)
    return show("voucher", product_id, quantity)


def take(turn: Turn) -> Reply:
    """The typed code. What is wrong with one is said, and the question stays."""
    product_id, quantity = int(turn.session.facts["product"]), int(turn.session.facts["quantity"])
    try:
        if turn.event.is_media:
            raise VoucherUnknown
        voucher = vouchers.find(turn.typed, turn.person.id)
    except VoucherRefused as refusal:
        turn.session.wait(INPUT, product=product_id, quantity=quantity)
        text, facts = sentence(refusal)
        return show("voucher", product_id, quantity, text(**facts))
    return show("summary", product_id, quantity, vouchers.number(voucher.code))


def voucher(_person: User, product_id: int, quantity: int, problem: str | None = None) -> Screen:
    question = texts.ASK()
    text = texts.ASK_AGAIN(problem=problem, question=question) if problem else question
    return Screen(text, [[Button(keyboards.SUMMARY_BACK, pack("summary", product_id, quantity))]])
