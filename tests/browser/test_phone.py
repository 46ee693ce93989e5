"""Alice buys on her phone, whose own keyboard leaves little of the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.browser.page import ChatPage

pytestmark = pytest.mark.slow


def test_the_qr_is_on_the_screen_and_scanned_from_it(chat: ChatPage, tmp_path: Path):
    chat.on_a_phone().as_someone_new().starts()
    chat.taps("Kategori").taps("Streaming").taps("Netflix").taps("Lanjut ke pembayaran")

    chat.on_a_phone(height=508).taps("QRIS").shows_picture().rests_on_the_picture()

    chat.picture(tmp_path / "seen.png")
    with Image.open(tmp_path / "seen.png") as seen:
        assert [each.text[:6] for each in zxingcpp.read_barcodes(seen)] == ["000201"]
    assert chat.complaints() == []


def test_the_conversation_keeps_half_of_the_screen_and_keys_keep_their_words_whole(chat: ChatPage):
    chat.on_a_phone().as_someone_new().starts().sees("Mau cari apa")
    half = "return document.getElementById('messages').clientHeight >= innerHeight / 2"
    assert chat.window.execute_script(half)

    chat.on_a_phone(width=320, height=640)
    broken = (
        "return [...document.querySelectorAll('#keyboard button')]"
        ".filter((key) => !key.textContent.includes(' ') && key.clientHeight > 36)"
        ".map((key) => key.textContent)"
    )
    assert chat.window.execute_script(broken) == []
    assert chat.window.execute_script("return document.documentElement.scrollWidth") == 320
