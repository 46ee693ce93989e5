"""Connections to Redis: how many, and what is said when there are none left."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
import redis

import settings
from app.infra import redis_client
from tests.support.racing import together
from tests.support.valkeys import Valkey


@pytest.fixture
def server(tmp_path):
    server = Valkey(tmp_path / "valkey")
    with settings.override(redis_url=server.url):
        yield server
    server.close()


@pytest.fixture
def full(server):
    """A server with all its places taken."""
    server.client.config_set("maxclients", 12)
    guests = []
    with suppress(redis.RedisError):
        while True:
            guests.append(redis.Redis.from_url(server.url))
            guests[-1].ping()
    yield server
    for guest in guests:
        guest.close()


def test_a_full_redis_is_named_as_the_cause(full):
    with pytest.raises(redis.ConnectionError, match="max number of clients reached"):
        redis_client.connect().ping()


def test_it_says_where_to_read_on(full):
    with pytest.raises(redis.ConnectionError, match="see Hosting in the README"):
        redis_client.connect().ping()


def test_a_full_redis_is_named_to_web_as_well(full):
    async def ping():
        async with redis_client.connect_async() as client:
            await client.execute_command("PING")

    with pytest.raises(redis.ConnectionError, match="max number of clients reached"):
        asyncio.run(ping())


def test_an_address_cannot_lift_the_limits_of_connections(server):
    with settings.override(redis_url=f"{server.url}?max_connections=50&socket_timeout=900&timeout=900"):
        pool = redis_client.connect(timeout_s=2.0, connections=3).connection_pool

    assert (pool.max_connections, pool.timeout) == (3, redis_client.FREE_WITHIN_S)
    assert pool.connection_kwargs["socket_timeout"] == 2.0


def test_what_a_process_shares_is_one_client(server):
    assert redis_client.shared() is redis_client.shared()


def test_threads_wait_for_each_others_connections(server):
    client = redis_client.connect(connections=2)

    served = together(*[lambda: client.blpop(["nothing"], timeout=0.1)] * 12, connected=False)

    assert served == [None] * 12
    assert len(server.client.client_list()) == 3
