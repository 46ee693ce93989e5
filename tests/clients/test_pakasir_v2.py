"""What only version 2 has: the fee, the sandbox flag, payments that are over when found, transaction ids."""

from __future__ import annotations

import pytest

from app.clients.pakasir_answers import Fee
from app.errors import Malformed, NotFound
from tests.support.gateway import AMOUNT, client_of, invoice


@pytest.fixture
def version():
    return 2


def test_the_page_is_named_by_the_transaction(opened):
    assert opened.payment_url == f"https://bayar.example/pay-v2/{opened.txn_id}?qris_only=1"


def test_opening_may_find_a_payment_that_was_made(gateway, pakasir, paid):
    pakasir.fault("create", "change", fields={"qr_string": None})

    assert gateway.open(paid.invoice, AMOUNT).status == "completed"


def test_opening_and_asking_tell_the_sandbox_flag(gateway, opened):
    assert opened.is_sandbox is True
    assert gateway.status(opened.txn_id, opened.invoice, AMOUNT).is_sandbox is True


def test_a_real_project_must_show_a_real_qr_even_where_the_sandbox_counts(gateway, pakasir):
    pakasir.fault("create", "change", fields={"is_sandbox": False})

    with pytest.raises(Malformed):
        gateway.open(invoice(), AMOUNT)


def test_a_payable_qr_of_a_sandbox_is_refused_in_production(in_production, pakasir):
    pakasir.fault("create", "change", fields={"is_sandbox": True})

    with pytest.raises(Malformed, match="sandbox"):
        in_production.open(invoice(), AMOUNT)


def test_the_fee_is_the_gateways(gateway, pakasir):
    pakasir.fault("fee", "change", fields={"qris": 444})

    assert gateway.fee(12_000) == Fee(444, estimated=False)


@pytest.mark.parametrize(("amount", "fee"), [(12_000, 394), (105_000, 1045), (105_100, 1051), (99_001, 1004)])
def test_an_unreachable_gateways_fee_is_estimated(gateway, pakasir, amount, fee):
    pakasir.fault("fee", "error")

    assert gateway.fee(amount) == Fee(fee, estimated=True)


def test_an_odd_fee_is_estimated(gateway, pakasir):
    pakasir.fault("fee", "change", fields={"qris": "free"})

    assert gateway.fee(12_000) == Fee(394, estimated=True)


def test_a_fee_that_is_not_answered_is_estimated(pakasir, valkey):
    pakasir.fault("fee", "slow")

    with client_of(2, pakasir.url, timeout_s=0.2) as client:
        assert client.fee(12_000).estimated


def test_an_invoice_cannot_lead_elsewhere(gateway, pakasir):
    with pytest.raises(NotFound):
        gateway.open("../../payment-fee/1?x=1", AMOUNT)

    assert not pakasir.calls
