"""Programs of the shop as forks of one process that has imported it: what the supervisor asks for them with.

On Linux only. Where there is no such process, or no longer, programs are started as anywhere else.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from app.local import daemons


class Forked:
    """As `subprocess.Popen`, of a child that another process has forked for us."""

    def __init__(self, pid: int, stdout: IO[str]) -> None:
        self.pid, self.stdout = pid, stdout
        self.returncode = 0
        self._ended = threading.Event()
        threading.Thread(target=self._await_end, daemon=True).start()

    def poll(self) -> int | None:
        return self.returncode if self._ended.is_set() else None

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return self.returncode

    def terminate(self) -> None:
        if not self._ended.is_set():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def _await_end(self) -> None:
        _, status = os.waitpid(self.pid, 0)
        self.returncode = os.waitstatus_to_exitcode(status)
        self._ended.set()


class Forks:
    """Asks the process that forks; from the main thread, as children end with the thread that got them.

    `start` is given a descriptor and starts app/local/forking.py with it.
    """

    def __init__(self, start: Callable[[int], subprocess.Popen[Any]]) -> None:
        daemons.take_in_orphans(ours=True)
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = start(theirs.fileno())

    def spawn(self, command: str, env: dict[str, str], folder: str) -> Forked | None:
        """None for what is not `python -m …`, and when the process has ended. Waits until it is ready."""
        words = _words(command, env)
        if words[:2] != ["python", "-m"]:
            return None
        request = json.dumps({"words": words[2:], "env": env, "folder": folder}).encode()
        reading, writing = os.pipe()
        output = os.fdopen(reading, encoding="utf-8", errors="replace")
        try:
            socket.send_fds(self._channel, [request], [writing])
            return Forked(int(self._channel.recv(32)), output)
        except (OSError, ValueError):
            output.close()
            return None
        finally:
            os.close(writing)

    def close(self) -> None:
        """What was forked is gone by then, or ends with us."""
        self._channel.close()
        self._process.terminate()
        self._process.wait()
        daemons.take_in_orphans(ours=False)


def _words(command: str, env: dict[str, str]) -> list[str]:
    """As the shell divides the command and fills in its variables."""
    shell = ["/bin/sh", "-c", f"printf '%s\\0' {command}"]
    return subprocess.run(shell, env=env, capture_output=True, text=True, check=True).stdout.split("\0")[:-1]
