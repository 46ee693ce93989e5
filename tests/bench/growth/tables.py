"""The small table of each part as README has it, with what limits it."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate


def show(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]], limit: str) -> None:
    """A table in Markdown; numbers are shown with one digit after the point."""
    cells = [[_cell(value) for value in row] for row in rows]
    table = tabulate(cells, headers, tablefmt="github", disable_numparse=True)
    print(f"\n{title}\n\n{table}\n\nThe limit: {limit}.\n", flush=True)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
