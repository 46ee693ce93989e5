"""A ShopError in words, whichever door it comes through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app import errors, money
from app.errors import ShopError
from app.sales.claims import ClaimAnswered, NotClaimable
from app.texts import clock, formats, html
from app.texts import refusals as texts
from app.texts.html import Html, Text
from app.texts.screens import orders as order_texts

Sentence = tuple[Text, dict[str, object]]


def sentence(error: ShopError) -> Sentence:
    return _SENTENCES.get(type(error), lambda _: (texts.OTHER, {}))(error)


def right_form(hint: str, facts: dict[str, object]) -> Html:
    """What is wrong with a command and how it is right; `hint` is "command.problem"."""
    command, _, problem = hint.partition(".")
    return formats.WRONG(problem=_wrong(problem, facts)(**facts), format=formats.FORMATS[command]())


def problem(error: ShopError) -> Html:
    """What is wrong, alone."""
    text, facts = sentence(error)
    return text(**facts)


_SENTENCES: dict[type[ShopError], Callable[[Any], Sentence]] = {
    errors.Unknown: lambda e: (texts.UNKNOWN[e.kind], {"named": _named(e)}),
    errors.WrongFormat: lambda e: (_wrong(e.hint.rpartition(".")[2], e.facts), e.facts),
    errors.TooFast: lambda e: (texts.TOO_FAST[e.kind], {}),
    errors.LastAdmin: lambda _: (texts.LAST_ADMIN, {}),
    errors.AdminForGood: lambda _: (texts.ADMIN_FOR_GOOD, {}),
    errors.IsAdmin: lambda _: (texts.IS_ADMIN, {}),
    errors.IsBanned: lambda _: (texts.IS_BANNED, {}),
    errors.NobodyThere: lambda _: (texts.NOBODY_THERE, {}),
    errors.Endless: lambda _: (texts.ENDLESS, {}),
    errors.StillStocked: lambda e: (
        (texts.STILL_STOCKED, {"left": e.left, "number": e.number})
        if e.left
        else (texts.STILL_ORDERED, {"ordered": e.ordered})
    ),
    errors.NumberTaken: lambda e: (texts.NUMBER_TAKEN, {"number": e.number, "free": e.free}),
    errors.PriceChanged: lambda e: (texts.PRICE_CHANGED, {"total": money.rupiah(e.total)}),
    errors.VoucherUnknown: lambda e: (texts.VOUCHER_UNKNOWN, {"named": _named(e)}),
    errors.VoucherUsed: lambda _: (texts.VOUCHER_USED, {}),
    errors.VoucherExpired: lambda _: (texts.VOUCHER_EXPIRED, {}),
    errors.VoucherPaused: lambda e: (texts.VOUCHER_PAUSED, {"until": clock.time(e.until)}),
    errors.RatedBefore: lambda e: (texts.RATED_BEFORE, {"stars": e.stars}),
    errors.NothingToRate: lambda e: (
        (texts.REFUNDED_UNRATED, {})
        if e.is_refunded
        else (texts.NOT_DELIVERED, {"state": order_texts.STATES[e.state]})
    ),
    errors.RefundedBefore: lambda _: (texts.REFUNDED_BEFORE, {}),
    NotClaimable: lambda e: (texts.NOT_CLAIMABLE[e.why], _moments(e.facts)),
    ClaimAnswered: lambda e: (texts.CLAIM_ANSWERED[e.state], {}),
    errors.StrayEnded: lambda _: (texts.STRAY_ENDED, {}),
    errors.NothingToDecide: lambda e: (
        texts.DECIDED_BEFORE.get(e.verdict, texts.NOTHING_TO_DECIDE),
        {},
    ),
    errors.OutOfStock: lambda e: (texts.OUT_OF_STOCK, {"left": e.left}) if e.left else (texts.SOLD_OUT, {}),
    errors.GoodsLocked: lambda _: (texts.GOODS_LOCKED, {}),
    errors.Locked: lambda _: (texts.LOCKED, {}),
    errors.OtherProduct: lambda e: (
        texts.OTHER_PRODUCT,
        {"number": e.product_id, "name": html.cut(e.name, 60)},
    ),
    errors.ShareOnly: lambda e: (texts.SHARE_ONLY, {"most": e.most}),
    errors.QrisPaused: lambda e: (texts.QRIS_PAUSED, {"until": clock.time(e.until)}),
    errors.BadQuantity: lambda e: (texts.BAD_QUANTITY, {"most": e.most}),
    errors.OrderClosed: lambda e: (texts.ORDER_CLOSED, {"state": order_texts.STATES[e.state]}),
    errors.BeingDelivered: lambda _: (texts.BEING_DELIVERED, {}),
    errors.MayHaveGoods: lambda e: (
        texts.MAY_HAVE_GOODS,
        {"messages": e.messages, "sent": e.sent, "unsure": e.unsure},
    ),
    errors.TooLittle: lambda e: (texts.TOO_LITTLE, {"missing": money.rupiah(e.missing)}),
    errors.AmountOutOfRange: lambda e: (
        texts.OUT_OF_RANGE[e.what],
        {"amount": money.rupiah(e.amount), "least": money.rupiah(e.least), "most": money.rupiah(e.most)},
    ),
}


def _wrong(problem: str, facts: dict[str, object]) -> Text:
    """Of what was not typed there is nothing to repeat."""
    if facts.get("given") == "":
        return formats.NOTHING.get(problem, formats.NOTHING_TYPED)
    return formats.PROBLEMS[problem]


def _moments(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: clock.moment(value) if isinstance(value, datetime) else value for name, value in facts.items()
    }


def _named(error: errors.Unknown | errors.VoucherUnknown) -> str:
    return html.cut(error.named, 64) or texts.THAT.said()
