"""What fails for good is kept where an operator sees it, and runs again when they say so."""

from app import orders, payments
from app.infra import dead
from models import DeadLetter, Order, Outbox
from tests.support import given


def test_goods_that_telegram_refuses_for_good_wait_for_an_operator(order, buyer, drain, telegram):
    break_goods(order)
    payments.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()

    letter = DeadLetter.get()
    assert (letter.actor, letter.state) == ("deliver_order", DeadLetter.DEAD)
    assert dead.args(letter) == [order.id]
    assert given.state(order) == Order.PAID
    assert "deliver_order" not in [row.actor for row in Outbox.select()]


def test_a_retried_letter_delivers_the_goods(order, buyer, drain):
    break_goods(order)
    payments.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()
    repair_goods(order)

    assert dead.retry(DeadLetter.get().id)
    drain()

    assert given.state(order) == Order.DELIVERED
    assert DeadLetter.get().state == DeadLetter.RETRIED


def test_retrying_a_letter_twice_is_harmless(order, buyer, drain):
    break_goods(order)
    payments.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()
    repair_goods(order)

    letter = DeadLetter.get().id
    assert [dead.retry(letter), dead.retry(letter)] == [True, False]
    drain()

    assert len([each for each in buyer.received if "KEY-1-0" in each.text]) == 1


def test_an_order_may_be_credited_instead(order, buyer, drain):
    break_goods(order)
    payments.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()

    orders.credit(order.id)
    dead.retry(DeadLetter.get().id)
    drain()

    assert given.balance() == order.total
    assert not [each for each in buyer.received if "KEY-1-0" in each.text]


def break_goods(order):
    """A file id that Telegram does not know."""
    given.StockItem.update(kind="document").where(given.StockItem.order == order.id).execute()


def repair_goods(order):
    given.StockItem.update(kind="text").where(given.StockItem.order == order.id).execute()
