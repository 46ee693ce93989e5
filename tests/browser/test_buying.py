"""A newcomer buys in the browser: the demo's whole way, with nothing replaced."""

from __future__ import annotations

import httpx
import pytest

from tests.browser.page import ChatPage

pytestmark = pytest.mark.slow


def test_everything_in_the_demo_is_well(demo: tuple[str, str]):
    chat, web = demo

    assert httpx.get(chat).status_code == 200
    assert set(httpx.get(f"{web}/health").json()["services"].values()) == {"ok"}


def test_a_newcomer_buys_in_the_browser(chat: ChatPage):
    chat.as_someone_new().starts()
    chat.presses("LIST PRODUK").taps("Streaming").taps("Netflix").taps("Lanjut ke pembayaran").taps("QRIS")
    chat.sees("Total").shows_picture()

    chat.follows_to_payment().pays("Bayar").goes_back()

    chat.sees("@contoh.example")
    chat.sees_inside("Dibayar: dicek ke Pakasir, dikirim dalam")
    assert chat.complaints() == []
