"""Fixtures of the gateway clients' tests: the stand-in, and a client of either version on an empty Valkey."""

from __future__ import annotations

import pytest

from tests.support.gateway import AMOUNT, Clock, client_of, invoice, stand_in


@pytest.fixture
def gateway_clock():
    return Clock()


@pytest.fixture
def pakasir(house, gateway_clock):
    """A new stand-in, with its limits."""
    with house.hosting(stand_in(clock=gateway_clock)) as standin:
        yield standin


@pytest.fixture(params=[2, 1], ids=["v2", "v1"])
def version(request):
    return request.param


@pytest.fixture
def gateway(version, pakasir, valkey):
    """A client of a shop in which the sandbox counts."""
    with client_of(version, pakasir.url) as client:
        yield client


@pytest.fixture
def in_production(version, pakasir, valkey):
    """A client of a shop in which only real money counts."""
    pakasir.sandbox = False
    with client_of(version, pakasir.url, pakasir_sandbox=False) as client:
        yield client


@pytest.fixture
def forget_limits(valkey):
    """Call it to give our own limits room again."""
    return valkey.flushall


@pytest.fixture
def opened(gateway, forget_limits):
    """An open payment; our own limits have room again."""
    opened = gateway.open(invoice(), AMOUNT)
    forget_limits()
    return opened


@pytest.fixture
def paid(opened, pakasir):
    pakasir.pays(opened.invoice)
    return opened
