"""A real Chromium in front of the real demo. Without a browser on the machine these tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser import chromium
from tests.browser.page import ChatPage
from tests.support import databases, programs

#: All tests with a browser share one demo, which would otherwise go on working beside all that follow.
SESSION_S = 900


@pytest.fixture(scope="package")
def demo() -> Iterator[tuple[str, str]]:
    """As `make demo` starts it, with a state folder of its own: the addresses of the chat and of `web`."""
    with databases.short_lived_folder() as folder, programs.demo(folder, SESSION_S) as process:
        yield programs.opened(process)


@pytest.fixture
def window() -> Iterator[WebDriver]:
    window = chromium.opened()
    if window is None:
        pytest.skip("no Chromium with its driver on this machine")
    with window:
        yield window


@pytest.fixture
def chat(demo: tuple[str, str], window: WebDriver) -> ChatPage:
    return ChatPage(window, demo[0])
