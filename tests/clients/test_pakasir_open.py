"""Opening a payment in both versions: what is believed, what is refused before a buyer sees it."""

from __future__ import annotations

import datetime

import pytest

from app.errors import Malformed, Unreachable
from app.money import qris
from tests.support.gateway import AMOUNT, TOTAL, client_of, everything_said, invoice, stand_in


def test_opening_shows_what_the_gateway_will_ask_for(gateway):
    opened = gateway.open("TRX20261123-ABCDEF", AMOUNT)

    assert (opened.invoice, opened.amount) == ("TRX20261123-ABCDEF", AMOUNT)
    assert (opened.fee, opened.total, opened.status) == (1003, TOTAL, "pending")
    assert opened.expires_at > datetime.datetime.now(datetime.UTC)


def test_opening_again_finds_the_same_payment(gateway, forget_limits):
    first = gateway.open("TRX20261123-ABCDEF", AMOUNT)
    forget_limits()

    assert gateway.open("TRX20261123-ABCDEF", AMOUNT) == first


def test_an_answer_that_was_lost_is_had_by_asking_again(gateway, pakasir, forget_limits):
    pakasir.fault("create", "drop")
    with pytest.raises(Unreachable) as lost:
        gateway.open("TRX20261123-ABCDEF", AMOUNT)
    forget_limits()

    assert lost.value.delivered == "maybe"
    assert gateway.open("TRX20261123-ABCDEF", AMOUNT).txn_id
    assert len(pakasir.calls_of("create")) == 2


def test_a_sandbox_may_hand_out_a_sample_that_nobody_can_pay(gateway):
    opened = gateway.open(invoice(), AMOUNT)

    with pytest.raises(Malformed):
        qris.check(opened.qr_string, opened.total)


def test_in_production_the_qr_asks_for_the_total(in_production):
    opened = in_production.open(invoice(), AMOUNT)

    qris.check(opened.qr_string, TOTAL)


def test_in_production_the_sample_of_a_sandbox_is_refused(in_production, pakasir):
    pakasir.sandbox = True

    with pytest.raises(Malformed):
        in_production.open(invoice(), AMOUNT)


def test_the_total_is_the_price_where_the_shop_bears_the_fee(version, valkey):
    with (
        stand_in(fee_on_shop=True, sandbox=False).serve() as standin,
        client_of(version, standin.url) as client,
    ):
        assert client.open(invoice(), AMOUNT).total == AMOUNT


@pytest.mark.parametrize("text", ["99000", "99000.00", 99000.0])
def test_an_amount_may_be_written_as_text(gateway, pakasir, text):
    pakasir.fault("create", "change", fields={"amount": text})

    assert gateway.open(invoice(), AMOUNT).amount == AMOUNT


@pytest.mark.parametrize("fee", [..., None, "many", -5, 1003.5, 10**9, [1003]], ids=str)
def test_a_fee_that_cannot_be_read_is_what_the_qr_asks_for_beyond_the_price(gateway, pakasir, fee):
    pakasir.fault("create", "change", fields={"fee": fee})

    assert gateway.open(invoice(), AMOUNT).fee == TOTAL - AMOUNT


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 99_001},
        {"amount": True},
        {"amount": "99000.50"},
        {"amount": ...},
        {"order_id": "TRX-OTHER"},
        {"project": "other"},
        {"payment_method": "bri_va"},
        {"total_payment": 98_999},
        {"total_payment": None},
    ],
    ids=str,
)
def test_an_answer_to_another_question_is_not_believed(gateway, pakasir, fields):
    pakasir.fault("create", "change", fields=fields)

    with pytest.raises(Malformed):
        gateway.open(invoice(), AMOUNT)


@pytest.mark.parametrize("time", ["soon", None, 5, "2026-11-24T10:00:00", ...], ids=str)
def test_a_time_that_cannot_be_read_breaks_nothing(gateway, pakasir, time):
    pakasir.fault("create", "change", fields={"expires_at": time, "expired_at": time})

    assert gateway.open(invoice(), AMOUNT).expires_at is None


@pytest.mark.parametrize("name", ["expires_at", "expired_at"])
@pytest.mark.parametrize("time", ["2026-11-24T03:00:00.123456789Z", "2026-11-24T10:00:00.123456+07:00"])
def test_the_deadline_has_two_names_and_many_forms(gateway, pakasir, name, time):
    pakasir.fault("create", "change", fields={"expires_at": ..., "expired_at": ..., name: time})

    expires_at = gateway.open(invoice(), AMOUNT).expires_at

    assert expires_at == datetime.datetime(2026, 11, 24, 3, 0, 0, 123456, datetime.UTC)


def test_an_altered_qr_is_refused_and_not_quoted(in_production, pakasir, version):
    altered = "00020101021226610016ID.CO.EVIL.WWW54061000036304ABCD"
    name = "payment_number" if version == 1 else "qr_string"
    pakasir.fault("create", "change", fields={name: altered})

    with pytest.raises(Malformed) as refusal:
        in_production.open(invoice(), AMOUNT)
    assert "EVIL" not in everything_said(refusal.value)
