"""The demo's page for people who see little, or who use no mouse."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser import contrast
from tests.browser.page import ChatPage

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out(chat: ChatPage, scheme: str):
    wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    chat.window.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)  # type: ignore[attr-defined]
    chat.as_someone_new().starts().sees("Mau cari apa").settles()
    chat.window.find_element(By.CLASS_NAME, "chain-head").click()
    chat.writes("/help").settles()

    assert contrast.weak(chat.window) == []


def test_the_input_is_reached_by_a_tab_or_two(chat: ChatPage):
    chat.on_a_phone().as_someone_new().starts().sees("Mau cari apa")
    chat.window.refresh()  # where nothing has the focus yet
    chat.sees("Mau cari apa")

    chat.keys(Keys.TAB, Keys.ENTER)

    assert chat.window.execute_script("return document.activeElement.id") == "text"


def test_who_starts_by_keys_goes_on_in_the_input(chat: ChatPage):
    chat.as_someone_new()
    chat.window.execute_script("document.querySelector('.skip').focus()")

    chat.keys(Keys.ENTER, Keys.ENTER).sees("Mau cari apa")

    assert chat.window.execute_script("return document.activeElement.id") == "text"


def test_commands_are_drawn_after_a_slash_and_sent_by_keys(chat: ChatPage):
    chat.as_someone_new().starts().sees("Mau cari apa")
    chat.window.find_element(By.ID, "text").send_keys("/he")
    shown = [each.text for each in chat.window.find_elements(By.CSS_SELECTOR, "#commands button")]
    assert [each.split()[0] for each in shown] == ["/help"]

    chat.keys(Keys.ARROW_DOWN, Keys.ENTER)

    chat.sees("/help")


def test_pictures_have_names(chat: ChatPage):
    chat.as_someone_new().starts().taps("Kategori").taps("Streaming").taps("Netflix").shows_picture()

    names = [each.get_attribute("alt") for each in chat.window.find_elements(By.CSS_SELECTOR, "article img")]
    assert all(names)
    assert chat.complaints() == []


def test_who_uses_keys_alone_stays_in_the_chat_while_it_is_redrawn(chat: ChatPage):
    chat.as_someone_new().starts().sees("Mau cari apa")
    chat.window.find_element(By.ID, "text").send_keys("101" + Keys.ENTER)
    chat.sees("Nomor 101").settles()

    for label, shown in (
        ("Batalkan", "Mau cari apa"),
        ("Terlaris", "Top Buyers"),
        ("Kembali", "Mau cari apa"),
    ):
        chat.tabs_to(label).answered(lambda: chat.keys(Keys.ENTER)).sees(shown)
        assert chat.window.execute_script("return document.activeElement.closest('#messages') !== null"), (
            label
        )


def test_goods_are_bought_by_keys_alone(chat: ChatPage):
    chat.as_someone_new()
    chat.window.execute_script("document.querySelector('.skip').focus()")
    chat.keys(Keys.ENTER, Keys.ENTER).sees("Mau cari apa")
    chat.keys("101", Keys.ENTER).sees("Nomor 101").settles()

    for label, shown in (("Lanjut ke pembayaran", "Ringkasan"), ("QRIS", "Sebelum")):
        chat.tabs_to(label).answered(lambda: chat.keys(Keys.ENTER)).sees(shown)
    chat.follows_to_payment(by_keys=True).tabs_to("Bayar Rp", within="button").keys(Keys.ENTER)

    chat.goes_back().sees("@contoh.example")
