"""The Chromium of this machine, with the driver that belongs to it."""

from __future__ import annotations

import shutil

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

#: Nothing that a browser does behind the scenes reaches out.
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1440,900"
)


def opened() -> webdriver.Chrome | None:
    """None without a browser on this machine."""
    browser, driver = shutil.which("chromium") or shutil.which("chrome"), shutil.which("chromedriver")
    if not browser or not driver:
        return None
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in QUIET.split():
        options.add_argument(flag)
    options.add_argument("--accept-lang=id-ID")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))
