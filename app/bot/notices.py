"""What is told to admins and buyers who did not ask, by the kind that services name. Reads, never sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app import money
from app.backoffice import failures
from app.bot import buyer_notices
from app.bot.admin import claims as claim_screens
from app.bot.admin import groups, roles
from app.bot.admin import orders as admin_orders
from app.bot.admin import testimonials as admin_testimonials
from app.bot.operators import alerts, jobs, strays, verdicts
from app.bot.screens.orders import method, name
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Render
from app.catalogue import stockroom
from app.infra.queue import dead
from app.people import users
from app.people.channel import Channel
from app.sales import contradictions, orders, testimonials
from app.texts import causes, clock, explained, html, job_words, order_words
from app.texts import notices as texts
from app.texts.admin import shop as shop_texts
from app.texts.admin import testimonials as testimonial_texts
from app.texts.html import Html, Text
from models import DeadLetter, Order, User

LISTED, BUTTONS = 20, 8
LINE_UNITS = 60

Data = dict[str, Any]


def render(kind: str, data: Data) -> Screen:
    """`data` is what the service gave `notices.to_admins` or the outbox."""
    return _KINDS[kind](data)


def again(kind: str) -> Render:
    """A notice about a product once more, for who leaves the question that its button asked."""
    return lambda _person, product_id: render(kind, {"product_id": product_id})


def stock_again(_person: User, product_id: int) -> Screen:
    """With what is left by now. Raises Unknown."""
    product = stockroom.get(product_id)
    kind, left = "stock_low" if product.available else "stock_out", product.available
    return render(kind, {"product_id": product_id, "name": product.name, "left": left})


def _about_order(text: Text) -> Callable[[Data], Screen]:
    def draw(data: Data) -> Screen:
        order = orders.with_product(data["order_id"])
        return Screen(text(order=_order(order.id)), keyboards.order_and_buyer(order.id, order.user_id))

    return draw


def _unreachable(data: Data) -> Screen:
    """Writing to them is no use; their money can go back."""
    order = orders.get(data["order_id"])
    see = [Button(keyboards.SEE_ORDER, pack("admin_order", order.id))]
    text = texts.BUYER_UNREACHABLE(order=_order(order.id))
    return Screen(text, [see, *admin_orders.help_with_goods(order)])


def _mismatch(data: Data) -> Screen:
    """As it is when it is sent: somebody may have decided already."""
    found = contradictions.of_order(data["order_id"])
    text = texts.PAYMENT_MISMATCH(
        order=_order(data["order_id"]), contradiction=order_words.contradiction(found)
    )
    return Screen(text, [*verdicts.buttons(found), *_look(data)])


def _lapsed(data: Data) -> Screen:
    return Screen(texts.PAYMENT_LAPSED(order=_order(data["order_id"])), _look(data))


def _look(data: Data) -> Rows:
    """Ask the gateway, see all there is about the order, ask the buyer."""
    order = orders.get(data["order_id"])
    ask = [Button(keyboards.RECHECK, pack("recheck", order.id))]
    return [ask, *keyboards.order_and_buyer(order.id, order.user_id)]


def _expired(data: Data) -> Screen:
    ids = data["order_ids"]
    listed = [_expired_line(orders.with_product(each)) for each in ids[:LISTED]]
    count = data.get("count", len(ids))
    more = texts.MORE(count=count - len(listed)) if count > len(listed) else ""
    text = texts.ORDERS_EXPIRED(count=count, orders=html.lines(listed), more=more)
    if count == 1:
        order = orders.get(ids[0])
        return Screen(text, keyboards.order_and_buyer(order.id, order.user_id))
    found = [Button(orders.get(each).invoice, pack("admin_order", each)) for each in ids[:BUTTONS]]
    return Screen(text, [found[at : at + 2] for at in range(0, len(found), 2)])


def _stock_alert(text: Text) -> Callable[[Data], Screen]:
    def draw(data: Data) -> Screen:
        fill = [Button(keyboards.FILL, pack("fill", data["product_id"]))]
        return Screen(text(**data | {"name": html.cut(data["name"], LINE_UNITS)}), [fill])

    return draw


def _order(order_id: int) -> Html:
    order = orders.with_product(order_id)
    return texts.ORDER(
        invoice=order.invoice,
        buyer=html.cut(order.user.name, LINE_UNITS),
        buyer_id=order.user_id,
        name=name(order),
        quantity=order.quantity,
        price=money.rupiah(order.unit_price),
        total=money.rupiah(order.total),
        method=method(order),
    )


def _expired_line(order: Order) -> Html:
    shown = html.cut(name(order), LINE_UNITS)
    return texts.EXPIRED_LINE(invoice=order.invoice, name=shown, total=money.rupiah(order.total))


def _failed(data: Data) -> Screen:
    """Jobs of one kind of failure; of a single order with what can be done for it."""
    letters = failures.named(data["letters"])
    if not letters:
        return Screen(texts.FAILED_DONE())
    about = [order for order in map(failures.order_of, letters) if order]
    actor, count = letters[0].actor, data["count"]
    text = texts.JOBS_FAILED(
        what=job_words.what(actor),
        orders=_failed_orders(about),
        cause=causes.told(letters[0].error, actor),
        count=texts.FAILED_COUNT(count=count) if count > 1 else "",
    )
    return Screen(text, _failed_buttons(letters, about))


def _logged_in(data: Data) -> Screen:
    at = clock.moment(datetime.fromisoformat(data["at"]))
    end = [Button(keyboards.END_SESSION, pack("end_session", data["session"]))]
    return Screen(texts.OPS_LOGIN(at=at, address=data["address"]), [end])


def _about_product(text: Text, step: Callable[[int], Button]) -> Callable[[Data], Screen]:
    """`step`: what can be done about it."""

    def draw(data: Data) -> Screen:
        product = stockroom.get(data["product_id"])
        return Screen(text(number=product.id, name=html.cut(product.name, LINE_UNITS)), [[step(product.id)]])

    return draw


def _channel_chosen(data: Data) -> Screen:
    chosen = Channel(0, data["name"], data["title"])
    return Screen(testimonial_texts.CHOSEN(channel=admin_testimonials.named(chosen)))


def _channel_lost(data: Data) -> Screen:
    lost = Channel(0, data["name"], data["title"])
    text = testimonial_texts.LOST(channel=admin_testimonials.named(lost), name=data["name"])
    return Screen(text)


def _post_left(data: Data) -> Screen:
    return Screen(testimonial_texts.LEFT(message=data["message_id"], link=data["link"]))


def _rated_low(data: Data) -> Screen:
    found = testimonials.get(data["testimonial_id"])
    text = testimonial_texts.RATED_LOW(testimonial=admin_testimonials.one(found))
    return Screen(text, admin_testimonials.buttons(found))


def _outcome(data: Data) -> Screen:
    text = texts.OUTCOMES[data["message"], data["outcome"]]
    person = users.get(data["user_id"])
    return Screen(text(who=roles.named(person)), keyboards.person(person.id))


def _failed_orders(about: list[Order]) -> Html | str:
    if not about:
        return ""
    shown = [_order(about[0].id), Html()]
    if len(about) > 1:
        shown = [_expired_line(orders.with_product(each.id)) for each in about]
    return html.lines([*shown, Html()])


def _failed_buttons(letters: list[DeadLetter], about: list[Order]) -> Rows:
    rows = [[Button(each.invoice, pack("admin_order", each.id))] for each in about if len(about) > 1]
    if len(about) == 1 and about[0].product_id:
        rows += admin_orders.help_with_goods(about[0])
    one = len(letters) == 1 and letters[0].actor != dead.UNREADABLE
    again = [Button(keyboards.TRY_AGAIN, jobs.again(letters[0]))] if one else []
    return [*rows, [*again, Button(keyboards.SEE_ALL, pack("dead", 1))]]


_KINDS: dict[str, Callable[[Data], Screen]] = {
    **buyer_notices.KINDS,
    "order_new": _about_order(texts.ORDER_NEW),
    "order_late": _about_order(texts.ORDER_LATE),
    "order_late_credited": _about_order(texts.ORDER_LATE_CREDITED),
    "deposit_new": _about_order(texts.DEPOSIT_NEW),
    "buyer_unreachable": _unreachable,
    "payment_mismatch": _mismatch,
    "payment_lapsed": _lapsed,
    "payment_stray": lambda data: strays.stray(None, data["stray_id"]),
    "orders_expired": _expired,
    failures.NOTICE: _failed,
    "digest": alerts.digest,
    "audit_head": lambda data: Screen(texts.AUDIT_HEAD(**data), silent=True),
    "audit_broken": lambda data: Screen(texts.AUDIT_BROKEN(**data)),
    "ops_login": _logged_in,
    "ops_locked": lambda data: Screen(texts.OPS_LOCKED(count=data["count"], address=data["address"])),
    "goods_locked": _about_product(
        texts.GOODS_LOCKED, lambda number: Button(keyboards.EXPORT, pack("export", number))
    ),
    "file_lost": _about_product(
        texts.FILE_LOST, lambda number: Button(keyboards.SEND_FILE, pack("send_file", number))
    ),
    "photo_lost": _about_product(
        texts.PHOTO_LOST, lambda number: Button(keyboards.SEND_PHOTO, pack("send_photo", number))
    ),
    "sandbox": lambda data: Screen((shop_texts.SANDBOX_ON if data["on"] else shop_texts.SANDBOX_OFF)()),
    "claim_opened": lambda data: claim_screens.claim(None, data["claim_id"]),
    "stock_low": _stock_alert(texts.STOCK_LOW),
    "stock_out": _stock_alert(texts.STOCK_OUT),
    "refused": lambda data: Screen(data["text"]),
    "wrong_format": lambda data: Screen(explained.right_form(data["hint"], data["facts"])),
    "group_added": lambda _: Screen(texts.GROUP_ADDED()),
    "group_lost": lambda data: Screen(texts.GROUP_LOST(group=groups.named(data["chat_id"], data["title"]))),
    "channel_chosen": _channel_chosen,
    "channel_refused": lambda data: Screen(testimonial_texts.REFUSED[data["problem"]](named=data["named"])),
    "channel_lost": _channel_lost,
    "post_left": _post_left,
    "rated_low": _rated_low,
    "promoted": lambda data: Screen(texts.PROMOTED[data["role"]]()),
    "message_outcome": _outcome,
}
