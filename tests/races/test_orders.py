"""One order a person, one end an order, whoever comes first."""

import threading

import pytest

from app.errors import BeingDelivered, OrderClosed
from app.infra import transactions
from app.people import users
from app.sales import checkout, delivery, orders, settlement
from models import LedgerEntry, Order, StockItem, db
from tests.support import given, racing
from tests.support.given import ALICE


def test_a_person_has_one_unpaid_order():
    given.person()
    netflix = given.product(stock_lines=10)

    results = racing.together(*[lambda: checkout.place(ALICE, netflix.id, 1)] * 6)

    assert racing.kinds(results) == ["OpenOrder"] * 5 + ["ok"]
    assert given.shelf(netflix.id) == {"reserved": 1, "available": 9}


def test_without_the_lock_and_the_index_a_person_has_two_unpaid_orders():
    given.person()
    netflix = given.product(stock_lines=10)
    look = r'FROM "order" .*"state" = %s'

    def place():
        return checkout.place(ALICE, netflix.id, 1)

    with racing.without_index("order_one_unpaid"):
        racing.overtaken(place, place, racing.lock("user"), at=look)
        assert Order.select().where(Order.state == Order.PENDING).count() == 2


def test_a_payment_noticed_by_everybody_at_once_is_booked_once():
    order = given.order()

    results = racing.together(*[lambda: settlement.settle(order.id, given.status(order))] * 6)

    assert sorted(results) == [settlement.KNOWN] * 5 + [settlement.PAID]
    assert given.promised("deliver_order") == [[order.id]]
    assert len(given.audited("payment.completed")) == 1


LOCKS = [racing.lock("payment")]
PAYMENT_STATE, ORDER_STATE = racing.compare("payment", "state"), racing.compare("order", "state")


@pytest.mark.parametrize(
    ("without", "ends"),
    [
        (LOCKS, "ValueError"),
        ([PAYMENT_STATE, *LOCKS], "OrderClosed"),
        ([PAYMENT_STATE, ORDER_STATE, *LOCKS], "ok"),
    ],
)
def test_without_its_guards_a_late_payment_is_booked_further_and_further(without, ends):
    order = gone_and_expired()

    def settle():
        return settlement.settle(order.id, given.status(order))

    late, first = racing.overtaken(settle, settle, *without)

    assert first == settlement.LATE_CREDITED
    assert racing.kinds([late]) == [ends]
    assert len(given.told("late_credited")) == (2 if ends == "ok" else 1)


def gone_and_expired():
    order = given.order()
    settlement.expire(order.id)
    StockItem.delete().execute()
    given.Product.update(available=0).execute()
    return order


def test_a_late_payment_noticed_twice_is_credited_once():
    order = gone_and_expired()

    results = racing.together(*[lambda: settlement.settle(order.id, given.status(order))] * 4)

    assert sorted(results) == [settlement.KNOWN] * 3 + [settlement.LATE_CREDITED]
    assert given.balance() == order.total
    assert LedgerEntry.select().count() == 1


@pytest.mark.parametrize("round_", range(5))
def test_an_order_that_is_paid_at_its_deadline_has_one_end(round_):
    order = given.order()

    settled, expired = racing.together(
        lambda: settlement.settle(order.id, given.status(order)), lambda: settlement.expire(order.id)
    )

    if expired is None:
        assert settled == settlement.PAID
    else:
        assert settled == settlement.LATE_PAID
    assert given.state(order) == Order.PAID
    assert given.shelf(order.product_id) == {"reserved": 1}


@pytest.mark.parametrize("round_", range(5))
def test_an_order_that_is_paid_while_it_is_canceled_has_one_end(round_):
    order = given.order()

    settled, canceled = racing.together(
        lambda: settlement.settle(order.id, given.status(order)), lambda: settlement.cancel(order.id, ALICE)
    )

    if isinstance(canceled, OrderClosed):
        assert settled == settlement.PAID
    else:
        assert settled == settlement.LATE_PAID
    assert given.shelf(order.product_id) == {"reserved": 1}


def test_without_the_lock_the_state_is_compared_all_the_same():
    order = given.order()

    expired, settled = racing.overtaken(
        lambda: settlement.expire(order.id),
        lambda: settlement.settle(order.id, given.status(order)),
        racing.lock("order"),
    )

    assert (racing.kinds([expired]), settled) == (["OrderClosed"], settlement.PAID)
    assert given.shelf(order.product_id) == {"reserved": 1}


def test_without_comparing_the_state_a_paid_order_is_expired():
    order = given.order()

    racing.overtaken(
        lambda: settlement.expire(order.id),
        lambda: settlement.settle(order.id, given.status(order)),
        ORDER_STATE,
        racing.lock("order"),
    )

    assert given.state(order) == Order.EXPIRED
    assert given.payment(order).state == "completed"


def test_who_holds_an_order_holds_its_buyer():
    """Those who begin with the buyer, as to forget them, and those who begin with the order take turns."""
    order = given.order()

    def lock_buyer():
        with transactions.atomic():
            db.execute_sql("SET LOCAL lock_timeout = '50ms'")
            users.lock(ALICE)

    with transactions.atomic():
        orders.lock(order.id)
        waited = racing.together(lock_buyer)

    assert racing.kinds(waited) == ["OperationalError"]


def test_an_order_ends_once_when_everybody_ends_it():
    order = given.order()

    racing.together(
        lambda: settlement.cancel(order.id, ALICE),
        lambda: settlement.expire(order.id),
        lambda: settlement.cancel(order.id, ALICE),
        lambda: settlement.expire(order.id),
    )

    ends = given.audited("order.canceled") + given.audited("order.expired")
    assert len(ends) == 1
    assert given.shelf(order.product_id) == {"available": 1}


def test_a_qr_that_arrives_while_the_order_is_canceled_is_canceled_too():
    order = given.unopened()

    racing.together(
        lambda: settlement.note_opened(order.id, given.answer(order)),
        lambda: settlement.cancel(order.id, ALICE),
    )

    assert given.promised("cancel_payment") == [[order.id]]
    assert given.payment(order).watch_until is not None


@pytest.mark.parametrize("round_", range(5))
def test_goods_begin_to_go_out_or_their_money_goes_back(round_):
    order = given.order()
    settlement.settle(order.id, given.status(order))

    begun, credited = racing.together(
        lambda: delivery.begin(order.id, 0), lambda: settlement.credit(order.id)
    )

    assert isinstance(begun, OrderClosed) != isinstance(credited, BeingDelivered)
    back = isinstance(begun, OrderClosed)
    assert given.shelf(order.product_id) == ({"available": 1} if back else {"reserved": 1})
    assert given.balance() == (order.total if back else 0)


def test_goods_wait_for_a_credit_that_is_not_committed_yet():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    meet, begun = racing.Meeting(), threading.Event()

    def credit():
        with transactions.atomic():
            settlement.credit(order.id)
            meet()
            while not begun.is_set() and not waiting_for_locks():
                pass

    def begin():
        meet()
        try:
            delivery.begin(order.id, 0)
        finally:
            begun.set()

    _, refused = racing.together(credit, begin)

    assert isinstance(refused, OrderClosed)


def waiting_for_locks():
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    return db.execute_sql(query).fetchone()[0]


def test_without_the_lock_goods_go_out_and_back_on_the_shelf():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    racing.overtaken(
        lambda: settlement.credit(order.id),
        lambda: delivery.begin(order.id, 0),
        racing.lock("order"),
        at='FROM "delivery"',
    )

    assert delivery.Delivery.select().exists()
    assert given.shelf(order.product_id) == {"available": 1}


def test_crediting_and_delivering_end_an_order_once():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    delivered, credited = racing.together(
        lambda: delivery.mark_delivered(order.id), lambda: settlement.credit(order.id)
    )

    assert (delivered is None) != isinstance(credited, OrderClosed)
    assert given.balance() == (0 if delivered else order.total)
