"""`make pictures`: those of the README, and every screen of a buyer in both languages, from the running demo.

.github/demo.png       the whole: a chat, and beside it what happens inside
.github/screens.png    a buyer's way on a phone
.github/ops.png        the operators' page on a phone
.quickcart/screens/    a buyer's screens on a phone, to be looked at; not committed
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from app.bot.toolkit import keyboards
from app.sandbox.chat.people import ADMIN_ID
from app.texts import languages
from tests.browser.chromium import opened
from tests.browser.page import ChatPage
from tests.support import programs

README = programs.ROOT / ".github"
SCREENS = programs.ROOT / ".quickcart" / "screens"
LASTS_S = 1800
#: Pixels, as the README shows them.
PHONE_WIDTH, GAP, EDGE_COLOR, COLORS = 330, 16, "#d5dbe3", 192

Step = tuple[str, Callable[[ChatPage], ChatPage]]


def main() -> int:
    with tempfile.TemporaryDirectory() as place, programs.demo(Path(place), LASTS_S) as demo:
        chat, web = programs.opened(demo)
        secrets = json.loads((Path(place) / programs.STATE / "secrets.json").read_text())
        with window() as browser:
            whole(browser, chat)
        with window() as browser:
            operators(browser, web, secrets["OPS_PASSWORD"])
        with window() as browser:
            ways(browser, chat)
        for language in languages.NAMES:
            with window() as browser:
                screens(browser, chat, language)
    return 0


@contextmanager
def window() -> Iterator[WebDriver]:
    browser = opened()
    if browser is None:
        sys.exit("Chromium and its chromedriver are needed; neither is installed with the rest.")
    with browser:
        yield browser


def whole(browser: WebDriver, url: str) -> None:
    """Somebody has bought: the goods in the chat, and the way there in the trail."""
    browser.set_window_size(1440, 1040)
    chat = ChatPage(browser, url).as_someone_new().starts()
    to_qr(chat).shows_picture().follows_to_payment().pays("Bayar").goes_back()
    chat.sees("@contoh.example").settles().unfolds("Dibayar")
    browser.find_element(By.ID, "keyboard-button").click()
    chat.settles()
    save(Image.open(io.BytesIO(browser.get_screenshot_as_png())), README / "demo.png")


def ways(browser: WebDriver, url: str) -> None:
    """What is for sale, one of them, its QR, and the goods."""
    chat = ChatPage(browser, url).on_a_phone(scale=2).as_someone_new().starts()
    chat.taps(keyboards.CATEGORIES).taps("Streaming")
    shots = [shot(chat)]
    chat.taps("Netflix").shows_picture()
    shots.append(shot(chat))
    chat.taps(keyboards.TO_PAYMENT).taps(keyboards.QRIS).shows_picture()
    shots.append(shot(chat))
    chat.follows_to_payment().pays("Bayar").goes_back().sees("@contoh.example")
    shots.append(shot(chat))
    save(beside(shots), README / "screens.png")


def operators(browser: WebDriver, web: str, password: str) -> None:
    """What needs a look, a payment that contradicts its order, the money."""
    page = ChatPage(browser, f"{web}/ops").on_a_phone(scale=2)
    for name, text in (("admin", str(ADMIN_ID)), ("password", password)):
        browser.find_element(By.NAME, name).send_keys(text)
    page.pays("Masuk")
    page.wait.until(lambda _: "24 jam terakhir" in browser.page_source)
    shots = [shot(page)]
    browser.get(f"{web}/ops/money")
    doubtful = browser.find_element(By.CSS_SELECTOR, "a[href*='/ops/orders/TRX']").get_attribute("href")
    for address in (str(doubtful), f"{web}/ops/money"):
        browser.get(address)
        shots.append(shot(page))
    save(beside(shots), README / "ops.png")


def screens(browser: WebDriver, url: str, language: str) -> None:
    """One picture a screen, numbered in the order in which buyers come to them: one buys, one looks around,
    so that the shop thinks nobody too fast."""
    folder = SCREENS / language
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for steps in (shopping, looking_around):
        chat = ChatPage(browser, url).on_a_phone().as_someone_new().starts().settles()
        chat.presses(keyboards.ACCOUNT).taps(keyboards.LANGUAGE).taps(languages.NAMES[language]).settles()
        with languages.speaking(language):
            for name, step in steps():
                number += 1
                step(chat).settles().picture(folder / f"{number:02}-{name}.png")


def taps(label: str) -> Callable[[ChatPage], ChatPage]:
    return lambda chat: chat.taps(label)


def presses(label: str) -> Callable[[ChatPage], ChatPage]:
    return lambda chat: chat.presses(label)


def writes(text: str) -> Callable[[ChatPage], ChatPage]:
    return lambda chat: chat.writes(text)


def shopping() -> list[Step]:
    return [
        ("home", writes("/start")),
        ("best", taps(keyboards.BEST.said())),
        ("stock", presses(keyboards.STOCK.said())),
        ("categories", presses(keyboards.LIST.said())),
        ("category", taps("Streaming")),
        ("product", taps("Netflix")),
        ("summary", taps(keyboards.TO_PAYMENT.said())),
        ("qr", taps(keyboards.QRIS.said())),
        ("status", taps(keyboards.STATUS.said())),
        ("cancelled", taps(keyboards.CANCEL.said())),
        ("bought", buys),
        ("order", taps(keyboards.OPEN_ORDER.said())),
    ]


def looking_around() -> list[Step]:
    return [
        ("everything", lambda chat: chat.writes("/start").settles().taps(keyboards.EVERYTHING.said())),
        ("sold-out", writes("WeTV")),
        ("account", presses(keyboards.ACCOUNT.said())),
        ("history", taps(keyboards.HISTORY.said())),
        (
            "deposit",
            lambda chat: chat.presses(keyboards.ACCOUNT.said()).settles().taps(keyboards.DEPOSIT.said()),
        ),
        ("account-again", presses(keyboards.ACCOUNT.said())),
        ("languages", taps(keyboards.LANGUAGE.said())),
        ("write", presses(keyboards.WRITE.said())),
        ("help", writes("/help")),
        ("my-data", writes("/mydata")),
        ("forget-me", writes("/forgetme")),
        ("not-found", writes("qwertyuiop")),
    ]


def buys(chat: ChatPage) -> ChatPage:
    to_qr(chat.writes("/start")).shows_picture().follows_to_payment().pays("Bayar").goes_back()
    return chat.sees("@contoh.example")


def to_qr(chat: ChatPage) -> ChatPage:
    """From the first screen, in the language that is spoken."""
    chat.taps(keyboards.CATEGORIES.said()).taps("Streaming").taps("Netflix")
    return chat.taps(keyboards.TO_PAYMENT.said()).taps(keyboards.QRIS.said())


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
