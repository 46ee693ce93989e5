"""Putting jobs into Redis: from threads, from an event loop, once each."""

from __future__ import annotations

import asyncio

import orjson
import pytest
import redis
from dramatiq.brokers.redis import RedisBroker

import settings
from app.infra import limits, redis_client
from app.infra.queue import wire
from app.infra.queue.jobs import FINISHED
from tests.support.racing import together


def run_senders(*jobs, timeout_s=2.0):
    """Send them all in one tick of a new event loop; their replies or errors."""

    async def go():
        async with redis_client.connect_async() as client:
            sender = wire.AsyncSender(client, timeout_s=timeout_s)
            return await asyncio.gather(*(sender.send(job) for job in jobs), return_exceptions=True)

    return asyncio.run(go())


def test_a_message_is_what_dramatiq_reads(valkey):
    job = wire.message("note", [1], message_id="a", correlation_id="TRX1", options={"retries": 2})
    wire.send(valkey, [(job, 0)])

    stored = orjson.loads(valkey.hget(redis_client.key("default.msgs"), "a"))
    assert (stored["actor_name"], stored["args"], stored["kwargs"]) == ("note", [1], {})
    assert stored["options"] == {"retries": 2, "redis_message_id": "a", "correlation_id": "TRX1"}


def test_every_sender_gets_its_own_reply(valkey):
    known = wire.message("note", [], message_id="known")
    wire.send(valkey, [(known, 0)])

    assert run_senders(wire.message("note", []), known, wire.message("note", [])) == [True, False, True]
    assert valkey.llen(redis_client.key("default")) == 3


def test_what_is_sent_in_one_tick_goes_in_one_call(valkey):
    jobs = [wire.message("note", [n]) for n in range(100)]
    run_senders(wire.message("note", []))
    before = valkey.info("commandstats")["cmdstat_evalsha"]["calls"]

    run_senders(*jobs)

    assert valkey.info("commandstats")["cmdstat_evalsha"]["calls"] == before + 1
    assert valkey.llen(redis_client.key("default")) == 101


def race(send):
    """Everyone's reply to sending at the same moment."""
    return together(*[send] * 8, connected=False)


def test_a_job_is_queued_once_however_many_threads_send_it(valkey):
    job = wire.message("note", [], message_id="a")

    replies = race(lambda: wire.send(valkey, [(job, 0)]))

    assert sorted(replies) == [[False]] * 7 + [[True]]
    assert valkey.llen(redis_client.key("default")) == 1


def test_dramatiq_alone_would_queue_it_each_time(valkey):
    stock = RedisBroker(client=valkey, namespace=redis_client.key(), middleware=[])
    job = wire.message("note", [], message_id="a")

    race(lambda: stock.do_enqueue("default", "a", wire.encode(job)))

    assert valkey.llen(redis_client.key("default")) == 8


def test_a_delayed_job_is_known_too(valkey):
    job = wire.message("note", [], message_id="a")

    assert wire.send(valkey, [(job, 2_000_000_000_000), (job, 0)]) == [True, False]
    assert valkey.llen(redis_client.key("default")) == 0


def test_a_running_job_is_known_too(valkey, broker):
    job = wire.message("note", [], message_id="a")
    wire.send(valkey, [(job, 0)])
    broker.store.fetch("default", 1)

    assert wire.send(valkey, [(job, 0)]) == [False]
    assert wire.send(valkey, [(job, 2_000_000_000_000)]) == [False]
    assert not valkey.exists(redis_client.key("default.DQ"))


def test_redis_may_forget_the_script(valkey):
    wire.send(valkey, [(wire.message("note", []), 0)])
    valkey.script_flush()

    assert run_senders(wire.message("note", [])) == [True]
    valkey.script_flush()
    assert wire.send(valkey, [(wire.message("note", []), 0)]) == [True]


def test_everybody_hears_that_redis_is_down():
    with settings.override(redis_url="redis://127.0.0.1:9/0"):
        replies = run_senders(wire.message("note", []), wire.message("note", []))

    assert len(replies) == 2
    assert all(isinstance(reply, redis.RedisError) for reply in replies)


def test_a_stalled_redis_is_an_error_too(own_valkey):
    own_valkey.freeze()

    replies = run_senders(wire.message("note", []), timeout_s=0.3)

    assert isinstance(replies[0], redis.RedisError)


def test_many_more_jobs_than_one_call_takes(valkey):
    jobs = [wire.message("note", [n]) for n in range(wire.BATCH * 2 + 1)]

    assert run_senders(*jobs) == [True] * len(jobs)
    assert all(not known for known in wire.send(valkey, [(job, 0) for job in jobs]))


def test_a_full_redis_takes_no_jobs_but_lets_workers_empty_it(valkey, broker):
    promised = wire.message("note", [], message_id="a")
    wire.send(valkey, [(promised, 0)])
    valkey.config_set("maxmemory", 1)
    try:
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            wire.send(valkey, [(wire.message("note", []), 0)])
        assert [redis_id for redis_id, *_ in broker.store.fetch("default", 5)] == ["a"]
        broker.store.settle("default", "a", FINISHED)
    finally:
        valkey.config_set("maxmemory", 0)

    assert valkey.exists(redis_client.key("default.msgs")) == 0


def test_jobs_take_positional_arguments_only(broker):
    with pytest.raises(TypeError):
        broker.actors["note"].send(text="named")


def test_two_shops_on_one_redis_leave_each_other_alone(valkey, broker):
    with settings.override(telegram_bot_token="200000002:another-shop-0123456789abcdefghij"):
        wire.send(valkey, [(wire.message("note", [], message_id="tg-1"), 0)])
        run_senders(wire.message("note", [], message_id="tg-2"))

    assert broker.store.fetch("default", 5) == []
    wire.send(valkey, [(wire.message("note", [], message_id="tg-1"), 0)])
    assert [redis_id for redis_id, *_ in broker.store.fetch("default", 5)] == ["tg-1"]


def test_every_key_carries_the_bots_id(valkey, broker):
    broker.store.fetch("default", 0)
    wire.send(valkey, [(wire.message("note", []), 0), (wire.message("note", []), 2**41)])
    limits.take(limits.Rate("any", 1))
    limits.count("actions", 7)

    assert {key.split(b":")[1] for key in valkey.scan_iter()} == {settings.current().bot_id.encode()}
