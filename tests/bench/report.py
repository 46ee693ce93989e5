"""Figures with what was hoped for, and how they are shown."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tabulate import tabulate


@dataclass(frozen=True)
class Figure:
    """One measured value; `good` is None where nothing was promised."""

    what: str
    value: str
    target: str = ""
    good: bool | None = None


def figure(
    what: str, value: float, unit: str, *, least: float | None = None, below: float | None = None
) -> Figure:
    """A figure that should reach `least` or stay `below`."""
    if least is not None:
        return Figure(what, _show(value, unit), f"at least {least:g}", value >= least)
    if below is not None:
        return Figure(what, _show(value, unit), f"below {below:g}", value < below)
    return Figure(what, _show(value, unit))


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def latencies(what: str, values_ms: Sequence[float], *, p50: float | None, p99: float | None) -> list[Figure]:
    note = f"{what} (n={len(values_ms)})"
    return [
        figure(f"{note} p50", percentile(values_ms, 50), "ms", below=p50),
        figure(f"{note} p99", percentile(values_ms, 99), "ms", below=p99),
    ]


def show(figures: Sequence[Figure], say: Callable[[str], None] = print) -> int:
    """Print the table; returns how many figures missed their target."""
    marks = {True: "reached", False: "MISSED", None: ""}
    say(
        tabulate(
            [[f.what, f.value, f.target, marks[f.good]] for f in figures], ["figure", "value", "target", ""]
        )
    )
    missed = [f for f in figures if f.good is False]
    say(f"\n{len(missed)} missed" + "".join(f"\n  {f.what}: {f.value}, {f.target}" for f in missed))
    return len(missed)


def progress(text: str) -> None:
    """What goes on, for whoever waits for the table at the end."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def _show(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
