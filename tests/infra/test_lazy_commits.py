"""Which commits wait for the disk."""

import logging

import pytest

from app import audit
from app.infra import transactions
from tests.support import given
from tests.support.queries import Queries

NEED_NOT = "set_config('synchronous_commit', 'off', true)"
WAITS = "SET LOCAL synchronous_commit TO DEFAULT"


@pytest.fixture
def sent(database):
    """Statements."""
    heard, logger = Queries(), logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(heard)
    logger.setLevel(logging.DEBUG)
    yield heard.statements
    logger.removeHandler(heard)
    logger.setLevel(level)


def test_what_records_and_promises_nothing_does_not_wait(sent):
    with transactions.atomic():
        transactions.lazily()

    assert WAITS not in sent


def test_what_is_audited_waits(sent):
    with transactions.atomic():
        transactions.lazily()
        audit.record("order.placed", "order:TRX1")

    assert sent.index(WAITS) < next(at for at, each in enumerate(sent) if "INSERT INTO audit_event" in each)


def test_a_purchase_in_the_chat_waits(sent, alice, telegram):
    product = given.product()
    alice.sends(f"/start p_{product.id}")
    sent.clear()

    alice.taps("Lanjut ke pembayaran")
    assert any(NEED_NOT in each for each in sent)
    assert WAITS not in sent

    alice.taps("QRIS")
    assert WAITS in sent
