"""The small table of each part, with what limits it."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate


def show(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]], limit: str) -> None:
    print(f"\n{title}\n{tabulate(rows, headers, floatfmt=',.1f')}\nThe limit: {limit}\n", flush=True)
