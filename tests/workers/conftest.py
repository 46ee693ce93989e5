"""Actors against the real stand-ins, called one by one in the test's own thread; or all of them, drained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app import audit
from app.infra import redis_client
from app.infra.queue import broker
from app.sales import orders as order_book
from models import Order
from tests.support import given
from tests.support.moments import past_deadline

Run = Callable[..., Any]


@pytest.fixture
def run(telegram, pakasir, valkey) -> Run:
    """Run an actor once, here and now, as if nobody had called anybody for a while."""

    def run(actor, *args):
        forget_limits(valkey)
        pakasir.forget_rates()
        try:
            return broker.setup().get_actor(actor).fn(*args)
        finally:
            audit.write_calls()

    return run


def forget_limits(valkey) -> None:
    if keys := valkey.keys(redis_client.key("limit", "*")):
        valkey.delete(*keys)


@pytest.fixture
def buyer(alice):
    """Alice, who wrote to the bot before the test began."""
    alice.person.user.started = True
    given.person(alice.id, "Alice")
    return alice


@pytest.fixture
def admin(bob):
    """Bob, who can be written to as well."""
    bob.person.user.started = True
    given.person(bob.id, "Bob")
    return bob


@pytest.fixture
def order(buyer, run) -> Order:
    """Her unpaid order with its QR, known to the gateway."""
    placed = given.unopened(buyer.id)
    run("open_payment", placed.id)
    return order_book.get(placed.id)


@pytest.fixture
def overdue(order) -> Order:
    """The same at its deadline."""
    return past_deadline(order)
