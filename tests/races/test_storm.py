"""Everything at once on few people and products: no deadlock, and every invariant holds afterwards."""

import random

from app.catalogue import stock
from app.errors import ShopError
from app.sales import checkout, delivery, orders, payments, settlement, wallet
from models import LedgerEntry, Order, Payment, StockItem, User
from tests.support import given, racing

PEOPLE = range(1, 7)


def act(seed):
    """One of the things that happen in a shop, to somebody."""
    chance = random.Random(seed)
    who, product_id = chance.choice(PEOPLE), chance.choice([1, 2])
    order = Order.select().where(Order.user == who).order_by(Order.id.desc()).first()
    if order is None or chance.random() < 0.2:
        buy = chance.choice([checkout.place, checkout.place, given.buy_with_balance])
        return buy(who, product_id, chance.choice([1, 2]))
    acts = [
        lambda: settlement.note_opened(order.id, given.answer(order)),
        lambda: settlement.settle(order.id, given.status(order)),
        lambda: settlement.settle(order.id, given.status(order)),
        lambda: settlement.settle(order.id, given.status(order, "canceled")),
        lambda: settlement.cancel(order.id, who),
        lambda: settlement.expire(order.id),
        lambda: settlement.cancel_without_qr(order.id, "gateway"),
        lambda: delivery.mark_delivered(order.id),
        lambda: settlement.credit(order.id),
        lambda: delivery.redeliver(order.id),
        lambda: orders.show_in(order.id, seed),
        lambda: delivery.begin(order.id, 0),
        lambda: wallet.post(who, 1_000, f"gift:{seed}"),
        lambda: stock.add(product_id, [f"MORE-{seed}"]),
        payments.claim_due,
    ]
    try:
        return chance.choice(acts)()
    except Payment.DoesNotExist:
        return None  # paid from the balance, so the gateway knows nothing of it


def test_whatever_happens_at_once_the_books_agree():
    for who in PEOPLE:
        given.person(who, f"Person {who}", balance=100_000)
    shelves = [given.product(stock_lines=30).id, given.product("Spotify", stock_lines=5).id]

    results = racing.crowd(act, range(600), threads=12)

    assert [one for one in results if isinstance(one, Exception) and not isinstance(one, ShopError)] == []
    for product_id in shelves:
        given.shelf(product_id)
    for person in User.select():
        entries = [entry.amount for entry in LedgerEntry.select().where(LedgerEntry.user == person.id)]
        assert person.balance == sum(entries)
    for order in Order.select():
        check(order)


def check(order):
    """Invariants 1 and 2 of `verify`, for one order."""
    states = [item.state for item in StockItem.select().where(StockItem.order == order.id)]
    paid = order.method == Order.BALANCE or given.payment(order).state == Payment.COMPLETED
    credits = LedgerEntry.select().where(LedgerEntry.reason == f"order:{order.invoice}:credit").count()

    if order.state in {Order.PENDING, Order.PAID}:
        assert states == [StockItem.RESERVED] * order.quantity
    elif order.state == Order.DELIVERED:
        assert states == [StockItem.SOLD] * order.quantity
    else:
        assert StockItem.RESERVED not in states
    assert paid == (order.state in {Order.PAID, Order.DELIVERED, Order.CREDITED})
    assert credits == (order.state == Order.CREDITED)
