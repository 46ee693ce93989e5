"""The supervisor restarts what dies, ends what it started, and outlives nothing."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from app.local import supervisor
from app.local.supervisor import Program, Supervisor
from tests.support import programs

PARENT = """
import sys
from pathlib import Path
from app.local.folder import held
from app.local.supervisor import Program, Supervisor
parent = Supervisor(Path(sys.argv[1]), lambda name, line: print(line, flush=True))
parent.start(Program("child", "sh -c 'echo $$; exec cat /dev/zero > /dev/null'", {"PATH": "/bin:/usr/bin"}))
parent.wait()
parent.end()
"""


@contextmanager
def supervised(folder: Path, heard: supervisor.Listener, grace_s: float = 10) -> Iterator[Supervisor]:
    """A supervisor whose `wait` runs elsewhere: in a thread that lasts as long as the test."""
    parent = Supervisor(folder, heard, lambda text: None, grace_s)
    thread = threading.Thread(target=parent.keep, daemon=True)
    thread.start()
    yield parent
    parent.stop()
    thread.join()
    parent.end()


def program(command: str) -> Program:
    return Program("program", command, {"PATH": os.defpath + ":/bin:/usr/bin"})


def has_ended(process: psutil.Process) -> bool:
    """Nobody may have collected its exit code yet."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_the_supervisor_restarts_what_dies(folder):
    started: list[int] = []
    twice = threading.Event()

    def heard(_name: str, line: str) -> None:
        started.append(int(line))
        if len(started) == 1:
            os.kill(int(line), signal.SIGKILL)
        else:
            twice.set()

    with supervised(folder, heard) as parent:
        parent.start(program("sh -c 'echo $$; exec sleep 60'"))
        assert twice.wait(60)

    assert not any(psutil.pid_exists(pid) for pid in started)


def test_the_supervisor_kills_what_does_not_listen(folder):
    said: queue.SimpleQueue[str] = queue.SimpleQueue()

    with supervised(folder, lambda name, line: said.put(line), grace_s=0.2) as parent:
        parent.start(program("sh -c 'trap \"\" TERM; echo $$; while :; do sleep 60; done'"))
        pid = int(said.get(timeout=60))

    assert not psutil.pid_exists(pid)


def test_children_end_with_a_supervisor_that_is_killed(folder):
    with programs.running(PARENT, folder) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))

    supervisor.end_leftovers(folder)

    assert has_ended(child)


def test_a_run_that_fails_is_told_with_its_words(folder):
    parent = Supervisor(folder, lambda name, line: None)

    with pytest.raises(subprocess.CalledProcessError) as failure:
        parent.run(program("sh -c 'echo out of paper; exit 4'"))

    assert (failure.value.returncode, failure.value.output) == (4, "out of paper\n")
