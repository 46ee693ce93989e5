"""The QR to pay as a card that says what for, how much and until when: it explains itself in a phone's
gallery, where it waits for the bank's app.

Wide rather than high, so that all of it is on a phone's screen while the keyboard is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.bot.pictures.canvas import CARD, INK, LINE, PAPER, SOFT, Canvas, fitting, width_of, wrapped
from app.money import qris

#: Pixels.
WIDTH, HEIGHT, EDGE = 1080, 680, 20
QR_SIDE, QR_X, QR_Y = 630, 30, 25
TEXT_X = 676
ROOM = WIDTH - EDGE - 36 - TEXT_X


@dataclass(frozen=True)
class QrCard:
    """`payload` is what the QR says; the rest stands beside it, in the words it is said with."""

    payload: str
    store: str
    product: str
    total_label: str
    total: str
    deadline_label: str
    deadline: str
    left: str


def draw(card: QrCard) -> bytes:
    """A PNG."""
    canvas = _blank().copy()
    rows = qris.dots(card.payload)
    size = QR_SIDE // len(rows)
    rest = (QR_SIDE - size * len(rows)) // 2
    canvas.picture(QR_X + rest, QR_Y + rest, rows, size)
    canvas.write(TEXT_X, 186, fitting(card.store, 27, ROOM, bold=True), 27, bold=True)
    for number, line in enumerate(wrapped(card.product, 26, ROOM, lines=3)):
        canvas.write(TEXT_X, 232 + 36 * number, line, 26, SOFT)
    canvas.write(TEXT_X, 420, card.total_label, 26, SOFT)
    size = next((each for each in (52, 44, 36) if width_of(card.total, each, bold=True) <= ROOM), 30)
    canvas.write(TEXT_X, 476, card.total, size, bold=True)
    canvas.write(TEXT_X, 544, fitting(card.deadline_label, 26, ROOM), 26, SOFT)
    canvas.write(TEXT_X, 588, fitting(card.deadline, 34, ROOM, bold=True), 34, bold=True)
    canvas.write(TEXT_X, 626, fitting(card.left, 24, ROOM), 24, SOFT)
    return canvas.png()


@cache
def _blank() -> Canvas:
    """What is the same on all of them. Grey, as a buyer waits for it."""
    canvas = Canvas(WIDTH, HEIGHT, PAPER, grey=True)
    canvas.box(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE, CARD, radius=28, line=LINE)
    canvas.write(TEXT_X, 112, "QRIS", 62, bold=True)
    canvas.box(TEXT_X, 134, ROOM, 3, INK)
    return canvas
