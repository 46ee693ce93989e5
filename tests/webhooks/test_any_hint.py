"""Whatever is sent to either receiver's reading of a notification: a job, or a refusal, and nothing else."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import product

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as some

import settings
from app.infra.queue import wire
from webhooks.guards import Refusal
from webhooks.pakasir import Pakasir

SECRET = {b"x-secret": b"pakasir-webhook-secret"}
MANY = examples(max_examples=50, derandomize=True, deadline=None)

words = some.sampled_from(["completed", "COMPLETED", "paid", "pending", "TRX20261123-AAAA", "quickcart-test"])
numbers = some.integers() | some.floats() | some.just(25_000) | some.just(10**400)
leaves = some.none() | some.booleans() | numbers | some.text() | words
values = some.recursive(
    leaves, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3)
)
fields = ("txn_id", "order_id", "amount", "is_sandbox", "status", "completed_at", "project")
flat = some.dictionaries(some.sampled_from(fields), values)
notifications = some.recursive(
    flat,
    lambda inner: some.dictionaries(some.sampled_from(["data", "transaction", "payment"]), inner, min_size=1),
)
bodies = some.binary() | notifications.map(lambda value: json.dumps(value).encode())


@MANY
@given(content=bodies)
def test_anything_is_a_job_or_a_refusal(content):
    """To make one costs much more than to read it: each is read with and without the secret, by both."""
    for version, headers in product([1, 2], [{}, SECRET]):
        with settings.override(pakasir_api_version=version), suppress(Refusal):
            job = Pakasir().job(headers, content)
            order_id, txn_id, *trust = job["args"]
            assert 5 <= len(order_id) <= 100
            assert txn_id is None or txn_id.isascii()
            assert trust in ([], [True])
            assert wire.encode(job)


@MANY
@given(odd=some.dictionaries(some.sampled_from(fields), some.integers() | some.booleans() | words))
def test_with_the_secret_and_an_order_nearly_anything_is_worth_a_look(odd):
    kept = {name: odd[name] for name in odd if name not in {"order_id", "project", "status"}}
    content = json.dumps(kept | {"order_id": "TRX20261123-AAAA"}).encode()

    assert Pakasir().job(SECRET, content)["args"][0] == "TRX20261123-AAAA"
