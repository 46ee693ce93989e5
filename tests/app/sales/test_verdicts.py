"""A payment that contradicts its order: kept, named, and decided by an operator once."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

import settings
from app.clients.pakasir_answers import CANCELED
from app.errors import AmountOutOfRange, NothingToDecide, StrayEnded
from app.sales import contradictions, delivery, orders, payments, refunds, settlement, strays
from models import Contradiction, Order, Payment, Stray, utcnow
from tests.support import broken, given
from tests.support.given import ALICE, BOB, CHARLIE

WHY = "seen in the dashboard"


def contradicted(order: Order, amount: int = 20_000) -> Order:
    """The gateway says that another amount was paid."""
    settlement.settle(order.id, given.status(order, amount=amount))
    return order


def test_an_accepted_payment_pays_the_order_whatever_it_was():
    order = contradicted(given.order())

    settlement.accept(order.id, 20_000, why=WHY)

    assert (given.state(order), given.payment(order).state) == (Order.PAID, Payment.COMPLETED)
    assert given.promised("deliver_order") == [[order.id]]
    assert given.balance() == 0
    assert (contradictions.of_order(order.id).note, given.audited("payment.accepted")) == (WHY, [{}])
    assert broken.breaches() == []


def lapsed(order: Order) -> None:
    settlement.expire(order.id)
    with freeze_time(utcnow() + timedelta(hours=48)):
        payments.claim_due()


@pytest.mark.parametrize(
    ("place", "end", "state"),
    [
        (given.unopened, lambda order: None, Payment.OPENING),
        (given.unopened, lambda order: settlement.expire(order.id), Payment.REFUSED),
        (
            given.order,
            lambda order: settlement.settle(order.id, given.status(order, CANCELED)),
            Payment.CANCELED,
        ),
        (given.order, lapsed, Payment.LAPSED),
    ],
)
def test_a_payment_is_accepted_whatever_had_become_of_its_qr(place, end, state):
    order = place()
    end(order)
    assert given.payment(order).state == state

    settlement.accept(contradicted(order).id, 25_000, why=WHY)

    assert (given.state(order), given.payment(order).state) == (Order.PAID, Payment.COMPLETED)


def test_what_was_paid_beyond_the_price_becomes_balance():
    order = contradicted(given.order(), 30_000)

    settlement.accept(order.id, 30_000, why=WHY)

    assert (given.state(order), given.balance()) == (Order.PAID, 5_000)
    assert broken.breaches() == []


@pytest.mark.parametrize("amount", [20_000, 60_000])
def test_an_accepted_deposit_credits_what_was_paid(amount):
    order = contradicted(given.deposit(50_000), amount)

    settlement.accept(order.id, amount, why=WHY)

    assert (given.state(order), given.balance()) == (Order.CREDITED, amount)
    assert broken.breaches() == []


def test_an_accepted_late_payment_for_goods_that_are_gone_credits_what_was_paid():
    order = given.order()
    settlement.expire(order.id)
    contradicted(order)
    given.unopened(CHARLIE, order.product_id)

    settlement.accept(order.id, 20_000, why=WHY)

    assert (given.state(order), given.balance()) == (Order.CREDITED, 20_000)
    assert broken.breaches() == []


def test_what_was_paid_beyond_the_price_is_given_back_once():
    order = contradicted(given.order(), 30_000)
    settlement.accept(order.id, 30_000, why=WHY)

    settlement.credit(order.id)

    assert given.balance() == 30_000
    assert broken.breaches() == []


def test_what_was_accepted_is_all_that_can_be_given_back():
    order = contradicted(given.order())
    settlement.accept(order.id, 20_000, why=WHY)

    settlement.credit(order.id)

    assert given.balance() == 20_000
    assert broken.breaches() == []


@pytest.mark.parametrize(
    ("accepted", "reason", "amount"),
    [
        (None, Order.LATE, 25_000),
        (30_000, Order.LATE, 30_000),
        (30_000, Order.BY_OPERATOR, 25_000),
        (20_000, Order.BY_OPERATOR, 20_000),
    ],
)
def test_what_became_balance_is_what_was_accepted_and_for_goods_no_more_than_they_cost(
    accepted, reason, amount
):
    order = given.order()
    Order.update(reason=reason).execute()
    Payment.update(accepted=accepted).execute()

    assert payments.credited(orders.get(order.id), payments.of_order(order.id)) == amount
    assert payments.credited(order, None) == 25_000


def test_a_refund_counts_with_what_was_accepted():
    order = contradicted(given.order())
    settlement.accept(order.id, 20_000, why=WHY)
    delivery.mark_delivered(order.id)

    assert refunds.worth(orders.get(order.id)).paid == 20_000
    with pytest.raises(AmountOutOfRange):
        refunds.give(order.id, 20_001, note="", actor_id=BOB)


def test_a_refused_payment_ends_the_unpaid_order_and_books_nothing():
    order = contradicted(given.order())

    settlement.refuse(order.id, why=WHY)

    ended = orders.get(order.id)
    assert (ended.state, ended.reason, ended.note) == (Order.CANCELED, Order.BY_OPERATOR, WHY)
    assert given.shelf(order.product_id) == {"available": 1}
    assert (given.balance(), given.promised("deliver_order")) == (0, [])
    assert (contradictions.of_order(order.id).note, given.audited("payment.refused")) == (WHY, [{}])
    assert broken.breaches() == []


def test_a_refused_payment_of_an_ended_order_changes_nothing_else():
    order = given.order()
    settlement.expire(order.id)
    contradicted(order)

    settlement.refuse(order.id, why=WHY)

    assert (given.state(order), given.payment(order).state) == (Order.EXPIRED, Payment.OPEN)


def test_it_is_decided_once():
    order = contradicted(given.order())
    settlement.accept(order.id, 20_000, why=WHY)

    for decide in (
        lambda: settlement.accept(order.id, 20_000, why=WHY),
        lambda: settlement.refuse(order.id, why=WHY),
    ):
        with pytest.raises(NothingToDecide) as refusal:
            decide()
        assert refusal.value.verdict == Contradiction.ACCEPTED


def test_a_refused_payment_is_not_told_of_again():
    order = contradicted(given.order())
    settlement.refuse(order.id, why=WHY)

    contradicted(order)

    assert given.told("payment_mismatch") == [BOB]
    assert broken.breaches() == []


def test_other_money_behind_a_refused_payment_is_told_of_again():
    order = contradicted(given.order())
    settlement.refuse(order.id, why=WHY)

    contradicted(order, 24_000)

    assert given.told("payment_mismatch") == [BOB, BOB]
    assert len(broken.breaches()) == 1


def test_money_that_appears_behind_a_contradiction_is_told_once_more():
    order = given.order()
    for word in ("pending", "pending", "completed", "completed"):
        settlement.settle(order.id, given.status(order, word, amount=1))

    assert given.told("payment_mismatch") == [BOB, BOB]


def test_a_contradiction_is_told_whatever_contradicts_elsewhere():
    first, second = contradicted(given.order(CHARLIE)), contradicted(given.order())

    assert given.told("payment_mismatch") == [BOB, BOB]
    assert [each.order_id for each in contradictions.waiting()] == [first.id, second.id]
    settlement.refuse(first.id, why=WHY)
    assert [each.order_id for each in contradictions.waiting()] == [second.id]


def test_what_is_to_be_decided_is_what_was_said_last():
    order = given.order()
    for amount in (1, 2):
        settlement.settle(order.id, given.status(order, "pending", amount=amount))

    assert contradictions.of_order(order.id).said["amount"] == 2
    assert given.told("payment_mismatch") == [BOB]


@pytest.mark.parametrize("place", [given.order, lambda: broken.bought_with_balance(ALICE)])
def test_where_nothing_contradicts_there_is_nothing_to_decide(place):
    order = place()

    with pytest.raises(NothingToDecide) as refusal:
        settlement.accept(order.id, 25_000, why=WHY)

    assert refusal.value.verdict is None


@pytest.mark.parametrize("amount", [0, -1, 10_000_001])
def test_no_other_amounts_are_accepted(amount):
    order = contradicted(given.order())

    with pytest.raises(AmountOutOfRange):
        settlement.accept(order.id, amount, why=WHY)

    assert given.state(order) == Order.PENDING


def test_a_gateway_that_agrees_after_all_settles_as_ever():
    order = contradicted(given.order())

    assert settlement.settle(order.id, given.status(order)) == settlement.PAID
    assert contradictions.of_order(order.id).verdict == Contradiction.AGREED
    assert broken.breaches() == []


@pytest.mark.parametrize(("said", "named"), [("pending", 0), ("completed", 1)])
def test_money_that_was_named_stays_to_be_decided_though_it_is_canceled_then(said, named):
    order = given.order()
    settlement.settle(order.id, given.status(order, said, amount=1))

    settlement.settle(order.id, given.status(order, "canceled"))

    assert given.state(order) == Order.EXPIRED
    assert len(broken.breaches()) == named


def test_an_answer_that_cannot_be_read_is_to_be_decided_too():
    order = given.order()
    settlement.note_unreadable(order.id, "amount is not an amount of whole rupiah")
    assert order.invoice in broken.breaches()[0]

    settlement.accept(order.id, 25_000, why=WHY)

    assert given.state(order) == Order.PAID
    assert broken.breaches() == []


def test_an_accepted_voucher_order_is_spent_like_any_other():
    code = given.voucher(10_000)
    order = contradicted(given.order(voucher=code), 10_000)

    with settings.override(late_payment="deliver"):
        settlement.accept(order.id, 10_000, why=WHY)

    assert given.state(order) == Order.PAID
    assert broken.breaches() == []


def announced_otherwise(order: Order) -> Stray:
    """The gateway tells of another transaction for the order, and names it when it is asked, too."""
    strays.note(order.invoice, "PKS-OTHER")
    settlement.settle(order.id, given.status(order, txn_id="PKS-OTHER"))
    return Stray.get()


def test_money_that_was_accepted_for_its_order_is_credited_to_nobody():
    stray = announced_otherwise(order := given.order())

    settlement.accept(order.id, order.total, why=WHY)

    with pytest.raises(StrayEnded):
        strays.credit(stray.id, ALICE, order.total, why=WHY)
    assert not strays.note(order.invoice, "PKS-OTHER")
    assert (given.state(order), given.balance()) == (Order.PAID, 0)
    assert broken.breaches() == []


def test_money_that_was_credited_to_somebody_does_not_pay_the_order_as_well():
    stray = announced_otherwise(order := given.order())
    strays.credit(stray.id, ALICE, order.total, why=WHY)

    with pytest.raises(StrayEnded):
        settlement.accept(order.id, order.total, why=WHY)

    assert (given.state(order), given.balance()) == (Order.PENDING, order.total)


def test_another_payment_of_an_accepted_order_stays_to_be_dealt_with():
    order = contradicted(given.order())
    strays.note(order.invoice, "PKS-OTHER")

    settlement.accept(order.id, 20_000, why=WHY)

    assert Stray.get().outcome is None
