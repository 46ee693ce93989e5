"""Redis fails over: the old node lives on as a replica, and the address leads to the new one."""

from __future__ import annotations

import asyncio

import pytest
import redis

import settings
from app.infra import limits, redis_client, redis_retry
from app.infra.queue import wire
from tests.support.proxy import Proxy
from tests.support.valkeys import Valkey


class Pair:
    """Two nodes behind one address, which leads to the primary."""

    def __init__(self, folder) -> None:
        self.old, self.new = Valkey(folder / "old"), Valkey(folder / "new")
        self.new.client.replicaof("127.0.0.1", self.old.port)
        self.proxy, self.url = Proxy.before_redis(self.old.url)

    def fails_over(self) -> None:
        self.new.client.replicaof("NO", "ONE")
        self.old.client.replicaof("127.0.0.1", self.new.port)
        self.proxy.lead_to(("127.0.0.1", self.new.port))


@pytest.fixture
def pair(tmp_path):
    pair = Pair(tmp_path)
    with pair.proxy, settings.override(redis_url=pair.url):
        yield pair
    pair.old.close()
    pair.new.close()


def job():
    return wire.message("note", ["paid"])


def test_a_client_that_hears_read_only_dials_anew(pair):
    with redis_client.connect() as client:
        client.set("before", 1)
        pair.fails_over()

        client.set("after", 1)

    assert pair.new.client.get("after") == b"1"


def test_jobs_reach_the_new_node(pair):
    with redis_client.connect() as client:
        assert wire.send(client, [(job(), 0)]) == [True]
        pair.fails_over()

        assert wire.send(client, [(job(), 0)]) == [True]


def test_receivers_reach_the_new_node(pair):
    async def receive():
        async with redis_client.connect_async() as client:
            sender = wire.AsyncSender(client)
            await sender.send(job())
            await asyncio.to_thread(pair.fails_over)
            return await sender.send(job())

    assert asyncio.run(receive())


def test_the_limiter_reaches_the_new_node(pair):
    rate = limits.Rate("failover", count=10, burst=10)
    limits.take(rate)
    pair.fails_over()

    assert limits.take(rate) == 0.0


def test_a_command_that_may_not_be_repeated_loses_its_connection_all_the_same(pair):
    with redis_client.connect(retries=0) as client:
        client.set("before", 1)
        pair.fails_over()

        with pytest.raises(redis.ReadOnlyError):
            client.set("after", 1)
        client.set("after", 1)


@pytest.mark.parametrize(
    "words",
    [
        "Error running script (call to f_1): @user_script:1: -READONLY You can't write against a replica.",
        "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
        "NOREPLICAS Not enough good replicas to write.",
        "CLUSTERDOWN The cluster is down",
        "NOMASTERLINK Can't SYNC while not connected with my master",
    ],
)
def test_other_words_for_the_same_are_understood(words):
    assert redis_retry.lost(redis.ResponseError(words))


@pytest.mark.parametrize(
    "words", ["WRONGTYPE Operation against a key", "ERR value is not an integer", "OOM command not allowed"]
)
def test_what_is_wrong_with_the_command_is_no_reason_to_dial(words):
    assert not redis_retry.lost(redis.ResponseError(words))
