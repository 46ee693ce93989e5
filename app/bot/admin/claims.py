"""`/klaim`: warranty claims that wait, each with `Ganti`, `Kembalikan Dana` and `Tolak`; claims for buyers.

What is asked waits in the session, as for refunds. Answering twice is refused by the service.
"""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.screens import orders as screens
from app.bot.screens import warranty as shown
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import stock
from app.errors import GoodsLocked, OutOfStock
from app.sales import claims, orders, refunds, warranty
from app.sales.claims import ClaimAnswered
from app.texts import clock, formats, html
from app.texts import refusals as refusal_texts
from app.texts.admin import claims as texts
from app.texts.html import Html
from models import Claim, User

REFUND, REFUSE, FOR_BUYER = "claim_refund", "claim_refuse", "claim_for"
PAGE, NAME_UNITS = 8, 30


def look(turn: Turn) -> Reply:
    """`/klaim` lists what waits; with an invoice, it claims for the buyer. Raises WrongFormat, Unknown."""
    if not turn.rest:
        return show("claims", 1)
    return choose(turn, fields.order(turn.rest, "klaim").id)


def replace(_turn: Turn, claim_id: int) -> Reply:
    """`Ganti`. Raises ClaimAnswered, GoodsLocked, Unknown."""
    try:
        warranty.replace(claim_id)
    except GoodsLocked:
        raise
    except OutOfStock as empty:
        said = texts.NO_STOCK.plain(number=empty.product_id)
        return show("claim", claim_id, toast=said, alert=True)
    return show("claim", claim_id, toast=texts.REPLACING.plain())


def ask_refund(turn: Turn, claim_id: int) -> Reply:
    """`Kembalikan Dana`: how much, by the formula. Raises ClaimAnswered, OrderClosed, Unknown."""
    claim = _open(claim_id)
    return _confirm(turn, claim_id, refunds.worth_of_item(claim.order).amount)


def take_amount(turn: Turn, claim_id: int, _shown: int) -> Reply:
    """Another amount. Raises WrongFormat, ClaimAnswered, Unknown."""
    most = refunds.paid_for_item(_open(claim_id).order)
    return _confirm(turn, claim_id, fields.amount(turn.typed, 1, most, "money_amount"))


def refund(turn: Turn, claim_id: int, amount: int) -> Reply:
    """The press that it was all for. Raises ClaimAnswered, AmountOutOfRange, Unknown."""
    facts = turn.session.facts
    if (turn.session.waiting, facts.get("claim"), facts.get("amount")) != (REFUND, claim_id, amount):
        return show("claim", claim_id, toast=refusal_texts.CONFIRMATION_GONE.plain(), alert=True)
    warranty.refund(claim_id, amount, actor_id=turn.person.id)
    return show("claim", claim_id, toast=texts.REFUNDED.plain(amount=money.rupiah(amount)))


def ask_refusal(turn: Turn, claim_id: int) -> Reply:
    """`Tolak`. Raises ClaimAnswered, Unknown."""
    _open(claim_id)
    turn.session.wait(REFUSE, claim=claim_id)
    return show("claim_refuse", claim_id)


def take_refusal(turn: Turn, claim_id: int) -> Reply:
    """The typed reason. Raises WrongFormat, ClaimAnswered, Unknown."""
    warranty.refuse(claim_id, why=fields.reason(turn.typed))
    return show("claim", claim_id)


def back(turn: Turn) -> Reply:
    """Out of a question about a claim."""
    return show("claim", int(turn.session.facts["claim"]))


def choose(turn: Turn, order_id: int) -> Reply:
    """A claim on the buyer's behalf: which item. Raises NotClaimable, Unknown."""
    order = orders.get(order_id)
    warranty.must_be_covered(order)
    items = warranty.items(order)
    return ask(turn, order_id, items[0].id) if len(items) == 1 else show("claim_for_items", order_id, 1)


def ask(turn: Turn, order_id: int, item_id: int) -> Reply:
    """Raises NotClaimable, Unknown."""
    warranty.must_be_claimable(orders.get(order_id), item_id)
    turn.session.wait(FOR_BUYER, order=order_id, item=item_id)
    return show("claim_for", order_id, item_id)


def take(turn: Turn, order_id: int, item_id: int) -> Reply:
    """What is wrong. Raises WrongFormat, NotClaimable, Unknown."""
    return show("claim", warranty.claim(order_id, item_id, shown.complaint(turn.typed)).id)


def waiting(_person: User, number: int) -> Screen:
    page = paging.of_query(claims.waiting(), number, PAGE, shown=claims.waiting_with_orders())
    if not page.items:
        return Screen(texts.NONE())
    rows = [[Button(_label(each), pack("claim_page", each.id))] for each in page.items]
    pager = keyboards.pager("claims", page=page.number, pages=page.pages)
    return Screen(texts.LIST(count=page.count), [*rows, *pager])


def claim(person: User | None, claim_id: int) -> Screen:
    """Raises Unknown. A notice, which is for no `person`, has no list to go back to."""
    found = claims.with_order(claim_id)
    until = warranty.ends_at(found.order)
    text = texts.CLAIM(
        number=found.id,
        invoice=found.order.invoice,
        total=money.rupiah(found.order.total),
        buyer=html.cut(found.order.user.name, NAME_UNITS),
        buyer_id=found.order.user_id,
        name=screens.name(found.order),
        item=shown.item_name(found.order, found.item_id),
        until=clock.moment(until) if until else "",
        opened=clock.moment(found.opened_at),
        complaint=claims.complaint(found) or texts.NO_WORDS,
        state=_state(found),
    )
    back = keyboards.back("claims", paging.behind(claims.waiting_before(found), PAGE)) if person else []
    return Screen(text, [*_buttons(found), *back])


def refund_question(_person: User, claim_id: int, amount: int) -> Screen:
    """Raises Unknown."""
    found = claims.with_order(claim_id)
    worth = refunds.worth_of_item(found.order)
    given = money.rupiah(amount)
    meant = texts.REFUND_MEANT(amount=given, buyer=html.cut(found.order.user.name, NAME_UNITS))
    text = texts.REFUND(
        invoice=found.order.invoice,
        name=screens.name(found.order),
        item=shown.item_name(found.order, found.item_id),
        paid=money.rupiah(worth.paid),
        days=worth.days,
        claims=worth.claims,
        factor=worth.factor,
        worth=money.rupiah(worth.amount),
        meant=meant if amount else texts.REFUND_NOTHING(),
    )
    yes = [[Button(keyboards.CONFIRM_GIVE_BACK, pack("claim_give", claim_id, amount))]] if amount else []
    return Screen(text, [*yes, *keyboards.back("claim_page", claim_id)])


def refusal_question(_person: User, claim_id: int) -> Screen:
    """Raises Unknown."""
    found = claims.with_order(claim_id)
    text = texts.REFUSE(
        invoice=found.order.invoice,
        name=screens.name(found.order),
        item=shown.item_name(found.order, found.item_id),
        format=formats.FORMATS["claim_refuse"](),
    )
    return Screen(text, keyboards.back("claim_page", claim_id))


def items_for_buyer(_person: User, order_id: int, number: int) -> Screen:
    """Raises Unknown."""
    order = orders.with_product(order_id)
    page = shown.listed(order, number)
    rows = [[Button(shown.label(each), pack("claim_for_item", order_id, each.id))] for each in page.items]
    pager = keyboards.pager(
        "claim_for_items", order_id, page=page.number, pages=page.pages, up=pack("admin_order", order_id)
    )
    text = texts.FOR_BUYER(
        buyer=html.cut(order.user.name, NAME_UNITS),
        invoice=order.invoice,
        name=screens.name(order),
        items=shown.lines(page),
    )
    return Screen(text, [*rows, *pager])


def question_for_buyer(_person: User, order_id: int, item_id: int) -> Screen:
    """Raises Unknown."""
    order = orders.with_product(order_id)
    text = texts.ASK_FOR_BUYER(
        buyer=html.cut(order.user.name, NAME_UNITS),
        invoice=order.invoice,
        name=screens.name(order),
        item=shown.item_name(order, item_id),
    )
    return Screen(text, keyboards.back("admin_order", order_id))


def _open(claim_id: int) -> Claim:
    found = claims.with_order(claim_id)
    if found.state != Claim.OPEN:
        raise ClaimAnswered(found.state)
    return found


def _confirm(turn: Turn, claim_id: int, amount: int) -> Reply:
    turn.session.wait(REFUND, claim=claim_id, amount=amount)
    return show("claim_refund", claim_id, amount)


def _state(found: Claim) -> Html:
    if found.state == Claim.OPEN:
        assert found.order.product is not None
        return texts.TO_DO(stock=stock.left(found.order.product))
    if found.state == Claim.REPLACED:
        sent = texts.SENT if found.handed_at else texts.ON_ITS_WAY
        assert found.replacement_id is not None
        return texts.REPLACED(item=shown.item_name(found.order, found.replacement_id), sent=sent())
    amount = money.rupiah(found.amount) if found.amount else ""
    return texts.ENDED[found.state](amount=amount, note=found.note or texts.NO_WORDS)


def _buttons(found: Claim) -> Rows:
    look = [Button(keyboards.SEE_ORDER, pack("admin_order", found.order_id))]
    if found.state != Claim.OPEN:
        return [look]
    return [
        [
            Button(keyboards.REPLACE, pack("claim_replace", found.id)),
            Button(keyboards.GIVE_MONEY, pack("claim_refund", found.id)),
        ],
        [Button(keyboards.REFUSE, pack("claim_refuse", found.id)), *look],
    ]


def _label(found: Claim) -> str:
    name = html.cut(found.order.user.name, NAME_UNITS)
    return keyboards.WAITING_CLAIM.plain(
        number=found.id, name=name, product=html.cut(screens.name(found.order), NAME_UNITS)
    )
