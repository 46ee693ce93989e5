"""Connections to PostgreSQL: silent, ended, too many, behind a pooler."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import peewee
import pytest

import models
import settings
from app.infra.queue import retries
from models import Database
from tests.support.proxy import Proxy


@contextmanager
def pool(url: str, most: int = 3, statement_s: float | None = 30.0, timeout: float = 5):
    """A pool like the shop's, beside that of the session."""
    database = Database(None)
    database.init(
        url,
        max_connections=most,
        stale_timeout=300,
        timeout=timeout,
        statement_s=statement_s,
        **models.DIAL,
    )
    yield database
    database.close_all()


@pytest.fixture
def proxied(database):
    proxy, url = Proxy.before_postgres(settings.current().database_url)
    with proxy, pool(url, statement_s=0.5) as behind:
        yield proxy, behind


def test_a_statement_is_given_up_when_its_answer_stays_away(proxied, monkeypatch):
    proxy, behind = proxied
    with behind.connection_context():
        behind.connection().answer_s = 0.3
        proxy.fall_silent()

        with pytest.raises(peewee.OperationalError) as silence:
            behind.execute_sql("select 1")

    assert retries.is_outage(silence.value)


def test_a_silent_connection_is_dropped_with_its_idle_siblings_and_dialled_anew(proxied):
    proxy, behind = proxied
    both = threading.Barrier(2)

    def use():
        with behind.connection_context():
            both.wait(5)

    threads = [threading.Thread(target=use) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    proxy.fall_silent()
    time.sleep(models.JUST_NOW_S)

    begun = time.monotonic()
    for _ in range(2):
        with behind.connection_context():
            assert behind.execute_sql("select 1").fetchone() == (1,)
    assert time.monotonic() - begun < 2 * models.PING_S
    assert len(proxy.sent) == 3


def test_a_connection_that_was_let_go_just_now_is_not_asked_again(database):
    with pool(settings.current().database_url) as lent:
        with lent.connection_context():
            (pid,) = lent.execute_sql("select pg_backend_pid()").fetchone()

        with lent.connection_context():
            last = "select query from pg_stat_activity where pid = %s"
            assert models.db.execute_sql(last, [pid]).fetchone() == ("select pg_backend_pid()",)


def test_a_connection_that_the_server_ended_just_now_is_replaced(database):
    with pool(settings.current().database_url) as victims:
        with victims.connection_context():
            (pid,) = victims.execute_sql("select pg_backend_pid()").fetchone()
        models.db.execute_sql("select pg_terminate_backend(%s, 5000)", [pid])  # returns when it has ended

        with victims.connection_context():
            assert victims.execute_sql("select pg_backend_pid()").fetchone() != (pid,)


def test_a_server_that_became_a_replica_is_left(database):
    with pool(settings.current().database_url) as old, old.connection_context():
        old.execute_sql("SET default_transaction_read_only = on")

        with pytest.raises(peewee.InternalError) as refusal:
            old.execute_sql("DELETE FROM outbox")

    assert retries.is_outage(refusal.value)
    with old.connection_context():
        old.execute_sql("DELETE FROM outbox")


def test_a_pool_that_stays_full_is_an_outage_that_says_so(database):
    with pool(settings.current().database_url, most=1, timeout=1) as small, small.connection_context():
        refused = []

        def ask():
            try:
                small.connect()
            except peewee.PeeweeException as error:
                refused.append(error)

        other = threading.Thread(target=ask)
        other.start()
        other.join()

    assert retries.is_outage(refused[0])
    assert "all 1 database connections of this process" in str(refused[0])


def test_a_thread_waits_for_a_connection_that_becomes_free(database):
    with pool(settings.current().database_url, most=1) as small:
        small.connect()
        served = threading.Event()

        def ask():
            with small.connection_context():
                served.set()

        other = threading.Thread(target=ask)
        other.start()
        small.close()

        assert served.wait(60)
        other.join()


def test_limits_hold_although_the_startup_packet_has_no_options(proxied):
    proxy, behind = proxied

    with behind.connection_context(), pytest.raises(peewee.OperationalError, match="statement timeout"):
        behind.execute_sql("select pg_sleep(5)")

    (packet,) = proxy.sent
    assert b"options" not in packet
    assert b"statement_timeout" in packet


PREPARED = "select count(*) from pg_prepared_statements where statement like 'select $1::int%%'"


def asked_again_and_again(database):
    """How many plans of one question the server keeps."""
    with database.connection_context():
        for number in range(2 * models.PREPARE_AFTER):
            database.execute_sql("select %s::int", [number])
        return database.execute_sql(PREPARED).fetchone()[0]


def test_what_is_asked_again_and_again_is_planned_once(database):
    with pool(settings.current().database_url) as direct:
        assert asked_again_and_again(direct) == 1


def test_nothing_is_prepared_behind_a_pooler(proxied):
    proxy, behind = proxied
    proxy.is_pooler = True

    assert asked_again_and_again(behind) == 0


def test_a_transaction_may_ask_for_more_patience(proxied):
    _, behind = proxied

    with behind.connection_context(), behind.atomic(), behind.patience(60):
        behind.execute_sql("select pg_sleep(0.8)")

    with behind.connection_context():
        assert behind.execute_sql("show statement_timeout").fetchone() == ("500ms",)


def test_time_is_utc_whatever_the_server_thinks(database):
    assert models.db.execute_sql("show timezone").fetchone() == ("UTC",)


def test_a_job_that_waits_for_an_answer_leaves_its_connection_to_others(database):
    with pool(settings.current().database_url, most=1) as small:
        small.connect()
        small.lend()

        assert small.is_closed()
        assert small.execute_sql("select 1").fetchone() == (1,)
        small.close()


def test_a_transaction_keeps_its_connection(database):
    with pool(settings.current().database_url, most=1) as small, small.connection_context(), small.atomic():
        small.lend()

        assert not small.is_closed()
