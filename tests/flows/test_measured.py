"""What a purchase leaves in the numbers, beside what was measured from outside."""

from __future__ import annotations

import pytest

from app.infra.metrics import counters
from app.sales import delivery, orders
from models import utcnow


@pytest.fixture
def waited():
    """Call it for how many seconds buyers have waited since, by how they paid."""

    def read(method):
        ending = {"method": method}
        return counters.registry.get_sample_value("quickcart_payment_to_goods_seconds_sum", ending) or 0.0

    before = {method: read(method) for method in ("qris", "balance")}
    return lambda method="qris": read(method) - before[method]


def test_payment_to_goods_agrees_with_the_clock_on_the_wall(shop, pakasir, telegram, drain, checkout, waited):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    telegram.fault("sendMessage", "slow", delay_s=0.3)

    began_at = utcnow()
    pakasir.pays(invoice)
    drain()

    took_s = (orders.by_invoice(invoice).delivered_at - began_at).total_seconds()
    assert waited() == pytest.approx(took_s, abs=0.15)


def test_what_a_gateway_in_trouble_cost_counts(shop, pakasir, time_passes, checkout, waited):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    pakasir.fault("status", "error")

    pakasir.pays(invoice)
    time_passes(0)
    assert waited() == 0
    time_passes(20)

    assert waited() == pytest.approx(20, abs=1)


def test_goods_that_are_sent_again_count_once(alice, shop, pakasir, drain, checkout, waited):
    shop.sells("Netflix 1M", price=25_000, stock=["KEY-1"])
    invoice = checkout("Netflix 1M")
    pakasir.pays(invoice)
    drain()
    once = waited()

    delivery.redeliver(orders.by_invoice(invoice).id)
    drain()

    assert waited() == once > 0
