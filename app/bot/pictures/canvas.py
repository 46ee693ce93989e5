"""A sheet to draw on, in pixels: boxes, bars, rings and text. Pillow underneath, loaded on first use.

The letters are those of DejaVu Sans (fonts/), without what a shop does not write; a letter that is not there,
an emoji above all, is left out.
"""

from __future__ import annotations

import io
import struct
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

INK, SOFT, FAINT, LINE = "#1b2a41", "#64748b", "#94a3b8", "#e2e8f0"
PAPER, CARD = "#f1f5f9", "#ffffff"
BLUE, PALE, GREEN, RED = "#2563eb", "#93b4f5", "#16a34a", "#dc2626"
AMBER, AMBER_INK = "#f59e0b", "#b45309"

FONTS = Path(__file__).parent / "fonts"
#: Round edges are drawn so much larger and made smaller: Pillow's own have steps.
FINE = 4
#: Colours of a PNG: plain areas and the shades at their edges. More only make the file larger.
COLORS = 64


class Canvas:
    """`grey`: in shades of it, which takes a tenth of the time to make a PNG of."""

    def __init__(self, width: int, height: int, color: str = PAPER, *, grey: bool = False) -> None:
        from PIL import Image, ImageDraw

        self._image = Image.new("L" if grey else "RGB", (width, height), color)
        self._draw = ImageDraw.Draw(self._image)

    def copy(self) -> Canvas:
        """What is drawn on either from now on is not on the other."""
        from PIL import ImageDraw

        other = Canvas.__new__(Canvas)
        other._image = self._image.copy()
        other._draw = ImageDraw.Draw(other._image)
        return other

    def box(
        self, x: float, y: float, width: float, height: float, color: str, *, radius: int = 0, line: str = ""
    ) -> None:
        """Filled, with round corners, and a thin line around it where `line` names a colour."""
        if line:
            self.box(x, y, width, height, line, radius=radius)
            self.box(x + 1, y + 1, width - 2, height - 2, color, radius=radius - 1)
        elif radius:
            at = (round(x), round(y))
            self._image.paste(color, at, _rounded(round(width), round(height), radius))
        else:
            self._draw.rectangle((round(x), round(y), round(x + width) - 1, round(y + height) - 1), color)

    def dashes(self, x: float, y: float, width: float, color: str) -> None:
        for start in range(round(x), round(x + width), 14):
            self._draw.rectangle((start, round(y) - 1, min(start + 8, round(x + width)), round(y)), color)

    def picture(self, x: int, y: int, rows: list[list[bool]], size: int) -> None:
        """A field of black and white squares, `size` pixels each."""
        from PIL import Image

        dots = bytes(0 if dark else 255 for row in rows for dark in row)
        small = Image.frombytes("L", (len(rows[0]), len(rows)), dots)
        large = small.resize((small.width * size, small.height * size), Image.Resampling.NEAREST)
        self._image.paste(large, (x, y))

    def write(
        self, x: float, y: float, text: str, size: int, color: str = INK, *, bold: bool = False,
        align: str = "left", halo: bool = False,
    ) -> None:  # fmt: skip
        """One line on the base line `y`. `halo`: white around it, so that it can be read on a bar."""
        anchor = {"left": "ls", "center": "ms", "right": "rs"}[align]
        self._draw.text(
            (x, y), drawable(text), color, _font(size, bold), anchor=anchor,
            stroke_width=3 if halo else 0, stroke_fill=CARD,
        )  # fmt: skip

    def png(self) -> bytes:
        from PIL import Image

        image, out = self._image, io.BytesIO()
        if image.mode == "RGB":
            image = image.quantize(COLORS, Image.Quantize.FASTOCTREE)
        image.save(out, "PNG", compress_level=3)
        return out.getvalue()


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """In pixels."""
    return _font(size, bold).getlength(drawable(text))


def fitting(text: str, size: int, most: float, *, bold: bool = False) -> str:
    """As much of it as fits into so many pixels, with an ellipsis where something is missing."""
    text = drawable(text)
    if width_of(text, size, bold=bold) <= most:
        return text
    while text and width_of(f"{text}…", size, bold=bold) > most:
        text = text[:-1].rstrip()
    return f"{text}…"


def wrapped(text: str, size: int, most: float, *, lines: int, bold: bool = False) -> list[str]:
    """Broken between words into at most so many lines; what is left is cut off the last one."""
    done: list[str] = []
    line = ""
    words = drawable(text).split()
    for number, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold=bold) > most:
            if len(done) == lines - 1:
                return [*done, fitting(" ".join([line, *words[number:]]), size, most, bold=bold)]
            done.append(line)
            longer = word
        line = longer
    return [*done, fitting(line, size, most, bold=bold)] if line else done


def drawable(text: str) -> str:
    known = _letters()
    words = ("".join(letter for letter in word if ord(letter) in known) for word in text.split())
    return " ".join(word for word in words if word)


@cache
def _font(size: int, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size)


@cache
def _letters() -> frozenset[int]:
    """What the font can draw: the ranges of its table `cmap`, in format 4.

    https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
    """
    font = (FONTS / "DejaVuSans.ttf").read_bytes()
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(int.from_bytes(font[4:6])))
    cmap = next(start for name, _, start, _ in tables if name == b"cmap")
    start = cmap + int.from_bytes(font[cmap + 8 : cmap + 12])
    count = int.from_bytes(font[start + 6 : start + 8]) // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    return frozenset(code for low, high in zip(starts, ends, strict=True) for code in range(low, high + 1))


def _rounded(width: int, height: int, radius: int) -> Image:
    from PIL import Image, ImageDraw

    mask = Image.new("L", (width * FINE, height * FINE))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, width * FINE - 1, height * FINE - 1), radius * FINE, fill=255
    )
    return mask.resize((width, height), Image.Resampling.BOX)
