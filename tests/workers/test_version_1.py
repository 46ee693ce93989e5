"""The legacy calls: believed, canceled and watched by the same rules."""

from datetime import timedelta

import httpx
import pytest

import settings
from app.infra.queue.retries import Later
from app.sales import orders
from models import Order, Payment, utcnow
from tests.support import given
from tests.support.given import BOB
from tests.support.moments import past_deadline


@pytest.fixture(autouse=True)
def _version_1(on_stage):
    with settings.override(pakasir_api_version=1):
        yield


def expire(run, order):
    """The deadline, and the look that follows the cancellation."""
    past_deadline(order)
    with pytest.raises(Later):
        run("expire_order", order.id)
    run("expire_order", order.id)


def test_what_the_gateway_calls_canceled_expires(order, run):
    expire(run, order)

    assert (given.state(order), given.payment(order).state) == (Order.EXPIRED, Payment.CANCELED)


@pytest.mark.parametrize(
    ("status", "message"), [(200, "Internal error"), (400, "Sudah tidak dapat dibatalkan")]
)
def test_no_answer_to_a_cancel_is_believed(order, run, pakasir, status, message):
    pakasir.fault("cancel", "refuse", times=None, status=status, message=message)
    expire(run, order)
    pakasir.pays(order.invoice, webhook="lost")

    assert given.payment(order).watch_until - utcnow() > timedelta(hours=47)
    run("check_payment", order.id, False)

    assert (given.state(order), orders.get(order.id).reason) == (Order.PAID, "late")


@pytest.mark.parametrize("word", ["canceled", "completed", "pending"])
@pytest.mark.parametrize("lie", [{"order_id": "TRXANOTHER"}, {"amount": 1}])
def test_no_word_about_another_payment_is_believed(order, run, pakasir, word, lie):
    pakasir.fault("status", "change", fields={"status": word} | lie)

    run("check_payment", order.id, False)

    assert (given.state(order), given.payment(order).state) == (Order.PENDING, Payment.OPEN)
    assert given.told("payment_mismatch") == [BOB]


def test_the_payment_page_leads_back_to_the_bot(order):
    page = httpx.URL(given.payment(order).page_url)

    assert "/pay/quickcart-test/" in page.path
    assert dict(page.params) == {
        "order_id": order.invoice,
        "qris_only": "1",
        "redirect": "https://t.me/quickcart_sandbox_bot",
    }
    assert 'href="https://t.me/quickcart_sandbox_bot"' in httpx.get(page).text
