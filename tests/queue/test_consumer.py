"""What one process takes out of a queue, and what becomes of it."""

from __future__ import annotations

import pytest

from app.infra import redis_client
from app.infra.queue import jobs, wire
from app.infra.queue.consumer import QueueConsumer
from app.infra.queue.doorbell import Doorbell


@pytest.fixture
def taking_two(broker, valkey):
    """A consumer that may hold two jobs, of five that wait."""
    wire.send(valkey, [(wire.message("note", [n], message_id=str(n)), 0) for n in range(5)])
    return QueueConsumer(broker.store, Doorbell(valkey), broker.actors, "default", prefetch=2, timeout_ms=20)


def taken(taking):
    """The jobs that it gives out now."""
    return [job for job in (next(taking) for _ in range(4)) if job]


def test_no_more_are_taken_than_may_be_held(taking_two):
    assert [job.redis_id for job in taken(taking_two)] == ["0", "1"]
    assert taken(taking_two) == []


def test_one_more_is_taken_for_each_that_ended(taking_two):
    first, _ = taken(taking_two)
    first.outcome = jobs.FINISHED

    taking_two.ack(first)

    assert [job.redis_id for job in taken(taking_two)] == ["2"]


def test_a_job_whose_end_nobody_decided_runs_again(taking_two, valkey):
    first, _ = taken(taking_two)

    taking_two.ack(first)

    assert valkey.hexists(redis_client.key("default.DQ.msgs"), first.redis_id)


def test_what_is_not_begun_is_given_back(taking_two, valkey):
    next(taking_two)

    taking_two.close()

    waiting = valkey.lrange(redis_client.key("default"), 0, -1)
    assert sorted(waiting) == [b"1", b"2", b"3", b"4"]
