"""A gateway that takes calls and does not answer, and who of the callers waits."""

from __future__ import annotations

import pytest

import settings
from app.clients import pakasir_http
from app.errors import Flood, Silent, Unreachable
from app.infra import breaker, limits, redis_client
from tests.support.gateway import AMOUNT, ask, client_of, invoice


@pytest.fixture
def hasty(version, pakasir, valkey):
    """A client that waits a moment only. What is to be answered, on the slowest machine, `gateway` asks."""
    with client_of(version, pakasir.url, timeout_s=0.3) as client:
        yield client


@pytest.fixture
def silent(hasty, pakasir, forget_writes, valkey):
    """A gateway whose silence is known, and which is left alone until a test says otherwise."""
    pakasir.fault("*", "slow", None, seconds=5)
    for _ in range(breaker.SILENCES):
        with pytest.raises(Silent):
            hasty.open(invoice(), AMOUNT)
        forget_writes()
    rest(valkey)
    return pakasir


def rest(valkey):
    """However slow the machine is, the rest is not over yet."""
    (turn,) = valkey.keys(redis_client.key("breaker", "*", "turn"))
    valkey.persist(turn)


@pytest.fixture
def forget_writes(valkey, pakasir):
    """Call it to make room for the next create, and no more."""

    def forget():
        pakasir.forget_rates()
        for key in valkey.keys(redis_client.key("limit", "*")):
            valkey.delete(key)

    return forget


def lapse(valkey):
    for key in valkey.keys(redis_client.key("breaker", "*", "turn")):
        valkey.delete(key)


def test_calls_to_a_silent_gateway_fail_at_once(silent, hasty):
    refused = invoice()

    with pytest.raises(Unreachable) as failure:
        hasty.open(refused, AMOUNT)

    assert failure.value.delivered == "no"
    assert not isinstance(failure.value, Silent)
    assert refused not in {call.invoice for call in silent.calls_of("create")}


def test_the_next_answer_ends_it(silent, gateway, valkey, forget_writes):
    silent.clear_faults()
    lapse(valkey)

    gateway.open(invoice(), AMOUNT)
    forget_writes()

    assert gateway.open(invoice(), AMOUNT).qr_string


def test_a_call_that_found_no_room_leaves_the_probe_to_another(silent, gateway, valkey, forget_writes):
    silent.clear_faults()
    limits.take(pakasir_http.write_rate(settings.current().pakasir_project))
    lapse(valkey)

    with pytest.raises(Flood):
        gateway.open(invoice(), AMOUNT)
    forget_writes()

    assert gateway.open(invoice(), AMOUNT).qr_string


@pytest.mark.parametrize(("mute", "well"), [("create", "status"), ("status", "create")])
def test_one_call_may_be_silent_while_another_answers(
    hasty, gateway, valkey, pakasir, forget_writes, mute, well
):
    opened = gateway.open(invoice(), AMOUNT)
    pakasir.fault(mute, "slow", None, seconds=5)
    for _ in range(breaker.SILENCES):
        forget_writes()
        with pytest.raises(Silent):
            ask(hasty, mute, opened)
        ask(gateway, well, opened)
        gateway.fee(AMOUNT)

    rest(valkey)
    forget_writes()
    with pytest.raises(Unreachable) as failure:
        ask(hasty, mute, opened)
    ask(gateway, well, opened)

    assert not isinstance(failure.value, Silent)


def test_a_gateway_that_refuses_is_not_silent(gateway, pakasir, forget_writes):
    pakasir.fault("create", "down", None)
    for _ in range(breaker.SILENCES + 1):
        with pytest.raises(Unreachable):
            gateway.open(invoice(), AMOUNT)
        forget_writes()

    assert len(pakasir.calls_of("create")) == breaker.SILENCES + 1


def test_a_hasty_estimate_of_the_fee_makes_nothing_rest(gateway, pakasir):
    with client_of(2, pakasir.url, timeout_s=0.2) as client:
        pakasir.fault("fee", "slow", None, seconds=5)
        for amount in range(10_000, 10_000 + breaker.SILENCES):
            assert client.fee(amount).estimated
    pakasir.clear_faults()

    assert gateway.open(invoice(), AMOUNT).qr_string


def test_a_429_is_an_answer(silent, gateway, valkey, forget_writes):
    silent.clear_faults()
    silent.fault("create", "rate", retry_after=1)
    lapse(valkey)
    with pytest.raises(Flood):
        gateway.open(invoice(), AMOUNT)
    forget_writes()

    assert gateway.open(invoice(), AMOUNT).qr_string
    assert not valkey.keys(redis_client.key("breaker", "*"))


def test_brief_calls_without_an_answer_let_the_next_go_one_at_a_time(pakasir, valkey, forget_writes):
    with client_of(2, pakasir.url, timeout_s=60) as client:
        pakasir.fault("create", "slow", breaker.SILENCES, seconds=3)
        for _ in range(breaker.SILENCES):
            with pytest.raises(Silent):
                client.open(invoice(), AMOUNT, timeout_s=0.1)
            forget_writes()

        with pytest.raises(Unreachable) as brief:
            client.open(invoice(), AMOUNT, timeout_s=0.1)

        assert brief.value.delivered == "no"
        assert client.open(invoice(), AMOUNT).qr_string
