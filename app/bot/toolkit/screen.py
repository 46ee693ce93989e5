"""What a person is shown: text, buttons, perhaps a picture. Plain data; workers put it on the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from app.texts import html, languages
from app.texts.html import Label


@dataclass(frozen=True)
class Button:
    """An inline button: callback `data` (see callbacks.py), or a `url` to open."""

    label: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.label, Label):
            object.__setattr__(self, "label", self.label.said())


Rows = list[list[Button]]


@dataclass(frozen=True)
class Screen:
    """`text` is HTML. `menu` is the reply keyboard's labels, sent only with a new message.

    `photo` is a Telegram file id, or the bytes of a picture to upload. `sticker` is a file id, and then there
    is nothing else. `first` is sent before, but only where the screen becomes a new message.
    `fleeting`: not worth a new message when the one to change is gone. `order_id`: the order whose progress
    the message tells; it remembers which message that is. `batch_id`: the same for goods asked about.
    `silent`: without a sound, where it becomes a new message of text.
    `amount`: what would be paid by QRIS, so that the gateway's fee for it can be asked beforehand.
    """

    text: str = ""
    buttons: Rows = field(default_factory=list)
    menu: list[list[str]] | None = None
    photo: str | bytes | None = None
    sticker: str | None = None
    first: Screen | None = None
    fleeting: bool = False
    silent: bool = False
    amount: int | None = None
    order_id: int | None = None
    batch_id: int | None = None

    @property
    def fits(self) -> bool:
        """Whether Telegram takes so much text, here and before it."""
        most = html.CAPTION if self.photo else html.MESSAGE
        is_short = len(self.text) * 2 <= most or html.units(html.unmarked(self.text)) <= most
        return is_short and (self.first is None or self.first.fits)

    @property
    def depth(self) -> int:
        """How many messages are sent before it."""
        return self.first.depth + 1 if self.first else 0

    def after(self, sent: int) -> Screen:
        """What is left to send when so many of them are in the chat."""
        if self.first is None or sent <= 0:
            return self
        return replace(self, first=None if sent >= self.depth else self.first.after(sent))

    def markup(self) -> dict[str, Any] | None:
        """The Bot API's reply_markup. Inline buttons win, since a message carries one keyboard."""
        if self.buttons:
            rows = [[_wire(button) for button in row] for row in self.buttons]
            return {"inline_keyboard": rows}
        if self.menu is not None:
            keys = [[{"text": label} for label in row] for row in self.menu]
            # Not persistent: such a one opens by itself whenever the other keyboard closes, over a QR too.
            return {"keyboard": keys, "resize_keyboard": True}
        return None


def fitting(draw: Callable[[], Screen]) -> Screen:
    """As the owner words it; in our words where that is more than Telegram takes."""
    screen = draw()
    if screen.fits:
        return screen
    with languages.in_our_words():
        return draw()


def _wire(button: Button) -> dict[str, str]:
    target = {"url": button.url} if button.url else {"callback_data": button.data or "-"}
    return {"text": button.label, **target}
