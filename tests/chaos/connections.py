"""What goes wrong between the shop and its servers: scenes for tests.chaos.faults."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg

import settings
from app.audit import proof
from app.infra import redis_client
from models import AuditEvent
from tests.support.proxy import Proxy
from tests.support.stack import Stack, await_true
from tests.support.valkeys import Valkey

#: A statement under way is waited for until its answer is overdue, and what it has locked as long.
SILENCE_IS_OVER_S = 75.0


def database_silent(stack: Stack) -> Iterator[None]:
    """A proxy stops moving bytes on open connections; new ones work."""
    proxy, url = Proxy.before_postgres(stack.env["DATABASE_URL"])
    with _moved(stack, "worker", "clock", DATABASE_URL=url):
        await_true(lambda: len(proxy.sent) >= 3, "connections")
        proxy.fall_silent()
    yield


def audit_database_away(stack: Stack) -> Iterator[None]:
    """What was sold meanwhile is shipped when it is back, each event once."""
    proxy, url = Proxy.before_postgres(stack.env["AUDIT_DATABASE_URL"])
    with _moved(stack, "worker", AUDIT_DATABASE_URL=url):
        proxy.is_away = True
    yield
    proxy.is_away = False
    unshipped = AuditEvent.select().where(AuditEvent.shipped_at.is_null())

    def all_shipped() -> bool:
        stack.revive()  # a clock that lost its lock in the fault before may end only now
        return not unshipped.exists()

    await_true(all_shipped, "the audit database")
    assert proof.renew(whole=True).problem is None


def redis_silent(stack: Stack) -> Iterator[None]:
    proxy, url = Proxy.before_redis(stack.env["REDIS_URL"])
    with _moved(stack, "web", "worker", "clock", REDIS_URL=url):
        await_true(lambda: len(proxy.sent) >= 5, "connections")
        proxy.fall_silent()
    yield


def redis_fails_over(stack: Stack) -> Iterator[None]:
    """The old node lives on as a replica of the new one, and the address leads to the new one: for good, so
    this comes last."""
    proxy, url = Proxy.before_redis(stack.env["REDIS_URL"])
    new = Valkey(stack.home / "new-valkey")
    atexit.register(new.close)
    new.client.replicaof("127.0.0.1", proxy.port)
    with _moved(stack, "web", "worker", "clock", REDIS_URL=url):
        await_true(lambda: new.client.info("replication").get("master_link_status") == "up", "replica")
        new.client.replicaof("NO", "ONE")
        stack.redis.replicaof("127.0.0.1", new.port)
        proxy.lead_to(("127.0.0.1", new.port))
    stack.env["REDIS_URL"] = url
    yield


def connections_terminated(stack: Stack) -> Iterator[None]:
    """Again and again, whatever they are at."""
    over = threading.Event()
    terminating = threading.Thread(target=_terminate, args=(over,))
    terminating.start()
    yield
    over.set()
    terminating.join()


def _terminate(over: threading.Event) -> None:
    with psycopg.connect(settings.current().database_url, autocommit=True) as operator:
        while not over.wait(0.3):
            operator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE usename = current_user AND pid <> pg_backend_pid()"
            )


@contextmanager
def _moved(stack: Stack, *names: str, **addresses: str) -> Iterator[None]:
    """The processes run with other addresses inside; those that are started later have their own again."""
    before = {name: stack.env[name] for name in addresses}
    stack.env.update(addresses)
    for name in names:
        stack.stop(name)
        stack.redis.delete(redis_client.key("heartbeat", name))
        stack.restart(name)
    for name in set(names) - {"web"}:
        await_true(partial(stack.redis.exists, redis_client.key("heartbeat", name)), name)
    try:
        yield
    finally:
        stack.env.update(before)
