"""How well every text on a page stands out from what is behind it, by WCAG 2."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver.remote.webdriver import WebDriver

LEAST = 4.5

_SCRIPT = Path(__file__).with_suffix(".js").read_text()


def weak(window: WebDriver) -> list[str]:
    """The texts that do not stand out enough, each with its ratio."""
    found: list[str] = window.execute_script(_SCRIPT, LEAST)
    return found
