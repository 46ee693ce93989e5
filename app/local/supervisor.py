"""Keeps the processes of the Procfile running side by side, and ends them all. Knows nothing of the shop."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import psutil

from app.local import daemons
from app.local.forked import Forked, Forks

#: Set in every child; whoever has it after a crash is a leftover of this folder's last life.
MARK = "QUICKCART_STATE"
#: In the command of a program that forks: the descriptor through which it is asked.
CHANNEL = "{channel}"

GRACE_S = 10.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 10.0
#: A process that lived this long was well: its next restart is a quick one again.
WELL_AFTER_S = 30.0
LAST_WORDS = 15

Listener = Callable[[str, str], None]
Process = subprocess.Popen[str] | Forked


@dataclass
class Program:
    """A named command line for the shell, its whole environment, and where it runs."""

    name: str
    command: str
    env: dict[str, str]
    cwd: Path | None = None


@dataclass
class _Child:
    program: Program
    process: Process
    started_s: float = field(default_factory=time.monotonic)
    last_words: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_WORDS))


@dataclass(frozen=True)
class _Ended:
    child: _Child


@dataclass(frozen=True)
class _Due:
    program: Program


class _Stop:
    pass


class Supervisor:
    """Use it from the main thread: children end with the thread that started them.

    `heard(name, line)` is called, from other threads, for every line that a child prints; `said(text)` for
    what the supervisor itself has to tell.
    """

    def __init__(
        self, folder: Path, heard: Listener, said: Callable[[str], None] = print, grace_s: float = GRACE_S
    ) -> None:
        self._folder, self._heard, self._said, self._grace_s = folder, heard, said, grace_s
        self._children: dict[str, _Child] = {}
        self._pauses: dict[str, float] = {}
        self._timers: list[threading.Timer] = []
        self._events: queue.SimpleQueue[_Ended | _Due | _Stop] = queue.SimpleQueue()
        self._forks: Forks | None = None
        end_leftovers(folder)

    def fork_from(self, program: Program) -> None:
        """From here on, what is `python -m …` is forked, on Linux: by this program (app/local/forking.py)."""

        def start(channel: int) -> subprocess.Popen[str]:
            command = program.command.replace(CHANNEL, str(channel))
            process = self._execute(replace(program, command=command), pass_fds=[channel])
            _in_background(self._listen, _Child(program, process))
            return process

        if sys.platform == "linux":
            self._forks = Forks(start)

    def start(self, program: Program) -> None:
        process = self._spawn(program)
        child = self._children[program.name] = _Child(program, process)
        _in_background(self._listen, child)
        _in_background(self._await_end, child)

    def run(self, *programs: Program) -> None:
        """Run programs side by side that end by themselves. Raises CalledProcessError with its words."""
        children = [_Child(program, self._spawn(program)) for program in programs]
        for child in children:
            self._hear_out(child)

    def _hear_out(self, child: _Child) -> None:
        printed = "\n".join(_lines(child.process.stdout))
        for line in printed.splitlines():
            self._heard(child.program.name, line)
        if code := child.process.wait():
            raise subprocess.CalledProcessError(code, child.program.command, f"{printed}\n")

    def _spawn(self, program: Program) -> Process:
        env, folder = self._environment(program), str(program.cwd or Path.cwd())
        forked = self._forks.spawn(program.command, env, folder) if self._forks else None
        return forked or self._execute(program)

    def _environment(self, program: Program) -> dict[str, str]:
        return program.env | {MARK: str(self._folder)}

    def _execute(self, program: Program, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["/bin/sh", "-c", f"exec {program.command}"],
            env=self._environment(program),
            cwd=program.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            process_group=0,
            preexec_fn=daemons.die_with_parent(),  # noqa: PLW1509 (two system calls)
            **options,
        )

    def wait(self) -> None:
        """Restart what dies, until SIGTERM or SIGINT; `end` comes next. A second SIGINT kills."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._on_signal)
        self.keep()

    def keep(self) -> None:
        """Restart what dies, until `stop()`."""
        while not isinstance(event := self._events.get(), _Stop):
            if isinstance(event, _Due):
                self.start(event.program)
            else:
                self._restart_later(event.child)

    def stop(self) -> None:
        """Make `wait` or `keep` return; from a signal handler or any thread."""
        self._events.put(_Stop())

    def end(self) -> None:
        """Ask every child to end, wait, and kill what is left of it."""
        for timer in self._timers:
            timer.cancel()
        for child in self._children.values():
            child.process.terminate()
        deadline_s = time.monotonic() + self._grace_s
        for child in self._children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0, deadline_s - time.monotonic()))
            _kill_group(child)
        self._children.clear()
        if self._forks:
            self._forks.close()

    def dead(self) -> str:
        """Who has ended and not been started again, with their last words; empty when all live."""
        return "\n".join(
            _obituary(child) for child in self._children.values() if child.process.poll() is not None
        )

    def _restart_later(self, child: _Child) -> None:
        program = child.program
        _kill_group(child)
        well = time.monotonic() - child.started_s > WELL_AFTER_S
        pause_s = FIRST_PAUSE_S if well else self._pauses.get(program.name, FIRST_PAUSE_S)
        self._pauses[program.name] = min(pause_s * 2, LONGEST_PAUSE_S)
        self._said(_obituary(child, f"; it starts again in {pause_s:g} s"))
        timer = threading.Timer(pause_s, self._events.put, [_Due(program)])
        timer.daemon = True
        self._timers = [*(one for one in self._timers if one.is_alive()), timer]
        timer.start()

    def _listen(self, child: _Child) -> None:
        for line in _lines(child.process.stdout):
            child.last_words.append(line)
            self._heard(child.program.name, line)

    def _await_end(self, child: _Child) -> None:
        child.process.wait()
        self._events.put(_Ended(child))

    def _on_signal(self, _signum: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: self._kill())
        self.stop()

    def _kill(self) -> None:
        for child in self._children.values():
            _kill_group(child)


def end_leftovers(folder: Path) -> None:
    """End what an earlier supervisor of this folder, killed the hard way, left running."""
    daemons.end([process for process in psutil.process_iter() if is_marked(process, str(folder))])


def is_marked(process: psutil.Process, folder: str) -> bool:
    try:
        return bool(process.environ().get(MARK) == folder)
    except (psutil.Error, OSError):
        return False


def _lines(stream: IO[str] | None) -> Iterator[str]:
    assert stream
    with stream:
        for line in stream:
            yield line.rstrip()


def _kill_group(child: _Child) -> None:
    """What a child has forked and not ended itself; whatever of it became ours is buried."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-child.process.pid, 0)


def _obituary(child: _Child, then: str = "") -> str:
    """Its last words come last: a log cuts what is long."""
    words = "".join(f"\n    {line}" for line in child.last_words)
    return f"{child.program.name} ended ({_how(child.process.returncode)}){then}{words}"


def _how(returncode: int) -> str:
    return signal.Signals(-returncode).name if returncode < 0 else f"exit code {returncode}"


def _in_background(function: Callable[[_Child], None], child: _Child) -> None:
    threading.Thread(target=function, args=(child,), daemon=True).start()
