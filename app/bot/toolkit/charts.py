"""Draws the shop's figures as one picture. Knows neither database nor Telegram; matplotlib is loaded on use,
because it is as large as the rest of a worker."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from app.texts import languages
from app.texts.clock import MONTHS

INK, SOFT, FAINT, LINE = "#1b2a41", "#64748b", "#94a3b8", "#e2e8f0"
PAPER, CARD = "#f1f5f9", "#ffffff"
BLUE, PALE, GREEN, RED = "#2563eb", "#93b4f5", "#16a34a", "#dc2626"
AMBER, AMBER_INK = "#f59e0b", "#b45309"

WIDTH, HEIGHT, DPI = 9.0, 11.0, 140
NAME_LETTERS = 34
#: Longer amounts are written smaller.
ROOMY = 13
UNITS = ((1_000_000_000, "M"), (1_000_000, "jt"), (1_000, "rb"))


@dataclass(frozen=True)
class Card:
    """A period at a glance; `change` is its revenue against the period before, 0.1 for 10 % more.

    `note` says what it is compared with.
    """

    title: str
    revenue: str
    lines: Sequence[str]
    note: str
    change: float | None = None


@dataclass(frozen=True)
class Chart:
    """Everything the picture says, in the words it says it with. The last of `success` gets the ring."""

    title: str
    subtitle: str
    cards: Sequence[Card]
    days_title: str
    days: Sequence[tuple[date, int]]
    average: str
    best_title: str
    best: Sequence[tuple[str, int, str]]
    success_title: str
    success: Sequence[tuple[str, float | None, str]]
    nothing: str


def draw(chart: Chart) -> bytes:
    """A PNG. Text is drawn as it is; letters that the font lacks (emoji) are left out."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    _head(figure, chart)
    _cards(figure, chart.cards)
    _days(_panel(figure, 0.04, 0.395, 0.92, 0.315, chart.days_title), chart)
    _best(_panel(figure, 0.04, 0.035, 0.565, 0.34, chart.best_title), chart)
    _success(_panel(figure, 0.625, 0.035, 0.335, 0.34, chart.success_title), chart)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER)
    return out.getvalue()


def _head(figure: Any, chart: Chart) -> None:
    _write(figure.text, 0.04, 0.955, chart.title, size=21, weight="bold", color=INK)
    _write(figure.text, 0.04, 0.93, chart.subtitle, size=11.5, color=SOFT)


def _cards(figure: Any, cards: Sequence[Card]) -> None:
    gap, left = 0.02, 0.04
    width = (1 - 2 * left - gap * (len(cards) - 1)) / len(cards)
    for number, card in enumerate(cards):
        _card(_box(figure, left + number * (width + gap), 0.73, width, 0.18), card)


def _card(axes: Any, card: Card) -> None:
    _write(axes.text, 0.07, 0.83, card.title, size=12, color=SOFT)
    size = 19 if len(card.revenue) <= ROOMY else 15.5
    _write(axes.text, 0.07, 0.59, card.revenue, size=size, weight="bold", color=INK)
    note, color = card.note, SOFT
    if card.change is not None:
        sign, color = ("▲", GREEN) if card.change >= 0 else ("▼", RED)
        note = f"{sign} {_percent(abs(card.change))}  {card.note}"
    _write(axes.text, 0.07, 0.46, note, size=9.5, color=color)
    for number, line in enumerate(card.lines):
        _write(axes.text, 0.07, 0.285 - 0.135 * number, line, size=10.5, color=INK)


def _days(axes: Any, chart: Chart) -> None:
    revenues = [revenue for _, revenue in chart.days]
    if not any(revenues):
        _nothing(axes, chart.nothing)
        return
    colors = [PALE] * (len(revenues) - 1) + [BLUE]
    axes.bar(range(len(revenues)), revenues, color=colors, width=0.72, zorder=3)
    average = sum(revenues) / len(revenues)
    axes.axhline(average, color=AMBER, linewidth=1.4, linestyle=(0, (4, 3)), zorder=4)
    best = max(range(len(revenues)), key=revenues.__getitem__)
    for number in {best, len(revenues) - 1}:
        if revenues[number]:
            _write(
                axes.text, number, revenues[number], short(revenues[number]), size=9.5, weight="bold",
                color=INK, ha="center", va="bottom", zorder=5, path_effects=_halo(),
            )  # fmt: skip
    _write(
        axes.text, 1, 1.137, f"{chart.average} {short(average)}", size=10, color=AMBER_INK, ha="right",
        transform=axes.transAxes,
    )  # fmt: skip
    marks = [number for number in range(len(revenues)) if (len(revenues) - 1 - number) % 5 == 0]
    axes.set_xticks(marks, [_day(chart.days[number][0]) for number in marks])
    axes.set_ylim(0, max(revenues) * 1.12)
    axes.set_xlim(-0.7, len(revenues) - 0.3)
    axes.yaxis.set_major_formatter(lambda value, _: short(value))
    axes.yaxis.set_major_locator(_few_ticks())
    axes.grid(axis="y", color=LINE, linewidth=1, zorder=0)
    axes.tick_params(length=0, labelsize=9.5, labelcolor=SOFT, pad=6)


def _best(axes: Any, chart: Chart) -> None:
    axes.set_axis_off()
    if not chart.best:
        _nothing(axes, chart.nothing)
        return
    most = max(items for _, items, _ in chart.best)
    for number, (name, items, note) in enumerate(chart.best):
        y = 0.92 - number * 0.2
        axes.barh(y - 0.085, items / most, height=0.055, color=BLUE if number == 0 else PALE, zorder=3)
        axes.barh(y - 0.085, 1, height=0.055, color=PAPER, zorder=2)
        _write(axes.text, 0, y, _cut(name), size=10.5, color=INK, va="center")
        _write(axes.text, 1, y, note, size=10, color=SOFT, ha="right", va="center")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)


def _success(axes: Any, chart: Chart) -> None:
    axes.set_axis_off()
    name, share, _ = chart.success[-1]
    if share is None:
        _nothing(axes, chart.nothing)
        return
    color = GREEN if share >= 0.9 else AMBER if share >= 0.6 else RED
    axes.pie(
        [share, 1 - share], startangle=90, counterclock=False, colors=[color, LINE], radius=0.74,
        center=(0, 0.34), wedgeprops={"width": 0.19, "linewidth": 0},
    )  # fmt: skip
    _write(axes.text, 0, 0.39, _percent(share), size=21, weight="bold", color=INK, ha="center", va="center")
    _write(axes.text, 0, 0.15, name, size=10, color=SOFT, ha="center", va="center")
    for number, (period, one, more) in enumerate(chart.success):
        y = -0.6 - number * 0.215
        _write(axes.text, -1, y, period, size=10.5, color=INK, va="center")
        shown = _percent(one) if one is not None else "–"
        _write(axes.text, -0.12, y, shown, size=10.5, weight="bold", color=INK, ha="right", va="center")
        _write(axes.text, 1, y, more, size=9.5, color=SOFT, ha="right", va="center")
    axes.set_xlim(-1, 1)
    axes.set_ylim(-1.05, 1.05)


def _panel(figure: Any, x: float, y: float, width: float, height: float, title: str) -> Any:
    """A card with a title; the axes inside it."""
    _box(figure, x, y, width, height)
    _write(figure.text, x + 0.025, y + height - 0.033, title, size=12.5, weight="bold", color=INK)
    wide = width > 0.8
    axes = figure.add_axes(
        (x + (0.085 if wide else 0.025), y + (0.045 if wide else 0.015), width - (0.115 if wide else 0.05),
         height - (0.105 if wide else 0.07)),
        facecolor="none",
    )  # fmt: skip
    for side in axes.spines.values():
        side.set_visible(False)
    return axes


def _box(figure: Any, x: float, y: float, width: float, height: float) -> Any:
    """A white card with round corners; axes from 0 to 1 over it."""
    from matplotlib.patches import FancyBboxPatch

    shape = FancyBboxPatch(
        (x + 0.01, y + 0.01), width - 0.02, height - 0.02, boxstyle="round,pad=0.01,rounding_size=0.012",
        transform=figure.transFigure, facecolor=CARD, edgecolor=LINE, linewidth=1, zorder=-1,
        mutation_aspect=WIDTH / HEIGHT,
    )  # fmt: skip
    figure.add_artist(shape)
    axes = figure.add_axes((x, y, width, height), facecolor="none")
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes


def _nothing(axes: Any, text: str) -> None:
    axes.set_axis_off()
    _write(axes.text, 0.5, 0.5, text, size=11, color=FAINT, ha="center", transform=axes.transAxes)


def _write(put: Callable[..., Any], x: float, y: float, text: str, **style: Any) -> None:
    put(x, y, _drawable(text), parse_math=False, **style)


def _drawable(text: str) -> str:
    glyphs = _glyphs()
    return "".join(letter for letter in text if ord(letter) in glyphs).strip()


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from matplotlib import font_manager

    return frozenset(font_manager.get_font(font_manager.findfont("DejaVu Sans")).get_charmap())


def _halo() -> list[Any]:
    """White around a label, so that it can be read on a bar."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=3, foreground=CARD)]


def _few_ticks() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10])


def _cut(name: str) -> str:
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def short(amount: float) -> str:
    """`Rp1,2 jt`, `Rp850 rb`: an amount for a place where there is little room."""
    for unit, name in UNITS:
        if amount >= unit:
            return f"Rp{_one_digit(amount / unit)} {name}"
    return f"Rp{amount:.0f}"


def _one_digit(value: float) -> str:
    shown = f"{value:.0f}" if value >= 100 else f"{value:.1f}"
    return shown.removesuffix(".0").replace(".", ",")


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[languages.spoken()][day.month - 1]}"
