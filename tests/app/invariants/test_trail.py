"""Each check of invariant 6 finds its breach."""

from __future__ import annotations

import pytest

import models
from app.catalogue import products
from app.texts import own_words
from tests.support import broken, given
from tests.support.given import ALICE


@pytest.mark.parametrize("action", ["order.placed", "order.paid", "order.delivered", "payment.completed"])
def test_a_step_of_an_order_without_its_audit_event(action):
    order = broken.delivered()
    broken.by_hand("DELETE FROM audit_event WHERE action = %s", action)

    found = [line for line in broken.breaches() if f"{order.invoice}: has no audit event {action}" in line]
    assert len(found) == 1


def test_a_ledger_entry_without_its_audit_event():
    order = broken.credited()
    broken.by_hand("DELETE FROM audit_event WHERE action = 'balance.changed'")

    found = broken.breaches()
    assert (f"invariant 6: user 1: ledger entry 1 (order:{order.invoice}:credit) has no audit event") in found


@pytest.mark.parametrize("action", ["product.added", "product.retired"])
def test_a_product_without_its_audit_event(action):
    product = products.retire(given.product().id)
    broken.by_hand("DELETE FROM audit_event WHERE action = %s", action)

    assert f"invariant 6: product {product.id}: has no audit event {action}" in broken.breaches()


def test_goods_without_their_audit_event():
    product = given.product(stock_lines=2)
    broken.by_hand("UPDATE audit_event SET data = '{\"count\": 1}' WHERE action = 'stock.added'")

    found = broken.breaches()
    assert (f"invariant 6: product {product.id}: has 2 items, but audit events tell of 1") in found


@pytest.mark.parametrize("role", ["admin", "reseller"])
def test_a_role_given_behind_the_audit(role):
    given.person(ALICE)
    models.User.update({f"is_{role}": True}).execute()

    found = broken.breaches()
    assert (f"invariant 6: user 1: the audit says otherwise than the role: {role} is True") in found


def test_a_ban_behind_the_audit():
    given.person(ALICE)
    models.User.update(banned_at=models.utcnow()).execute()

    assert "invariant 6: user 1: the audit says otherwise than the ban: it is True" in broken.breaches()


@pytest.mark.usefixtures("database")
def test_the_owner_s_words_are_as_the_audit_says():
    given.person(ALICE)
    for text in ("Sisa {left} saja", "Tinggal {left}, ya"):
        own_words.change("refusals.OUT_OF_STOCK", "id", text)
    assert broken.breaches() == []

    gone = broken.breaches_after("DELETE FROM setting WHERE key = 'own_words'")
    own_words.change("refusals.OUT_OF_STOCK", "id", None)

    assert (
        "invariant 6: setting own_words: refusals.OUT_OF_STOCK in id reads as ever, but the audit says"
        in str(gone)
    )
    assert broken.breaches() == []
