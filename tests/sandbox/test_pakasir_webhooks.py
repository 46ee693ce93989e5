"""The webhooks of the stand-in: once, twice, late, never, forged, repeated, and over a restart."""

from __future__ import annotations

import pytest

from app.sandbox.pakasir import StandIn
from tests.support.gateway_calls import AMOUNT, INVOICE, KEY, PROJECT, SECRET, Shop, Wire
from tests.support.house import House


@pytest.fixture(scope="module")
def house():
    with House.built() as house:
        yield house


@pytest.fixture(scope="module")
def shop_house():
    with House.built() as house:
        yield house


@pytest.fixture
def shop(shop_house):
    shop_house.tenant = shop = Shop()
    return shop


@pytest.fixture
def shop_url(shop, shop_house):
    return shop_house.url


@pytest.fixture
def pakasir(house, shop_url):
    with house.hosting(StandIn(PROJECT, KEY, SECRET, shop_url, webhook_retries_s=(0, 0))) as standin:
        yield standin


@pytest.fixture
def wire(pakasir):
    return Wire(pakasir.url)


@pytest.fixture
def txn_id(wire):
    return wire.create().json()["txn_id"]


def test_a_payment_is_told_with_the_secret(pakasir, shop, txn_id):
    pakasir.pays(INVOICE)
    pakasir.wait_for_webhooks()
    told = shop.received[0]

    assert told.headers["x-secret"] == SECRET
    assert set(told.body) == {"txn_id", "order_id", "amount", "is_sandbox", "status", "completed_at"}
    assert (told.body["txn_id"], told.body["order_id"], told.body["amount"]) == (txn_id, INVOICE, AMOUNT)
    assert told.body["status"] == "completed"


def test_version_1_tells_without_a_signature(pakasir, wire, shop):
    wire.v1("transactioncreate/qris")
    wire.v1("paymentsimulation")
    pakasir.wait_for_webhooks()
    told = shop.received[0]

    assert "x-secret" not in told.headers
    assert set(told.body) == {"amount", "order_id", "project", "status", "payment_method", "completed_at"}


def test_a_shop_that_fails_is_told_again(pakasir, shop, txn_id):
    shop.answers = [503, 500]
    pakasir.pays(INVOICE)

    assert [each.status for each in pakasir.wait_for_webhooks(3)] == [503, 500, 200]


def test_a_shop_that_keeps_failing_is_given_up(pakasir, shop, txn_id):
    shop.answers = [503] * 9
    pakasir.pays(INVOICE)
    pakasir.wait_for_webhooks(3)
    pakasir.push_webhook(INVOICE, marker=1)
    told = pakasir.wait_for_webhooks(4)

    assert [each.body.get("marker") for each in told[:4]] == [None, None, None, 1]


def test_a_shop_that_is_not_there_is_tried_again(pakasir, txn_id):
    pakasir.webhook_url = "http://127.0.0.1:9/"
    pakasir.pays(INVOICE)

    assert [each.status for each in pakasir.wait_for_webhooks(3)] == [None] * 3


@pytest.mark.parametrize("how", ["argument", "fault"])
def test_a_doubled_webhook_comes_twice(pakasir, shop, txn_id, how):
    pays(pakasir, "doubled", how)
    pakasir.wait_for_webhooks(2)

    assert shop.received[0].body == shop.received[1].body


@pytest.mark.parametrize("how", ["argument", "fault", "switch"])
def test_a_lost_webhook_never_comes(pakasir, shop, txn_id, how):
    pays(pakasir, "lost", how)
    pakasir.push_webhook(INVOICE, marker=1)
    pakasir.wait_for_webhooks()

    assert [each.body["marker"] for each in shop.received] == [1]


@pytest.mark.parametrize("how", ["argument", "fault"])
def test_a_late_webhook_waits_to_be_released(pakasir, shop, txn_id, how):
    pays(pakasir, "late", how)
    pakasir.push_webhook(INVOICE, marker=1)
    pakasir.wait_for_webhooks()
    pakasir.release_webhooks()
    pakasir.wait_for_webhooks(2)

    assert [each.body.get("marker") for each in shop.received] == [1, None]


def test_a_forged_webhook_has_another_secret(pakasir, shop, txn_id):
    pays(pakasir, "forged", "fault")
    pakasir.wait_for_webhooks()

    assert shop.received[0].headers["x-secret"] != SECRET


def test_a_webhook_may_lie(pakasir, shop, txn_id):
    pakasir.fault("webhook", "change", fields={"amount": 1})
    pakasir.pays(INVOICE)
    pakasir.wait_for_webhooks()

    assert (shop.received[0].body["amount"], pakasir.find(INVOICE).amount) == (1, AMOUNT)


def test_without_an_address_nobody_is_told(txn_id, pakasir, shop):
    address, pakasir.webhook_url = pakasir.webhook_url, None
    pakasir.pays(INVOICE)
    pakasir.webhook_url = address
    pakasir.push_webhook(INVOICE, marker=1)
    pakasir.wait_for_webhooks()

    assert [each.body["marker"] for each in shop.received] == [1]


def test_a_late_customer_pays_by_himself(pakasir, shop, txn_id):
    pakasir.pays_later(INVOICE, after_s=0.01)
    pakasir.wait_for_webhooks()

    assert shop.received[0].body["status"] == "completed"


def test_a_payment_under_way_cannot_be_canceled(pakasir, wire, txn_id):
    pakasir.pays_later(INVOICE, after_s=1000)

    assert wire.cancel(txn_id).status_code == 503
    assert pakasir.pays_at(INVOICE)


def test_a_restart_forgets_no_payment_and_no_promise(tmp_path, house, shop, shop_url):
    def start():
        options = {"path": tmp_path / "pakasir.sqlite", "strict_limits": False}
        return house.hosting(StandIn(PROJECT, KEY, SECRET, shop_url, **options))

    with start() as before:
        for invoice in ["TRX-PAID", "TRX-LATE"]:
            Wire(before.url).create(invoice)
        before.pays("TRX-PAID", webhook="late")
    before.pays_later("TRX-LATE", after_s=0)
    before.switch("slow", on=True)

    with start() as after:
        after.release_webhooks()
        after.wait_for_webhooks(2)

        assert {each.body["order_id"] for each in shop.received} == {"TRX-PAID", "TRX-LATE"}
        assert after.find("TRX-LATE").status == "completed"
        assert after.switched("slow")


def pays(pakasir, webhook, how):
    """Pay with that webhook, asked for in one of three ways."""
    if how == "switch":
        pakasir.switch(webhook, on=True)
    elif how == "fault":
        pakasir.fault("webhook", webhook)
    pakasir.pays(INVOICE, webhook if how == "argument" else None)
