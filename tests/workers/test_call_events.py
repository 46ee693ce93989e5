"""Calls that move money or goods are audit events: which call, for which invoice, how it ended, how long."""

from __future__ import annotations

import pytest

from app.errors import ClientError
from app.sales import orders, settlement
from models import AuditEvent
from tests.support import broken, given


def calls(action):
    events = AuditEvent.select().where(AuditEvent.action == action).order_by(AuditEvent.id)
    return [(event.entity, event.data["call"], event.data["outcome"]) for event in events]


def test_a_sale_tells_of_its_calls_with_what_they_did(order, pakasir, drain):
    pakasir.pays(order.invoice)
    drain()

    entity = f"order:{order.invoice}"
    assert calls("payment.call") == [(entity, "create", "ok"), (entity, "status", "ok")]
    assert calls("goods.call") == [(entity, "sendMessage", "ok")]
    assert all(event["ms"] >= 0 for event in given.audited("payment.call"))
    assert [line for line in broken.breaches() if "invariant 6" in line] == []


def test_they_tell_nothing_of_the_goods(order, pakasir, drain):
    pakasir.pays(order.invoice)
    drain()

    assert [sorted(event) for event in given.audited("goods.call")] == [["call", "ms", "outcome", "part"]]


def test_a_look_that_finds_nothing_is_no_event(order, run):
    run("check_payment", order.id, False)

    assert [call for _, call, _ in calls("payment.call")] == ["create"]


def test_a_cancellation_is_one_also_where_nothing_else_is(order, run):
    settlement.expire(order.id)

    run("cancel_payment", order.id)

    assert (f"order:{order.invoice}", "cancel", "ok") in calls("payment.call")


def test_goods_that_may_have_arrived_are_told_of(buyer, run, telegram):
    placed = given.order(buyer.id, given.product(stock_lines=["KEY-1"]).id)
    settlement.settle(placed.id, given.status(placed))
    telegram.fault("sendMessage", "dropped")

    with pytest.raises(ClientError):
        run("deliver_order", placed.id)

    assert calls("goods.call") == [(f"order:{placed.invoice}", "sendMessage", "maybesent")]


def test_a_call_that_nobody_got_is_no_event(buyer, run, telegram):
    placed = given.order(buyer.id, given.product(stock_lines=["KEY-1"]).id)
    settlement.settle(placed.id, given.status(placed))
    telegram.fault("sendMessage", "flood", retry_after_s=3)

    with pytest.raises(ClientError):
        run("deliver_order", placed.id)

    assert calls("goods.call") == []
    assert orders.get(placed.id).state == "paid"
