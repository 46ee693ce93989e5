"""Which queue a job is put in, and how many of a queue's jobs run at once."""

from __future__ import annotations

import importlib

import dramatiq
import pytest

from app.infra.queue import broker as brokers
from app.infra.queue import lanes, wire


@pytest.fixture
def held(broker, valkey, start_worker):
    """Jobs in every queue that report and then wait at a gate, which opens before the worker ends."""

    def hold(queue):
        valkey.rpush("begun", queue)
        valkey.blpop(["gate"], timeout=60)

    for queue in lanes.QUEUES:
        dramatiq.actor(broker=broker, queue_name=queue, actor_name=f"hold_{queue}")(hold)
    yield lambda queue: wire.send(valkey, [(wire.message(f"hold_{queue}", [queue], queue=queue), 0)])
    valkey.rpush("gate", *range(100))


@pytest.fixture
def actors():
    """Every actor of the shop, by name."""
    importlib.import_module("workers.actors")
    return brokers.setup().actors


def test_actors_wait_where_their_promises_are_put(actors):
    elsewhere = [name for name, actor in actors.items() if actor.queue_name != lanes.of(name)]

    assert elsewhere == []


def test_goods_begin_before_what_goes_to_many(actors):
    assert actors["deliver_order"].priority < actors["handle_update"].priority < actors["prune"].priority


def test_the_table_names_no_actor_that_is_gone(actors):
    named = {actor for names in lanes._LANES.values() for actor in names}

    assert named <= set(actors)


def test_a_job_without_a_queue_goes_to_its_actors():
    assert wire.message("deliver_order", [1])["queue_name"] == lanes.MONEY
    assert wire.message("settle_payment", ["TRX1", None])["queue_name"] == lanes.GATEWAY
    assert wire.message("handle_update", [{}])["queue_name"] == lanes.DEFAULT
    assert wire.message("send_notice", [1], queue=lanes.BULK)["queue_name"] == lanes.BULK


def test_whoever_presses_does_not_stand_behind_those_who_type():
    assert lanes.of_update({"update_id": 1, "callback_query": {}}) == lanes.PRESSED
    assert lanes.of_update({"update_id": 1, "message": {}}) == lanes.DEFAULT


@pytest.mark.parametrize("threads", [8, lanes.OF_THREADS, 16])
def test_all_others_together_leave_a_thread_to_money(threads):
    others = [lanes.share(queue, threads) for queue in lanes.QUEUES if queue != lanes.MONEY]

    assert sum(others) < threads


def test_goods_go_out_while_everything_else_hangs(held, start_worker, results, valkey):
    for queue in lanes.QUEUES[1:] * 5:
        held(queue)
    start_worker()
    for _ in range(11):  # of twelve threads
        assert valkey.blpop(["begun"], timeout=60)

    wire.send(valkey, [(wire.message("note", ["goods"], queue=lanes.MONEY), 0)])

    assert results.next() == "goods"
    assert valkey.llen("begun") == 0


def test_screens_are_drawn_while_goods_hang(held, start_worker, results, valkey):
    for _ in range(12):
        held(lanes.MONEY)
    start_worker()
    for _ in range(5):
        assert valkey.blpop(["begun"], timeout=60)

    wire.send(valkey, [(wire.message("note", ["screen"]), 0)])

    assert results.next() == "screen"
