"""Who hears of new jobs, over how many connections."""

from __future__ import annotations

import pytest

import settings
from app.infra import redis_client
from app.infra.queue import broker as brokers
from app.infra.queue import doorbell, lanes, wire
from tests.support.valkeys import Valkey


def opened(url):
    """A doorbell that listens to the default queue."""
    with settings.override(redis_url=url):
        bell = doorbell.Doorbell(redis_client.connect(connections=1, retries=0))
    bell.hush("default")
    bell.open()
    assert bell.wait("default", 5), "nobody listens"
    bell.hush("default")
    return bell


@pytest.fixture
def bell(own_valkey):
    bell = opened(own_valkey.url)
    yield bell
    bell.close()


def ring(valkey: Valkey, queue: str = "default"):
    wire.send(valkey.client, [(wire.message("note", [], queue=queue), 0)])


def connections(client) -> list[dict]:
    """All but that of the client itself."""
    return [one for one in client.client_list() if one["cmd"] != "client|list"]


def test_a_new_job_rings(bell, own_valkey):
    ring(own_valkey)

    assert bell.wait("default", 5)


def test_only_a_new_earliest_delayed_job_rings(bell, own_valkey):
    due = [(wire.message("note", []), at) for at in (2_000, 1_000, 3_000)]

    for job, rings in zip(due, [True, True, False], strict=True):
        bell.hush("default.DQ")
        wire.send(own_valkey.client, [job])
        assert bell.wait("default.DQ", 5 if rings else 0.2) is rings


def test_a_job_that_becomes_due_rings(bell, own_valkey):
    with settings.override(redis_url=own_valkey.url):
        worker = brokers.build()
        wire.send(own_valkey.client, [(wire.message("note", []), 1)])
        worker.store.promote("default")

    assert bell.wait("default", 5)


def test_a_job_that_is_given_back_rings(bell, own_valkey):
    with settings.override(redis_url=own_valkey.url):
        worker = brokers.build()
        ring(own_valkey)
        assert bell.wait("default", 5)
        bell.hush("default")
        worker.store.fetch("default", 1)

        worker.store.release("default")

    assert bell.wait("default", 5)


def test_a_job_of_another_queue_does_not_ring(bell, own_valkey):
    ring(own_valkey, "bulk")
    ring(own_valkey, "default")

    assert bell.wait("default", 5)
    assert not bell._rung["money"].is_set()
    assert bell.wait("bulk", 1)


def test_what_was_rung_before_is_forgotten(bell, own_valkey):
    ring(own_valkey)
    bell.wait("default", 5)

    bell.hush("default")

    assert not bell.wait("default", 0.01)


def test_every_process_hears_it(bell, own_valkey):
    other = opened(own_valkey.url)

    ring(own_valkey)

    assert bell.wait("default", 5)
    assert other.wait("default", 5)
    other.close()


def test_a_bell_whose_connection_broke_rings_for_what_it_may_have_missed(bell, own_valkey):
    own_valkey.client.client_kill_filter(_type="pubsub")

    assert bell.wait("default", 5)
    bell.hush("default")
    ring(own_valkey)
    assert bell.wait("default", 5)


@pytest.mark.slow
def test_a_bell_notices_that_nobody_is_there_any_more(own_valkey):
    bell = opened(own_valkey.url)
    own_valkey.freeze()
    bell.wait("nothing", 2 * doorbell.SILENCE_S + 1)
    own_valkey.thaw()

    assert bell.wait("default", 10), "it did not listen anew"
    bell.close()


def test_a_closed_bell_leaves_no_connection(bell, own_valkey):
    bell.close()
    while any(one["cmd"] == "subscribe" or int(one["sub"]) for one in connections(own_valkey.client)):
        ring(own_valkey)


@pytest.mark.slow
def test_a_worker_takes_few_connections_whatever_it_does(own_valkey, workers, enqueue, done):
    workers.start()
    workers.until_logged("ready for action")
    most = redis_client.SHARED + redis_client.FEED + redis_client.DOORBELL

    for number in range(400):
        enqueue("note", str(number), queue=lanes.QUEUES[number % len(lanes.QUEUES)])
    done.take(400)

    # Nothing that was opened is closed, so what is there now is the most there has been.
    ours = {"jobs", "test"}
    assert len([one for one in own_valkey.client.client_list() if one["name"] not in ours]) <= most
