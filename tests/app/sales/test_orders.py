"""Orders: placing, paying with the balance, ending, giving back."""

from datetime import timedelta

import pytest

import settings
from app.catalogue import stock
from app.errors import (
    AmountOutOfRange,
    BadQuantity,
    BeingDelivered,
    MayHaveGoods,
    OpenOrder,
    OrderClosed,
    OutOfStock,
    TooLittle,
    Unknown,
)
from app.infra.queue import lanes
from app.infra.queue.broker import TIME_LIMIT_MS
from app.infra.queue.process import OVERTIME_S
from app.sales import checkout, delivery, orders, settlement
from models import Delivery, LedgerEntry, Order, Outbox, Payment, StockItem, User, db, utcnow
from tests.support import broken, given
from tests.support.given import ALICE, BOB, CHARLIE


def test_placing_reserves_the_goods_and_promises_to_ask_the_gateway():
    given.person()
    given.proven()
    netflix = given.product(price=25_000, stock_lines=3)

    order = checkout.place(ALICE, netflix.id, 2)

    assert (order.state, order.total, order.unit_price) == (Order.PENDING, 50_000, 25_000)
    assert given.shelf(netflix.id) == {"reserved": 2, "available": 1}
    assert given.promised("open_payment") == [[order.id]]
    assert given.payment(order).state == Payment.OPENING


def test_expiry_is_promised_for_the_deadline():
    order = given.unopened()

    (job,) = Outbox.select().where(Outbox.actor == "expire_order")

    assert (order.expires_at - order.created_at).total_seconds() == settings.current().payment_expiry_seconds
    assert abs((job.due_at - order.expires_at).total_seconds()) < 60


def test_an_invoice_is_fit_for_the_gateway_and_for_people():
    invoice = given.unopened().invoice

    assert invoice.startswith("TRX")
    assert invoice.isalnum()
    assert 5 <= len(invoice) <= 100
    assert not set(invoice[11:]) & set("01OI")


def test_too_many_items_are_refused_with_what_is_left():
    given.person()
    netflix = given.product(stock_lines=2)

    with pytest.raises(OutOfStock) as refusal:
        checkout.place(ALICE, netflix.id, 3)

    assert refusal.value.left == 2
    assert not Order.select().exists()
    assert given.shelf(netflix.id) == {"available": 2}


@pytest.mark.parametrize("quantity", [0, -1, checkout.MOST_ITEMS + 1])
def test_odd_quantities_are_refused(quantity):
    given.person()
    netflix = given.product(stock_lines=checkout.MOST_ITEMS + 1)

    with pytest.raises(BadQuantity):
        checkout.place(ALICE, netflix.id, quantity)


@pytest.mark.parametrize(("price", "quantity"), [(499, 1), (5_000_001, 2)])
def test_amounts_that_qris_does_not_take_are_refused(price, quantity):
    given.person()
    product = given.product(price=price, stock_lines=2)

    with pytest.raises(AmountOutOfRange):
        checkout.place(ALICE, product.id, quantity)

    assert given.shelf(product.id) == {"available": 2}
    assert given.promised() == []


@pytest.mark.parametrize("price", [500, 10_000_000])
def test_the_edges_of_what_qris_takes_are_fine(price):
    given.person()

    assert checkout.place(ALICE, given.product(price=price).id, 1).total == price


def test_a_second_order_is_refused_and_names_the_open_one():
    order = given.unopened()

    with pytest.raises(OpenOrder) as refusal:
        checkout.place(ALICE, given.product("Spotify").id, 1)

    assert refusal.value.order_id == order.id


def test_other_people_may_order_meanwhile():
    given.unopened(ALICE)

    assert given.unopened(CHARLIE).state == Order.PENDING


def test_a_retired_product_cannot_be_bought():
    given.person()
    netflix = given.product()
    given.products.retire(netflix.id)

    with pytest.raises(Unknown):
        checkout.place(ALICE, netflix.id, 1)


def test_somebody_who_never_wrote_cannot_buy():
    with pytest.raises(Unknown):
        checkout.place(99, given.product().id, 1)


def test_the_balance_pays_at_once():
    given.person(balance=60_000)
    netflix = given.product(price=25_000, stock_lines=2)

    order = given.buy_with_balance(ALICE, netflix.id, 2)

    assert order.state == Order.PAID
    assert given.balance() == 10_000
    assert given.shelf(netflix.id) == {"reserved": 2}
    assert given.promised("deliver_order") == [[order.id]]
    assert given.told("order_new") == [BOB]


def test_too_little_balance_changes_nothing():
    given.person(balance=20_000)
    netflix = given.product(price=25_000)

    with pytest.raises(TooLittle) as refusal:
        given.buy_with_balance(ALICE, netflix.id, 1)

    assert refusal.value.missing == 5_000
    assert (given.balance(), given.shelf(netflix.id)) == (20_000, {"available": 1})
    assert not Order.select().exists()


def test_the_balance_does_not_buy_what_is_not_there():
    given.person(balance=100_000)
    netflix = given.product(stock_lines=0)

    with pytest.raises(OutOfStock):
        given.buy_with_balance(ALICE, netflix.id, 1)

    assert given.balance() == 100_000


def test_an_open_order_stops_a_balance_purchase_too():
    given.order()
    given.person(balance=100_000)

    with pytest.raises(OpenOrder):
        given.buy_with_balance(ALICE, given.product("Spotify").id, 1)


def test_the_balance_pays_amounts_below_what_qris_takes():
    given.person(balance=100)

    assert given.buy_with_balance(ALICE, given.product(price=100).id, 1).state == Order.PAID


def test_delivering_sells_the_goods_once():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    first, second = delivery.mark_delivered(order.id), delivery.mark_delivered(order.id)

    assert (first.state, second) == (Order.DELIVERED, None)
    assert given.shelf(order.product_id) == {"sold": 1}
    assert given.products.get(order.product_id).sold == 1


def test_goods_are_due_until_all_of_them_are_there():
    order = broken.paid()
    dues = [delivery.is_due(given.order(CHARLIE)), delivery.is_due(order)]
    broken.hand_over(order)
    dues.append(delivery.is_due(orders.get(order.id)))
    delivery.redeliver(order.id)

    assert [*dues, delivery.is_due(orders.get(order.id))] == [False, True, False, True]


@pytest.mark.parametrize(
    ("left", "asked"),
    [({"bought": 0}, 1), ({"email": "a@x.id"}, 0), ({"whatsapp": "+628121"}, 0), ({"bought": 1}, 0)],
)
def test_who_left_no_way_to_reach_them_is_asked_after_the_first_goods(left, asked):
    order = broken.paid()
    User.update(**left).execute()

    broken.hand_over(order)

    assert given.promised("ask_contact") == [[ALICE]] * asked


def test_canceling_frees_the_goods_and_ends_the_payment_at_the_gateway():
    order = given.order(quantity=2)

    settlement.cancel(order.id, ALICE)

    assert given.state(order) == Order.CANCELED
    assert given.shelf(order.product_id) == {"available": 2}
    assert given.promised("cancel_payment") == [[order.id]]
    assert given.payment(order).watch_until is not None


def test_an_order_without_a_qr_needs_no_cancellation_there():
    order = given.unopened()

    settlement.cancel(order.id, ALICE)

    assert given.payment(order).state == Payment.REFUSED
    assert given.promised("cancel_payment") == []


def test_nobody_cancels_the_order_of_somebody_else():
    order = given.order()
    given.person(CHARLIE, "Charlie")

    with pytest.raises(Unknown):
        settlement.cancel(order.id, CHARLIE)

    assert given.state(order) == Order.PENDING


def test_a_paid_order_cannot_be_canceled():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    with pytest.raises(OrderClosed) as refusal:
        settlement.cancel(order.id, ALICE)

    assert refusal.value.state == Order.PAID
    assert given.shelf(order.product_id) == {"reserved": 1}


@pytest.mark.parametrize(
    ("end", "queue"),
    [
        (lambda order: settlement.expire(order.id), lanes.WATCH),
        (lambda order: settlement.cancel(order.id, ALICE), lanes.MONEY),
    ],
    ids=["expired", "canceled"],
)
def test_who_let_an_order_end_does_not_wait_for_the_word_of_it(end, queue):
    end(given.order(ALICE))

    assert Outbox.get(Outbox.actor == "show_closed").queue == queue


def test_whoever_runs_the_shop_ends_an_unpaid_order_and_its_buyer_is_told():
    order = given.order()

    settlement.cancel_by_operator(order.id, note="held too long")

    assert (given.state(order), orders.get(order.id).reason) == (Order.CANCELED, "operator")
    assert given.shelf(order.product_id) == {"available": 1}
    assert given.promised("show_closed") == given.promised("cancel_payment") == [[order.id]]
    assert orders.get(order.id).note == "held too long"


def test_whoever_runs_the_shop_cannot_end_what_was_paid():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    with pytest.raises(OrderClosed):
        settlement.cancel_by_operator(order.id)

    assert given.promised("show_closed") == []


def test_expiring_frees_the_goods_and_tells_the_buyer():
    order = given.order()

    settlement.expire(order.id)

    assert (given.state(order), orders.get(order.id).reason) == (Order.EXPIRED, "deadline")
    assert given.shelf(order.product_id) == {"available": 1}
    assert given.promised("show_closed") == [[order.id]]


def test_an_order_expires_once():
    order = given.order()
    settlement.expire(order.id)

    assert settlement.expire(order.id) is None
    assert given.shelf(order.product_id) == {"available": 1}
    assert len(given.promised("show_closed")) == 1


def test_a_paid_order_does_not_expire():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    assert settlement.expire(order.id) is None
    assert given.state(order) == Order.PAID


def test_undoing_tells_the_buyer_and_keeps_nothing():
    order = given.unopened()

    settlement.cancel_without_qr(order.id, "gateway")

    assert (given.state(order), orders.get(order.id).reason) == (Order.CANCELED, "gateway")
    assert given.shelf(order.product_id) == {"available": 1}
    assert given.promised("show_closed") == [[order.id]]


def test_an_order_whose_qr_is_there_is_not_undone():
    order = given.order()

    assert settlement.cancel_without_qr(order.id, "gateway") is None
    assert given.state(order) == Order.PENDING


def test_after_an_end_the_buyer_may_order_again():
    order = given.order()
    settlement.expire(order.id)

    assert checkout.place(ALICE, order.product_id, 1).state == Order.PENDING


def test_an_operator_gives_the_money_back_instead_of_the_goods():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    credited = settlement.credit(order.id, note="goods were bad", actor_id=BOB)

    assert credited.state == Order.CREDITED
    assert given.balance() == order.total
    assert given.shelf(order.product_id) == {"available": 1}
    assert given.told("credited") == [ALICE]


def test_a_credit_names_who_gave_it():
    order = given.order()
    settlement.settle(order.id, given.status(order))

    settlement.credit(order.id, note="goods were bad", actor_id=BOB)

    entry = LedgerEntry.get(LedgerEntry.user == ALICE)
    assert (entry.actor_id, entry.note, entry.reason) == (
        BOB,
        "goods were bad",
        f"order:{order.invoice}:credit",
    )


def test_money_is_given_back_once():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    settlement.credit(order.id)

    with pytest.raises(OrderClosed):
        settlement.credit(order.id)

    assert given.balance() == order.total


LONG_AGO = delivery.LONGEST_FLIGHT + timedelta(seconds=1)


def paid_with(*states, ago=timedelta(0)):
    """A paid order of two files, its first messages in these states since so long ago."""
    given.person()
    product = given.product(stock_lines=["FILE-1", "FILE-2"])
    StockItem.update(kind=StockItem.DOCUMENT).execute()
    order = given.order(product_id=product.id, quantity=2)
    settlement.settle(order.id, given.status(order))
    for part, state in enumerate(states):
        Delivery.insert(order=order.id, part=part, state=state, at=utcnow() - ago).execute()
    return orders.get(order.id)


@pytest.mark.parametrize("states", [[Delivery.SENDING], [Delivery.SENT], [Delivery.UNKNOWN]])
def test_goods_that_the_buyer_may_have_cost_a_second_thought(states):
    order = paid_with(*states, ago=LONG_AGO)

    with pytest.raises(MayHaveGoods) as refusal:
        settlement.credit(order.id)

    assert (refusal.value.messages, refusal.value.sent + refusal.value.unsure) == (2, 1)
    assert (given.state(order), given.balance()) == (Order.PAID, 0)


@pytest.mark.parametrize(
    "states", [[Delivery.SENDING], [Delivery.SENT], [Delivery.UNKNOWN, Delivery.UNKNOWN]]
)
def test_who_gives_the_money_back_anyway_is_on_record_and_the_goods_are_not_sold_again(states):
    order = paid_with(*states, ago=LONG_AGO)

    settlement.credit(order.id, anyway=True)

    assert given.shelf(order.product_id) == {"sold": 2}
    assert given.balance() == order.total
    (risk,) = given.audited("goods.risked")
    assert risk["sent"] + risk["unsure"] == len(states)


@pytest.mark.parametrize("states", [[Delivery.SENDING], [Delivery.SENT, Delivery.SENT]])
def test_nobody_gives_the_money_back_while_the_goods_are_arriving(states):
    order = paid_with(*states)

    with pytest.raises(BeingDelivered):
        settlement.credit(order.id, anyway=True)

    assert given.balance() == 0


def test_a_wish_to_send_once_more_does_not_hide_what_is_in_the_air():
    order = paid_with(Delivery.SENDING)
    delivery.redeliver(order.id)

    with pytest.raises(BeingDelivered):
        settlement.credit(order.id, anyway=True)


def test_a_flight_ends_after_every_job_has():
    assert delivery.LONGEST_FLIGHT.total_seconds() > TIME_LIMIT_MS / 1000 + OVERTIME_S


def test_goods_that_went_out_are_not_sold_again_after_a_wish_to_send_them_once_more():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    Delivery.insert(order=order.id, part=0, state=Delivery.SENT, message_id=7).execute()
    delivery.redeliver(order.id)

    settlement.credit(order.id, anyway=True)

    assert given.shelf(order.product_id) == {"sold": 1}


def test_an_unpaid_or_delivered_order_cannot_be_credited():
    order = given.order()

    with pytest.raises(OrderClosed):
        settlement.credit(order.id)

    settlement.settle(order.id, given.status(order))
    delivery.mark_delivered(order.id)
    with pytest.raises(OrderClosed):
        settlement.credit(order.id)


def test_sending_again_repeats_every_part():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    Delivery.insert(order=order.id, part=0, state=Delivery.SENT, message_id=7).execute()
    delivery.mark_delivered(order.id)

    delivery.redeliver(order.id)

    assert delivery.sent_parts(order.id) == set()
    assert given.promised("deliver_order") == [[order.id], [order.id]]


def test_there_is_nothing_to_send_again_for_an_unpaid_order():
    order = given.order()

    with pytest.raises(OrderClosed):
        delivery.redeliver(order.id)


def test_a_message_shown_too_late_is_closed_again():
    order = given.order()
    settlement.expire(order.id)
    Outbox.delete().execute()

    orders.show_in(order.id, 77)

    assert given.promised("show_closed") == [[order.id]]


def test_a_qr_shown_after_the_payment_loses_its_buttons():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    Outbox.delete().execute()

    orders.show_in(order.id, 77)

    assert given.promised("show_paid") == [[order.id]]


def test_a_new_message_names_the_one_before():
    order = given.order()

    assert [orders.show_in(order.id, 5), orders.show_in(order.id, 6)] == [None, 5]


def test_moves_that_the_table_does_not_name_are_refused():
    order = given.order()

    assert orders.move(order, Order.DELIVERED) is None
    assert given.state(order) == Order.PENDING


@pytest.mark.parametrize("end", [Order.DELIVERED, Order.CREDITED])
def test_what_has_its_goods_or_its_money_back_moves_nowhere(end):
    order = given.order()
    Order.update(state=end).execute()

    assert [orders.move(order, to) for to in orders.MOVES] == [None] * len(orders.MOVES)


def test_an_order_is_read_with_its_own_product_and_buyer():
    for placed in (given.order(), given.order(CHARLIE, given.product("Spotify").id)):
        read = orders.with_product(placed.id)

        assert (read.id, read.product.id, read.user.id) == (placed.id, placed.product_id, placed.user_id)


def test_the_latest_order_is_the_newest_of_that_person():
    given.person(balance=25_000)
    given.buy_with_balance(ALICE, given.product(price=5_000).id, 1)
    newest = given.order()
    given.order(CHARLIE)

    with db.atomic():  # whatever index there is, none may be what orders them
        db.execute_sql("SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off")

        assert orders.latest_id(ALICE) == newest.id


def test_history_is_newest_first_and_only_of_one_person():
    first = given.order()
    settlement.cancel(first.id, ALICE)
    second = given.unopened(product_id=first.product_id)
    given.unopened(CHARLIE)

    assert [order.id for order in orders.history(ALICE)] == [second.id, first.id]


def test_every_change_of_an_order_is_audited():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    delivery.mark_delivered(order.id)

    for action in ("order.placed", "payment.opened", "payment.completed", "order.paid", "order.delivered"):
        assert len(given.audited(action)) == 1, action


def test_items_taken_are_the_oldest():
    given.person()
    given.proven()
    netflix = given.product(stock_lines=["first", "second", "third"])

    order = checkout.place(ALICE, netflix.id, 2)

    assert [each.content for each in stock.of_order(order)] == ["first", "second"]
    assert StockItem.select().where(StockItem.order == order.id).count() == 2


def test_money_that_comes_after_a_cancellation_is_credited_where_the_goods_are_gone():
    order = given.order()
    settlement.cancel(order.id, ALICE)
    given.unopened(CHARLIE, order.product_id)

    assert settlement.settle(order.id, given.status(order)) == settlement.LATE_CREDITED

    assert (given.state(order), given.balance()) == (Order.CREDITED, order.total)


@pytest.mark.parametrize("end", [settlement.expire, lambda order_id: settlement.cancel(order_id, ALICE)])
def test_a_qr_that_appears_after_its_order_ended_is_taken_away_again(end):
    order = given.order()
    end(order.id)
    before = given.promised("show_closed")

    orders.show_in(order.id, 77)

    assert given.promised("show_closed") == [*before, [order.id]]


def test_a_qr_that_was_faster_keeps_its_order_s_message():
    order = given.order()
    orders.show_in(order.id, 77)

    assert not orders.first_shown_in(order.id, 76, order.message_id)
    assert orders.get(order.id).message_id == 77
