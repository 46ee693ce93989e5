"""python -m workers.clock"""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta

import psycopg
import pytest
from structlog.testing import capture_logs

import models
import settings
from app.infra import leader, redis_client
from app.infra.clock_skew import Steps
from app.infra.queue import lanes
from app.infra.watchdog import Watchdog
from tests.support.proxy import Proxy


def waits_for_sweep(valkey) -> str:
    """The actor of the next job in any queue."""
    ready, message_id = valkey.blpop([redis_client.key(queue) for queue in lanes.QUEUES], timeout=60)
    message = json.loads(valkey.hget(f"{ready.decode()}.msgs", message_id))
    return message["actor_name"]


def test_the_clock_sends_every_sweep_at_once_and_shows_that_it_lives(start, clock, valkey):
    start("clock")

    sent = {waits_for_sweep(valkey) for _ in clock.SWEEPS}
    assert sent == set(clock.SWEEPS)
    assert 0 < valkey.ttl(redis_client.key("heartbeat", "clock")) <= 15


def test_what_the_clock_sends_judges_and_counts_shares_one_connection(start, clock, valkey):
    others = len(valkey.client_list())
    start("clock")

    for _ in clock.SWEEPS:
        waits_for_sweep(valkey)
    start("clock").logs("standing by")  # by then it has judged, too

    assert len(valkey.client_list()) == others + 1


@pytest.mark.slow
def test_a_second_clock_stands_by_and_takes_over_from_a_killed_one(start):
    first = start("clock")
    first.logs("leading")
    second = start("clock")
    second.logs("standing by")

    first.kill()

    second.logs("leading")


def test_the_clock_ends_when_it_is_told_to(start):
    process = start("clock")
    process.logs("leading")

    assert process.terminate() == 0


@pytest.mark.slow
def test_a_standby_ends_when_it_is_told_to(start):
    start("clock").logs("leading")
    standby = start("clock")
    standby.logs("standing by")

    assert standby.terminate() == 0


@pytest.mark.slow
def test_a_clock_that_lost_its_lock_ends(start, database):
    process = start("clock")
    process.logs("leading")

    with psycopg.connect(settings.current().database_url, autocommit=True) as operator:
        operator.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = %s",
            [leader.NUMBERS["clock"]],
        )

    process.logs("the lock was lost")
    assert process.exit_code() == 1


@pytest.mark.slow
def test_a_clock_whose_database_falls_silent_ends(start, database):
    proxy, url = Proxy.before_postgres(settings.current().database_url)
    with proxy:
        process = start("clock", database_url=url)
        process.logs("leading")

        proxy.fall_silent()

        process.logs("the lock was lost")
        assert process.exit_code() == 1


def test_a_leader_frees_its_lock_when_the_server_hears_nothing_more(database):
    connection = leader._connect("clock")
    assert leader._locks(connection, "clock")

    (lease,) = connection.execute("show idle_in_transaction_session_timeout").fetchone()
    held_back = "select backend_xmin from pg_stat_activity where pid = %s"
    (oldest,) = models.db.execute_sql(held_back, [connection.info.backend_pid]).fetchone()
    connection.close()
    assert lease == f"{leader.LEASE_S}s"
    assert oldest is None  # an open transaction, yet vacuum need not wait for it


class Wall:
    """A clock on the wall that people set."""

    def __init__(self) -> None:
        self.set_by_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.set_by_s


@pytest.fixture
def asleep(clock, valkey):
    """A scheduler that its machine's clock, set back, has made sleep for an hour."""
    scheduler = clock.schedule(clock.Clock(valkey, Watchdog()))
    scheduler.start(paused=True)
    for job in scheduler.get_jobs():
        job.modify(next_run_time=models.utcnow() + timedelta(hours=1))
    scheduler.resume()
    yield scheduler
    scheduler.shutdown()


def test_the_clock_goes_on_when_its_machine_is_set_back(clock, valkey, asleep):
    wall, stop = Wall(), threading.Event()
    minding = threading.Thread(target=clock.mind_the_wall_clock, args=(asleep, Steps(wall), stop))

    wall.set_by_s = -3600
    minding.start()

    assert waits_for_sweep(valkey) in clock.SWEEPS
    stop.set()
    minding.join()


@pytest.fixture
def away():
    """A queue that cannot be reached."""
    with settings.override(redis_url="redis://127.0.0.1:9/0"), redis_client.connect() as client:
        yield client


def test_the_clock_goes_on_without_redis_and_complains_once(clock, away):
    ticking = clock.Clock(away, Watchdog())

    with capture_logs() as lines:
        ticking.beat()
        ticking.send("prune")

    assert [line["event"] for line in lines] == ["the clock cannot reach the queue"]


def test_without_workers_one_run_of_each_sweep_waits(clock, valkey):
    ticking = clock.Clock(valkey, Watchdog())

    for _ in range(10):
        ticking.send("sweep_outbox")

    assert valkey.llen(redis_client.key(lanes.MONEY)) == 1
