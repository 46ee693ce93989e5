"""The one table of what a typed message may answer, beside that of what leads where (routes.py)."""

from __future__ import annotations

from app.bot import staff
from app.bot.admin import claims, goods, stock
from app.bot.admin import orders as admin_orders
from app.bot.admin import refunds as admin_refunds
from app.bot.operators import strays, verdicts
from app.bot.screens import deposits, edit, onboarding, testimonials, vouchers, warranty, write
from app.bot.toolkit import keyboards
from app.bot.toolkit.handlers import Input, LeavesTo, Opens
from app.texts import languages

#: What a typed message answers.
INPUTS: dict[str, Input] = {
    onboarding.CONTACT: Input(
        onboarding.take, "question", ("step",), leave=onboarding.pass_over, product_digits=6
    ),
    testimonials.INPUT: Input(
        testimonials.take, "review", ("order",), leave=testimonials.leave,
        product_digits=6, own_words=True,
    ),
    "profile": Input(edit.take, "edit", ("number",), leave=Opens("account"), product_digits=6),
    "message": Input(write.take, "write", leave=Opens("home"), product_digits=6, media=True),
    vouchers.INPUT: Input(
        vouchers.take, "voucher", ("product", "quantity", "applied"), leave=vouchers.leave,
        product_digits=6, media=True,
    ),
    deposits.FOR: Input(
        deposits.take_for, "deposit", ("product", "quantity", "voucher"),
        leave=LeavesTo("balance", "product", "quantity", "voucher"), product_digits=4,
    ),
    deposits.INPUT: Input(deposits.take, "deposit", leave=Opens("account"), product_digits=4),
    "addfile": Input(
        goods.take_file, "send_file", ("product", "shared"), leave=Opens("home"), product_digits=6,
        media=True, for_admins=True,
    ),
    stock.REST: Input(stock.take_rest, own_words=True, media=True, for_admins=True),
    warranty.CLAIM: Input(
        warranty.take, "claim_question", ("order", "item"), leave=warranty.leave, product_digits=6
    ),
    claims.REFUND: Input(
        claims.take_amount, "claim_refund", ("claim", "amount"), leave=claims.back,
        own_words=True, for_admins=True,
    ),
    claims.REFUSE: Input(
        claims.take_refusal, "claim_refuse", ("claim",), leave=claims.back, own_words=True, for_admins=True
    ),
    claims.FOR_BUYER: Input(
        claims.take, "claim_for", ("order", "item"), leave=admin_orders.back, for_admins=True
    ),
    verdicts.ASK: Input(
        verdicts.take, "verdict", ("order", "wanted"), leave=admin_orders.back,
        own_words=True, for_admins=True,
    ),
    strays.ASK: Input(
        strays.take, "stray_question", ("stray", "wanted"), leave=LeavesTo("stray", "stray"),
        own_words=True, for_admins=True,
    ),
    admin_refunds.ASK: Input(
        admin_refunds.take, "give_back", ("order",), leave=admin_orders.back,
        own_words=True, for_admins=True,
    ),
    **staff.INPUTS,
}  # fmt: skip

#: Labels of buttons that lead out of a question, as people type them.
WAYS_OUT = {
    said.upper()
    for label in (keyboards.SKIP, keyboards.BACK, keyboards.CANCEL)
    for said in languages.in_all(label)
}
