"""`/info user`, `/pm user|text` and replies to customers: look at somebody, write to somebody."""

from __future__ import annotations

from html import escape

import settings
from app import money
from app.bot.admin import roles
from app.bot.parsing import fields
from app.bot.screens.orders import name as product_name
from app.bot.toolkit import formatting, keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import WrongFormat
from app.people import support, users
from app.sales import history, orders
from app.texts import clock, html
from app.texts.admin import people as texts
from app.texts.html import Html
from app.texts.screens import account as account_texts
from app.texts.screens import orders as order_texts
from models import Order, User

FIELD_UNITS, LINE_UNITS, NAME_UNITS = 200, 60, 100
LATEST, PAGE = 10, 8
#: What is waited for after `Tulis Pesan`.
WRITE = "write_to"
#: A message of Telegram's is longer, but this one has a heading.
TEXT_MOST = 3500


def look(turn: Turn) -> Reply:
    """Raises WrongFormat, Unknown."""
    return show("person", fields.person(turn.rest, "info").id)


def write(turn: Turn) -> Reply:
    """What became of the message is reported to this chat. Raises WrongFormat, Unknown."""
    named, text = fields.split(turn.rest, 2, "pm")
    person = fields.person(named, "pm")
    if not 1 <= len(text) <= TEXT_MOST or html.cut(text, TEXT_MOST) != text:
        raise WrongFormat("pm.message", most=TEXT_MOST)
    support.write(person.id, _formatted(turn, text), turn.event.chat_id, turn.event.thread_id)
    return show("pm", person.id)


def ask_write(turn: Turn, user_id: int) -> Reply:
    """`Tulis Pesan`: the next typed message goes to them. Raises Unknown."""
    turn.session.wait(WRITE, user=users.get(user_id).id)
    return show("write_to", user_id)


def take_message(turn: Turn, user_id: int) -> Reply:
    """Raises WrongFormat, Unknown."""
    event = turn.event
    if not 1 <= len(turn.typed) <= TEXT_MOST or html.cut(turn.typed, TEXT_MOST) != turn.typed:
        raise WrongFormat("pm.message", most=TEXT_MOST)
    text = formatting.html(event.text, event.entities, 0)
    support.write(users.get(user_id).id, text, event.chat_id, event.thread_id)
    return show("pm", user_id)


def leave(turn: Turn) -> Reply:
    """Out of a question about somebody."""
    return show("person", int(turn.session.facts["user"]))


def write_to(_person: User, user_id: int) -> Screen:
    """Raises Unknown."""
    text = texts.WRITE_TO(name=html.cut(users.get(user_id).name, NAME_UNITS))
    return Screen(text, keyboards.back("person", user_id))


def orders_of(_person: User, user_id: int, number: int) -> Screen:
    """Raises Unknown."""
    shown = orders.history_with_products(user_id)
    page = paging.of_query(orders.history(user_id), number, PAGE, shown=shown)
    rows = [[Button(_label(each), pack("admin_order", each.id))] for each in page.items]
    name = html.cut(users.get(user_id).name, NAME_UNITS)
    text = texts.ORDERS(name=name) if rows else texts.WITHOUT_ORDERS(name=name)
    pages = {"page": page.number, "pages": page.pages}
    turn_page = keyboards.pager("orders_of", user_id, **pages, up=pack("person", user_id))
    return Screen(text, [*rows, *turn_page])


def answer(turn: Turn) -> Reply | None:
    """A reply to a customer's message, wherever it was copied to; None when it is no such reply."""
    event = turn.event
    if event.reply_to is None or event.message_id is None or not users.is_admin(turn.person):
        return None
    user_id = support.customer(event.chat_id, event.reply_to)
    if user_id is None:
        return None
    where = (user_id, event.chat_id, event.message_id, event.thread_id)
    if turn.session.album_goes_on:
        support.go_on(*where)
    else:
        support.answer(*where, question_id=support.question(event.chat_id, event.reply_to))
    return show("answered", user_id)


def answered(_person: User, user_id: int) -> Screen:
    """On its way; if it does not arrive, workers report it."""
    return Screen(texts.ANSWERED(name=html.cut(users.get(user_id).name, NAME_UNITS)))


def _formatted(turn: Turn, text: str) -> Html:
    """As the admin formatted it, unless Telegram took the bar behind the name for a spoiler's."""
    event = turn.event
    named, bar, shown = event.text[turn.rest_at :].partition("|")
    if not bar or named.strip() != turn.rest.partition("|")[0].strip():
        return Html(escape(text, quote=False))
    return formatting.html(event.text, event.entities, len(event.text) - len(shown.lstrip()))


def on_its_way(_person: User, user_id: int) -> Screen:
    return Screen(texts.PM_ON_ITS_WAY(who=roles.named(users.get(user_id))))


def message(text: Html) -> Screen:
    """What the person reads, who may answer."""
    shown = texts.PM(store=settings.current().store_name, text=text)
    return Screen(shown, [[Button(keyboards.WRITE_BACK, pack("write_back"))]])


def person(_person: User, user_id: int) -> Screen:
    """Everything that an admin may see."""
    seen, record = users.get(user_id), history.record_of(user_id)
    text = texts.INFO(
        id=seen.id,
        name=html.cut(seen.name, FIELD_UNITS),
        username=f"@{seen.username}" if seen.username else "",
        bank_id=seen.bank_id,
        email=_field(seen.email),
        whatsapp=_field(seen.whatsapp),
        roles=_roles(seen),
        status=_status(seen),
        joined=clock.moment(seen.joined_at),
        seen=clock.moment(seen.seen_at),
        balance=money.rupiah(seen.balance),
        orders=record.orders,
        delivered=record.delivered,
        spent=money.rupiah(record.spent),
        latest=_latest(user_id),
    )
    return Screen(text, _buttons(seen))


def _buttons(seen: User) -> Rows:
    """What can be done for somebody, or against."""
    ban = [Button(keyboards.BAN, pack("ban_ask", seen.id))]
    if seen.banned_at:
        ban = [Button(keyboards.UNBAN, pack("unban", seen.id))]
    write = Button(keyboards.WRITE_TO, pack("write_to", seen.id))
    add = Button(keyboards.ADD_BALANCE, pack("add_balance", seen.id))
    return [
        [write, Button(keyboards.ORDERS_OF, pack("orders_of", seen.id, 1))],
        [add, *([] if users.is_admin(seen) else ban)],
    ]


def _label(order: Order) -> str:
    return keyboards.PENDING_ORDER.plain(
        invoice=f"{order_texts.MARKS[order.state]} {order.invoice}",
        total=money.rupiah(order.total),
        name=html.cut(product_name(order), LINE_UNITS),
    )


def _latest(user_id: int) -> Html:
    lines = [_line(order) for order in orders.history_with_products(user_id).limit(LATEST)]
    return texts.LATEST(lines=html.lines(lines)) if lines else texts.NO_ORDERS()


def _line(order: Order) -> Html:
    return texts.ORDER_LINE(
        mark=order_texts.MARKS[order.state],
        invoice=order.invoice,
        name=html.cut(product_name(order), LINE_UNITS),
        quantity=order.quantity,
        total=money.rupiah(order.total),
        at=clock.moment(order.created_at),
    )


def _roles(seen: User) -> str:
    held = {"admin": users.is_admin(seen), "reseller": bool(seen.is_reseller)}
    named = [role for role in held if held[role]] or ["customer"]
    return ", ".join(texts.ROLE_NAMES[role].said() for role in named)


def _status(seen: User) -> Html:
    if seen.banned_at:
        return texts.BANNED_SINCE(at=clock.moment(seen.banned_at))
    if seen.unreachable_at:
        return texts.UNREACHABLE_SINCE(at=clock.moment(seen.unreachable_at))
    return texts.ACTIVE()


def _field(value: str | None) -> str:
    return html.cut(value, FIELD_UNITS) if value else account_texts.UNKNOWN
