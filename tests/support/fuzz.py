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
from app.catalogue import batches, listings, products, stock, stockroom, waitlist
from app.catalogue.prices import Discount
from app.errors import ShopError
from app.infra import transactions
from app.infra.queue import dead
from app.ops.invariants.breach import Breach
from app.people import broadcasts, channel, groups, recipients, users
from app.sales import (
    checkout,
    claims,
    contradictions,
    delivery,
    goods,
    orders,
    payments,
    refunds,
    settlement,
    strays,
    testimonials,
    vouchers,
    wallet,
    warranty,
)
from models import (
    Broadcast,
    Delivery,
    LedgerEntry,
    Order,
    Outbox,
    Payment,
    Product,
    StockBatch,
    StockItem,
    Testimonial,
    User,
    Voucher,
    db,
    utcnow,
)
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
            except (ShopError, Payment.DoesNotExist, batches.Overtaken, IndexError) as refusal:
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
    match chance.randrange(7):
        case 0:
            maintenance.switch(on=chance.random() < 0.5)
        case 1:
            refunds.set_factors(refunds.Factors(new=chance.choice([70, 80])))
        case 2:
            groups.add(-5, "Staf", ADMIN, chance.choice([None, 7]))
        case 3:
            chance.choice([groups.remove, groups.drop_unreachable])(-5)
        case 4:
            groups.choose_topic(-5, chance.choice([None, 7, 9]))
        case 5:
            groups.follow(-5, -6)
            groups.follow(-6, -5)
        case 6:
            channel.choose(channel.Channel(-9, "@kanal", "Kanal")) or channel.lose(-9)


def _shelf(chance: random.Random) -> None:
    """Off the shelf and back, another file for every buyer, and who waits for more."""
    number = _product(chance)
    match chance.randrange(4):
        case 0:
            products.retire(number)
        case 1:
            products.bring_back(number)
        case 2:
            stockroom.share(NUMBERS[3], StockItem.DOCUMENT, f"FILE-{chance.randrange(3)}")
        case 3:
            waitlist.ask(number, _who(chance))
            waitlist.notify_some(number)


def _batch(chance: random.Random) -> None:
    """Goods that are handed in together: begun, gone on with, or taken away again by whoever comes by."""
    if chance.random() < 0.3:
        lines = [f"BATCH-{chance.randrange(10**9)}" for _ in range(3)]
        how = chance.choice([batches.ask, batches.begin, batches.add])
        how(_product(chance), lines, batches.Origin(ADMIN, ADMIN, chance.randrange(10**9)))
        return
    newest = StockBatch.select().order_by(StockBatch.id.desc()).limit(5)
    batch = chance.choice(list(newest))
    match chance.randrange(4):
        case 0:
            batches.confirm(batch.id, ADMIN, None)
        case 1:
            batches.step(batches.get(batch.id), batches.lines(batch))
        case 2:
            batches.drop(batch.id)
        case 3:
            batches.undo(batch.id)


def _decide(chance: random.Random) -> None:
    """An operator about what contradicts: some of it is accepted, with more or less than was asked for."""
    order = orders.get(chance.choice([each.order_id for each in contradictions.waiting()]))
    if chance.random() < 0.5:
        settlement.refuse(order.id, why="fuzz")
    else:
        settlement.accept(order.id, order.total + chance.choice([-1, 0, 1]), why="fuzz")


def _stray(chance: random.Random) -> None:
    """A payment of nobody's; or of an order of ours, by another transaction."""
    match chance.randrange(4):
        case 0:
            strays.note(f"TRX{chance.randrange(5)}", f"PKS{chance.randrange(5)}")
        case 1:
            strays.note(_some_order(chance).invoice, f"PKS{chance.randrange(5)}")
        case 2:
            strays.credit(_waiting_stray(chance), _who(chance), 1_000, why="fuzz", actor_id=ADMIN)
        case 3:
            strays.dismiss(_waiting_stray(chance), why="fuzz")


def _waiting_stray(chance: random.Random) -> int:
    return int(chance.choice([each.id for each in strays.waiting()]))


def _balance(chance: random.Random) -> None:
    person = users.get(_who(chance))
    seen = chance.choice([person.balance, 0])
    wallet.set_to(person.id, 100_000, seen=seen, reason=f"set:{chance.random()}", admin=users.get(ADMIN))


def _broadcast(chance: random.Random) -> None:
    """Drafts, whose turn it is, and who gets them."""
    if chance.random() < 0.2:
        broadcasts.draft_text("Halo", ADMIN)
        return
    one = chance.choice(list(Broadcast.select().order_by(Broadcast.id.desc()).limit(4)))
    match chance.randrange(7):
        case 0:
            broadcasts.confirm(one.id, ADMIN, None)
        case 1:
            broadcasts.pause(one.id)
        case 2:
            broadcasts.resume(one.id)
        case 3:
            broadcasts.stop(one.id)
        case 4:
            if broadcasts.is_running(one.id, one.run):
                broadcasts.list_recipients(one.id, one.run)
        case 5:
            taken = recipients.claim(one.id, one.run, chance.randrange(broadcasts.LANES))
            if taken:
                recipients.settle(one.id, taken.user_id, chance.choice(["sent", "blocked", "failed"]))
        case 6:
            broadcasts.finish(one.id, one.run)


def _watch(chance: random.Random) -> None:
    """What the gateway's answers to other calls lead to."""
    order = _some_order(chance)
    match chance.randrange(6):
        case 0:
            settlement.note_unreadable(order.id, "fuzz")
        case 1:
            payments.note_cancel_asked(order.id)
        case 2:
            if payments.of_order(order.id):
                payments.count_unanswered(order.id, utcnow())
        case 3:
            payments.recheck(order.id)
        case 4:
            payments.check_soon(order.id)
        case 5:
            settlement.settle(order.id, given.status(order, chance.choice(["canceled", "pending"])))


def _reach(chance: random.Random) -> None:
    """They block the bot, something cannot be told them, and they come back."""
    who = _who(chance)
    users.mark_unreachable(who)
    users.tell_later(who, "show_paid", _some_order(chance).id)


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


def _die(chance: random.Random) -> None:
    """A job fails for good, as the queue notes it; somebody has those that did run again."""
    if chance.random() < 0.6:
        dead.retry(chance.choice([each.id for each in dead.waiting().limit(5)]))
        return
    with transactions.atomic():
        rows = list(Outbox.select().where(Outbox.actor.in_(["deliver_order", "open_payment", "send_qr"])))
        job = chance.choice(rows)
        if Outbox.delete().where(Outbox.id == job.id).execute():
            dead.record(str(job.id), job.actor, job.queue, job.args, ValueError("fuzz"))


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
    "shelf": _shelf,
    "batch": _batch,
    "decide": _decide,
    "stray": _stray,
    "balance": _balance,
    "broadcast": _broadcast,
    "watch": _watch,
    "reach": _reach,
    "die": _die,
}
WEIGHTS = [
    20,
    3,
    2,
    14,
    12,
    4,
    3,
    2,
    2,
    3,
    2,
    2,
    4,
    4,
    2,
    6,
    2,
    2,
    3,
    3,
    5,
    2,
    5,
    2,
    3,
    2,
    3,
    4,
    2,
    3,
    2,
    5,
    4,
    2,
    3,
]


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
    paid_in = sum(_paid_in(each) for each in Payment.select().where(Payment.state == Payment.COMPLETED))
    given_away = sum(each.amount for each in LedgerEntry.select() if not each.reason.startswith("order:"))
    kept = sum(person.balance for person in User.select())
    spent = _worth(Order.PAID, Order.DELIVERED) - _refunded()
    if paid_in + given_away != kept + spent:
        wrong.append(f"{paid_in} paid in and {given_away} given are not {kept} kept and {spent} spent")
    return wrong


def unexplained(breaches: list[Breach]) -> list[str]:
    """Without what this fuzz leaves undone: nobody runs the jobs that services promise."""
    known = ("is neither done nor dead", "the gateway contradicts", "which no order of ours fits")
    return [str(breach) for breach in breaches if not any(words in str(breach) for words in known)]


def _worth(*states: str) -> int:
    bought = Order.select().where(Order.state.in_(states), Order.kind == Order.PURCHASE)
    accepted = {each.order_id: each.accepted for each in Payment.select() if each.accepted is not None}
    return sum(min(order.total, accepted.get(order.id, order.total)) for order in bought)


def _paid_in(payment: Payment) -> int:
    """What an operator took for paid may be more or less than what was asked for."""
    return int(payment.amount if payment.accepted is None else payment.accepted)


def _refunded() -> int:
    given_back = LedgerEntry.reason.endswith(":refund") | LedgerEntry.reason.contains(":warranty:")
    rows = LedgerEntry.select().where(given_back)
    return sum(entry.amount for entry in rows)
