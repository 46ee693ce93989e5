"""The card with the QR: read by a scanner as it is shown on a phone, whatever stands beside it."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from app.bot.pictures import canvas, qr_card
from app.bot.pictures.qr_card import QrCard
from tests.test_qris import EXAMPLE

#: How wide a bubble is on a phone of 390 pixels.
ON_A_PHONE = 330


def drawn(**changes) -> Image.Image:
    words = {
        "payload": EXAMPLE,
        "store": "QuickCart",
        "product": "Netflix 1M",
        "total_label": "Total bayar",
        "total": "Rp100.003",
        "deadline_label": "Bayar sebelum",
        "deadline": "03.04 WIB",
        "left": "10 menit lagi",
    }
    return Image.open(io.BytesIO(qr_card.draw(QrCard(**words | changes))))


@pytest.mark.parametrize("scale", [1, ON_A_PHONE / qr_card.WIDTH])
def test_a_scanner_reads_it_large_and_as_small_as_a_bubble(scale):
    card = drawn()
    card = card.resize((round(card.width * scale), round(card.height * scale)))

    assert [found.text for found in zxingcpp.read_barcodes(card)] == [EXAMPLE]


@pytest.mark.parametrize(
    "words",
    [
        {"product": "Netflix " * 60, "store": "Toko " * 60},
        {"product": "W" * 500, "total": "Rp1.000.000.000.000", "deadline": "23.59 WIB dan masih lama sekali"},
        {"product": "🎉🎉", "store": "محل", "left": ""},
        {"product": "", "store": "<b>&amp;</b>"},
    ],
)
def test_long_and_odd_words_leave_the_qr_alone_and_stay_on_the_card(words):
    card = drawn(**words)

    assert [found.text for found in zxingcpp.read_barcodes(card)] == [EXAMPLE]
    edge = card.crop((qr_card.WIDTH - qr_card.EDGE - 20, 60, qr_card.WIDTH - qr_card.EDGE - 2, 600))
    assert edge.getextrema() == (255, 255)


def test_letters_that_cannot_be_drawn_are_left_out():
    assert canvas.drawable("🎉 Netflix  1M ★\n½") == "Netflix 1M ★ ½"


def test_words_break_between_lines_and_the_last_one_is_cut():
    lines = canvas.wrapped("satu dua tiga empat lima enam tujuh delapan", 26, 200, lines=2)

    assert len(lines) == 2
    assert lines[0] == "satu dua tiga"
    assert lines[1].endswith("…")
    assert all(canvas.width_of(line, 26) <= 200 for line in lines)
