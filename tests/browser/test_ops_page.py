"""Bob runs the shop from a browser, with the width of a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from app.backoffice import backups, verifications
from app.backoffice.alerts import incidents
from app.backoffice.alerts.reading import Reading, Rule
from app.infra.queue import dead
from app.ops.page import router
from app.sales import settlement, strays
from models import Order, Outbox, utcnow
from tests.support import broken, given
from tests.support.given import BOB, CHARLIE, RINA
from tests.support.operator import PASSWORD
from tests.support.receivers import served

WAIT_S = 20


class OpsPage:
    """By what can be seen and pressed; every press waits for the page that follows."""

    def __init__(self, window: WebDriver, url: str) -> None:
        self.window, self.url, self.taps = window, url, 0
        window.set_window_size(375, 800)
        window.get(f"{url}/ops")

    def types(self, name: str, text: str, form: str = "/ops") -> OpsPage:
        box = self.window.find_element(By.CSS_SELECTOR, f'form[action*="{form}"] [name="{name}"]')
        box.click()
        self.taps += 1
        box.clear()
        box.send_keys(text)
        return self

    def presses(self, label: str) -> OpsPage:
        before = self.window.find_element(By.TAG_NAME, "html").id
        self.window.find_element(By.XPATH, f"//button[contains(., '{label}')]").click()
        self.taps += 1
        wait = WebDriverWait(self.window, WAIT_S)
        wait.until(lambda window: window.find_element(By.TAG_NAME, "html").id != before)
        return self

    def logs_in(self, password: str = PASSWORD) -> OpsPage:
        return self.types("admin", "@bob").types("password", password).presses("Masuk")

    def searches(self, words: str) -> OpsPage:
        self.window.get(f"{self.url}/ops/orders")
        return self.types("q", words).presses("Cari")

    @property
    def text(self) -> str:
        return self.window.find_element(By.TAG_NAME, "body").text

    def fits(self) -> bool:
        """Nobody has to scroll sideways."""
        return bool(
            self.window.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        )


@pytest.fixture
def page(window: WebDriver, database: object, valkey: object) -> Iterator[OpsPage]:
    given.person(BOB, "Bob")
    with served() as web:
        yield OpsPage(window, str(web.base_url).rstrip("/"))


@pytest.mark.slow
def test_an_operator_repairs_the_shop_from_the_phone(page: OpsPage):
    delivered, doubtful = broken.delivered(), given.order(RINA)
    settlement.settle(doubtful.id, given.status(doubtful, amount=24_000))

    page.logs_in().searches(f"PKS-{delivered.invoice}").presses("Kirim Ulang")
    assert "sedang dikirim ulang" in page.text
    assert len(given.promised("deliver_order")) == 1

    page.window.get(f"{page.url}/ops/orders")
    assert page.fits()
    page.searches(doubtful.invoice).types("amount", "24000", "accept")
    page.types("reason", "terlihat di dasbor", "accept").presses("Terima pembayaran")
    assert "Pembayaran diterima" in page.text
    assert given.state(doubtful) == Order.PAID
    assert page.fits()

    dead.record("job-1", "show_paid", "default", [delivered.id], ValueError("Telegram is on fire"))
    page.window.get(f"{page.url}/ops/products")
    assert page.fits()
    page.window.get(f"{page.url}/ops/failed")
    page.presses("Ulangi").presses("Ya, ulangi")
    assert "1 diulang" in page.text
    assert page.fits()

    page.presses("Keluar").window.get(f"{page.url}/ops/orders")
    assert doubtful.invoice not in page.text


@pytest.mark.slow
def test_whether_it_arrived_is_answered_and_mended_in_three_taps(page: OpsPage):
    order = broken.paid()
    Outbox.delete().execute()
    dead.record("job-1", "deliver_order", "money", [order.id], ValueError("Telegram is on fire"))
    page.logs_in().taps = 0

    page.types("q", order.invoice).presses("Cari")
    assert "Belum sampai" in page.text
    assert "Telegram is on fire" in page.text
    page.presses("Kirim Ulang")

    assert "sedang dikirim ulang" in page.text
    assert len(given.promised("deliver_order")) == 1
    assert page.taps == 3
    assert page.fits()


@pytest.mark.slow
def test_no_screen_is_wider_than_a_phone_or_breaks_the_rules_that_it_came_with(page: OpsPage):
    fill_the_shop()
    page.logs_in()

    wide = []
    for path in (path for path in router.SCREENS if path != "/ops/login"):
        page.window.get(f"{page.url}{path}")
        if not page.fits():
            wide.append(path)

    assert wide == []
    said = [entry["message"] for entry in page.window.get_log("browser")]
    assert [each for each in said if "favicon.ico" not in each] == []


def fill_the_shop() -> None:
    """Something on each screen."""
    order = broken.delivered()
    given.person(CHARLIE, "Charlie Wijaya Kusuma Atmaja")
    doubtful = given.order(CHARLIE)
    settlement.settle(doubtful.id, given.status(doubtful, amount=24_000))
    dead.record("job-1", "deliver_order", "money", [order.id], ValueError("Telegram is on fire " * 9))
    strays.note("TRX20260301LOSTLOSTLOST22", "PKS1" * 8)
    verifications.note(utcnow(), ["invariant 3: user:7: its balance is 5, but its ledger says 0 " * 3])
    manifest = {"counts": {"orders": 1_234_567}}
    made = {"name": "quickcart-20261126-020000.tar.age", "bytes": 12_340_000, "parts": 2, "chat_id": -100}
    backups.note_made({"at": utcnow().isoformat(), "manifest": manifest, "folder": "/var/kept", **made})
    incidents.judge(Rule("redis_full", lambda: None), Reading(True, False, {"percent": 91}))


@pytest.mark.slow
def test_whoever_guesses_is_stopped(page: OpsPage):
    for _ in range(5):
        page.logs_in("wrong-password")
    assert "belum tepat" in page.text

    page.logs_in()

    assert "Terlalu banyak percobaan" in page.text
    assert page.window.get_cookies() == []
