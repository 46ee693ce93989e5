"""The chat page as a person uses it: by what can be seen and pressed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Self

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WAIT_S = 60
#: What a usual one shows, in CSS pixels.
PHONE = (390, 844)


class ChatPage:
    """Every verb waits until what it needs is there, and returns the page for the next one."""

    def __init__(self, window: WebDriver, url: str) -> None:
        # Chats redraw under the mouse: whatever is gone or covered is looked for again.
        self.window = window
        self.wait = WebDriverWait(window, WAIT_S, ignored_exceptions=[WebDriverException])
        window.get(url)

    def on_a_phone(self, width: int = PHONE[0], height: int = PHONE[1], scale: int = 1) -> Self:
        """As wide and high as a phone shows it; less high while its own keyboard is open."""
        shape = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": True}
        self.window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)  # type: ignore[attr-defined]
        return self

    def as_someone_new(self) -> Self:
        """Another buyer, so that tests do not meet in one chat."""
        people = len(self._rows())
        self._click(By.ID, "add-buyer")
        self.wait.until(lambda _: len(self._rows()) > people)
        return self

    def as_the(self, role: str) -> Self:
        """One of those who were there from the start, in their own chat."""
        return self._click(By.XPATH, f"//*[@id='people']//button[*[.='{role}']]")

    def writes(self, text: str) -> Self:
        self.window.find_element(By.ID, "text").send_keys(text + Keys.ENTER)
        return self

    def keys(self, *keys: str) -> Self:
        """Pressed one after the other, wherever the focus is."""
        ActionChains(self.window).send_keys(*keys).perform()
        return self

    def tabs_to(self, label: str, most: int = 10, within: str = ".inline") -> Self:
        """A few keys up the page from where the focus is, or down, to a button under a message."""
        said = f"const at = document.activeElement; return at.closest('{within}') ? at.innerText : ''"
        for at in range(3 * most):
            if label in self.window.execute_script(said):
                return self
            keys, tab = ActionChains(self.window), Keys.TAB
            up = at < most
            (
                keys.key_down(Keys.SHIFT).send_keys(tab).key_up(Keys.SHIFT) if up else keys.send_keys(tab)
            ).perform()
        raise AssertionError(f"no key leads to {label!r}")

    def follows_the_newest(self) -> Self:
        """The end of the conversation is on the screen, without anybody's hand."""
        at_end = (
            "const list = document.getElementById('messages');"
            " return list.scrollHeight - list.scrollTop - list.clientHeight < 2"
        )
        self.wait.until(lambda _: self.window.execute_script(at_end), "the newest message is not on screen")
        return self

    def starts(self) -> Self:
        return self._click(By.ID, "start")

    def taps(self, label: str, *others: str) -> Self:
        """The newest inline button with this label or another, whatever emoji stands before it."""
        named = " or ".join(f"contains(., '{each}')" for each in (label, *others))
        return self._click(By.XPATH, f"(//article//div[@class='inline-row']/button[{named}])[last()]")

    def presses(self, label: str) -> Self:
        """A button of the reply keyboard."""
        return self._click(By.XPATH, f"//footer//button[contains(., '{label}')]")

    def sees(self, text: str) -> Self:
        self.wait.until(
            lambda _: any(text in bubble.text for bubble in self.bubbles), f"nobody said {text!r}"
        )
        return self

    def follows_to_payment(self, *, by_keys: bool = False) -> Self:
        """Press the link under the QR and go on in the window that opens."""
        known = set(self.window.window_handles)
        if by_keys:
            self.tabs_to("Checkout Page").keys(Keys.ENTER)
        else:
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

    def rests_on_the_picture(self) -> Self:
        """The newest photo is wholly inside of the conversation, with nothing over it."""
        shown = (
            "const picture = [...document.querySelectorAll('article img')].at(-1);"
            " const seen = document.getElementById('messages').getBoundingClientRect();"
            " const { top, left, bottom, right } = picture.getBoundingClientRect();"
            " return top >= seen.top && bottom <= seen.bottom && left >= 0 && right <= innerWidth"
        )
        self.wait.until(lambda _: self.window.execute_script(shown), "the picture is not wholly on screen")
        return self

    def answered(self, act: Callable[[], object]) -> Self:
        """What the bot says or shows is no longer what it was before the act, and stays so."""
        before = self._said()
        act()
        self.wait.until(lambda _: self._said() != before, "the bot said nothing new")
        return self.settles()

    def _said(self) -> object:
        return self.window.execute_script(
            "return [...document.querySelectorAll('#messages article:not(.out)')]"
            ".map((each) => each.dataset.id + each.innerText + (each.querySelector('img')?.src ?? ''))"
        )

    def shows_the_newest_whole(self) -> Self:
        """However long it is: a phone as high as it takes, until it is a phone again."""
        missing = (
            "const view = document.getElementById('messages');"
            " const last = [...view.querySelectorAll('article')].at(-1);"
            " return Math.ceil(last.getBoundingClientRect().height + 12 - view.clientHeight)"
        )
        over = int(self.window.execute_script(missing))
        if over > 0:
            self.on_a_phone(height=PHONE[1] + over).settles()
        return self

    def has_read(self) -> Self:
        """An answer that stands over everything until somebody presses OK."""
        if self.window.find_element(By.ID, "alert").is_displayed():
            self._click(By.CSS_SELECTOR, "#alert button")
        return self

    def folds_the_keyboard(self) -> Self:
        """The bot's, which takes a third of a phone."""
        if self.window.find_element(By.ID, "keyboard").is_displayed():
            self._click(By.ID, "keyboard-button")
        return self

    def settles(self) -> Self:
        """Nothing moves any more, and no button waits."""
        calm = (
            "const done = arguments[0]; let last = ''; let since = 0; const look = () => {"
            " const now = (document.getElementById('messages') ?? document.body).innerHTML;"
            " if (now !== last || document.querySelector('.spinning')) { last = now; since = Date.now(); }"
            " if (Date.now() - since > 900) done(true); else setTimeout(look, 100); }; look();"
        )
        self.window.execute_async_script(calm)
        return self

    def unfolds(self, sentence: str) -> Self:
        """The newest chain of the trail that says so: what happened, line by line."""
        return self._click(By.XPATH, f"//button[contains(@class, 'chain-head')][contains(., '{sentence}')]")

    def sees_inside(self, sentence: str) -> Self:
        """In the trail."""
        trail = self.window.find_element(By.CLASS_NAME, "trail")
        self.wait.until(lambda _: sentence in trail.text, f"the trail does not say {sentence!r}")
        return self

    def complaints(self) -> list[str]:
        """What the browser's console holds against the page."""
        entries = self.window.get_log("browser")
        return [entry["message"] for entry in entries if entry["level"] in {"SEVERE", "WARNING"}]

    def picture(self, path: Path) -> Self:
        self.window.save_screenshot(str(path))
        return self

    def invoice(self, ending: str = "") -> str:
        """The newest that is to be read in the chat."""
        found = re.findall(rf"TRX\d{{8}}\w*{ending}\b", "\n".join(each.text for each in self.bubbles))
        return str(found[-1])

    def _rows(self) -> list[WebElement]:
        return self.window.find_elements(By.CSS_SELECTOR, "#people .row")

    @property
    def bubbles(self) -> list[WebElement]:
        return self.window.find_elements(By.CSS_SELECTOR, "#messages article")

    def _click(self, by: str, value: str) -> Self:
        self.wait.until(lambda window: _pressed(window.find_element(by, value)), f"nothing to press: {value}")
        return self


def _pressed(element: WebElement) -> bool:
    element.click()
    return True
