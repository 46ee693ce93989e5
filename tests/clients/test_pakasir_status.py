"""Asking about a payment and canceling it, in both versions."""

from __future__ import annotations

import pytest

from app.errors import AlreadyCompleted, Malformed, NotFound, Refused
from tests.clients.pakasir_support import AMOUNT


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


@pytest.mark.parametrize(("told", "meant"), [("cancelled", "canceled"), ("canceled", "canceled")])
def test_canceled_has_two_spellings(gateway, pakasir, paid, told, meant):
    pakasir.fault("status", "change", fields={"status": told})

    assert gateway.status(paid.txn_id, paid.invoice, AMOUNT).status == meant


@pytest.mark.parametrize("status", ["expired", "Completed", "", None, 1, ...], ids=str)
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


def test_canceling_what_was_paid_says_so(gateway, paid):
    with pytest.raises(AlreadyCompleted):
        gateway.cancel(paid.txn_id, paid.invoice, AMOUNT)


@pytest.mark.parametrize("message", ["Transaction is already canceled", "Transaksi sudah dibatalkan"])
def test_canceling_twice_is_fine(gateway, pakasir, paid, message):
    pakasir.fault("cancel", "refuse", message=message)

    gateway.cancel(paid.txn_id, paid.invoice, AMOUNT)


def test_a_cancel_refused_for_another_reason_is_a_refusal(gateway, pakasir, paid):
    pakasir.fault("cancel", "refuse", message="This transaction cannot be canceled")

    with pytest.raises(Refused, match="cannot be canceled"):
        gateway.cancel(paid.txn_id, paid.invoice, AMOUNT)
