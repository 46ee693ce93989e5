"""A shop in which everything that services do has happened at least once, all of it through them."""

from __future__ import annotations

from dataclasses import dataclass

import settings
from app.backoffice import maintenance, privacy
from app.catalogue import batches, listings, products, stock, stockroom
from app.catalogue.prices import Discount
from app.people import broadcasts, channel, groups, users
from app.sales import claims, delivery, orders, refunds, settlement, strays, testimonials, warranty
from models import Claim, Order, StockItem, Stray
from tests.support import broken, claimed, given
from tests.support.given import ALICE, BOB, CHARLIE, RINA


@dataclass(frozen=True)
class Lively:
    """Orders by what became of them, and the products behind them."""

    pending: Order
    deposit: Order
    paid: Order
    delivered: Order
    reviewed: Order
    expired: Order
    canceled: Order
    credited: Order
    with_balance: Order
    with_voucher: Order
    product: int
    stocked: int
    slotted: int
    shared: int
    retired: int
    replaced: Claim
    refunded: Claim
    waiting: Claim
    contradicted: Order
    stray: Stray
    drafted: int
    pictures: int
    batch: int


def shop() -> Lively:
    for number, name in ((ALICE, "Alice"), (BOB, "Bob"), (CHARLIE, "Charlie"), (RINA, "Rina")):
        given.person(number, name)
    product = _shelf()
    stocked = given.product("Disney 1M", stock_lines=4, category="Film").id
    _people()
    return Lively(
        pending=given.order(10, product),
        deposit=given.deposit(50_000, 11),
        paid=_paid(12, product),
        delivered=_delivered(13, product),
        reviewed=_reviewed(25, given.product("Canva").id),
        expired=settlement.expire(given.order(14, product).id) or given.order(14, product),
        canceled=settlement.cancel(given.order(15, product).id, 15),
        credited=_credited(16, product),
        with_balance=broken.bought_with_balance(17),
        with_voucher=_with_voucher(18, product),
        product=product,
        stocked=stocked,
        slotted=given.shared(1, 3).id,
        shared=_shared(),
        retired=products.retire(given.product("Lama", stock_lines=2).id).id,
        replaced=_replaced(21),
        refunded=warranty.refund(claimed.opened(claimed.order(22)).id),
        waiting=claimed.opened(claimed.order(23, quantity=2)),
        contradicted=_contradicted(24, product),
        stray=_stray(),
        drafted=broadcasts.draft_text("Besok tutup", BOB).id,
        pictures=_pictures(),
        batch=_handed_in(),
    )


def _shelf() -> int:
    """A product that was renumbered and changed, some of whose goods were taken away again."""
    made = given.product("Netflix 1M", stock_lines=30, category="Film", description="Privat")
    listings.renumber(made.id, 101)
    stock.add(101, [f"MORE-{number}" for number in range(5)])
    first = StockItem.select().where(StockItem.product == 101).order_by(StockItem.id).first()
    stockroom.remove(101, first.id)
    listings.change(101, price=30_000, reseller_price=28_000)
    listings.discount(101, Discount(percent=10))
    listings.discount_category("Film", Discount(amount=1_000))
    listings.set_sold(101, 120)
    emptied = given.product("Kosong", stock_lines=3).id
    stockroom.remove_all(emptied, stockroom.unsold(emptied).last_id)
    return 101


def _shared() -> int:
    shared = given.product("E-book", stock_lines=0).id
    stockroom.share(shared, StockItem.TEXT, "https://unduh.example/buku")
    _delivered(19, shared)
    return shared


def _people() -> None:
    users.make_admin(BOB, admin=True)
    users.make_reseller(RINA, reseller=True)
    users.ban(CHARLIE)
    given.person(20, "Seseorang")
    privacy.forget(20)
    groups.add(-1001, "Staf", BOB)
    groups.choose_topic(-1001, 5)
    groups.add(-7, "Gudang", BOB, thread_id=3)
    groups.follow(-7, -1007)
    maintenance.switch(on=True)
    maintenance.switch(on=False)
    refunds.set_factors(refunds.Factors(new=90))
    channel.choose(channel.Channel(-1002, "@kanal", "Kanal"))


def _pictures() -> int:
    """Two, which came one after the other."""
    first, second = ({"kind": "photo", "file": f"FILE-{n}", "message": n} for n in (40, 41))
    drafted = broadcasts.draft_copy(BOB, 40, BOB, caption="Promo", album=[first]).id
    broadcasts.extend(drafted, second)
    return drafted


def _handed_in() -> int:
    """Goods that a job is to put on the shelf."""
    shelf = given.product("Spotify", stock_lines=0).id
    return batches.begin(shelf, ["BATCH-1", "BATCH-2"], batches.Origin(BOB, BOB)).id


def _contradicted(user_id: int, product: int) -> Order:
    placed = given.order(user_id, product)
    settlement.settle(placed.id, given.status(placed, amount=1))
    return settlement.refuse(placed.id, why="Bukan uang kita")


def _stray() -> Stray:
    strays.note("TRX20260101ZZZZZZ", "PKS-LAMA")
    broken.by_hand("DELETE FROM outbox WHERE actor = 'look_at_stray'")
    return strays.dismiss(strays.waiting().first().id, why="Sudah dikembalikan")


def _replaced(user_id: int) -> Claim:
    claim = warranty.replace(claimed.opened(claimed.order(user_id)).id)
    claimed.hand_over(orders.get(claim.order_id))
    claims.mark_handed_over(claim.order_id)
    return claims.get(claim.id)


def _paid(user_id: int, product: int) -> Order:
    placed = given.order(user_id, product)
    settlement.settle(placed.id, given.status(placed))
    return orders.get(placed.id)


def _delivered(user_id: int, product: int) -> Order:
    order = _paid(user_id, product)
    broken.hand_over(order)
    testimonials.give(user_id, order.id, 5)
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order' AND args->>0 = %s", str(order.id))
    return orders.get(order.id)


def _reviewed(user_id: int, product: int) -> Order:
    order = _delivered(user_id, product)
    testimonials.write(user_id, order.id, "Cepat dan aman")
    return order


def _credited(user_id: int, product: int) -> Order:
    placed = given.order(user_id, product)
    settlement.expire(placed.id)
    with settings.override(late_payment="credit"):
        settlement.settle(placed.id, given.status(placed))
    return orders.get(placed.id)


def _with_voucher(user_id: int, product: int) -> Order:
    """Delivered, sent again and partly refunded; another voucher is still free."""
    given.voucher(7_000)
    placed = given.order(user_id, product, voucher=given.voucher(5_000))
    settlement.settle(placed.id, given.status(placed))
    broken.hand_over(orders.get(placed.id))
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order' AND args->>0 = %s", str(placed.id))
    delivery.send_again(placed.id, state=Order.DELIVERED, seen_ms=delivery.last_change_ms(placed.id))
    refunds.give(placed.id, 1_000, note="", actor_id=BOB)
    return orders.get(placed.id)
