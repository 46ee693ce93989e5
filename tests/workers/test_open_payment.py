"""Getting an order its QR, from a gateway that may be slow, away, or of another opinion."""

import math
from datetime import timedelta

import httpx
import pytest
from freezegun import freeze_time

import settings
from app.clients import pakasir_http
from app.errors import Flood
from app.infra import limits
from app.infra.queue import broker
from app.infra.queue.retries import Later
from app.sales import orders, settlement
from models import Order, Payment, utcnow
from tests.support import given
from tests.support.moments import silent, waited
from workers import own_name

TOO_LONG = timedelta(seconds=21)


@pytest.fixture
def placed(buyer, run):
    return given.unopened(buyer.id)


def test_the_bill_is_the_gateways(placed, run, pakasir):
    run("open_payment", placed.id)

    payment, there = given.payment(placed), pakasir.find(placed.invoice)
    assert (payment.state, payment.txn_id) == (Payment.OPEN, there.txn_id)
    assert (payment.fee, payment.total, payment.qr_string) == (there.fee, there.total, there.qr)
    assert there.txn_id in payment.page_url
    assert given.promised("send_qr") == [[placed.id]]


def test_the_payment_page_leads_back_to_the_bot(placed, run, pakasir, telegram):
    run("open_payment", placed.id)

    page = httpx.URL(given.payment(placed).page_url)
    assert page.params["redirect"] == "https://t.me/quickcart_sandbox_bot"
    assert 'href="https://t.me/' in httpx.get(page).text


@pytest.fixture
def nameless():
    """A process that has not heard yet what its bot is called."""
    own_name.of.cache_clear()
    yield
    own_name._rest.until_s = -math.inf


@pytest.mark.parametrize("kind", ["5xx", "dropped", "odd"])
def test_a_bot_whose_name_is_not_told_gets_its_qr_all_the_same(placed, run, telegram, nameless, kind):
    telegram.fault("getMe", kind)

    run("open_payment", placed.id)

    assert given.payment(placed).state == Payment.OPEN
    assert "redirect" not in given.payment(placed).page_url


def test_only_one_qr_in_a_while_waits_for_a_name_that_is_not_told(placed, run, telegram, nameless):
    other = given.unopened(given.person(3, "Charlie").id)
    telegram.fault("getMe", "5xx", times=None, for_s=60)

    run("open_payment", placed.id)
    run("open_payment", other.id)

    assert given.payment(other).state == Payment.OPEN
    assert [call.method for call in telegram.calls].count("getMe") == 1


def test_the_base_amount_is_what_the_gateway_is_asked_for(placed, run, pakasir):
    run("open_payment", placed.id)

    assert pakasir.find(placed.invoice).amount == placed.total


def test_an_open_payment_is_not_opened_again(placed, run, pakasir):
    run("open_payment", placed.id)
    run("open_payment", placed.id)

    assert len(pakasir.calls_of("create")) == 1


def test_an_order_that_was_canceled_meanwhile_gets_no_qr(placed, run, pakasir):
    settlement.cancel(placed.id, placed.user_id)

    run("open_payment", placed.id)

    assert pakasir.calls == []


STUMBLES = [*((kind, {}) for kind in ("down", "error", "html", "drop")), ("refuse", {"status": 404})]


@pytest.mark.parametrize(("kind", "options"), STUMBLES)
def test_a_gateway_that_stumbles_is_asked_again(placed, run, pakasir, kind, options):
    pakasir.fault("create", kind, **options)

    with pytest.raises(Later):
        run("open_payment", placed.id)
    run("open_payment", placed.id)

    assert given.payment(placed).state == Payment.OPEN


def test_a_payment_whose_answer_was_lost_is_found_again(placed, run, pakasir):
    pakasir.fault("create", "drop")
    with pytest.raises(Later):
        run("open_payment", placed.id)
    first = pakasir.find(placed.invoice).txn_id

    run("open_payment", placed.id)

    assert given.payment(placed).txn_id == pakasir.find(placed.invoice).txn_id == first


def test_an_order_that_waited_long_for_its_turn_gets_a_second_try(placed, run, pakasir):
    pakasir.fault("create", "down")
    waited(placed, TOO_LONG)

    with pytest.raises(Later):
        run("open_payment", placed.id)
    run("open_payment", placed.id)

    assert given.state(placed) == Order.PENDING
    assert (given.payment(placed).state, given.payment(placed).checks) == (Payment.OPEN, 0)


def test_patience_begins_with_the_first_try_that_had_no_answer(placed, run, pakasir):
    pakasir.fault("create", "down", times=3)
    waited(placed, TOO_LONG)

    for _ in range(3):
        with pytest.raises(Later):
            run("open_payment", placed.id)
    run("open_payment", placed.id)

    assert given.payment(placed).state == Payment.OPEN


def test_a_silent_gateway_costs_the_buyer_nothing(placed, run, pakasir):
    pakasir.fault("create", "down", times=None)
    silent(placed, TOO_LONG)

    with pytest.raises(Later):
        run("open_payment", placed.id)
    run("open_payment", placed.id)

    order = orders.get(placed.id)
    assert (order.state, order.reason) == (Order.CANCELED, "gateway")
    assert given.shelf(placed.product_id) == {"available": 1}
    assert given.promised("show_closed") == [[placed.id]]


def test_after_a_silent_gateway_the_balance_still_buys(placed, run, pakasir):
    pakasir.fault("create", "down", times=None)
    silent(placed, TOO_LONG)
    with pytest.raises(Later):
        run("open_payment", placed.id)
    run("open_payment", placed.id)
    given.person(placed.user_id, balance=placed.total)

    assert given.buy_with_balance(placed.user_id, placed.product_id, 1).state == Order.PAID


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("refuse", {"status": 400}),
        ("change", {"fields": {"amount": 1}}),
        ("change", {"fields": {"order_id": "TRXANOTHER"}}),
        ("change", {"fields": {"project": "another"}}),
        ("change", {"fields": {"total_payment": 1}}),
        ("change", {"fields": {"txn_id": ...}}),
    ],
)
def test_a_refusal_or_a_contradiction_undoes_the_order_at_once(placed, run, pakasir, kind, options):
    pakasir.fault("create", kind, **options)

    run("open_payment", placed.id)

    assert given.state(placed) == Order.CANCELED


def test_a_transaction_that_is_another_order_s_undoes_the_order_at_once(order, admin, run, pakasir):
    placed = given.unopened(admin.id)
    pakasir.fault("create", "change", fields={"txn_id": given.payment(order).txn_id})

    run("open_payment", placed.id)

    assert (given.state(placed), given.state(order)) == (Order.CANCELED, Order.PENDING)


def test_too_many_calls_only_delay_the_qr(placed, run, pakasir):
    pakasir.fault("create", "rate", retry_after=7)

    with pytest.raises(Flood) as flood:
        run("open_payment", placed.id)

    assert flood.value.retry_after_s == 7
    assert given.state(placed) == Order.PENDING


@pytest.mark.parametrize(("asked_s", "told"), [(2, 0), (60, 1)])
def test_a_buyer_hears_why_when_the_gateway_asks_for_a_long_pause(placed, run, pakasir, asked_s, told):
    pakasir.fault("create", "rate", retry_after=asked_s, times=2)

    with freeze_time(utcnow()) as clock:
        for _ in range(2):
            with pytest.raises(Flood):
                run("open_payment", placed.id)
            clock.tick(timedelta(seconds=asked_s))

    assert len(given.promised("show_slow")) == told


def test_a_payment_that_was_paid_before_we_heard_of_it_is_looked_into(placed, run, pakasir):
    pakasir.fault("create", "drop")
    with pytest.raises(Later):
        run("open_payment", placed.id)
    pakasir.pays(placed.invoice, webhook="lost")

    run("open_payment", placed.id)

    assert given.promised("check_payment") == [[placed.id, False]]


def test_who_left_an_order_unpaid_waits_and_gets_the_qr_all_the_same(placed, run, pakasir, buyer):
    settlement.cancel(placed.id, buyer.id)
    again = given.unopened(buyer.id)
    others = pakasir_http.write_rate(settings.current().pakasir_project)
    limits.take(others)
    limits.take(others)

    with pytest.raises(Flood) as told:
        broker.setup().get_actor("open_payment").fn(again.id)

    assert 0 < told.value.retry_after_s < 4
    assert given.state(again) == Order.PENDING
    run("open_payment", again.id)
    assert given.promised("send_qr") == [[again.id]]
