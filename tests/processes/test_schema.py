"""A database that was not migrated: each process says so in one sentence and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import settings
from app.infra import redis_client
from app.infra.queue import wire
from models import Setting
from tests.support.proxy import Proxy
from tests.support.surroundings import environment

ROOT = Path(__file__).parents[2]

PROCESSES = {
    "worker": ["-m", "dramatiq", "workers.actors", "--processes", "2", "--threads", "2"],
    "clock": ["-m", "workers.clock"],
    "poller": ["-m", "workers.poller"],
}


@pytest.mark.parametrize(
    "name", ["worker", *(pytest.param(name, marks=pytest.mark.slow) for name in ("clock", "poller"))]
)
def test_a_process_ends_where_migrations_are_missing(servers, valkey, name):
    database = servers.postgres.ensure("never_migrated")

    done = subprocess.run(
        [sys.executable, *PROCESSES[name]],
        cwd=ROOT,
        env={"PATH": str(Path(sys.executable).parent)} | environment(database_url=database),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode != 0
    assert "app.ops migrate" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.slow
def test_a_worker_asks_a_database_that_was_away_at_its_boot_before_any_job(servers, valkey):
    with worker_without_database(servers.postgres.ensure("never_migrated")) as (process, proxy):
        comes_back(proxy, valkey)
        out, _ = process.communicate(timeout=60)

    assert process.returncode != 0
    assert "app.ops migrate" in out
    assert "UndefinedTable" not in out


@pytest.mark.slow
def test_a_worker_goes_on_when_its_database_is_back(database, valkey):
    with worker_without_database(settings.current().database_url) as (process, proxy):
        comes_back(proxy, valkey)

        until(lambda: Setting.get_or_none(Setting.key == "key_canary"), process)


@contextmanager
def worker_without_database(database_url):
    """A worker that takes jobs; its database is behind a proxy that lets nobody through."""
    proxy, url = Proxy.before_postgres(database_url)
    proxy.is_away = True
    with proxy, worker(url) as process:
        until(lambda: redis_client.shared().exists(redis_client.key("heartbeat", "worker")), process)
        yield process, proxy


def until(condition, process):
    """What a living process does within a minute."""
    for _ in range(600):
        if condition():
            return
        assert process.poll() is None
        threading.Event().wait(0.1)
    raise TimeoutError


def comes_back(proxy, valkey):
    proxy.is_away = False
    wire.send(valkey, [(wire.message("sweep_outbox", []), 0)])


@contextmanager
def worker(database_url):
    with subprocess.Popen(
        [sys.executable, "-m", "dramatiq", "workers.actors", "--processes", "1", "--threads", "2"],
        cwd=ROOT,
        env={"PATH": str(Path(sys.executable).parent)} | environment(database_url=database_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its children, too: they would take others' jobs
