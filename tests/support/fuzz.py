"""Everything that services can do, at random and at once, on few people and few products.

What was done is drawn from a seed, so a run can be repeated; how threads interleave cannot.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import settings
from app.backoffice import bans, maintenance, privacy
from app.catalogue import listings, products, stock, stockroom
from app.catalogue.prices import Discount
from app.errors import ShopError
from app.infra import transactions
from app.ops.invariants.breach import Breach
from app.people import groups, users
from app.sales import (
    checkout,
    claims,
    delivery,
    goods,
    orders,
    payments,
    refunds,
    settlement,
    testimonials,
    vouchers,
    wallet,
    warranty,
)
from models import Delivery, LedgerEntry, Order, Payment, Product, StockItem, Testimonial, User, Voucher, db
from tests.support import given

PEOPLE, ADMIN = range(1, 9), 99
NUMBERS = range(101, 108)


@dataclass
class Run:
    """What happened: how often each act ended how, and what no service should raise."""

    done: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def prepare() -> None:
    for who in [*PEOPLE, ADMIN]:
        given.person(who, f"Person {who}", balance=200_000)
    users.make_admin(ADMIN, admin=True)
    for number in NUMBERS[:3]:
        products.add(f"Product {number}", 20_000, number=number, category="Film")
        stock.add(number, [f"KEY-{number}-{n}" for n in range(40)])
        listings.change(number, warranty_days=30)
    slotted = products.add("Akun", 10_000, number=NUMBERS[4])
    listings.set_slots(slotted.id, 3)
    stock.add(slotted.id, [f"AKUN-{n}" for n in range(30)])
    shared = products.add("E-book", 15_000, number=NUMBERS[3])
    stockroom.share(shared.id, StockItem.DOCUMENT, "FILE")


def run(seed: int, seconds: float, threads: int = 8) -> Run:
    """Each thread acts until the time is over; returns when all have ended. Each act is tried."""
    result, until = Run(), time.monotonic() + seconds
    shares = [list(ACTS)[lane::threads] for lane in range(threads)]
    lanes = [
        threading.Thread(target=_act_until, args=(seed + lane, share, until, result))
        for lane, share in enumerate(shares)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    return result


def _act_until(seed: int, share: list[str], until: float, result: Run) -> None:
    """Those of its `share` come last: by then there is something to act on."""
    chance = random.Random(seed)
    with db.connection_context():
        while share or time.monotonic() < until:
            is_over = time.monotonic() >= until
            act = share.pop() if is_over else chance.choices(list(ACTS), WEIGHTS)[0]
            try:
                ACTS[act](chance)
                result.done[f"{act}: ok"] += 1
            except (ShopError, Payment.DoesNotExist, IndexError) as refusal:
                result.done[f"{act}: {type(refusal).__name__}"] += 1
            except Exception as error:
                if act == "renumber" and transactions.lock_was_taken(error):
                    continue  # the rush did not end, and it is left for later
                result.failed.append(f"{act}: {type(error).__name__}: {error}")


def _some_order(chance: random.Random, *states: str) -> Order:
    """One of the newest. Raises IndexError when there is none."""
    newest = Order.select().order_by(Order.id.desc()).limit(40)
    return chance.choice(list(newest.where(Order.state.in_(states)) if states else newest))


def _product(chance: random.Random) -> int:
    return chance.choice(NUMBERS)


def _who(chance: random.Random) -> int:
    return chance.choice(PEOPLE)


def _place(chance: random.Random) -> None:
    code = _code(chance) if chance.random() < 0.3 else None
    how = chance.choice([checkout.place, checkout.place, given.buy_with_balance])
    placed = how(_who(chance), _product(chance), chance.choice([1, 1, 2]), voucher=code)
    if placed.state == Order.PENDING and chance.random() < 0.9:
        settlement.note_opened(placed.id, given.answer(placed))


def _code(chance: random.Random) -> str | None:
    codes = [each.code for each in Voucher.select(Voucher.code).where(Voucher.state == Voucher.AVAILABLE)]
    return chance.choice(codes) if codes else None


def _deposit(chance: random.Random) -> None:
    given.deposit(chance.choice([10_000, 25_000]), _who(chance))


def _opened(chance: random.Random) -> None:
    order = _some_order(chance, Order.PENDING, Order.CANCELED, Order.EXPIRED)
    settlement.note_opened(order.id, given.answer(order))


def _settle(chance: random.Random) -> None:
    """In time, late, or after it ended; once in a while about another amount."""
    order = _some_order(chance)
    if given.payment(order).txn_id:
        wrong = {"amount": order.total + 1} if chance.random() < 0.05 else {}
        with settings.override(late_payment=chance.choice(["deliver", "credit"])):
            settlement.settle(order.id, given.status(order, **wrong))


def _deliver(chance: random.Random) -> None:
    order = _some_order(chance, Order.PAID, Order.DELIVERED)
    already = delivery.sent_parts(order.id)
    for part in goods.parts(orders.get(order.id)):
        if part.number not in already:
            delivery.begin(order.id, part.number)
            fate = chance.random()
            if fate < 0.1:
                delivery.withdraw(order.id, part.number)
                return
            if fate < 0.2:
                delivery.doubt(order.id, part.number)
                return
            delivery.note(order.id, part.number, Delivery.SENT, chance.randrange(1, 10_000))
    delivery.mark_delivered(order.id)


def _renumber(chance: random.Random) -> None:
    listings.renumber(_product(chance), _product(chance))


def _change(chance: random.Random) -> None:
    number = _product(chance)
    match chance.randrange(5):
        case 0:
            listings.change(number, price=chance.choice([15_000, 20_000, 30_000]))
        case 1:
            listings.discount(number, Discount(percent=chance.choice([None, 5, 50])))
        case 2:
            listings.discount_category("Film", Discount(amount=chance.choice([None, 1_000])))
        case 3:
            listings.set_sold(number, 500)
        case 4:
            listings.change(number, warranty_days=chance.choice([None, 1, 30]))


def _stock(chance: random.Random) -> None:
    number = _product(chance)
    match chance.randrange(4):
        case 0 | 1:
            stock.add(number, [f"MORE-{chance.randrange(10**9)}" for _ in range(5)])
        case 2:
            item = StockItem.select(StockItem.id).where(StockItem.product == number)
            stockroom.remove(number, chance.choice([each.id for each in item.limit(20)]))
        case 3:
            stockroom.remove_all(number, stockroom.unsold(number).last_id // 2)


def _slots(chance: random.Random) -> None:
    """Only products whose goods are all sold, or that have none, take another split."""
    listings.set_slots(_product(chance), chance.choice([1, 2, 3]))


def _rate(chance: random.Random) -> None:
    order = _some_order(chance)
    testimonials.give(order.user_id, order.id, chance.randrange(1, 6))
    if chance.random() < 0.5:
        testimonials.write(order.user_id, order.id, "Bagus")


def _hide(chance: random.Random) -> None:
    one = chance.choice(list(Testimonial.select(Testimonial.id).order_by(Testimonial.id.desc()).limit(20)))
    (testimonials.hide if chance.random() < 0.5 else testimonials.show_again)(one.id)


def _people(chance: random.Random) -> None:
    who = _who(chance)
    match chance.randrange(5):
        case 0:
            bans.ban(who)
        case 1:
            users.unban(who)
        case 2:
            users.make_reseller(who, reseller=chance.random() < 0.5)
        case 3:
            privacy.forget(who)
        case 4:
            given.person(who, f"Person {who}")


def _shop(chance: random.Random) -> None:
    match chance.randrange(3):
        case 0:
            maintenance.switch(on=chance.random() < 0.5)
        case 1:
            refunds.set_factors(refunds.Factors(new=chance.choice([70, 80])))
        case 2:
            chance.choice([groups.add(-5, "Staf", ADMIN), groups.remove(-5)])


def _again(chance: random.Random) -> None:
    order = _some_order(chance, Order.PAID, Order.DELIVERED)
    delivery.send_again(order.id, state=order.state, seen_ms=delivery.last_change_ms(order.id))


def _claim(chance: random.Random) -> None:
    order = _some_order(chance, Order.DELIVERED)
    item = chance.choice(warranty.items(order))
    warranty.claim(order.id, item.id, "mati", user_id=order.user_id)


def _answer(chance: random.Random) -> None:
    claim = chance.choice([each.id for each in claims.waiting().limit(20)])
    match chance.randrange(4):
        case 0 | 1:
            warranty.replace(claim)
        case 2:
            warranty.refund(claim, actor_id=ADMIN)
        case 3:
            warranty.refuse(claim, why="fuzz")


def _cancel(chance: random.Random) -> None:
    order = _some_order(chance, Order.PENDING)
    settlement.cancel(order.id, order.user_id)


def _of_some(act: Callable[[int], Any]) -> Callable[[random.Random], Any]:
    return lambda chance: act(_some_order(chance).id)


ACTS: dict[str, Callable[[random.Random], Any]] = {
    "place": _place,
    "deposit": _deposit,
    "open": _opened,
    "settle": _settle,
    "deliver": _deliver,
    "cancel": _cancel,
    "expire": _of_some(settlement.expire),
    "undo": _of_some(lambda order_id: settlement.cancel_without_qr(order_id, "gateway")),
    "cancel as staff": _of_some(lambda order_id: settlement.cancel_by_operator(order_id, note="fuzz")),
    "credit": _of_some(settlement.credit),
    "redeliver": _of_some(delivery.redeliver),
    "send again": _again,
    "claim": _claim,
    "answer": _answer,
    "refund": lambda chance: refunds.give(
        _some_order(chance, Order.DELIVERED).id, 1_000, note="", actor_id=ADMIN
    ),
    "gift": lambda chance: wallet.post(_who(chance), 30_000, f"gift:{chance.random()}"),
    "vouchers": lambda _chance: vouchers.create(12_000, 2, ADMIN),
    "claim looks": lambda _chance: payments.claim_due(),
    "renumber": _renumber,
    "change": _change,
    "stock": _stock,
    "slots": _slots,
    "rate": _rate,
    "hide": _hide,
    "people": _people,
    "shop": _shop,
}
WEIGHTS = [20, 3, 2, 14, 12, 4, 3, 2, 2, 3, 2, 2, 4, 4, 2, 6, 2, 2, 3, 3, 5, 2, 5, 2, 3, 2]


def own_sums() -> list[str]:
    """What does not add up, counted apart from the checks: money, goods and counters, one by one."""
    wrong = []
    for person in User.select():
        entries = sum(each.amount for each in LedgerEntry.select().where(LedgerEntry.user == person.id))
        if person.balance != entries or person.balance < 0:
            wrong.append(f"user {person.id} has {person.balance}, the ledger {entries}")
    for product in Product.select():
        states = Counter(each.state for each in StockItem.select().where(StockItem.product == product.id))
        if (product.available, product.sold) != (states["available"], states["sold"]):
            wrong.append(f"product {product.id} counts {product.available} and {product.sold}, not {states}")
    paid_in = sum(each.amount for each in Payment.select().where(Payment.state == Payment.COMPLETED))
    given_away = sum(each.amount for each in LedgerEntry.select() if not each.reason.startswith("order:"))
    kept = sum(person.balance for person in User.select())
    spent = _worth(Order.PAID, Order.DELIVERED) - _refunded()
    if paid_in + given_away != kept + spent:
        wrong.append(f"{paid_in} paid in and {given_away} given are not {kept} kept and {spent} spent")
    return wrong


def unexplained(breaches: list[Breach]) -> list[str]:
    """Without what this fuzz leaves undone: nobody runs the jobs that services promise."""
    known = ("is neither done nor dead", "the gateway contradicts")
    return [str(breach) for breach in breaches if not any(words in str(breach) for words in known)]


def _worth(*states: str) -> int:
    bought = Order.select().where(Order.state.in_(states), Order.kind == Order.PURCHASE)
    return sum(order.total for order in bought)


def _refunded() -> int:
    given_back = LedgerEntry.reason.endswith(":refund") | LedgerEntry.reason.contains(":warranty:")
    rows = LedgerEntry.select().where(given_back)
    return sum(entry.amount for entry in rows)
