"""What only version 1 has: payments known by their invoice, answers one level down, no fee to ask for."""

from __future__ import annotations

import pytest

from app.clients.pakasir_answers import Fee
from app.errors import Malformed, Refused, TurnedAway
from tests.support.gateway import AMOUNT, client_of


@pytest.fixture
def version():
    return 1


def test_a_payment_is_known_by_its_invoice(opened):
    assert opened.txn_id == opened.invoice
    assert opened.is_sandbox is None


def test_the_page_is_named_by_project_amount_and_invoice(opened):
    page = "https://bayar.example/pay/quickcart-test/99000"

    assert opened.payment_url == f"{page}?order_id={opened.invoice}&qris_only=1"


def test_the_sandbox_flag_is_not_known(gateway, opened):
    assert gateway.status(opened.txn_id, opened.invoice, AMOUNT).is_sandbox is None


def test_asking_with_another_amount_is_refused(gateway, opened):
    with pytest.raises(Refused, match="amount"):
        gateway.status(opened.txn_id, opened.invoice, AMOUNT + 1)


def test_a_status_of_another_project_is_not_believed(gateway, pakasir, opened):
    pakasir.fault("status", "change", fields={"project": "other"})

    with pytest.raises(Malformed):
        gateway.status(opened.txn_id, opened.invoice, AMOUNT)


def test_an_answer_without_its_payment_is_not_believed(gateway, pakasir, opened):
    pakasir.fault("status", "refuse", status=200)

    with pytest.raises(Malformed, match="is missing"):
        gateway.status(opened.txn_id, opened.invoice, AMOUNT)


def test_the_fee_is_an_estimate(gateway, pakasir):
    assert gateway.fee(AMOUNT) == Fee(1003, estimated=True)
    assert not pakasir.calls


def test_a_probe_notices_a_wrong_key(pakasir, valkey):
    with client_of(1, pakasir.url, pakasir_api_key="wrong") as client, pytest.raises(TurnedAway):
        client.probe()
