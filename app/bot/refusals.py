"""A ShopError as the person sees it: a toast on a press, with the screen as it is now; else a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app import errors, money
from app.bot.screens import checkout
from app.bot.texts import formats
from app.bot.texts import refusals as texts
from app.bot.texts.screens import orders as order_texts
from app.bot.toolkit import clock, html
from app.bot.toolkit.html import Html, Text
from app.bot.toolkit.reply import SILENT, Reply, say, show
from app.bot.toolkit.turn import Turn
from app.errors import ShopError

Sentence = tuple[Text, dict[str, object]]


def reply(turn: Turn, error: ShopError) -> Reply:
    if isinstance(error, errors.OpenOrder):
        return checkout.still_open(turn, error.order_id)
    if isinstance(error, errors.WrongFormat):
        return show("plain", right_form(error.hint, error.facts))
    if isinstance(error, errors.TooFast) and error.told:
        return SILENT
    text, facts = sentence(error)
    if not turn.event.is_press:
        return show("plain", text(**facts)) if turn.event.in_group else say(text(**facts))
    redraw = _REDRAW.get(type(error))
    shown = redraw(turn, error) if redraw else SILENT
    return replace(shown, toast=text.plain(**facts), alert=True)


def sentence(error: ShopError) -> Sentence:
    return _SENTENCES.get(type(error), lambda _: (texts.OTHER, {}))(error)


def right_form(hint: str, facts: dict[str, object]) -> Html:
    """What is wrong with a command and how it is right; `hint` is "command.problem"."""
    command, _, problem = hint.partition(".")
    return formats.WRONG(problem=formats.PROBLEMS[problem](**facts), format=formats.FORMATS[command]())


def problem(error: ShopError) -> Html:
    """What is wrong, alone."""
    text, facts = sentence(error)
    return text(**facts)


_SENTENCES: dict[type[ShopError], Callable[[Any], Sentence]] = {
    errors.Unknown: lambda e: (texts.UNKNOWN[e.kind], {"named": _named(e)}),
    errors.WrongFormat: lambda e: (formats.PROBLEMS[e.hint.rpartition(".")[2]], e.facts),
    errors.TooFast: lambda e: (texts.TOO_FAST[e.kind], {}),
    errors.LastAdmin: lambda _: (texts.LAST_ADMIN, {}),
    errors.AdminForGood: lambda _: (texts.ADMIN_FOR_GOOD, {}),
    errors.IsAdmin: lambda _: (texts.IS_ADMIN, {}),
    errors.IsBanned: lambda _: (texts.IS_BANNED, {}),
    errors.NobodyThere: lambda _: (texts.NOBODY_THERE, {}),
    errors.Endless: lambda _: (texts.ENDLESS, {}),
    errors.StillStocked: lambda e: (texts.STILL_STOCKED, {"left": e.left}),
    errors.NumberTaken: lambda e: (texts.NUMBER_TAKEN, {"number": e.number, "free": e.free}),
    errors.PriceChanged: lambda e: (texts.PRICE_CHANGED, {"total": money.rupiah(e.total)}),
    errors.VoucherUnknown: lambda e: (texts.VOUCHER_UNKNOWN, {"named": _named(e)}),
    errors.VoucherUsed: lambda _: (texts.VOUCHER_USED, {}),
    errors.VoucherExpired: lambda _: (texts.VOUCHER_EXPIRED, {}),
    errors.VoucherPaused: lambda e: (texts.VOUCHER_PAUSED, {"until": clock.time(e.until)}),
    errors.RefundedBefore: lambda _: (texts.REFUNDED_BEFORE, {}),
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

#: What a pressed button shows instead, drawn afresh. The others leave the screen alone.
_REDRAW: dict[type[ShopError], Callable[[Turn, Any], Reply]] = {
    errors.OutOfStock: lambda _, e: show("product", e.product_id, max(1, e.left)),
    errors.ShareOnly: lambda _, e: show("product", e.product_id, e.most),
    errors.OtherProduct: lambda turn, e: _shown_again(turn, e.product_id),
    errors.Unknown: lambda _, e: show("everything", 1) if e.kind == "product" else SILENT,
    errors.PriceChanged: lambda turn, _: show(_paying(turn), *_chosen(turn)),
    errors.TooLittle: lambda turn, _: show("balance", *_chosen(turn)),
    errors.BeingDelivered: lambda turn, _: _confirmed_again(turn),
    errors.MayHaveGoods: lambda turn, _: _confirmed_again(turn),
} | dict.fromkeys(
    (errors.VoucherUnknown, errors.VoucherUsed, errors.VoucherExpired, errors.VoucherPaused),
    lambda turn, _: show("summary", *_chosen(turn)[:2]),
)


def _named(error: errors.Unknown | errors.VoucherUnknown) -> str:
    return html.cut(error.named, 64) or texts.THAT


def _confirmed_again(turn: Turn) -> Reply:
    """Giving money back is asked about once more, as long as it was asked about before."""
    facts = turn.session.facts
    if turn.event.press is None or turn.event.press[0] != "given_back":
        return SILENT
    turn.session.keep_waiting()
    return show("give_back_confirm", facts["order"], facts["amount"], facts["reason"])


def _paying(turn: Turn) -> str:
    """The screen with the pressed button."""
    return "balance" if turn.event.press and turn.event.press[0] == "pay" else "summary"


def _chosen(turn: Turn) -> tuple[int, ...]:
    """Product and quantity come first in every button of the checkout, a voucher after what it needs."""
    name, numbers = turn.event.press or ("", ())
    at = checkout.NUMBERS.get(name, len(numbers))
    return numbers[:2] + numbers[at : at + 1]


def _shown_again(turn: Turn, product_id: int) -> Reply:
    """Staff were asked about its goods, buyers about its price."""
    is_purge = turn.event.press is not None and turn.event.press[0] == "purge"
    return show("purge", product_id) if is_purge else show("product", product_id, 1)
