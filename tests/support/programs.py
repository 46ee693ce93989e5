"""`make demo` and `make run` as programs of their own, with their state in a folder of the test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.support.surroundings import environment

ROOT = Path(__file__).parents[2]
STATE = "state"
READY_WITHIN_S = 90


@contextmanager
def started(
    module: str, folder: Path, *arguments: str, within_s: float = READY_WITHIN_S, **env: str
) -> Iterator[subprocess.Popen[str]]:
    """A command with its state in `folder`, where no `.env` is; killed if it does not end by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, "--state", STATE, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with _limited(process, within_s):
        yield process


@contextmanager
def together(**changes: str | None) -> Iterator[subprocess.Popen[str]]:
    """The Procfile's `all`, with the test's settings; killed if it does not end by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.local.together"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with _limited(process, READY_WITHIN_S):
        yield process


@contextmanager
def _limited(process: subprocess.Popen[str], within_s: float) -> Iterator[None]:
    limit = threading.Timer(within_s, process.kill)
    limit.start()
    with process:
        try:
            yield
        finally:
            limit.cancel()
            process.kill()


def demo(
    folder: Path, within_s: float = READY_WITHIN_S, **env: str
) -> AbstractContextManager[subprocess.Popen[str]]:
    return started("app.sandbox", folder, "--port", "0", within_s=within_s, **env)


def opened(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The addresses of the chat and of `web`, once the demo says that it is open."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"open: (\S+)[\s\S]*health (\S+)/health", said):
            return found[1], found[2]
    raise AssertionError(said)


def reads_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError("".join(said))


@contextmanager
def running(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A Python program of its own, killed the hard way in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


def start_ops(*words: str, **changes: str | None) -> subprocess.Popen[str]:
    """A command of the operators' command line, with the test's settings."""
    return subprocess.Popen(
        [sys.executable, "-m", "app.ops", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
