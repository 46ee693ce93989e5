"""The gateway's limits, shared through Valkey, and its own 429."""

from __future__ import annotations

from contextlib import suppress

import pytest

from app.errors import Flood
from tests.support.gateway import AMOUNT, invoice


@pytest.mark.parametrize(("header", "wait_s"), [("7", 7.0), (None, None), ("later", None), ("0", 0.1)])
def test_a_429_says_how_long_to_wait(gateway, pakasir, header, wait_s):
    pakasir.fault("create", "rate", retry_after=header)

    with pytest.raises(Flood) as flood:
        gateway.open(invoice(), AMOUNT)
    assert flood.value.retry_after_s == (wait_s or 1.0)


def test_after_a_429_nobody_calls_for_that_long(gateway, pakasir):
    pakasir.fault("create", "rate", retry_after=50)
    with pytest.raises(Flood):
        gateway.open(invoice(), AMOUNT)

    with pytest.raises(Flood) as flood:
        gateway.open(invoice(), AMOUNT)
    assert 49 < flood.value.retry_after_s <= 50
    assert len(pakasir.calls_of("create")) == 1


def test_create_and_cancel_share_two_calls_a_second(gateway, pakasir):
    opened = gateway.open(invoice(), AMOUNT)

    with pytest.raises(Flood) as flood:
        gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)
    assert 0 < flood.value.retry_after_s <= 0.5
    assert not pakasir.calls_of("cancel")


def test_a_payment_is_asked_about_once_in_four_seconds(gateway, pakasir, paid):
    gateway.status(paid.txn_id, paid.invoice, AMOUNT)

    with pytest.raises(Flood) as flood:
        gateway.status(paid.txn_id, paid.invoice, AMOUNT)
    assert 3 < flood.value.retry_after_s <= 4
    assert len(pakasir.calls_of("status")) == 1


def test_asking_about_one_payment_leaves_room_for_another(gateway, paid, forget_limits):
    other = gateway.open(invoice(), AMOUNT)
    gateway.status(paid.txn_id, paid.invoice, AMOUNT)

    assert gateway.status(other.txn_id, other.invoice, AMOUNT).status == "pending"


@pytest.mark.parametrize("version", [2], indirect=True)
def test_the_gateways_own_slot_is_waited_for(gateway, paid, forget_limits):
    gateway.status(paid.txn_id, paid.invoice, AMOUNT)
    forget_limits()

    with pytest.raises(Flood) as flood:
        gateway.status(paid.txn_id, paid.invoice, AMOUNT)
    assert 3 < flood.value.retry_after_s <= 4


def test_a_cancellation_waits_while_a_create_does(gateway, pakasir, opened):
    gateway.open(invoice(), AMOUNT)
    with pytest.raises(Flood) as create:
        gateway.open(invoice(), AMOUNT)

    with pytest.raises(Flood) as cancel:
        gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)

    assert cancel.value.retry_after_s > create.value.retry_after_s + 0.4


def test_a_create_does_not_wait_behind_cancellations(gateway, pakasir, opened):
    for _ in range(6):
        try_to_cancel(gateway, opened)

    with pytest.raises(Flood) as create:
        gateway.open(invoice(), AMOUNT)

    assert create.value.retry_after_s <= 0.5


def test_of_two_who_wait_for_a_qr_the_one_who_yields_comes_last(gateway, pakasir, opened):
    gateway.open(invoice(), AMOUNT, yields=True)
    with pytest.raises(Flood) as first:
        gateway.open(invoice(), AMOUNT, yields=True)
    with pytest.raises(Flood) as other:
        gateway.open(invoice(), AMOUNT)
    with pytest.raises(Flood) as second:
        gateway.open(invoice(), AMOUNT, yields=True)
    with pytest.raises(Flood) as cancel:
        gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)

    waits = [told.value.retry_after_s for told in (first, other, second, cancel)]
    assert max(waits[:2]) <= 0.5
    assert 0.5 < waits[2] < waits[3]


def test_in_the_quiet_a_cancellation_goes_out(gateway, pakasir, opened):
    gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)

    assert len(pakasir.calls_of("cancel")) == 1


def try_to_cancel(gateway, opened):
    with suppress(Flood):
        gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)
