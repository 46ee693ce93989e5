"""A database that was not migrated: each process says so in one sentence and ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.surroundings import environment

ROOT = Path(__file__).parents[2]

PROCESSES = {
    "worker": ["-m", "dramatiq", "workers.actors", "--processes", "2", "--threads", "2"],
    "clock": ["-m", "workers.clock"],
    "poller": ["-m", "workers.poller"],
    "stats": ["-m", "app.ops", "stats"],
    "pending": ["-m", "app.ops", "dead", "list"],
    "verify": ["-m", "app.ops", "verify"],
}


@pytest.mark.parametrize("name", PROCESSES)
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
