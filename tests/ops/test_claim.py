"""`claim`: what waits, the three answers, and a claim for a buyer."""

from __future__ import annotations

import pytest

from app.sales import claims, orders, warranty
from models import Claim
from tests.support import broken, claimed, given


@pytest.fixture
def claim(database, valkey) -> Claim:
    return claimed.opened(complaint="tidak bisa masuk")


def test_what_waits_is_listed_until_it_is_answered(ops, claim):
    (listed,) = ops("claim", "list", "--json").json
    assert (listed["id"], listed["buyer"], listed["complaint"]) == (claim.id, 1, "tidak bisa masuk")

    assert ops("claim", "replace", str(claim.id)).out == f"claim {claim.id}: a worker sends another item\n"

    assert ops("claim", "list").out == "no claim waits for an answer\n"
    assert given.promised("deliver_order") == [[claim.order_id]]


@pytest.mark.parametrize(("more", "amount"), [((), 20_000), (("--amount", "5000"), 5_000)])
def test_money_is_given_back_once(ops, claim, more, amount):
    first, again = ops("claim", "refund", str(claim.id), *more), ops("claim", "refund", str(claim.id))

    assert "went to the balance" in first.out
    assert (again.code, again.err) == (2, f"error: claim {claim.id} is refunded already\n")
    assert given.balance() == amount


def test_a_refusal_needs_its_reason(ops, claim):
    assert ops("claim", "refuse", str(claim.id), "--reason", " ").code == 2
    assert ops("claim", "refuse", str(claim.id), "--reason", "diganti sendiri").code == 0
    assert claims.get(claim.id).note == "diganti sendiri"


def test_without_stock_the_claim_stays_open(ops, database, valkey):
    claim = claimed.opened(claimed.order(spare=0))

    answer = ops("claim", "replace", str(claim.id))

    assert (answer.code, "nothing left to replace it with" in answer.err) == (2, True)
    assert claims.get(claim.id).state == Claim.OPEN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("replace", "999"), "no claim 999"),
        (("refund", "1", "--amount", "25001"), "the amount must be 1 to 25000 rupiah"),
        (("open", "TRXNONE", "mati"), "there is no order TRXNONE"),
        (("open", "{}", "mati", "--item", "7"), "has no item 7"),
        (("open", "{}", "mati"), "cannot be claimed: claim_open"),
    ],
)
def test_what_cannot_be_done_is_one_line(ops, claim, words, said):
    invoice = orders.get(claim.order_id).invoice

    answer = ops("claim", *[word.format(invoice) for word in words])

    assert answer.code == 2
    assert said in answer.err


def test_an_item_is_claimed_for_its_buyer(ops, database, valkey):
    placed = claimed.order(quantity=2)

    assert "waits for an answer" in ops("claim", "open", placed.invoice, "mati", "--item", "2").out
    assert Claim.get().item_id == claimed.item(placed, 2)
    assert broken.breaches() == []


def test_an_order_tells_of_its_warranty_and_its_claims(ops, claim):
    warranty.replace(claim.id)
    invoice = orders.get(claim.order_id).invoice

    told = ops("order", invoice, "--json").json
    shown = ops("order", invoice).out

    assert (told["warranty_days"], told["claims"][0]["state"]) == (30, "replaced")
    assert [moment["what"] for moment in told["timeline"]][-2:] == [
        "order.claim_opened",
        "order.claim_replaced",
    ]
    assert "warranty_until" in shown
    assert "order.claim_replaced" in shown
