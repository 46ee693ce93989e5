"""Each check of invariant 2 finds its breach."""

from __future__ import annotations

import pytest

import models
from app.sales import settlement
from tests.support import broken, claimed, given
from tests.support.given import ALICE, CHARLIE


def test_a_delivered_order_with_an_item_missing():
    order = broken.delivered()
    broken.by_hand("DELETE FROM stock_item")
    broken.by_hand("UPDATE product SET sold = 0")

    found = broken.breaches()
    assert (
        f"invariant 2: {order.invoice}: the order is delivered and for 1 items, but has 0 reserved and 0 sold"
    ) in found


def test_an_item_that_an_ended_order_keeps():
    order = settlement.expire(given.order().id)
    broken.by_hand("UPDATE stock_item SET state = 'reserved', order_id = %s", order.id)
    broken.by_hand("UPDATE product SET available = 0")

    found = broken.breaches()
    assert (
        f"invariant 2: {order.invoice}: the order is expired and for 1 items, but has 1 reserved and 0 sold"
    ) in found


def test_an_item_of_another_product():
    order, other = given.order(), given.product("Spotify")
    broken.by_hand("DELETE FROM stock_item WHERE product_id = %s", other.id)
    broken.by_hand("UPDATE product SET available = 0 WHERE id = %s", other.id)
    broken.by_hand("UPDATE stock_item SET product_id = %s", other.id)

    found = broken.breaches()
    assert (
        f"invariant 2: {order.invoice}: item 1 is of product {other.id}, the order is for {order.product_id}"
    ) in found


@pytest.mark.parametrize(("counter", "truth"), [("available", 3), ("sold", 0)])
def test_a_counter_that_is_wrong(counter, truth):
    product = given.product(stock_lines=3)
    models.Product.update({counter: 7}).execute()

    found = broken.breaches()
    assert (f"invariant 2: product {product.id}: counts 7 {counter} items, but there are {truth}") in found


def test_an_item_that_was_claimed_twice():
    claim = claimed.opened()

    found = broken.breaches_without(
        "DROP INDEX claim_item",
        "INSERT INTO claim (order_id, item_id, state, opened_at) VALUES (%s, %s, 'open', now())",
        claim.order_id,
        claim.item_id,
    )

    assert f"invariant 1: {claim.order.invoice}: item {claim.item_id} was claimed 2 times" in found


def test_two_unpaid_orders_of_one_person():
    given.order(ALICE)
    other = given.order(CHARLIE)

    found = broken.breaches_without(
        "DROP INDEX order_one_unpaid", 'UPDATE "order" SET user_id = %s WHERE id = %s', ALICE, other.id
    )

    assert "invariant 2: user 1: has 2 unpaid orders at once" in found
