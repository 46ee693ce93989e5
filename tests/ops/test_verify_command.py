"""`verify` as a process; what it checks is tested in tests/app/invariants."""

from __future__ import annotations

from tests.support import broken, given


def test_a_healthy_shop_has_nothing_to_say(ops):
    broken.paid()

    answer = ops("verify")

    assert (answer.code, answer.out) == (0, "")
    assert "checks hold" in answer.err


def test_each_breach_is_one_line(ops):
    given.person(given.ALICE, balance=5_000)
    broken.by_hand('UPDATE "user" SET balance = 9000')

    answer = ops("verify")

    assert answer.code == 1
    assert answer.out == "invariant 3: user 1: the balance is 9000, but the ledger sums to 5000\n"


def test_breaches_can_be_read_by_programs(ops):
    product = given.product()
    broken.by_hand("UPDATE product SET available = 5")

    answer = ops("verify", "--json")

    assert answer.code == 1
    assert [(breach["invariant"], breach["subject"]) for breach in answer.json] == [
        (2, f"product {product.id}")
    ]
