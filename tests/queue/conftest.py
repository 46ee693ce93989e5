"""Workers as threads of the test and as processes of their own, and the lists in Redis they report to."""

from __future__ import annotations

from contextlib import contextmanager

import dramatiq
import pytest
import redis

import models
import settings
from app.errors import MaybeSent
from app.infra import logs, redis_client
from app.infra.queue import broker as brokers
from app.infra.queue import wire
from app.infra.queue.retries import Later
from models import DeadLetter
from tests.support import valkeys, worker_processes


class Reports:
    """A Redis list that jobs push to: the next word from them, awaited, but not for ever."""

    def __init__(self, client: redis.Redis, name: str):
        self.client, self.name = client, name

    def next(self, within_s: float = 60) -> str:
        reply = self.client.blpop([self.name], timeout=within_s)
        assert reply, f"no job has reported to {self.name} in time"
        return reply[1].decode()

    def take(self, count: int, within_s: float = 60) -> list[str]:
        return [self.next(within_s) for _ in range(count)]

    def silent(self) -> bool:
        return self.client.llen(self.name) == 0


class Failed(Exception):
    """What the jobs of these tests fail with."""


class NeverAgain(Exception):
    """An error that the actor declares as final."""


@pytest.fixture
def results(valkey):
    return Reports(valkey, "results")


def _declare_jobs_that_wait_long(queue):
    @dramatiq.actor(broker=queue)
    def wait_for_long():
        raise Later(3_600_000)

    @dramatiq.actor(broker=queue, min_backoff=60_000)
    def send_in_doubt():
        raise MaybeSent("no answer")

    @dramatiq.actor(broker=queue, min_backoff=60_000)
    def fail_for_long():
        raise Failed


@pytest.fixture
def broker(database, valkey):
    """A broker in this process with a few jobs to run."""
    queue = brokers.build(heartbeat_timeout_ms=3000, timeout_s=1.5)
    _declare_jobs_that_wait_long(queue)

    @dramatiq.actor(broker=queue)
    def note(text):
        valkey.rpush("results", text)

    @dramatiq.actor(broker=queue, min_backoff=20, max_retries=2)
    def fail(times, message):
        tries = valkey.incr("tries")
        if tries <= times:
            raise Failed(message)
        valkey.rpush("results", f"done at try {tries}")

    @dramatiq.actor(broker=queue, throws=NeverAgain)
    def give_up():
        valkey.incr("tries")
        raise NeverAgain("no use")

    @dramatiq.actor(broker=queue, max_retries=0)
    def wait_for(times):
        tries = valkey.incr("tries")
        if tries <= times:
            raise Later(20)
        valkey.rpush("results", f"done at try {tries}")

    @dramatiq.actor(broker=queue, queue_name="bulk")
    def hold():
        valkey.rpush("begun", "hold")
        valkey.blpop(["gate"], timeout=60)

    @dramatiq.actor(broker=queue)
    def tell_correlation():
        valkey.rpush("results", logs.correlation_id())

    return queue


@pytest.fixture
def store(broker):
    return broker.store


@pytest.fixture
def commands(valkey):
    """What reaches the session's Valkey during the test, to wait for."""
    with valkey.monitor() as monitor:
        yield valkeys.Commands(monitor)


@pytest.fixture
def buried(commands):
    """Call it with a job's id: it returns the dead letter once that is recorded and Redis rid of the job."""

    def wait(job):
        while True:
            commands.until("hdel", redis_client.key("default.msgs"), job)
            letter = DeadLetter.get_or_none(id=job)
            if letter:
                return letter

    return wait


@pytest.fixture
def no_dead_letters(database):
    """`with no_dead_letters():` nothing can be put on record inside."""

    @contextmanager
    def away():
        models.db.execute_sql("ALTER TABLE dead_letter RENAME TO away")
        yield
        models.db.connect(reuse_if_open=True)
        models.db.execute_sql("ALTER TABLE away RENAME TO dead_letter")

    return away


@pytest.fixture
def start_worker(broker):
    """Call it for a worker of this process, once all that it should find is queued."""
    started = []

    def start(threads=12):
        worker = dramatiq.Worker(broker, worker_threads=threads, worker_timeout=100)
        worker.start()
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def worker(start_worker):
    return start_worker()


@pytest.fixture
def own_valkey(tmp_path):
    server = valkeys.Valkey(tmp_path / "valkey")
    with settings.override(redis_url=server.url):
        yield server
    server.close()


@pytest.fixture
def workers(own_valkey, database):
    """Processes on `own_valkey` and this test's database. Their log is printed when the test fails."""
    started = worker_processes.WorkerProcesses(
        REDIS_URL=own_valkey.url,
        DATABASE_URL=settings.current().database_url,
    )
    yield started
    started.close()
    print("".join(started.log[-200:]))


@pytest.fixture
def enqueue(own_valkey):
    """Put a job of tests.queue.jobs into `own_valkey`."""

    def send(actor, *args, delay_ms=0, message_id=None, queue=None):
        job = wire.message(actor, args, message_id=message_id, queue=queue)
        due_ms = int(models.utcnow().timestamp() * 1000) + delay_ms if delay_ms else 0
        wire.send(own_valkey.client, [(job, due_ms)])
        return job["message_id"]

    return send


@pytest.fixture
def done(own_valkey):
    return Reports(own_valkey.client, "results")


@pytest.fixture
def begun(own_valkey):
    return Reports(own_valkey.client, "begun")
