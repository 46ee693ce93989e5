"""Runs every measurement and prints one table; exits with 1 when a figure missed its target.

`scale [factor]` fills a large database instead and looks at every screen: some minutes of its own.
`crowds` measures only what buyers wait for while others take all the room, `metrics` what counting and
the audit cost, `audit [events]` how long a long chain takes to prove, `peer` how the shop compares with a
simple one without a queue, `growth [factor] [parts]` how it is with many people, processes, jobs and orders,
`memory` what it takes of a machine, `start` how long people wait for the demo and for the suite.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from app.infra import logs
from tests.bench import (
    broadcast,
    chat,
    crowds,
    memory,
    metrics,
    purse,
    queue,
    race,
    receivers,
    report,
    scale,
    silence,
    start,
    trail,
)
from tests.bench.growth import measure as growth
from tests.bench.peer import measure as peer
from tests.support.stack import Stack, stack

BUYERS = 150


def main(words: list[str]) -> int:
    if not words:
        return _everything()
    if words[0] not in PARTS:
        raise SystemExit(f"no such measurement: {words[0]}; there are {', '.join(PARTS)}")
    return PARTS[words[0]](words[1:])


def _everything() -> int:
    with stack() as running:
        logs.setup("bench")
        compared = peer.measure(running)
    with stack() as running:
        used = memory.measure(running)
    with stack() as running:
        figures = [*compared, *receivers.measure(running), *queue.measure(running), *_shop(running), *used]
    return 1 if report.show(figures) else 0


def _scale(words: list[str]) -> int:
    return scale.main(float(words[0]) if words else 1.0)


def _audit(words: list[str]) -> int:
    return trail.main(int(words[0]) if words else trail.EVENTS)


def _growth(words: list[str]) -> int:
    return 1 if growth.main(words) else 0


def _crowds(words: list[str]) -> int:
    with stack() as running:
        logs.setup("bench")
        running.start_web()
        running.start_worker()
        running.start("clock", "workers.clock")
        running.set_webhook()
        looking = chat.prepare(running, 30)
        figures = crowds.measure(running, words) + silence.measure(running, looking)
        return 1 if report.show(figures) else 0


def _metrics(_words: list[str]) -> int:
    with stack() as running:
        logs.setup("bench")
        running.start_web()
        running.start_worker()
        running.start("clock", "workers.clock")
        running.set_webhook()
        looking = chat.prepare(running, BUYERS)
        figures = metrics.measure_goods(running, looking) + metrics.measure_cost(running, looking)
        return 1 if report.show(figures) else 0


def _peer(_words: list[str]) -> int:
    with stack() as running:
        logs.setup("bench")
        return 1 if report.show(peer.measure(running)) else 0


def _memory(_words: list[str]) -> int:
    with stack() as running:
        logs.setup("bench")
        return 1 if report.show(memory.measure(running)) else 0


def _start(_words: list[str]) -> int:
    return 1 if report.show(start.measure()) else 0


def _shop(running: Stack) -> list[report.Figure]:
    running.start_worker()
    running.start("clock", "workers.clock")
    running.set_webhook()
    looking = chat.prepare(running, BUYERS)
    figures = chat.measure_taps(running, looking)
    figures += chat.measure_goods(running, looking)
    figures += chat.measure_rate(running, looking[100:] * 4)
    figures += metrics.measure_cost(running, looking)
    figures += race.measure(running)
    figures += purse.measure(running)
    figures += crowds.measure(running)
    figures += silence.measure(running, looking[:30])
    figures += broadcast.measure(running, looking)
    return figures + broadcast.measure_raw(running)


#: What can be measured alone, with the words that follow it.
PARTS: dict[str, Callable[[list[str]], int]] = {
    "scale": _scale,
    "crowds": _crowds,
    "metrics": _metrics,
    "audit": _audit,
    "peer": _peer,
    "growth": _growth,
    "memory": _memory,
    "start": _start,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
