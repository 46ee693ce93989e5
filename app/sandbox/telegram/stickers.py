"""Stickers that the sandbox brings along, drawn here. A bot sends them by these ids."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from app.sandbox.telegram import files
from app.sandbox.telegram.state import State

WELCOME = "CAACAgUAAxkBAAQuickCartWelcome"
THANKS = "CAACAgUAAxkBAAQuickCartThanks"

SIDE = 512
TEAL, DEEP, SUN, CORAL, WHITE, CLEAR = "#14a08f", "#0b5d54", "#ffb84d", "#f2705f", "#ffffff", (0, 0, 0, 0)


def add_all(state: State) -> None:
    """Make them known to the stand-in."""
    files.add_sticker(state, WELCOME, bag(TEAL, DEEP), "👋")
    files.add_sticker(state, THANKS, bag(CORAL, "#8f2f25"), "🧡")


def bag(body: str, dark: str) -> bytes:
    """A smiling shopping bag with a white rim, as stickers have."""
    image = Image.new("RGBA", (SIDE, SIDE), CLEAR)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((68, 136, 444, 500), 88, fill=WHITE)
    pen.arc((148, 14, 364, 260), 180, 360, fill=WHITE, width=62)
    pen.arc((168, 34, 344, 240), 180, 360, fill=dark, width=24)
    pen.rounded_rectangle((92, 160, 420, 476), 68, fill=body)
    pen.rounded_rectangle((92, 160, 420, 240), 68, fill=dark)
    pen.rectangle((92, 206, 420, 240), fill=body)
    for x in (178, 334):
        pen.ellipse((x - 27, 266, x + 27, 332), fill=WHITE)
        pen.ellipse((x - 12, 282, x + 16, 322), fill="#10211f")
        pen.ellipse((x + 2, 288, x + 12, 299), fill=WHITE)
    pen.chord((188, 318, 324, 432), 8, 172, fill=WHITE)
    for x in (132, 380):
        pen.ellipse((x - 22, 344, x + 22, 374), fill=SUN)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=92)
    return out.getvalue()
