"""What one process takes out of a queue, and what becomes of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from dramatiq.errors import ConnectionClosed

import settings
from app.infra import redis_client
from app.infra.queue import broker as brokers
from app.infra.queue import jobs, wire
from app.infra.queue.consumer import QueueConsumer
from app.infra.queue.doorbell import Doorbell
from app.infra.queue.store import Store
from models import DeadLetter
from tests.support.proxy import Proxy
from tests.support.stack import await_true


@pytest.fixture
def taking_two(broker, valkey):
    """A consumer that may hold two jobs, of five that wait."""
    wire.send(valkey, [(wire.message("note", [n], message_id=str(n)), 0) for n in range(5)])
    return QueueConsumer(broker.store, Doorbell(valkey), "default", prefetch=2, timeout_ms=20)


@pytest.fixture
def bell():
    bell = Doorbell(redis_client.connect(retries=0))
    bell.open()
    yield bell
    bell.close()


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
    taking_two.close()

    assert valkey.hexists(redis_client.key("default.DQ.msgs"), first.redis_id)


def test_an_end_wakes_who_waits_with_full_hands(broker, valkey, bell):
    wire.send(valkey, [(wire.message("note", [n], message_id=str(n)), 0) for n in range(2)])
    taking = QueueConsumer(broker.store, bell, "default", prefetch=1, timeout_ms=60_000)
    first = next(taking)
    first.outcome = jobs.FINISHED
    threading.Timer(0.05, taking.ack, [first]).start()

    assert next(job for job in taking if job).redis_id == "1"


def test_an_emptied_queue_is_asked_again_when_the_bell_rings(broker, valkey, bell):
    wire.send(valkey, [(wire.message("note", [1], message_id="1"), 0)])
    taking = QueueConsumer(broker.store, bell, "default", prefetch=2, timeout_ms=60_000)
    next(taking)

    wire.send(valkey, [(wire.message("note", [2], message_id="2"), 0)])

    assert next(taking).redis_id == "2"


def test_what_is_not_begun_is_given_back(taking_two, valkey):
    next(taking_two)

    taking_two.close()

    waiting = valkey.lrange(redis_client.key("default"), 0, -1)
    assert sorted(waiting) == [b"1", b"2", b"3", b"4"]


def test_what_its_threads_did_not_begin_is_given_back(taking_two, valkey):
    first = next(taking_two)

    taking_two.requeue([first])

    waiting = valkey.lrange(redis_client.key("default"), 0, -1)
    assert waiting == [b"0", b"2", b"3", b"4"]


@pytest.fixture
def poison(valkey):
    """The id of a job that cannot be read; it is the next."""
    valkey.lpush(redis_client.key("default"), "poison")
    valkey.hset(redis_client.key("default.msgs"), "poison", b"\xff")
    return "poison"


def test_an_unreadable_job_is_kept_until_it_is_on_record(taking_two, poison, valkey, no_dead_letters):
    with no_dead_letters():
        assert [job.redis_id for job in taken(taking_two)] == ["0"]
        assert valkey.hexists(redis_client.key("default.msgs"), poison)

    taken(taking_two)

    assert DeadLetter.get().id == poison
    assert not valkey.hexists(redis_client.key("default.msgs"), poison)


def test_an_unreadable_job_that_is_not_on_record_is_given_back(taking_two, poison, valkey, no_dead_letters):
    with no_dead_letters():
        taken(taking_two)
        taking_two.close()

    assert poison.encode() in valkey.lrange(redis_client.key("default"), 0, -1)


def test_a_lost_redis_is_what_dramatiq_expects(valkey):
    with settings.override(redis_url="redis://127.0.0.1:9/0"):
        lost = brokers.build().store

    taking = QueueConsumer(lost, Doorbell(valkey), "default", prefetch=2, timeout_ms=20)

    with pytest.raises(ConnectionClosed):
        next(taking)


def test_what_ended_while_redis_was_away_is_ended_when_it_is_back(own_valkey, database):
    wire.send(own_valkey.client, [(wire.message("note", [], message_id="a"), 0)])
    taking = QueueConsumer(
        brokers.build().store, Doorbell(own_valkey.client), "default", prefetch=2, timeout_ms=20
    )
    job = next(taking)
    job.outcome = jobs.FINISHED

    own_valkey.kill()
    taking.ack(job)
    with pytest.raises(ConnectionClosed):
        next(taking)
    own_valkey.start()
    next(taking)

    assert not own_valkey.client.hexists(redis_client.key("default.msgs"), "a")
    assert taking.hand.held == set()


def test_an_answer_that_never_ends_is_noticed(valkey):
    wire.send(valkey, [(wire.message("note", ["x" * 500], message_id="1"), 0)])
    proxy, url = Proxy.before_redis(settings.current().redis_url)
    with proxy, settings.override(redis_url=url), ThreadPoolExecutor() as beside:
        client = redis_client.connect(retries=0)
        store = Store(client, client, 3000, answered_s=0.5)
        store.fetch("money", 1)
        proxy.drip()
        fetching = beside.submit(store.fetch, "default", 1)
        await_true(store.watchdog.late, "the watchdog")
        proxy.hang_up()

        assert isinstance(fetching.exception(), redis.RedisError)
    assert store.watchdog.late() == []
