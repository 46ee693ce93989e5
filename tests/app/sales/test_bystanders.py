"""Whatever becomes of one buyer's order, no row of anybody else's order, payment, goods or money changes."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import OrderClosed
from app.sales import delivery, orders, payments, refunds, settlement
from models import Delivery, Order, db
from tests.support import broken, given
from tests.support.given import ALICE, BOB, CHARLIE, RINA

OTHERS = [
    'SELECT * FROM "user" WHERE id <> 1 ORDER BY id',
    'SELECT * FROM "order" WHERE user_id <> 1 ORDER BY id',
    "SELECT * FROM ledger_entry WHERE user_id <> 1 ORDER BY id",
    "SELECT * FROM voucher WHERE user_id <> 1 ORDER BY code",
    'SELECT p.* FROM payment p JOIN "order" o ON o.id = p.order_id WHERE o.user_id <> 1 ORDER BY p.id',
    'SELECT d.* FROM delivery d JOIN "order" o ON o.id = d.order_id WHERE o.user_id <> 1 ORDER BY 1, 2',
    'SELECT i.* FROM stock_item i JOIN "order" o ON o.id = i.order_id WHERE o.user_id <> 1 ORDER BY i.id',
    'SELECT c.* FROM contradiction c JOIN "order" o ON o.id = c.order_id WHERE o.user_id <> 1 ORDER BY 1',
]


@pytest.fixture
def others(database: object, valkey: object) -> list[Any]:
    """People with an order each, in every state."""
    given.order(CHARLIE, voucher=given.voucher(5_000))
    given.unopened(RINA)
    settlement.settle((odd := given.order(5)).id, given.status(odd, amount=1))
    delivery.begin(broken.paid(6).id, 0)
    delivery.begin((doubted := broken.paid(7)).id, 0)
    delivery.doubt(doubted.id, 0)
    broken.delivered(8)
    broken.credited(9)
    settlement.cancel_by_operator(given.order(10).id, note="ragu")
    return rows()


def rows() -> list[Any]:
    return [db.execute_sql(query).fetchall() for query in OTHERS]


def opening() -> Order:
    return given.unopened(ALICE)


def unpaid() -> Order:
    return given.order(ALICE, voucher=given.voucher(5_000))


def contradicted() -> Order:
    settlement.settle((order := given.order()).id, given.status(order, amount=1))
    return order


def paid() -> Order:
    return broken.paid()


def in_the_air() -> Order:
    delivery.begin((order := broken.paid()).id, 0)
    return order


def in_doubt() -> Order:
    delivery.doubt((order := in_the_air()).id, 0)
    return order


def arrived() -> Order:
    return broken.delivered()


ACTS = [
    (opening, lambda order: settlement.expire(order.id)),
    (opening, lambda order: settlement.cancel_without_qr(order.id, "gateway")),
    (opening, lambda order: settlement.note_opened(order.id, given.answer(order))),
    (opening, lambda order: payments.count_unanswered(order.id, order.created_at)),
    (unpaid, lambda order: settlement.expire(order.id)),
    (unpaid, lambda order: settlement.cancel(order.id, ALICE)),
    (unpaid, lambda order: orders.show_in(order.id, 7)),
    (unpaid, lambda order: settlement.settle(order.id, given.status(order))),
    (unpaid, lambda order: settlement.settle(order.id, given.status(order, "canceled"))),
    (unpaid, lambda order: payments.note_cancel_asked(order.id)),
    (unpaid, lambda order: payments.check_soon(order.id)),
    (unpaid, lambda order: orders.erase_notes(ALICE)),
    (contradicted, lambda order: settlement.accept(order.id, order.total, why="x")),
    (contradicted, lambda order: settlement.refuse(order.id, why="x")),
    (paid, lambda order: settlement.credit(order.id)),
    (paid, broken.hand_over),
    (in_the_air, lambda order: delivery.withdraw(order.id, 0)),
    (in_the_air, lambda order: delivery.doubt(order.id, 0)),
    (in_doubt, lambda order: delivery.begin(order.id, 0)),
    (in_doubt, lambda order: settlement.credit(order.id, anyway=True)),
    (arrived, lambda order: delivery.redeliver(order.id)),
    (arrived, lambda order: refunds.give(order.id, 1_000, note="", actor_id=BOB)),
]


def test_an_order_leaves_all_others_alone(others):
    """One shop for all; each act is taken back before the next."""
    for number, (made, act) in enumerate(ACTS):
        with db.atomic() as transaction:
            act(made())

            assert rows() == others, number
            transaction.rollback()


def test_a_doubt_about_one_message_leaves_the_order_s_others_alone(database):
    order = broken.paid()
    for part in (0, 1):
        delivery.begin(order.id, part)

    delivery.doubt(order.id, 0)
    delivery.withdraw(order.id, 0)

    assert list(db.execute_sql("SELECT part, state, doubts FROM delivery ORDER BY part").fetchall()) == [
        (0, "unknown", 1),
        (1, "sending", 0),
    ]


@pytest.mark.parametrize("act", [delivery.withdraw, delivery.doubt, delivery.begin])
def test_a_try_does_not_take_back_what_another_run_has_sent(database, act):
    order = in_the_air()
    delivery.note(order.id, 0, Delivery.SENT, 700)

    act(order.id, 0)

    assert delivery.sent_parts(order.id) == {0}


def test_nothing_is_on_its_way_to_who_has_the_money_back(database):
    order = broken.paid()
    settlement.credit(order.id)

    with pytest.raises(OrderClosed):
        delivery.begin(order.id, 0)

    assert not Delivery.select().exists()
