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
from app.texts.admin import stats as texts
from app.texts.clock import MONTHS

#: Pixels. The letters are large: a bubble is a third as wide as the picture on most phones.
WIDTH, HEIGHT, EDGE, GAP, RADIUS = 1080, 1560, 36, 30, 22
TITLE, LARGE, NORMAL, SMALL = 58, 42, 36, 32
#: A line of the scale every so many: 1, 2, 2.5 or 5 times a power of ten.
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Chart:
    """Everything the picture says, in the words it says it with."""

    title: str
    subtitle: str
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
    canvas.write(EDGE + 10, 84, fitting(chart.title, TITLE, inner, bold=True), TITLE, bold=True)
    canvas.write(EDGE + 10, 136, chart.subtitle, SMALL, SOFT)
    _days(_Panel(canvas, EDGE, 172, inner, 520, chart.days_title), chart)
    _best(_Panel(canvas, EDGE, 692 + GAP, inner, 530, chart.best_title), chart)
    _success(_Panel(canvas, EDGE, 1252 + GAP, inner, 250, chart.success_title), chart)
    return canvas.png()


class _Panel:
    """A white card with a title; `x` to `right` and `y` to `bottom` is where its content goes."""

    def __init__(self, canvas: Canvas, x: int, y: int, width: int, height: int, title: str) -> None:
        canvas.box(x, y, width, height, CARD, radius=RADIUS, line=LINE)
        canvas.write(x + 32, y + 62, title, LARGE, bold=True)
        self.canvas, self.x, self.right = canvas, x + 32, x + width - 32
        self.y, self.bottom, self.title_y = y + 100, y + height - 32, y + 62

    def nothing(self, text: str) -> None:
        middle = (self.x + self.right) / 2, (self.y + self.bottom) / 2
        self.canvas.write(*middle, text, SMALL, FAINT, align="center")


def _days(panel: _Panel, chart: Chart) -> None:
    revenues = [revenue for _, revenue in chart.days]
    if not any(revenues):
        panel.nothing(chart.nothing)
        return
    canvas, x, top, bottom = panel.canvas, panel.x + 150, panel.y + 40, panel.bottom - 48
    per_rupiah = (bottom - top) / (max(revenues) * 1.08)
    for value in _scale(max(revenues)):
        y = bottom - value * per_rupiah
        canvas.box(x, y, panel.right - x, 1, LINE)
        canvas.write(x - 14, y + 11, short(value), SMALL, SOFT, align="right")
    slot = (panel.right - x) / len(revenues)
    for number, revenue in enumerate(revenues):
        color = BLUE if number == len(revenues) - 1 else PALE
        height = revenue * per_rupiah
        if revenue:
            canvas.box(x + slot * (number + 0.14), bottom - height, slot * 0.72, height, color)
        if (len(revenues) - 1 - number) % 7 == 0:
            day = _day(chart.days[number][0])
            middle = min(x + slot * (number + 0.5), panel.right - 50)
            canvas.write(middle, panel.bottom, day, SMALL, SOFT, align="center")
    average = sum(revenues) / len(revenues)
    canvas.dashes(x, bottom - average * per_rupiah, panel.right - x, AMBER)
    said = f"{chart.average} {short(average)}"
    canvas.write(panel.right, panel.title_y, said, SMALL, AMBER_INK, align="right")
    for number in {max(range(len(revenues)), key=revenues.__getitem__), len(revenues) - 1}:
        if revenues[number]:
            y = bottom - revenues[number] * per_rupiah - 8
            middle = min(x + slot * (number + 0.5), panel.right - 64)
            canvas.write(middle, y, short(revenues[number]), SMALL, bold=True, align="center", halo=True)


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
        y = panel.y + 34 + number * 80
        room = width - width_of(note, SMALL) - 24
        canvas.write(panel.x, y, fitting(name, NORMAL, room), NORMAL)
        canvas.write(panel.right, y, note, SMALL, SOFT, align="right")
        canvas.box(panel.x, y + 14, width, 18, PAPER, radius=9)
        color = BLUE if number == 0 else PALE
        canvas.box(panel.x, y + 14, max(18, width * items / most), 18, color, radius=9)


def _success(panel: _Panel, chart: Chart) -> None:
    """A column a period."""
    if not any(share is not None for _, share, _ in chart.success):
        panel.nothing(chart.nothing)
        return
    column = (panel.right - panel.x) / len(chart.success)
    for number, (name, share, more) in enumerate(chart.success):
        middle = panel.x + (number + 0.5) * column
        color = FAINT if share is None else GREEN if share >= 0.9 else AMBER_INK if share >= 0.6 else RED
        shown = _percent(share) if share is not None else "–"
        panel.canvas.write(middle, panel.y + 36, shown, TITLE, color, bold=True, align="center")
        panel.canvas.write(middle, panel.y + 82, name, NORMAL, align="center")
        panel.canvas.write(middle, panel.bottom, more, SMALL, SOFT, align="center")


def short(amount: float) -> str:
    """`Rp1,2 jt`, `Rp850 rb`: an amount for a place where there is little room."""
    for unit, text in texts.SHORT:
        if amount >= unit:
            return text.plain(amount=_one_digit(amount / unit))
    return f"Rp{amount:.0f}"


def _one_digit(value: float) -> str:
    shown = f"{value:.0f}" if value >= 100 else f"{value:.1f}"
    return shown.removesuffix(".0").replace(".", ",")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[languages.spoken()][day.month - 1]}"
