"""Asking about a payment and canceling it, in both versions."""

from __future__ import annotations

import pytest

from app.errors import Malformed, NotFound, Refused
from tests.support.gateway import AMOUNT


def test_a_payment_is_pending_until_it_is_made(gateway, pakasir, opened, gateway_clock, forget_limits):
    before = gateway.status(opened.txn_id, opened.invoice, AMOUNT)
    pakasir.pays(opened.invoice)
    forget_limits()
    gateway_clock.forward(4)
    after = gateway.status(opened.txn_id, opened.invoice, AMOUNT)

    assert (before.status, before.completed_at) == ("pending", None)
    assert (after.status, after.invoice, after.amount) == ("completed", opened.invoice, AMOUNT)
    assert after.txn_id == opened.txn_id
    assert after.completed_at


def test_a_wrong_amount_in_a_status_is_shown_as_it_was_told(gateway, pakasir, paid):
    pakasir.fault("status", "change", fields={"amount": 1, "order_id": "TRX-OTHER"})

    status = gateway.status(paid.txn_id, paid.invoice, AMOUNT)

    assert (status.amount, status.invoice) == (1, "TRX-OTHER")


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("cancelled", "canceled"),
        ("canceled", "canceled"),
        ("COMPLETED", "completed"),
        (" Pending", "pending"),
    ],
)
def test_a_status_may_be_spelled_differently(gateway, pakasir, paid, told, meant):
    pakasir.fault("status", "change", fields={"status": told})

    assert gateway.status(paid.txn_id, paid.invoice, AMOUNT).status == meant


@pytest.mark.parametrize("status", ["expired", "paid", "", None, 1, ["completed"], {}, ...], ids=str)
def test_a_status_that_we_do_not_know_is_not_believed(gateway, pakasir, paid, status):
    pakasir.fault("status", "change", fields={"status": status})

    with pytest.raises(Malformed):
        gateway.status(paid.txn_id, paid.invoice, AMOUNT)


def test_a_payment_that_the_gateway_does_not_know_may_come_yet(gateway):
    with pytest.raises(NotFound) as missing:
        gateway.status("PKS-UNKNOWN", "TRX-UNKNOWN", AMOUNT)

    assert not missing.value.permanent


def test_canceling_makes_a_payment_unpayable(gateway, pakasir, opened):
    gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)

    assert pakasir.find(opened.invoice).status == "canceled"


@pytest.mark.parametrize("message", ["Transaction is already canceled", "Sudah dibatalkan", "Lunas"])
def test_no_wording_of_a_refused_cancel_is_interpreted(gateway, pakasir, opened, message):
    pakasir.fault("cancel", "refuse", message=message)

    with pytest.raises(Refused, match=message):
        gateway.cancel(opened.txn_id, opened.invoice, AMOUNT)
