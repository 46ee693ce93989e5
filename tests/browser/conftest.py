"""A real Chromium in front of the real demo. Without a browser on the machine these tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.page import ChatPage
from tests.support import programs

#: Nothing that a browser does behind the scenes reaches out.
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1440,900"
)

#: All tests with a browser share one demo.
SESSION_S = 900


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """As `make demo` starts it, with a state folder of its own: the addresses of the chat and of `web`."""
    with programs.demo(tmp_path_factory.mktemp("demo"), SESSION_S) as process:
        yield programs.opened(process)


@pytest.fixture
def window() -> Iterator[WebDriver]:
    browser, driver = shutil.which("chromium") or shutil.which("chrome"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("no Chromium with its driver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in QUIET.split():
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as window:
        yield window


@pytest.fixture
def chat(demo: tuple[str, str], window: WebDriver) -> ChatPage:
    return ChatPage(window, demo[0])
