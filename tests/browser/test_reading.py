"""What the page of the demo does while people read and write."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.browser.page import ChatPage

pytestmark = pytest.mark.slow


def test_the_chat_follows_to_the_newest_message_whatever_comes_at_once(chat: ChatPage):
    chat.as_the("Admin").sees("Selamat datang")

    for said in ("/help", "/giveaway", "/giveaway 1000 3", "/pending"):
        count = len(chat.bubbles)
        chat.writes(said)
        chat.wait.until(lambda _, count=count: len(chat.bubbles) > count + 1)
        chat.follows_the_newest()


def test_whoever_has_scrolled_up_is_left_where_they_read(chat: ChatPage):
    chat.as_someone_new().starts().sees("Mau cari apa").writes("/help").sees("/help").follows_the_newest()
    chat.window.execute_script("document.getElementById('messages').scrollTop = 0")
    chat.wait.until(lambda window: window.find_element(By.ID, "to-bottom").is_displayed())

    chat.window.execute_script("[...document.querySelectorAll('.inline button')].at(-1).click()")
    chat.sees("Tekan produk untuk")
    assert chat.window.execute_script("return document.getElementById('messages').scrollTop") == 0


def test_a_day_has_one_line_and_bots_do_not_say_that_they_edit(chat: ChatPage):
    chat.as_someone_new().starts().taps("Kategori").taps("Streaming").taps("Netflix").sees("Netflix Premium")

    assert [each.text for each in chat.window.find_elements(By.CSS_SELECTOR, ".day")] == ["Hari ini"]
    assert "diedit" not in chat.window.find_element(By.ID, "messages").text
