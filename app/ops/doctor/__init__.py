"""`doctor`: everything that a go-live can get wrong, said before it hurts; a release ends with it."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import structlog
from peewee import PeeweeException
from redis.exceptions import RedisError

import settings
from app import addresses
from app.infra import logs
from app.ops import console
from app.ops.doctor.line import OK, WRONG, Line, Probe, wrong

log = structlog.get_logger()

#: For all probes together, which look side by side: one that hangs is said to hang.
LONGEST_S = 10.0


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("doctor", help="what is set up wrong; exit code 1 when something is")
    console.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    lines = examine()
    if args.json:
        console.document([asdict(line) for line in lines])
    else:
        for line in lines:
            print(line)
    return 1 if any(line.mark == WRONG for line in lines) else 0


def warn() -> None:
    """What is not well, on stderr, unless nobody else can reach the shop, which is a demo then. A release
    neither fails nor hangs because of it."""
    if urlsplit(settings.current().public_url or "").hostname in addresses.LOOPBACK:
        return
    try:
        for line in examine():
            if line.mark != OK:
                print(line, file=sys.stderr)
    except Exception as error:  # whatever it is, the release is more important
        log.warning("doctor could not look", error=type(error).__name__)


def examine(longest_s: float = LONGEST_S) -> list[Line]:
    """Every line, in the order of the probes."""
    from app.ops.doctor import databases, gateway, machine, queue, telegram  # commands start without them

    rooms = (telegram, gateway, databases, queue, machine)
    return look([probe for room in rooms for probe in room.PROBES], longest_s)


def look(probes: Sequence[Probe], longest_s: float) -> list[Line]:
    """What each found; in threads that nobody waits for when the time is over."""
    answers: SimpleQueue[tuple[int, list[Line]]] = SimpleQueue()
    for number, probe in enumerate(probes):
        threading.Thread(target=_answer, args=(number, probe, answers), daemon=True).start()
    found: dict[int, list[Line]] = {}
    until = time.monotonic() + longest_s
    while len(found) < len(probes):
        try:
            number, lines = answers.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            break
        found[number] = lines
    return [
        line for number, probe in enumerate(probes) for line in found.get(number, [_silent(probe, longest_s)])
    ]


def _answer(number: int, probe: Probe, answers: SimpleQueue[tuple[int, list[Line]]]) -> None:
    try:
        lines = list(probe())
    except Exception as error:  # a probe may fail in any way; the others go on
        about = _name(probe)
        lines = [wrong(about, f"could not be looked at: {logs.redact(_words(error))}", _first(error))]
    answers.put((number, lines))


def _first(error: Exception) -> str:
    """What has to be mended before: its own line may stand above or below."""
    if isinstance(error, RedisError):
        return "mend the line of redis first"
    if isinstance(error, PeeweeException):
        return "mend the line of the database first"
    return "mend the other lines first, then run doctor again"


def _silent(probe: Probe, longest_s: float) -> Line:
    return wrong(
        _name(probe),
        f"no answer within {longest_s:.0f} s",
        "something there hangs; run doctor again in a minute",
    )


def _name(probe: Probe) -> str:
    room = getattr(probe, "__module__", "").rpartition(".")[2]
    return f"{room} ({getattr(probe, '__name__', 'probe')})"


def _words(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
