"""Real processes of the shop, their logs, and a messenger for them to talk to."""

from __future__ import annotations

import importlib
import json
import os
import queue
import subprocess
import sys
import threading

import pytest

import settings
from app.sandbox.telegram import StandIn
from tests.support.surroundings import environment

DEADLINE_S = 90.0


class Process:
    """A process that logs JSON to its standard output."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", module],
            env={"PATH": os.environ["PATH"], **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[dict] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._popen.stdout:
            self._lines.put(json.loads(line))

    def logs(self, event: str) -> dict:
        """Wait for a line of the log."""
        while True:
            line = self._lines.get(timeout=DEADLINE_S)
            if line["event"] == event:
                return line

    def kill(self) -> None:
        """As the system does when memory is short."""
        self._popen.kill()

    def terminate(self) -> int:
        """As the platform does; the exit code."""
        self._popen.terminate()
        return self.exit_code()

    def exit_code(self) -> int:
        return self._popen.wait(timeout=DEADLINE_S)

    def end(self) -> None:
        self._popen.kill()
        self._popen.wait()
        self._popen.stdout.close()


# Importing anything of `workers` sets up the queue, which needs settings: so not at the top of a module.


@pytest.fixture
def clock(_settings):
    return importlib.import_module("workers.clock")


@pytest.fixture
def offsets(_settings):
    return importlib.import_module("workers.offsets")


@pytest.fixture
def poller(_settings):
    return importlib.import_module("workers.poller")


@pytest.fixture
def messenger(_settings):
    token = _settings.telegram_bot_token.get_secret_value()
    with StandIn(token).serve() as standin, settings.override(telegram_api_url=standin.url, public_url=None):
        yield standin


@pytest.fixture
def start(messenger, database, valkey):
    """Call it to start `python -m workers.…`; ended with the test."""
    started = []

    def start(name: str, **changes: str) -> Process:
        started.append(Process(f"workers.{name}", environment(**{"log_level": "info"} | changes)))
        return started[-1]

    yield start
    for process in started:
        process.end()
