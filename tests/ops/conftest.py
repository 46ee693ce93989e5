"""The commands as operators run them, on the test's database and queue."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import structlog

import settings
from app.ops import __main__ as commands
from tests.support.programs import start_ops
from tests.support.receivers import served


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Ops = Callable[..., Answer]


@pytest.fixture
def shell(database: object) -> Ops:
    """Run one command as a process: `shell("order", "TRX…")`; settings by name change its environment."""

    def run(*words: str, **changes: str | None) -> Answer:
        with start_ops(*words, **changes) as process:
            out, err = process.communicate(timeout=90)
        return Answer(process.returncode, out, err)

    return run


@pytest.fixture
def ops(database: object, capsys: pytest.CaptureFixture[str]) -> Ops:
    """The same in the test's own process, which costs a tenth: for all but what a process itself decides."""

    def run(*words: str, **changes: str | None) -> Answer:
        capsys.readouterr()
        with settings.override(**changes), structlog.testing.capture_logs():
            code = commands.execute(commands.parse(list(words)))
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="module")
def web(_settings: object) -> Iterator[httpx.Client]:
    """The web process, with the ops page."""
    with served() as client:
        yield client
