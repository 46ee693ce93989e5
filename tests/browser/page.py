"""The chat page as a person uses it: by what can be seen and pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WAIT_S = 60


class ChatPage:
    """Every verb waits until what it needs is there, and returns the page for the next one."""

    def __init__(self, window: WebDriver, url: str) -> None:
        # Chats redraw under the mouse: whatever is gone or covered is looked for again.
        self.window = window
        self.wait = WebDriverWait(window, WAIT_S, ignored_exceptions=[WebDriverException])
        window.get(url)

    def as_someone_new(self) -> Self:
        """Another buyer, so that tests do not meet in one chat."""
        people = len(self._rows())
        self._click(By.ID, "add-buyer")
        self.wait.until(lambda _: len(self._rows()) > people)
        return self

    def starts(self) -> Self:
        return self._click(By.ID, "start")

    def taps(self, label: str) -> Self:
        """The newest inline button with this label, whatever emoji stands before it."""
        return self._click(
            By.XPATH, f"(//article//div[@class='inline-row']/button[contains(., '{label}')])[last()]"
        )

    def presses(self, label: str) -> Self:
        """A button of the reply keyboard."""
        return self._click(By.XPATH, f"//footer//button[contains(., '{label}')]")

    def sees(self, text: str) -> Self:
        self.wait.until(
            lambda _: any(text in bubble.text for bubble in self._bubbles()), f"nobody said {text!r}"
        )
        return self

    def follows_to_payment(self) -> Self:
        """Press the link under the QR and go on in the window that opens."""
        known = set(self.window.window_handles)
        self.taps("Checkout Page")
        self.wait.until(lambda _: set(self.window.window_handles) - known)
        self.window.switch_to.window((set(self.window.window_handles) - known).pop())
        return self

    def pays(self, button: str) -> Self:
        return self._click(By.XPATH, f"//button[contains(., '{button}')]")

    def goes_back(self) -> Self:
        self.window.switch_to.window(self.window.window_handles[0])
        return self

    def shows_picture(self) -> Self:
        """The newest photo has really been loaded."""
        loaded = (
            "const all = document.querySelectorAll('article img'); const last = all[all.length - 1];"
            " return Boolean(last && last.complete && last.naturalWidth > 100)"
        )
        self.wait.until(lambda _: self.window.execute_script(loaded), "no picture came")
        return self

    def trail(self) -> str:
        return self.window.find_element(By.CLASS_NAME, "trail").text

    def complaints(self) -> list[str]:
        """What the browser's console holds against the page."""
        entries = self.window.get_log("browser")
        return [entry["message"] for entry in entries if entry["level"] in {"SEVERE", "WARNING"}]

    def picture(self, path: Path) -> Self:
        self.window.save_screenshot(str(path))
        return self

    def _rows(self) -> list[WebElement]:
        return self.window.find_elements(By.CSS_SELECTOR, "#people .row")

    def _bubbles(self) -> list[WebElement]:
        return self.window.find_elements(By.CSS_SELECTOR, "#messages article")

    def _click(self, by: str, value: str) -> Self:
        self.wait.until(lambda window: _pressed(window.find_element(by, value)), f"nothing to press: {value}")
        return self


def _pressed(element: WebElement) -> bool:
    element.click()
    return True
