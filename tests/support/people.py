"""People who use the shop in tests: they write, tap and read in the stand-in Telegram.

With a `drain` (a function that lets the workers finish everything) each act drains and is then over.
Without one, real processes are at work and each act waits until the bot reacted and the chat fell quiet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from app.sandbox.telegram import StandIn
from app.sandbox.telegram.params import Upload
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Button, Message
from app.sandbox.telegram.taps import Tap

QUIET_S = 0.15
INVOICE = re.compile(r"TRX[A-Za-z0-9-]+")
DECORATION = re.compile(r"^[^\w+\-/]+|[^\w+\-/).]+$")


class Someone:
    """One person of a test, fluent: every verb returns the person."""

    def __init__(
        self,
        standin: StandIn,
        user_id: int,
        first_name: str,
        username: str | None = None,
        drain: Callable[[], Any] | None = None,
        timeout_s: float = 60.0,
    ) -> None:
        self.standin, self.drain, self.timeout_s = standin, drain, timeout_s
        self.person: Person = standin.person(user_id, first_name, username)
        self.id, self.name = user_id, first_name
        self.reactions = 0
        standin.state.listen(self._count)

    # Verbs

    def sends(
        self, text: str, *, chat: int | None = None, topic: int | None = None, silent: bool = False
    ) -> Someone:
        """Type a message; `silent` when the bot is right to say nothing."""
        return self._does(lambda: self.person.send_text(text, chat_id=chat, thread_id=topic), chat, silent)

    def starts(self, payload: str = "") -> Someone:
        """Press Start, or open a deep link."""
        return self._does(lambda: self.person.start(payload))

    def replies(self, to: Message, text: str, *, silent: bool = False) -> Someone:
        """Answer a message where it stands."""
        return self._does(
            lambda: self.person.send_text(text, chat_id=to.chat_id, reply_to=to.id), to.chat_id, silent
        )

    def sends_photo(
        self, content: bytes, caption: str = "", *, chat: int | None = None, silent: bool = False
    ) -> Someone:
        """Send a picture."""
        return self._does(lambda: self.person.send_photo(content, caption, chat_id=chat), chat, silent)

    def sends_document(
        self, name: str, content: bytes, caption: str = "", *, chat: int | None = None, silent: bool = False
    ) -> Someone:
        """Send a file."""
        return self._does(
            lambda: self.person.send_document(name, content, caption, chat_id=chat), chat, silent
        )

    def sends_album(
        self, contents: list[bytes], caption: str = "", *, names: list[str] | None = None
    ) -> Someone:
        """Send pictures together, or files if they have names; the first has the caption."""
        called = names or ["photo.jpg"] * len(contents)
        mime = "application/octet-stream" if names else "image/jpeg"
        uploads = [Upload(name, content, mime) for name, content in zip(called, contents, strict=True)]
        return self._does(
            lambda: self.person.send_album(uploads, caption, kind="document" if names else "photo")
        )

    def sends_sticker(self, file_id: str, *, silent: bool = False) -> Someone:
        """Send a sticker that the stand-in knows."""
        return self._does(lambda: self.person.send_sticker(file_id), None, silent)

    def taps(self, label: str, *, chat: int | None = None) -> Someone:
        """Press the button of this label, under a message or on the keyboard, as soon as it is there."""
        message, button = self._button(label, chat)
        if message is None:
            return self._does(lambda: self.person.press(button.label, chat_id=chat), chat)
        return self.taps_on(message, button)

    def taps_on(self, message: Message, button: Button | str) -> Someone:
        """Press a button of a certain message, for instance an old one."""
        chosen = (
            button if isinstance(button, Button) else next(b for b in message.buttons if button in b.label)
        )
        before = self.reactions
        tap = self.person.tap(message, chosen)
        self._settle(message.chat_id, lambda: tap.answered and (tap.toast or self.reactions > before))
        if not tap.answered:
            raise AssertionError(
                f"Nobody answered the tap on {chosen.label!r}\n{self._chat(message.chat_id)}"
            )
        return self

    def blocks(self) -> Someone:
        """Stop the bot."""
        self.person.block()
        return self._settled_silently()

    def unblocks(self) -> Someone:
        """Let the bot write again."""
        self.person.unblock()
        return self._settled_silently()

    # What they see

    @property
    def messages(self) -> list[Message]:
        """Everything in the private chat now, oldest first."""
        return self.person.messages()

    @property
    def received(self) -> list[Message]:
        """What the bot wrote there."""
        return [each for each in self.messages if each.by_bot]

    @property
    def last_message(self) -> Message:
        """The newest message of the bot."""
        if not self.received:
            raise AssertionError(f"{self.name} has no message from the bot")
        return self.received[-1]

    @property
    def goods(self) -> list[str]:
        """What a tap copies of the newest goods, whatever was said after them: on a slow machine the question
        that follows them is due by then."""
        return next((each.monospace for each in reversed(self.received) if each.text.startswith("📦")), [])

    @property
    def last_tap(self) -> Tap:
        """The newest press of an inline button."""
        return self.person.answers[-1]

    @property
    def toast(self) -> str:
        """What the answer to the last tap said, as toast or alert."""
        return self.last_tap.toast

    @property
    def keyboard(self) -> list[str]:
        """All labels under the input field."""
        return [label for row in self.person.keyboard() for label in row]

    @property
    def last_order(self) -> str:
        """The invoice that the newest message with one shows."""
        found = (INVOICE.search(each.text) for each in reversed(self.received))
        invoice = next((match.group() for match in found if match), None)
        if invoice is None:
            raise AssertionError(f"{self.name} sees no invoice\n{self._chat(None)}")
        return invoice

    def link(self, label: str) -> str:
        """Where a link button leads."""
        message, button = self._button(label, None)
        if message is None or not button.url:
            raise AssertionError(f"{button.label!r} is no link")
        return button.url

    def downloads(self, message: Message | None = None) -> bytes:
        """The file of a message; of the last one if none is named."""
        return self.person.downloads(message or self.last_message)

    def sees(self, text: str, *, chat: int | None = None) -> Message:
        """The newest message of the bot that contains this text, as soon as it is there."""
        return self.waits_for(lambda message: text in message.text, chat=chat)

    def waits_for(self, wanted: Callable[[Message], Any], *, chat: int | None = None) -> Message:
        """The newest message of the bot that fits, as soon as it is there."""
        return self.person.waits_for(wanted, self.timeout_s, chat)

    # How

    def _does(self, act: Callable[[], Any], chat: int | None = None, silent: bool = False) -> Someone:
        before = self.reactions
        act()
        if silent:
            return self._settled_silently()
        self._settle(chat, lambda: self.reactions > before)
        if self.drain is None and self.reactions == before:
            raise AssertionError(f"The bot did not react to {self.name}\n{self._chat(chat)}")
        return self

    def _settle(self, chat: int | None, done: Callable[[], Any]) -> None:
        if self.drain is not None:
            self._settled_silently()
            return
        self.standin.wait(done, self.timeout_s)
        count = self.reactions
        while self.standin.wait(lambda: self.reactions > count, QUIET_S):  # noqa: B023
            count = self.reactions

    def _settled_silently(self) -> Someone:
        if self.standin.updates.webhook.url or self.drain is None:
            self.standin.delivered(self.timeout_s)
        if self.drain is not None:
            self.drain()
        return self

    def _button(self, label: str, chat: int | None) -> tuple[Message | None, Button]:
        found = self.standin.wait(lambda: self._find(label, chat), self.timeout_s)
        if found is None:
            raise AssertionError(f"{self.name} finds no button {label!r}\n{self._chat(chat)}")
        return found

    def _find(self, label: str, chat: int | None) -> tuple[Message | None, Button] | None:
        """A button of exactly this label (decoration aside), else one that contains it; newest first."""
        rows = self.person.keyboard(chat)
        keys = [Button(each, row, col) for row, line in enumerate(rows) for col, each in enumerate(line)]
        shown: list[tuple[Message | None, Button]] = [
            (message, button)
            for message in reversed(self.person.messages(chat))
            if message.by_bot
            for button in message.buttons
        ] + [(None, key) for key in keys]
        same = (each for each in shown if label in (each[1].label, DECORATION.sub("", each[1].label)))
        return next(same, None) or next((each for each in shown if label in each[1].label), None)

    def _chat(self, chat: int | None) -> str:
        keyboard = " ".join(f"[{label}]" for row in self.person.keyboard(chat) for label in row)
        return f"{self.person.transcript(chat)}\nkeyboard: {keyboard or 'none'}"

    def _count(self, event: dict[str, Any]) -> None:
        chat_id = event.get("chat_id")
        if chat_id is None or (chat_id != self.id and self.id not in self._members(chat_id)):
            return
        message = self.standin.state.messages.get(chat_id, {}).get(event.get("message_id", 0))
        if event["kind"] in {"message", "edit", "delete"} and message is not None and message.by_bot:
            self.reactions += 1

    def _members(self, chat_id: int) -> list[int]:
        return self.standin.state.chats[chat_id].members
