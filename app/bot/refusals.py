"""A ShopError as the person sees it: a toast on a press, with the screen as it is now; else a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app import errors
from app.bot.screens import checkout
from app.bot.toolkit.reply import SILENT, Reply, say, show
from app.bot.toolkit.turn import Turn
from app.errors import ShopError
from app.people import users
from app.sales.claims import ClaimAnswered, NotClaimable
from app.texts import explained


def reply(turn: Turn, error: ShopError) -> Reply:
    if isinstance(error, errors.OpenOrder):
        return checkout.still_open(turn, error.order_id)
    if isinstance(error, errors.WrongFormat):
        right = explained.right_form(error.hint, error.facts)
        is_staff = turn.event.in_group or users.is_admin(turn.person)
        return show("plain", right) if is_staff else say(right)
    if isinstance(error, errors.TooFast) and error.told:
        return SILENT
    text, facts = explained.sentence(error)
    if not turn.event.is_press:
        is_for_staff = turn.event.in_group or (turn.event.command and users.is_admin(turn.person))
        return show("plain", text(**facts)) if is_for_staff else say(text(**facts))
    redraw = _REDRAW.get(type(error))
    shown = redraw(turn, error) if redraw else SILENT
    return replace(shown, toast=text.plain(**facts), alert=True)


#: What a pressed button shows instead, drawn afresh. The others leave the screen alone.
_REDRAW: dict[type[ShopError], Callable[[Turn, Any], Reply]] = {
    errors.OutOfStock: lambda turn, e: show("product", e.product_id, max(1, e.left), *_chosen(turn)[2:]),
    errors.ShareOnly: lambda turn, e: show("product", e.product_id, e.most, *_chosen(turn)[2:]),
    errors.OtherProduct: lambda turn, e: _shown_again(turn, e.product_id),
    errors.Unknown: lambda _, e: show("everything", 1) if e.kind == "product" else SILENT,
    errors.PriceChanged: lambda turn, _: show(_paying(turn), *_chosen(turn)),
    errors.TooLittle: lambda turn, _: show("balance", *_chosen(turn)),
    NotClaimable: lambda turn, _: _order_again(turn),
    ClaimAnswered: lambda turn, _: show("claim", _pressed(turn)[0]),
    errors.BeingDelivered: lambda turn, _: _confirmed_again(turn),
    errors.MayHaveGoods: lambda turn, _: _confirmed_again(turn),
} | dict.fromkeys(
    (errors.VoucherUnknown, errors.VoucherUsed, errors.VoucherExpired, errors.VoucherPaused),
    lambda turn, _: show("summary", *_chosen(turn)[:2]),
)


def _pressed(turn: Turn) -> tuple[int, ...]:
    """The numbers of the pressed button."""
    return turn.event.press[1] if turn.event.press else ()


def _order_again(turn: Turn) -> Reply:
    """Claims are made from the order's page; staff stay where they are."""
    is_buyer = turn.event.press is not None and turn.event.press[0] in {"claim", "claim_item"}
    return show("order", _pressed(turn)[0]) if is_buyer else SILENT


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
