"""Programs that run beside us and never outlive us. Knows nothing about what they do."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

import psutil

from app.local.logfile import LogFile

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class StartFailed(Exception):
    """A program ended, or stayed silent, before it said that it was ready. The message has its last words."""


def die_with_parent(sign: int = signal.SIGTERM) -> Callable[[], None] | None:
    """A `preexec_fn`: the kernel sends `sign` when the parent is gone, even after a `kill -9`.

    "Parent" is the thread that starts the child: start children from one that lives as long as they should.
    Elsewhere than on Linux the next start finds and ends what was left.
    """
    return partial(end_with, os.getpid(), sign) if _libc is not None else None


def end_with(parent: int, sign: int = signal.SIGTERM) -> None:
    """Get `sign` when the parent is gone; end at once if it is gone already."""
    end_with_parent(sign)
    if os.getppid() != parent:
        os._exit(1)


def end_with_parent(sign: int = signal.SIGTERM) -> None:
    """Get `sign` when whoever started this process is gone."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, sign, 0, 0, 0)


def take_in_orphans(*, ours: bool) -> None:
    """Whether we are the parent of what our children leave behind, instead of the system's first process."""
    if _libc is not None:
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, int(ours), 0, 0, 0)


class Daemon:
    """A program that prints a line when it is ready; what it prints goes to a log file."""

    def __init__(
        self, command: Sequence[str | Path], *, ready: bytes, log: Path, stop_signal: int = signal.SIGTERM
    ) -> None:
        self.command, self.ready, self.log, self.stop_signal = command, ready, log, stop_signal

    def start(self, timeout_s: float = 60, **options: Any) -> None:
        """Return once the line was seen. `options` are those of `subprocess.Popen`. Raises StartFailed."""
        self.process = subprocess.Popen(
            [str(word) for word in self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(self.stop_signal),  # noqa: PLW1509 (two system calls)
            process_group=0,
            **options,
        )
        limit = threading.Timer(timeout_s, self.process.kill)
        limit.start()
        try:
            self._await_ready()
        finally:
            limit.cancel()

    def _await_ready(self) -> None:
        assert self.process.stdout
        log = LogFile(self.log)
        said = []
        for line in self.process.stdout:
            log.write(_text(line))
            said.append(line)
            if self.ready in line:
                threading.Thread(target=_pump, args=(self.process.stdout, log), daemon=True).start()
                return
        log.close()
        self.process.wait()
        last_words = b"".join(said[-8:]).decode(errors="replace")
        raise StartFailed(f"{Path(self.command[0]).name} did not start ({self.log}):\n{last_words}")

    def stop(self, timeout_s: float = 8) -> None:
        """Ask, wait, insist. Harmless when it has stopped already."""
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _pump(source: IO[bytes], log: LogFile) -> None:
    for line in source:
        log.write(_text(line))
    log.close()


def _text(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\n")


def end_leftovers(home: Path, name: str, sign: int = signal.SIGTERM) -> None:
    """End what an earlier life left running in `home`: programs whose name matches and who work there."""
    end([process for process in psutil.process_iter() if _works_in(process, home, name)], sign)


def end(processes: list[psutil.Process], sign: int = signal.SIGTERM, timeout_s: float = 10) -> None:
    """Signal all, wait for all, kill the rest."""
    for process in processes:
        _signal(process, sign)
    _, stubborn = psutil.wait_procs(processes, timeout=timeout_s)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=2)


def _works_in(process: psutil.Process, home: Path, name: str) -> bool:
    try:
        return re.search(name, process.name()) is not None and process.cwd() == str(home)
    except (psutil.Error, OSError):
        return False


def _signal(process: psutil.Process, sign: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(sign)
