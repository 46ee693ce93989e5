"""When paying goes wrong, counted from orders."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.backoffice.alerts import payments
from app.sales import settlement
from models import Contradiction, Order, Payment, User, utcnow
from tests.support import given

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(database, valkey):
    with freeze_time("2026-11-23 03:00") as frozen:
        yield frozen


@pytest.fixture
def attempts(clock):
    """Call it with one letter an attempt, a minute apart: g(ood), b(ad), u(npaid)."""
    buyers = iter(range(10, 1000))
    product = given.product(stock_lines=200)

    def go(letters, apart=MINUTE):
        for letter in letters:
            clock.tick(apart)
            OUTCOMES[letter](next(buyers), product.id)

    return go


def good(buyer, product_id):
    """As rows: there are dozens of them, and only their moments count."""
    now, price = utcnow(), 25_000
    User.insert(id=buyer, name="Alice", bank_id=f"B{buyer}").execute()
    ends = {"paid_at": now, "delivered_at": now, "closed_at": now, "state": Order.DELIVERED}
    costs = {"unit_price": price, "total": price, "method": Order.QRIS}
    order = Order.insert(invoice=f"TRX{buyer}", user=buyer, product=product_id, **costs, **ends).execute()
    opened = {"txn_id": f"PKS{buyer}", "fee": 485, "total": price + 485, "opened_at": now}
    Payment.insert(order=order, amount=price, state=Payment.COMPLETED, completed_at=now, **opened).execute()


def bad(buyer, product_id):
    settlement.cancel_without_qr(given.unopened(buyer, product_id).id, Order.NO_QR)


def unpaid(buyer, product_id):
    settlement.expire(given.order(buyer, product_id).id)


OUTCOMES = {"g": good, "b": bad, "u": unpaid}


@pytest.mark.parametrize("letters", ["", "b", "bb", "g", "gb", "bgb", "uuu", "bgbgg", "g" * 20 + "bb"])
def test_few_failures_say_nothing(attempts, letters):
    attempts(letters)

    assert not payments.success().fires


@pytest.mark.parametrize("letters", ["bbb", "gbbb", "gbgbgb", "b" + "g" * 10 + "bb", "buubub"])
def test_failures_that_go_on_fire(attempts, letters):
    attempts(letters)

    assert payments.success().fires


def test_ninety_percent_is_enough(attempts):
    attempts("g" * 9 + "bg" + "g" * 7 + "bg")

    reading = payments.success()

    assert (reading.facts["bad"], reading.facts["of"], reading.fires) == (2, 20, False)


def test_three_failures_in_one_minute_are_one_mishap(attempts):
    attempts("gg" * 5)
    attempts("bgbgb", apart=timedelta(seconds=5))

    assert not payments.success().fires


def test_two_failures_a_day_are_never_told(attempts, clock):
    told = []
    for _day in range(5):
        attempts("bggb")
        told.append(payments.success().fires)
        clock.tick(timedelta(hours=25))

    assert told == [False] * 5


def test_failures_of_earlier_that_are_over_do_not_fire(attempts, clock):
    attempts("gbgbgbg")
    clock.tick(11 * MINUTE)

    assert not payments.success().fires


@pytest.mark.parametrize(
    ("after", "minutes", "clears"), [("gg", 10, True), ("gg", 5, False), ("g", 20, False), ("ggb", 20, False)]
)
def test_two_good_ones_and_ten_minutes_without_a_failure_end_it(attempts, clock, after, minutes, clears):
    attempts("bbb" + after)
    clock.tick(minutes * MINUTE)

    assert payments.success().clears is clears


def test_a_day_without_any_ends_it_with_those_words(attempts, clock):
    attempts("bbb")
    clock.tick(timedelta(hours=25))

    reading = payments.success()

    assert (reading.clears, reading.facts["silent"]) == (True, True)


def test_a_payment_that_is_made_and_has_no_end_counts_as_failed(clock):
    order = given.order()
    settlement.settle(order.id, given.status(order))
    assert payments.success().facts["of"] == 0

    clock.tick(timedelta(seconds=61))

    assert payments.success().facts["bad"] == 1


def test_a_payment_that_contradicts_counts_as_failed(clock):
    order = given.order()
    Contradiction.insert(order=order.id, differs=["amount"], said={}, found_at=utcnow()).execute()
    clock.tick(1)

    assert payments.success().facts["bad"] == 1


def test_a_gateway_that_never_answers_counts_as_failed(clock):
    given.unopened()
    clock.tick(timedelta(seconds=61))

    assert payments.success().facts["bad"] == 1


def test_it_costs_what_failed_meanwhile(attempts, clock):
    attempts("b")
    began = utcnow()
    attempts("bgb")

    assert payments.failed_since(began) == 2


@pytest.mark.parametrize(
    ("opened", "paid", "limit"),
    [(0, 0, 10), (100, 95, 5), (100, 50, 10), (100, 10, 30), (1000, 0, 30), (9, 9, 5)],
)
def test_what_is_strange_depends_on_the_habit(opened, paid, limit):
    assert payments.strange_from(opened, paid) == limit


@pytest.mark.parametrize(("letters", "fires"), [("", False), ("u" * 4, False), ("g" * 30 + "u" * 5, True)])
def test_unpaid_codes_in_a_row_are_told_where_most_are_paid(attempts, letters, fires):
    attempts(letters)

    assert payments.unpaid().fires is fires


def test_the_next_payment_ends_it(attempts):
    attempts("g" * 20 + "u" * 6)
    before = payments.unpaid().clears
    attempts("g")

    assert (before, payments.unpaid().clears) == (False, True)
