"""Draws the shop's figures as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.bot.pictures.canvas import (
    AMBER,
    AMBER_INK,
    BLUE,
    CARD,
    FAINT,
    GREEN,
    LINE,
    PALE,
    PAPER,
    RED,
    SOFT,
    Canvas,
    fitting,
    width_of,
)  # fmt: skip
from app.texts import languages
from app.texts.clock import MONTHS

#: Pixels.
WIDTH, HEIGHT, EDGE, GAP, RADIUS = 1260, 1540, 50, 26, 18
UNITS = ((1_000_000_000, "M"), (1_000_000, "jt"), (1_000, "rb"))
#: A line of the scale every so many: 1, 2, 2.5 or 5 times a power of ten.
STEPS = (1, 2, 2.5, 5, 10)


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
    """A PNG."""
    canvas = Canvas(WIDTH, HEIGHT)
    inner = WIDTH - 2 * EDGE
    canvas.write(EDGE, 76, fitting(chart.title, 42, inner, bold=True), 42, bold=True)
    canvas.write(EDGE, 112, chart.subtitle, 23, SOFT)
    _cards(canvas, chart.cards)
    _days(_Panel(canvas, EDGE, 428, inner, 510, chart.days_title), chart)
    best = round(inner * 0.62)
    _best(_Panel(canvas, EDGE, 964, best, 530, chart.best_title), chart)
    rest = inner - best - GAP
    _success(_Panel(canvas, EDGE + best + GAP, 964, rest, 530, chart.success_title), chart)
    return canvas.png()


class _Panel:
    """A white card with a title; `x` to `right` and `y` to `bottom` is where its content goes."""

    def __init__(self, canvas: Canvas, x: int, y: int, width: int, height: int, title: str) -> None:
        canvas.box(x, y, width, height, CARD, radius=RADIUS, line=LINE)
        canvas.write(x + 32, y + 48, title, 25, bold=True)
        self.canvas, self.x, self.right = canvas, x + 32, x + width - 32
        self.y, self.bottom, self.title_y = y + 84, y + height - 32, y + 48

    def nothing(self, text: str) -> None:
        middle = (self.x + self.right) / 2, (self.y + self.bottom) / 2
        self.canvas.write(*middle, text, 22, FAINT, align="center")


def _cards(canvas: Canvas, cards: Sequence[Card]) -> None:
    width = (WIDTH - 2 * EDGE - GAP * (len(cards) - 1)) / len(cards)
    for number, card in enumerate(cards):
        x = EDGE + number * (width + GAP)
        canvas.box(x, 142, width, 260, CARD, radius=RADIUS, line=LINE)
        _card(canvas, x + 28, width - 56, card)


def _card(canvas: Canvas, x: float, room: float, card: Card) -> None:
    canvas.write(x, 186, card.title, 24, SOFT)
    size = next((size for size in (38, 30) if width_of(card.revenue, size, bold=True) <= room), 24)
    canvas.write(x, 246, card.revenue, size, bold=True)
    note, color = card.note, SOFT
    if card.change is not None:
        sign, color = ("▲", GREEN) if card.change >= 0 else ("▼", RED)
        note = f"{sign} {_percent(abs(card.change))}  {card.note}"
    canvas.write(x, 286, fitting(note, 19, room), 19, color)
    for number, line in enumerate(card.lines):
        canvas.write(x, 336 + 36 * number, fitting(line, 21, room), 21)


def _days(panel: _Panel, chart: Chart) -> None:
    revenues = [revenue for _, revenue in chart.days]
    if not any(revenues):
        panel.nothing(chart.nothing)
        return
    canvas, x, top, bottom = panel.canvas, panel.x + 90, panel.y + 30, panel.bottom - 34
    per_rupiah = (bottom - top) / (max(revenues) * 1.08)
    for value in _scale(max(revenues)):
        y = bottom - value * per_rupiah
        canvas.box(x, y, panel.right - x, 1, LINE)
        canvas.write(x - 14, y + 7, short(value), 19, SOFT, align="right")
    slot = (panel.right - x) / len(revenues)
    for number, revenue in enumerate(revenues):
        color = BLUE if number == len(revenues) - 1 else PALE
        height = revenue * per_rupiah
        if revenue:
            canvas.box(x + slot * (number + 0.14), bottom - height, slot * 0.72, height, color)
        if (len(revenues) - 1 - number) % 5 == 0:
            day = _day(chart.days[number][0])
            canvas.write(x + slot * (number + 0.5), panel.bottom, day, 19, SOFT, align="center")
    average = sum(revenues) / len(revenues)
    canvas.dashes(x, bottom - average * per_rupiah, panel.right - x, AMBER)
    said = f"{chart.average} {short(average)}"
    canvas.write(panel.right, panel.title_y, said, 20, AMBER_INK, align="right")
    for number in {max(range(len(revenues)), key=revenues.__getitem__), len(revenues) - 1}:
        if revenues[number]:
            y = bottom - revenues[number] * per_rupiah - 8
            middle = min(x + slot * (number + 0.5), panel.right - 36)
            canvas.write(middle, y, short(revenues[number]), 19, bold=True, align="center", halo=True)


def _scale(most: int) -> list[float]:
    """Round values from 0 up, at most six."""
    rough = most / 4
    power = 10 ** (len(str(int(rough))) - 1)
    step = next(power * each for each in STEPS if power * each >= rough)
    return [step * number for number in range(int(most // step) + 1)]


def _best(panel: _Panel, chart: Chart) -> None:
    if not chart.best:
        panel.nothing(chart.nothing)
        return
    canvas, width = panel.canvas, panel.right - panel.x
    most = max(items for _, items, _ in chart.best)
    for number, (name, items, note) in enumerate(chart.best):
        y = panel.y + 34 + number * 82
        room = width - width_of(note, 20) - 24
        canvas.write(panel.x, y, fitting(name, 22, room), 22)
        canvas.write(panel.right, y, note, 20, SOFT, align="right")
        canvas.box(panel.x, y + 16, width, 16, PAPER, radius=8)
        color = BLUE if number == 0 else PALE
        canvas.box(panel.x, y + 16, max(16, width * items / most), 16, color, radius=8)


def _success(panel: _Panel, chart: Chart) -> None:
    name, share, _ = chart.success[-1]
    if share is None:
        panel.nothing(chart.nothing)
        return
    canvas, middle = panel.canvas, (panel.x + panel.right) / 2
    color = GREEN if share >= 0.9 else AMBER if share >= 0.6 else RED
    canvas.ring(middle, panel.y + 124, 116, share, color)
    canvas.write(middle, panel.y + 130, _percent(share), 42, bold=True, align="center")
    canvas.write(middle, panel.y + 164, name, 20, SOFT, align="center")
    for number, (period, one, more) in enumerate(chart.success):
        y = panel.y + 308 + number * 46
        canvas.write(panel.x, y, period, 21)
        shown = _percent(one) if one is not None else "–"
        canvas.write(middle + 16, y, shown, 21, bold=True, align="right")
        canvas.write(panel.right, y, more, 18, SOFT, align="right")


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
    return f"{share * 100:.0f}%"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[languages.spoken()][day.month - 1]}"
