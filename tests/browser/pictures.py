"""`make pictures`: those of the README, and every screen in both languages, from the running demo.

.github/demo.png       the whole: a chat, and beside it what happens inside
.github/screens.png    a buyer's way on a phone
.github/ops.png        the operators' page on a phone
.quickcart/screens/    the screens of screens.py, to be looked at; not committed
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from app.bot.toolkit import keyboards
from app.sandbox.chat.people import ADMIN_ID
from app.texts import languages
from tests.browser import screens
from tests.browser.chromium import opened
from tests.browser.page import ChatPage
from tests.support import programs

README = programs.ROOT / ".github"
SCREENS = programs.ROOT / ".quickcart" / "screens"
LASTS_S = 1800
#: Pixels, as the README shows them.
PHONE_WIDTH, GAP, EDGE_COLOR, COLORS = 330, 16, "#d5dbe3", 192


def main() -> int:
    with tempfile.TemporaryDirectory() as place, programs.demo(Path(place), LASTS_S) as demo:
        chat, web = programs.opened(demo)
        secrets = json.loads((Path(place) / programs.STATE / "secrets.json").read_text())
        with window() as browser:
            whole(browser, chat)
        with window() as browser:
            ways(browser, chat)
        with window() as browser:
            enters(browser, web, secrets["OPS_PASSWORD"])
            operators(browser, web)
            for language in languages.NAMES:
                screens.walk_the_page(browser, web, SCREENS, language)
        missing: list[str] = []
        for language in languages.NAMES:
            for walk in (screens.walk_as_buyers, screens.walk_as_admin):
                with window() as browser:
                    missing += walk(ChatPage(browser, chat).on_a_phone(), SCREENS, language)
    for each in missing:
        print(f"no picture of {each}: nothing came of the step", file=sys.stderr)
    return bool(missing)


@contextmanager
def window() -> Iterator[WebDriver]:
    browser = opened()
    if browser is None:
        sys.exit("Chromium and its chromedriver are needed; neither is installed with the rest.")
    with browser:
        # The shop's times are those of western Indonesia, and so are the page's.
        zone = {"timezoneId": "Asia/Jakarta"}
        browser.execute_cdp_cmd("Emulation.setTimezoneOverride", zone)  # type: ignore[attr-defined]
        yield browser


def whole(browser: WebDriver, url: str) -> None:
    """Somebody has bought: the goods in the chat, and the way there in the trail."""
    browser.set_window_size(1440, 1040)
    chat = ChatPage(browser, url).as_someone_new().starts()
    screens.to_qr(chat).follows_to_payment().pays("Bayar").goes_back()
    chat.sees("@contoh.example").settles().unfolds("Dibayar")
    browser.find_element(By.ID, "keyboard-button").click()
    chat.settles()
    save(Image.open(io.BytesIO(browser.get_screenshot_as_png())), README / "demo.png")


def ways(browser: WebDriver, url: str) -> None:
    """What is for sale, one of them, its QR, and the goods."""
    chat = ChatPage(browser, url).on_a_phone(scale=2).as_someone_new().starts()
    chat.taps(keyboards.CATEGORIES).taps("Streaming")
    shots = [shot(chat)]
    chat.taps("Netflix").shows_picture().folds_the_keyboard()
    shots.append(shot(chat))
    chat.taps(keyboards.TO_PAYMENT).taps(keyboards.QRIS).sees("TRX").shows_picture().folds_the_keyboard()
    shots.append(shot(chat))
    chat.follows_to_payment().pays("Bayar").goes_back().sees("@contoh.example").folds_the_keyboard()
    shots.append(shot(chat))
    save(beside(shots), README / "screens.png")


def enters(browser: WebDriver, web: str, password: str) -> None:
    """The admin, through the form."""
    page = ChatPage(browser, f"{web}/ops").on_a_phone(scale=2)
    for name, text in (("admin", str(ADMIN_ID)), ("password", password)):
        browser.find_element(By.NAME, name).send_keys(text)
    page.pays("Masuk")
    page.wait.until(lambda _: "24 jam terakhir" in browser.page_source)


def operators(browser: WebDriver, web: str) -> None:
    """What needs a look, a payment that contradicts its order, the money."""
    page = ChatPage(browser, f"{web}/ops").on_a_phone(scale=2)
    shots = [shot(page)]
    browser.get(f"{web}/ops/money")
    doubtful = browser.find_element(By.CSS_SELECTOR, "a[href*='/ops/orders/TRX']").get_attribute("href")
    for address in (str(doubtful), f"{web}/ops/money"):
        browser.get(address)
        shots.append(shot(page))
    save(beside(shots), README / "ops.png")


def shot(chat: ChatPage) -> Image.Image:
    chat.settles()
    return Image.open(io.BytesIO(chat.window.get_screenshot_as_png())).convert("RGB")


def beside(shots: list[Image.Image]) -> Image.Image:
    height = PHONE_WIDTH * shots[0].height // shots[0].width
    row = Image.new("RGB", (len(shots) * (PHONE_WIDTH + GAP) + GAP, height + 2 * GAP), EDGE_COLOR)
    for number, each in enumerate(shots):
        small = each.resize((PHONE_WIDTH, height), Image.Resampling.LANCZOS)
        row.paste(small, (GAP + number * (PHONE_WIDTH + GAP), GAP))
    return row


def save(picture: Image.Image, path: Path) -> None:
    """Small enough for a README."""
    picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
