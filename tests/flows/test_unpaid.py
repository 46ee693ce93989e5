"""Orders that are not paid in time: expired, canceled, paid late, or never given a QR."""

from contextlib import contextmanager

import httpx
import pytest

import settings
from app.infra.queue import broker
from app.people import users
from app.sales import orders
from models import Order
from tests.support import given

DEADLINE_S = 601
#: After the gateway was asked to cancel, its status is asked once more.
LOOK_AGAIN_S = 5.1
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "telegram-webhook-secret"}


def state(invoice):
    return orders.by_invoice(invoice).state


def labels(message):
    return [button.label for button in message.buttons]


def test_the_qr_makes_room_for_a_notice_at_the_deadline(alice, shop, pakasir, time_passes, checkout):
    # Given
    netflix = shop.sells("Netflix 1M", stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    qr = alice.last_message

    # When
    time_passes(DEADLINE_S)
    time_passes(LOOK_AGAIN_S)

    # Then
    assert qr.id not in [message.id for message in alice.messages]
    assert len(labels(alice.last_message)) == 1
    assert "Kembali" in labels(alice.last_message)[0]
    assert pakasir.find(invoice).status == "canceled"
    assert given.shelf(netflix.id) == {"available": 1}


def test_until_the_deadline_nothing_happens(alice, shop, pakasir, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    invoice = checkout("Netflix 1M")

    time_passes(DEADLINE_S - 10)

    assert state(invoice) == Order.PENDING
    assert alice.last_message.kind == "photo"


def test_a_payment_in_the_last_second_counts(alice, shop, pakasir, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    pakasir.pays(checkout("Netflix 1M"), webhook="lost")

    time_passes(DEADLINE_S)

    assert "KEY-1" in alice.last_message.text


def test_the_way_back_leads_to_the_product_again(alice, shop, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    checkout("Netflix 1M")
    time_passes(DEADLINE_S)
    time_passes(LOOK_AGAIN_S)

    alice.taps("Kembali")

    assert "Netflix 1M" in alice.last_message.text
    assert any("Lanjut ke pembayaran" in label for label in labels(alice.last_message))


def test_a_late_payment_brings_the_goods_if_they_are_there(alice, bob, shop, pakasir, time_passes, checkout):
    bob.sends("/start")
    shop.sells("Netflix 1M", stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    pakasir.pays_later(invoice, 10_000)  # nobody can cancel it until then
    time_passes(DEADLINE_S)
    time_passes(121)
    assert state(invoice) == Order.EXPIRED

    pakasir.pays(invoice)
    time_passes(1)

    assert any("KEY-1" in message.text for message in alice.received)
    assert invoice in bob.last_message.text


def test_a_late_payment_becomes_balance_if_the_goods_are_gone(alice, shop, pakasir, time_passes, checkout):
    netflix = shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    pakasir.pays_later(invoice, 10_000)
    time_passes(DEADLINE_S)
    time_passes(121)
    given.order(given.RINA, netflix.id)

    pakasir.pays(invoice)
    time_passes(1)

    assert users.get(alice.id).balance == 25_000
    assert invoice in alice.last_message.text
    assert state(invoice) == Order.CREDITED


def test_a_canceled_order_frees_the_goods_and_the_qr(alice, shop, pakasir, time_passes, checkout):
    netflix = shop.sells("Netflix 1M", stock=["KEY-1"])
    invoice = checkout("Netflix 1M")

    alice.taps("Batalkan")
    time_passes(1)

    assert state(invoice) == Order.CANCELED
    assert [message.kind for message in alice.received] == ["text"] * len(alice.received)
    assert given.shelf(netflix.id) == {"available": 1}
    assert pakasir.find(invoice).status == "canceled"


def test_one_order_at_a_time_shows_the_open_one_again(alice, shop, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    shop.sells("Spotify", stock=["KEY-2"])
    first = checkout("Netflix 1M")

    alice.sends("/start").taps("Semua Produk").taps("Spotify").taps("Lanjut ke pembayaran").taps("QRIS")
    time_passes(1)

    assert Order.select().count() == 1
    assert alice.last_message.kind == "photo"
    assert first in alice.last_message.text
    assert any("Batalkan" in label for label in labels(alice.last_message))


def test_a_gateway_that_is_down_refuses_kindly_and_leaves_the_balance(
    alice, shop, pakasir, time_passes, checkout
):
    # Given
    netflix = shop.sells("Netflix 1M", stock=["KEY-1"])
    pakasir.fault("create", "down", times=None)

    # When
    invoice = checkout("Netflix 1M")
    for _ in range(22):
        time_passes(1)

    # Then
    assert state(invoice) == Order.CANCELED
    assert given.shelf(netflix.id) == {"available": 1}
    assert any("SALDO" in label for label in labels(alice.last_message))


def test_canceling_while_the_qr_is_prepared_leaves_no_qr(alice, shop, pakasir, time_passes, checkout):
    netflix = shop.sells("Netflix 1M", stock=["KEY-1"])
    pakasir.fault("create", "down", times=1)
    invoice = checkout("Netflix 1M")

    alice.taps("Batalkan")
    time_passes(5)

    assert state(invoice) == Order.CANCELED
    assert not [message for message in alice.received if message.kind == "photo"]
    assert given.shelf(netflix.id) == {"available": 1}


def test_short_deadlines_hold_too(alice, shop, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    with settings.override(payment_expiry_seconds=5):
        invoice = checkout("Netflix 1M")

    time_passes(6)
    time_passes(LOOK_AGAIN_S)

    assert state(invoice) == Order.EXPIRED


def test_who_blocked_the_bot_gets_the_goods_on_coming_back(alice, shop, pakasir, time_passes, checkout):
    shop.sells("Netflix 1M", stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    alice.blocks()
    pakasir.pays(invoice)
    time_passes(1)
    assert state(invoice) == Order.PAID

    alice.unblocks()
    time_passes(1)

    assert "KEY-1" in alice.last_message.text
    assert state(invoice) == Order.DELIVERED


@pytest.fixture
def refusing(valkey, on_stage):
    """The receivers take nothing: Redis is nearly full."""

    def takes() -> bool:
        """Its use of memory varies from moment to moment; what was looked at a moment ago still counts."""
        valkey.config_set("maxmemory", int(valkey.info("memory")["used_memory"] / 0.78))
        url = f"{on_stage.url}/webhooks/telegram"
        return httpx.post(url, json={"update_id": 1}, headers=SECRET, verify=False).is_success

    @contextmanager
    def refusing():
        try:
            while takes():
                pass
            yield
        finally:
            valkey.config_set("maxmemory", 0)

    return refusing


@pytest.mark.parametrize("version", [1, 2])
def test_a_payment_whose_notification_was_refused_is_found(
    alice, shop, pakasir, time_passes, checkout, refusing, version
):
    with settings.override(pakasir_api_version=version):
        shop.sells("Netflix 1M", stock=["KEY-1"])
        invoice = checkout("Netflix 1M")
        with refusing():
            pakasir.pays(invoice)
            (refused,) = pakasir.wait_for_webhooks()

        time_passes(16)
        broker.setup().get_actor("check_payments").send()
        time_passes(1)

    assert refused.status == 429
    assert "KEY-1" in alice.last_message.text
