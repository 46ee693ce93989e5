"""Worker processes that tests start, kill, and read the log of."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

from tests.support import surroundings
from tests.support.programs import ROOT


class WorkerProcesses:
    """`dramatiq tests.queue.jobs`, each with its children in a process group of its own."""

    def __init__(self, module: str = "tests.queue.jobs", **addresses: str):
        self.module = module
        self.environment = {
            **os.environ,
            **surroundings.environment(),
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

    def until_logged(self, text: str, within_s: float = 60) -> None:
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
            process.wait(60)
            process.stdout.close()
