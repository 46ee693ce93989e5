"""Runs every measurement and prints one table; exits with 1 when a figure missed its target.

`scale [factor]` fills a large database instead and looks at every screen: some minutes of its own.
`crowds` measures only what buyers wait for while others take all the room, `metrics` what counting and
the audit cost, `audit [events]` how long a long chain takes to prove, `peer` how the shop compares with a
simple one without a queue, `growth [factor] [parts]` how it is with many people, processes, jobs and orders,
`memory` what it takes of a machine.
"""

from __future__ import annotations

import sys

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
    trail,
)
from tests.bench.growth import measure as growth
from tests.bench.peer import measure as peer
from tests.support.stack import Stack, stack

BUYERS = 150


def main(words: list[str]) -> int:
    if words[:1] == ["scale"]:
        return scale.main(float(words[1]) if words[1:] else 1.0)
    if words[:1] == ["audit"]:
        return trail.main(int(words[1]) if words[1:] else trail.EVENTS)
    if words[:1] == ["growth"]:
        return 1 if growth.main(words[1:]) else 0
    if words[:1] == ["crowds"]:
        return _crowds(words[1:])
    if words[:1] == ["metrics"]:
        return _metrics()
    if words[:1] == ["peer"]:
        return _peer()
    if words[:1] == ["memory"]:
        return _memory()
    with stack() as running:
        logs.setup("bench")
        compared = peer.measure(running)
    with stack() as running:
        used = memory.measure(running)
    with stack() as running:
        figures = [*compared, *receivers.measure(running), *queue.measure(running), *_shop(running), *used]
    return 1 if report.show(figures) else 0


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


def _metrics() -> int:
    with stack() as running:
        logs.setup("bench")
        running.start_web()
        running.start_worker()
        running.start("clock", "workers.clock")
        running.set_webhook()
        looking = chat.prepare(running, BUYERS)
        figures = metrics.measure_goods(running, looking) + metrics.measure_cost(running, looking)
        return 1 if report.show(figures) else 0


def _peer() -> int:
    with stack() as running:
        logs.setup("bench")
        return 1 if report.show(peer.measure(running)) else 0


def _memory() -> int:
    with stack() as running:
        logs.setup("bench")
        return 1 if report.show(memory.measure(running)) else 0


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
