"""`Klaim Garansi`: the buyer names an item of a delivered order and says what is wrong with it."""

from __future__ import annotations

from app.bot.screens import orders as screens
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.paging import Page
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import Unknown, WrongFormat
from app.money import typed
from app.sales import claims, orders, warranty
from app.sales.warranty import Item
from app.texts import html
from app.texts.html import Html
from app.texts.screens import warranty as texts
from models import Order, User

CLAIM = "claim"
PAGE, HINT_UNITS = 8, 40


def choose(turn: Turn, order_id: int) -> Reply:
    """Raises Unknown, NotClaimable."""
    order = orders.of_user(order_id, turn.person.id)
    warranty.must_be_covered(order)
    items = warranty.items(order)
    return ask(turn, order_id, items[0].id) if len(items) == 1 else show("claim_items", order_id, 1)


def ask(turn: Turn, order_id: int, item_id: int) -> Reply:
    """Raises Unknown, NotClaimable."""
    warranty.must_be_claimable(orders.of_user(order_id, turn.person.id), item_id)
    turn.session.wait(CLAIM, order=order_id, item=item_id)
    return show("claim_question", order_id, item_id)


def take(turn: Turn, order_id: int, item_id: int) -> Reply:
    """What is wrong. Raises WrongFormat, NotClaimable, Unknown."""
    made = warranty.claim(order_id, item_id, complaint(turn.typed), user_id=turn.person.id)
    return show("claimed", made.id)


def leave(turn: Turn) -> Reply:
    return show("order", int(turn.session.facts["order"]))


def complaint(text: str) -> str:
    """Raises WrongFormat unless somebody can read from it what is wrong."""
    shown = typed.seen(text)
    if not warranty.LEAST_LETTERS <= len(shown) <= warranty.MOST_LETTERS:
        raise WrongFormat("complaint", least=warranty.LEAST_LETTERS, most=warranty.MOST_LETTERS)
    return shown


def claim_items(person: User, order_id: int, number: int) -> Screen:
    """Raises Unknown."""
    order = orders.with_product(order_id, person.id)
    page = listed(order, number)
    rows = [[Button(label(each), pack("claim_item", order_id, each.id))] for each in page.items]
    pager = keyboards.pager(
        "claim_items", order_id, page=page.number, pages=page.pages, up=pack("order", order_id)
    )
    text = texts.CHOOSE(name=screens.name(order), invoice=order.invoice, items=lines(page))
    return Screen(text, [*rows, *pager])


def claim_question(person: User, order_id: int, item_id: int) -> Screen:
    """Raises Unknown."""
    order = orders.with_product(order_id, person.id)
    text = texts.ASK(name=screens.name(order), item=item_name(order, item_id), invoice=order.invoice)
    return Screen(text, keyboards.back("order", order_id))


def claimed(person: User, claim_id: int) -> Screen:
    """Raises Unknown."""
    claim = claims.with_order(claim_id)
    if claim.order.user_id != person.id:
        raise Unknown("bought", claim.order.invoice)
    text = texts.CLAIMED(
        name=screens.name(claim.order),
        item=item_name(claim.order, claim.item_id),
        invoice=claim.order.invoice,
        complaint=claims.complaint(claim) or "",
    )
    return Screen(text, [[Button(keyboards.SEE_ORDER, pack("order", claim.order_id))]])


def listed(order: Order, number: int) -> Page[Item]:
    """A page of what the buyer has of the order."""
    return paging.of_list(warranty.items(order), number, PAGE)


def lines(page: Page[Item]) -> Html:
    return html.lines(_line(item) for item in page.items)


def item_name(order: Order, item_id: int) -> str:
    """What people tell an item by, also one that was replaced. Raises Unknown."""
    return label(warranty.item(order, item_id))


def label(item: Item) -> str:
    return html.cut(item.hint, HINT_UNITS) or texts.NO_HINT.plain(number=item.number)


def _line(item: Item) -> Html:
    state = texts.ITEM_STATE(state=texts.STATES[item.claim.state]()) if item.claim else ""
    return texts.ITEM(number=item.number, hint=label(item), state=state)
