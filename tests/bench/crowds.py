"""What buyers wait for while somebody takes all the room there is: QR and goods, beside a calm shop."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import orjson

from app import errors
from app.catalogue import products, stock, waitlist
from app.infra import transactions
from app.infra.queue import lanes
from app.people import users
from app.sales import checkout, orders, payments, settlement
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from models import Order, Outbox, db
from tests.bench import chat, load, plan, report
from tests.bench.pace import paced
from tests.support.stack import Stack

BUYERS, BUYERS_PER_S = 20, 1.0
#: From here on somebody who waits has been forgotten.
FORGOTTEN_S = 120.0
#: Calls carry the moment they came in: how often somebody looks changes no figure.
LOOK_EVERY_S = 0.1
#: A crowd is there before the first buyer comes.
GATHERS_S = 4.0

Crowd = Callable[[Stack, threading.Event], None]

_ids = count(30_000)


@dataclass(frozen=True)
class Visit:
    """Milliseconds that one buyer waited."""

    qr_ms: float
    goods_ms: float


def measure(stack: Stack, words: Sequence[str] = ()) -> list[report.Figure]:
    """Goods within 2 s and QRs within 5 s, whatever the others do. `words`: crowds to try, by their names."""
    figures = plan.measure_rest(stack) + _figures("calm", _visits(stack, lambda *_: None))
    with plan.watching(stack) as use:
        for name, crowd in CROWDS.items():
            if not words or any(word in name for word in words):
                figures += _figures(name, _visits(stack, crowd))
    return figures + plan.figures("beside crowds", use)


def _figures(name: str, visits: list[Visit]) -> list[report.Figure]:
    goods, qrs = [visit.goods_ms for visit in visits], [visit.qr_ms for visit in visits]
    note = f"(n={len(visits)})"
    return [
        report.figure(f"goods p99, {name} {note}", report.percentile(goods, 99), "ms", below=2_000),
        report.figure(f"QR p99, {name} {note}", report.percentile(qrs, 99), "ms", below=5_000),
    ]


def _visits(stack: Stack, crowd: Crowd) -> list[Visit]:
    people = [_at_the_counter(person) for person in newcomers(stack, BUYERS)]
    with gathered(stack, crowd), ThreadPoolExecutor(BUYERS) as shoppers:
        visits = [shoppers.submit(_visit, stack, people[number]) for number in paced(BUYERS, BUYERS_PER_S)]
        return [visit.result() for visit in visits]


@contextmanager
def gathered(stack: Stack, crowd: Crowd) -> Iterator[None]:
    """The crowd is there inside, and gone after."""
    gone = threading.Event()
    thread = threading.Thread(target=crowd, args=(stack, gone))
    thread.start()
    gone.wait(GATHERS_S)
    try:
        yield
    finally:
        gone.set()
        thread.join()
        _calm_down(stack)


def newcomers(stack: Stack, number: int) -> list[Person]:
    """People whom the shop knows and who may be written to."""
    people = [stack.telegram.person(next(_ids), "Buyer") for _ in range(number)]
    with db.connection_context():
        for person in people:
            person.user.started = True
            users.meet(person.id, "Buyer", None)
    return people


def _at_the_counter(person: Person) -> Person:
    """One button away from the QR."""
    person.start(f"p_{chat.PRODUCT}")
    _tap(person, "Lanjut")
    person.waits_for(lambda message: any("QRIS" in button.label for button in message.buttons), 60)
    return person


def _tap(person: Person, label: str) -> None:
    def fits(message: Message) -> bool:
        return any(label in button.label for button in message.buttons)

    message = person.waits_for(fits, 60)
    person.tap(message, next(button for button in message.buttons if label in button.label))


def _visit(stack: Stack, person: Person) -> Visit:
    """From the press of `QRIS` to the QR, from the payment to the goods."""
    placed_at = time.time()
    _tap(person, "QRIS")
    qr_at = _arrival(stack, "sendPhoto", person, "")
    with db.connection_context():
        invoice = Order.get(Order.user == person.id).invoice
    time.sleep(random.uniform(0.5, 1.5))  # people take that long to scan it
    paid_at = time.time()
    stack.pakasir.pays(invoice)
    goods_at = _arrival(stack, "sendMessage", person, "KEY-")
    return Visit((qr_at - placed_at) * 1000, (goods_at - paid_at) * 1000)


def _arrival(stack: Stack, method: str, person: Person, text: str) -> float:
    """When Telegram was sent it. To look at each of its calls would take more time than the shop does."""
    deadline = time.time() + FORGOTTEN_S
    while time.time() < deadline:
        calls = stack.telegram.called(method, person.id)
        if at := next((call.at for call in calls if text in str(call.params)), None):
            return at
        time.sleep(LOOK_EVERY_S)
    return deadline


def _calm_down(stack: Stack) -> None:
    """What one crowd left must not meet the next."""
    stack.redis.flushall()
    with db.connection_context():
        Outbox.delete().where(Outbox.queue == lanes.BULK).execute()


def _presses_of_stock(stack: Stack, gone: threading.Event) -> None:
    """A hundred people, each at STOK every two seconds, as often as is allowed."""
    people = newcomers(stack, 100)
    while not gone.is_set():
        for number in paced(len(people), 50):
            if not gone.is_set():
                people[number].send_text("/stock")


def _waiters(stack: Stack, gone: threading.Event) -> None:
    """One /addstock wakes a thousand people."""
    people = newcomers(stack, 1_000)
    with db.connection_context():
        product = products.add("Restocked", 25_000).id
        for person in people:
            waitlist.ask(product, person.id)
        stock.add(product, ["NEW-1"])


def _starts(stack: Stack, gone: threading.Event) -> None:
    """A thousand new people at once. The stand-in would bring them one after another."""
    people = [stack.telegram.person(next(_ids), "Guest") for _ in range(1_000)]
    for person in people:
        person.user.started = True
    updates = (_start(stack, person) for person in people)
    load.rate(f"{stack.web_url}/webhooks/telegram", updates, len(people))


def _start(stack: Stack, person: Person) -> bytes:
    who = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    private = {"id": person.id, "type": "private", "first_name": person.first_name}
    message = {
        "message_id": 1,
        "date": int(time.time()),
        "chat": private,
        "from": who,
        "text": "/start",
    }
    update = {"update_id": 1_000_000_000 + person.id, "message": message}
    headers = {"X-Telegram-Bot-Api-Secret-Token": stack.env["TELEGRAM_WEBHOOK_SECRET"]}
    return load.request(f"{stack.web_url}/webhooks/telegram", orjson.dumps(update), headers)


def _hoarders(stack: Stack, gone: threading.Event) -> None:
    """Thirty accounts that open an order and give it up, again and again."""
    people = newcomers(stack, 30)
    with db.connection_context():
        while not gone.is_set():
            for person in people:
                _open_and_cancel(person)
            gone.wait(2)  # it takes some taps


def _open_and_cancel(person: Person) -> None:
    try:
        order = orders.unpaid(person.id)
        if order is None:
            checkout.place(person.id, chat.PRODUCT, 1)
        else:
            settlement.cancel(order.id, person.id)
    except errors.ShopError:
        return


def _unpaid(stack: Stack, gone: threading.Event) -> None:
    """A rush is over: what a thousand people left unpaid ends at one moment."""
    people = newcomers(stack, 1_000)
    with db.connection_context():
        product = products.add("Flash", 25_000).id
        stock.add(product, [f"FLASH-{number}" for number in range(len(people))])
        left = [_left_unpaid(person, product) for person in people]
        for order_id in left:
            if not gone.is_set():
                settlement.expire(order_id)


def _left_unpaid(person: Person, product: int) -> int:
    """Nobody asks for its QR: that would be another crowd."""
    price = {"unit_price": 25_000, "discount": 0, "total": 25_000}
    with transactions.atomic():
        order = orders.insert(
            user=person.id, product=product, quantity=1, method=Order.QRIS, message_id=1, **price
        )
        payments.insert(order)
        stock.reserve(product, 1, order.id)
    return order.id


def _sales(stack: Stack, gone: threading.Event) -> None:
    """Fifteen others pay each second, and the admin is told of each."""
    people = newcomers(stack, 15 * BUYERS)
    with db.connection_context():
        invoices = [chat.open_order(stack, person) for person in people]
    for number in paced(len(people), 15):
        if not gone.is_set():
            stack.pakasir.pays(invoices[number])


CROWDS: dict[str, Crowd] = {
    "100 people at STOK every 2 s": _presses_of_stock,
    "1,000 waiters told of new stock": _waiters,
    "1,000 /start in 2 s": _starts,
    "30 accounts opening and canceling": _hoarders,
    "1,000 unpaid orders that end at once": _unpaid,
    "15 sales a second": _sales,
}
