"""Every screen of a buyer, of an admin and of the operators' page, as pictures to be looked at.

`{language}-{who}-{number}-{name}.png`, in the order in which people come to them; `ops` is the page on
a phone, `ops-desk` on a desk.
Messages that are higher than a phone are taken whole.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from app.bot.toolkit import keyboards as k
from app.ops.page import cookies
from app.texts import languages
from app.texts.html import Label
from tests.browser.page import PHONE, ChatPage

Step = tuple[str, Callable[[ChatPage], object]]
DESKTOP = (1280, 900)


class Album:
    """The pictures of one walk, numbered."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.name, self.number = folder, name, 0
        self.missing: list[str] = []

    def path(self, name: str) -> Path:
        self.number += 1
        return self.folder / f"{self.name}-{self.number:02}-{name}.png"

    def takes(self, chat: ChatPage, steps: list[Step]) -> None:
        """Of a step that leads nowhere, where it got stuck; the others follow."""
        for name, step in steps:
            try:
                chat.answered(lambda step=step: step(chat))  # type: ignore[misc]
            except TimeoutException:
                self.missing.append(f"{self.name} {name}")
            chat.folds_the_keyboard().shows_the_newest_whole().picture(self.path(name))
            chat.on_a_phone().has_read()


def walk_as_buyers(chat: ChatPage, folder: Path, language: str) -> list[str]:
    """One after the other, so that the shop thinks nobody too fast. What is missing."""
    album = Album(folder, f"{language}-buyer")
    for steps in (shopping, looking_around, paying_otherwise, needing_help):
        chat.as_someone_new().starts().settles()
        _speaks(chat, language)
        with languages.speaking(language):
            album.takes(chat, steps())
    return album.missing


def walk_as_admin(chat: ChatPage, folder: Path, language: str) -> list[str]:
    """After buyers: there are orders, a claim, and words to answer. What is missing."""
    album = Album(folder, f"{language}-admin")
    chat.as_the("Admin").settles()
    _speaks(chat, language)
    with languages.speaking(language):
        for steps in (running_the_shop, looking_after_orders, keeping_goods, talking_to_people):
            album.takes(chat, steps(chat))
    _speaks(chat, languages.INDONESIAN)
    return album.missing


def walk_the_page(browser: WebDriver, web: str, folder: Path, language: str) -> None:
    """All of each page, however long, on a phone and on a desk; somebody has logged in."""
    browser.get(f"{web}/ops")
    browser.add_cookie({"name": cookies.LANGUAGE, "value": language, "path": cookies.PATH})
    for who, (width, height) in (("ops", PHONE), ("ops-desk", DESKTOP)):
        album = Album(folder, f"{language}-{who}")
        for name, path in (*PAGES.items(), *_found(browser, web)):
            browser.get(f"{web}{path}")
            album.path(name).write_bytes(whole(browser, width, height))


PAGES = {
    "now": "/ops",
    "orders": "/ops/orders",
    "failed": "/ops/failed",
    "jobs": "/ops/jobs",
    "money": "/ops/money",
    "products": "/ops/products",
    "alerts": "/ops/alerts",
    "audit": "/ops/audit",
    "upkeep": "/ops/upkeep",
    "nothing": "/ops/nowhere",
}


def _found(browser: WebDriver, web: str) -> list[tuple[str, str]]:
    """One of each that a list leads to."""
    found = []
    for name, path, link in (
        ("order", "/ops/orders?show=all", "a[href*='/ops/orders/TRX']"),
        ("contradicting", "/ops/money", "a[href*='/ops/orders/TRX']"),
    ):
        browser.get(f"{web}{path}")
        if links := browser.find_elements(By.CSS_SELECTOR, link):
            found.append((name, str(links[0].get_attribute("href")).removeprefix(web)))
    return found


def whole(browser: WebDriver, width: int, height: int) -> bytes:
    shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < height}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)  # type: ignore[attr-defined]
    beyond = {"captureBeyondViewport": True, "format": "png"}
    box = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]  # type: ignore[attr-defined]
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", beyond | {"clip": box | {"scale": 1}})  # type: ignore[attr-defined]
    return base64.b64decode(shot["data"])


def _speaks(chat: ChatPage, language: str) -> None:
    """Whatever is spoken now."""
    chat.answered(lambda: chat.writes("/akun"))
    chat.answered(lambda: chat.taps(*languages.in_all(k.LANGUAGE)))
    chat.answered(lambda: chat.taps(languages.NAMES[language]))


def taps(label: Label | str) -> Callable[[ChatPage], ChatPage]:
    said = label.said() if isinstance(label, Label) else label
    return lambda chat: chat.taps(said)


def presses(label: Label) -> Callable[[ChatPage], ChatPage]:
    said = label.said()
    return lambda chat: chat.presses(said)


def writes(text: str) -> Callable[[ChatPage], ChatPage]:
    return lambda chat: chat.writes(text)


def shopping() -> list[Step]:
    return [
        ("home", writes("/start")),
        ("best", taps(k.BEST)),
        ("buyers", taps(k.TOP_BUYERS)),
        ("stock", writes(k.STOCK.said())),
        ("categories", writes(k.LIST.said())),
        ("category", taps("Streaming")),
        ("product", taps("Netflix")),
        ("more", taps("+2")),
        ("summary", taps(k.TO_PAYMENT)),
        ("qr", lambda chat: chat.taps(k.QRIS.said()).sees("TRX")),
        ("status", taps(k.STATUS)),
        ("cancelled", taps(k.CANCEL)),
        ("bought", buys),
        ("rated", taps("5 ⭐")),
        ("reviewed", writes("Cepat sekali, mantap!")),
        ("order", taps(k.OPEN_ORDER)),
        ("goods", taps(k.GOODS)),
    ]


def looking_around() -> list[Step]:
    """Who forgets here has no claim that would end with it: those are for the admin."""
    return [
        ("everything", lambda chat: chat.writes("/start").settles().taps(k.EVERYTHING.said())),
        ("page-2", taps("1/")),
        ("found", writes("premium")),
        ("sold-out", writes("WeTV")),
        ("shared", writes("Disney")),
        ("account", writes(k.ACCOUNT.said())),
        ("name", taps(k.EDIT_NAME)),
        ("name-changed", writes("Rina <3 & Budi")),
        ("email", lambda chat: chat.taps(k.EDIT_EMAIL.said())),
        ("email-wrong", writes("rina.contoh")),
        ("whatsapp", lambda chat: chat.writes(k.ACCOUNT.said()).settles().taps(k.EDIT_WHATSAPP.said())),
        ("history-empty", lambda chat: chat.writes(k.ACCOUNT.said()).settles().taps(k.HISTORY.said())),
        ("languages", lambda chat: chat.writes(k.ACCOUNT.said()).settles().taps(k.LANGUAGE.said())),
        ("help", writes("/help")),
        ("my-data", writes("/mydata")),
        ("refund-how", writes("/refund")),
        ("not-found", writes("qwertyuiop")),
        ("number-unknown", writes("9999")),
        ("forget-me", writes("/forgetme")),
        ("forgotten", taps(k.FORGET)),
    ]


def paying_otherwise() -> list[Step]:
    return [
        ("deposit", lambda chat: chat.writes(k.ACCOUNT.said()).settles().taps(k.DEPOSIT.said())),
        ("deposit-wrong", writes("seratus")),
        ("deposit-qr", taps("Rp25.000")),
        ("deposit-paid", pays),
        ("too-little", _to_balance),
        ("missing-qr", taps("Deposit Rp")),
        ("missing-paid", pays),
        ("paid-by-balance", taps(k.PAY)),
        ("history", lambda chat: chat.writes(k.ACCOUNT.said()).settles().taps(k.HISTORY.said())),
        ("voucher", _with_voucher),
        ("voucher-wrong", writes("ABCDE-99999")),
        ("one-open", _twice),
    ]


def needing_help() -> list[Step]:
    return [
        ("write", writes(k.WRITE.said())),
        ("written", writes("Kak, bisa untuk TV juga?")),
        ("bought", buys),
        ("skip", taps(k.SKIP)),
        ("skipped", taps(k.SKIP)),
        ("order", taps(k.OPEN_ORDER)),
        ("claim", taps(k.CLAIM)),
        ("claimed", writes("Kata sandinya ditolak sejak tadi malam.")),
        ("claimed-twice", lambda chat: chat.taps(k.OPEN_ORDER.said()).settles().taps(k.CLAIM.said())),
        ("refund", lambda chat: chat.writes(f"/reff {chat.invoice()}")),
    ]


def running_the_shop(chat: ChatPage) -> list[Step]:
    return [
        ("start", writes("/start")),
        ("help", writes("/help")),
        ("stats", lambda chat: chat.writes("/stats").shows_picture()),
        ("stock", writes("/stock")),
        ("lowstock", writes("/lowstock 5")),
        ("maintenance", writes("/maintenance")),
        ("maintenance-on", writes("/maintenance on")),
        ("maintenance-off", writes("/maintenance off")),
        ("version", writes("/version")),
        ("export", writes("/export")),
        ("exported", writes("/export 2026-11")),
        ("teks", writes("/teks")),
        ("teks-found", writes("/teks terima kasih")),
        ("teks-one", _first),
        ("teks-change", taps(k.CHANGE)),
        ("teks-wrong", writes("Hai {nama}")),
        ("channel", writes("/channel")),
        ("channel-set", writes("/channel @testimoni_toko")),
        ("testimoni", writes("/testimoni")),
        ("setformula", writes("/setformula")),
    ]


def looking_after_orders(chat: ChatPage) -> list[Step]:
    return [
        ("order-how", writes("/order")),
        ("order-unknown", writes("/order TRX20260101AAAAAA")),
        ("order-contradicting", lambda chat: chat.writes(f"/order {_doubtful()}")),
        ("accept", taps(k.ACCEPT)),
        ("refuse", lambda chat: chat.writes(f"/order {_doubtful()}").settles().taps(k.REFUSE.said())),
        ("pending", writes("/pending")),
        ("claims", writes("/klaim")),
        ("claim", taps("#")),
        ("claim-refuse", taps(k.REFUSE)),
        ("claim-refund", lambda chat: _claim(chat).taps(k.GIVE_MONEY.said())),
        ("claim-replaced", lambda chat: _claim(chat).taps(k.REPLACE.said())),
        ("order", taps(k.SEE_ORDER)),
        ("resend", taps(k.RESEND)),
        ("resent", taps(k.RESEND_ONLY)),
        ("give-back", _gives_back),
        ("dead", writes("/dead")),
        ("dead-group", taps("1.")),
    ]


def keeping_goods(chat: ChatPage) -> list[Step]:
    new = 777 + [*languages.NAMES].index(languages.spoken())  # a number is used once
    return [
        ("add-how", writes("/add")),
        ("add", writes(f"/add {new}|Iflix 1 Bulan|Streaming|25000|Akun privat")),
        ("add-again", writes(f"/add {new}|Iflix 1 Bulan|Streaming|25000|Akun privat")),
        ("addstock-how", writes("/addstock")),
        ("addstock", writes(f"/addstock {new}|satu@contoh.id;rahasia")),
        ("addstock-undone", taps(k.UNDO)),
        ("addfile-how", writes("/addfile")),
        ("garansi", writes(f"/garansi {new}|30")),
        ("slot", writes(f"/slot {new}|5")),
        ("disc", writes(f"/disc {new}|10%")),
        ("disc-wrong", writes(f"/disc {new}|200%")),
        ("discat", writes("/discat Streamin|15%")),
        ("priceress-wrong", writes(f"/priceress {new}|45000")),
        ("editprice", writes(f"/editprice {new}|30rb")),
        ("editname", writes(f"/editname {new}|Iflix Premium")),
        ("photo", writes(f"/photo {new}")),
        ("delstock", writes("/delstock 101|99999999")),
        ("exportstock", writes("/exportstock 502")),
        ("delallstock", writes("/delallstock 502")),
        ("del", writes(f"/del {new}")),
    ]


def talking_to_people(chat: ChatPage) -> list[Step]:
    return [
        ("info-how", writes("/info")),
        ("info", writes("/info @sari_w")),
        ("orders-of", taps(k.ORDERS_OF)),
        ("write", lambda chat: chat.writes("/info @sari_w").settles().taps(k.WRITE_TO.said())),
        ("add-balance", lambda chat: chat.writes("/info @sari_w").settles().taps(k.ADD_BALANCE.said())),
        ("ban", lambda chat: chat.writes("/info @sari_w").settles().taps(k.BAN.said())),
        ("banned", taps(k.CONFIRM_BAN)),
        ("unban", writes("/unban @sari_w")),
        ("pm", writes("/pm @sari_w|Halo, akunmu sudah diganti.")),
        ("transfer", writes("/transfer @sari_w|50rb")),
        ("editbalance", writes("/editbalance @sari_w|75000")),
        ("addreseller", writes("/addreseller @sari_w")),
        ("rmress", writes("/rmress @sari_w")),
        ("rmadmin", writes("/rmadmin @admin_toko")),
        ("giveaway", writes("/giveaway 10000|3")),
        ("given", taps(k.CONFIRM_VOUCHERS)),
        ("broadcast", writes("/broadcast Promo akhir pekan: semua Netflix diskon 10%!")),
        ("broadcast-on", taps(k.SEND)),
        ("whitelist", writes("/whitelist")),
        ("rm", writes("/rm")),
    ]


def buys(chat: ChatPage) -> ChatPage:
    """From the first screen, in the language that is spoken, to the goods."""
    to_qr(chat.writes("/start").settles())
    return pays(chat).sees("@contoh.example")


def to_qr(chat: ChatPage) -> ChatPage:
    chat.taps(k.CATEGORIES.said()).taps("Streaming").taps("Netflix")
    return chat.taps(k.TO_PAYMENT.said()).taps(k.QRIS.said()).shows_picture()


def pays(chat: ChatPage) -> ChatPage:
    return chat.shows_picture().follows_to_payment().pays("Bayar").goes_back()


def _to_balance(chat: ChatPage) -> ChatPage:
    return chat.writes("101").taps(k.TO_PAYMENT.said()).taps(k.BALANCE.said())


def _twice(chat: ChatPage) -> ChatPage:
    """A second purchase while the first one waits."""
    chat.writes("102").settles().taps(k.TO_PAYMENT.said()).settles().taps(k.QRIS.said()).shows_picture()
    return chat.settles().writes("103").settles().taps(k.TO_PAYMENT.said()).settles().taps(k.QRIS.said())


def _with_voucher(chat: ChatPage) -> ChatPage:
    return chat.writes("102").settles().taps(k.TO_PAYMENT.said()).settles().taps(k.VOUCHER.said())


def _claim(chat: ChatPage) -> ChatPage:
    return chat.writes("/klaim").settles().taps("#").settles()


def _gives_back(chat: ChatPage) -> ChatPage:
    return chat.writes(f"/order {chat.invoice()}").settles().taps(k.GIVE_BACK.said())


def _first(chat: ChatPage) -> ChatPage:
    first = (By.CSS_SELECTOR, ".inline-row button")
    chat.wait.until(lambda _: chat.bubbles[-1].find_elements(*first), "no button")[0].click()
    return chat


def _doubtful() -> str:
    """The order whose payment contradicts it, since the demo was opened."""
    return f"TRX{datetime.now(UTC):%Y%m%d}BEDA22"
