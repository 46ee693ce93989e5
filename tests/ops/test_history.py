"""The demo's month: sold as the services sell, and nothing amiss but what is meant to be."""

from __future__ import annotations

import pytest

import models
from app.infra.queue import dead
from app.ops import history, invariants, sample_shop
from app.people import notices
from app.sales import orders, payments
from models import Order, Product, StockItem
from tests.support import given

RINA, GROUP = 4, -100123
KNOWN = history.Prepared(given.BOB, RINA, GROUP, "TRX20261126BEDA22", "PKSBEDA")


@pytest.fixture(scope="module")
def month(_shop_database, _valkey):
    """How many orders there are in the demo's shop: made once, as every test here only looks."""
    _shop_database.reset()
    _valkey.flushall()
    sample_shop.add_reseller(RINA)
    sample_shop.add_all()
    yield history.add(KNOWN)
    models.db.close()


def test_verify_names_what_is_to_be_mended_and_nothing_else(month):
    found = {breach.subject for breach in invariants.run()}

    (letter,) = dead.waiting()
    assert found == {orders.get(int(letter.subject)).invoice}


def test_a_month_has_sales_of_every_end(month):
    ends = {(order.kind, order.method, order.state) for order in Order.select()}

    assert month > 250
    assert {
        (Order.PURCHASE, Order.QRIS, Order.DELIVERED),
        (Order.PURCHASE, Order.BALANCE, Order.DELIVERED),
        (Order.PURCHASE, Order.QRIS, Order.EXPIRED),
        (Order.PURCHASE, Order.QRIS, Order.CANCELED),
        (Order.DEPOSIT, Order.QRIS, Order.CREDITED),
    } <= ends


def test_the_shelves_are_as_full_as_without_it(month):
    left = {product.id: product.available for product in Product.select()}

    for sample in sample_shop.SAMPLES:
        assert left[sample.number] == sample.count - (sample.number == 101)
    kinds = {item.kind for item in StockItem.select(StockItem.kind)}
    assert kinds == {StockItem.TEXT, StockItem.STICKER}


def test_the_payment_that_contradicts_is_looked_at_next(month):
    order = orders.by_invoice(KNOWN.invoice)

    assert order.state == Order.EXPIRED
    assert payments.of_order(order.id).txn_id == KNOWN.txn_id
    assert order.id in payments.claim_due()


def test_a_second_time_adds_nothing(month):
    assert history.add(KNOWN) == 0


def test_what_expired_in_that_month_is_no_news(month):
    assert notices.report_expired() == 0


def test_the_month_is_checked_once_it_is_there(month):
    assert given.promised("verify_shop") == [[]]
