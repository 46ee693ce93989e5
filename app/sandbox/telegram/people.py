"""What a person does in the messenger: writes, sends files, presses buttons, blocks the bot, waits."""

import time
from collections.abc import Callable
from typing import Any

from app.sandbox.telegram import files
from app.sandbox.telegram.methods import sending
from app.sandbox.telegram.params import Json, Upload
from app.sandbox.telegram.records import Button, Chat, Message, User
from app.sandbox.telegram.state import State
from app.sandbox.telegram.taps import Tap, Taps
from app.sandbox.telegram.text import formatting
from app.sandbox.telegram.updates.queue import Updates


class Person:
    """One person. Chats are named by id; without one it is the private chat with the bot."""

    def __init__(self, state: State, updates: Updates, taps: Taps, user: User) -> None:
        self.state, self.updates, self.taps, self.user = state, updates, taps, user
        self.id, self.first_name, self.username = user.id, user.first_name, user.username
        self.answers: list[Tap] = []

    # Doing

    def start(self, payload: str = "") -> Message:
        """Press Start, or open a deep link."""
        return self.send_text(f"/start {payload}".strip())

    def send_text(
        self,
        text: str,
        *,
        chat_id: int | None = None,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Type a message, in a topic of a forum perhaps: there it answers the topic's first message."""
        if not text.strip():
            raise ValueError("Nobody can send an empty message")
        topic = {"message_thread_id": thread_id, "is_topic_message": True} if thread_id else {}
        content = formatting.plain("text", text.strip()) | topic
        return self._send(content, chat_id, reply_to or thread_id)

    def send_photo(
        self, content: bytes, caption: str = "", *, chat_id: int | None = None, reply_to: int | None = None
    ) -> Message:
        """Send a picture."""
        return self._send_file(
            Upload("photo.jpg", content, "image/jpeg"), "photo", caption, chat_id, reply_to
        )

    def send_document(
        self,
        name: str,
        content: bytes,
        caption: str = "",
        *,
        mime: str = "application/octet-stream",
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Send a file."""
        return self._send_file(Upload(name, content, mime), "document", caption, chat_id, reply_to)

    def send_album(
        self, uploads: list[Upload], caption: str = "", *, kind: str = "photo", chat_id: int | None = None
    ) -> list[Message]:
        """Send several pictures or files together; the first has the caption."""
        album = {"media_group_id": str(self.state.count("album"))}
        contents = [
            files.as_content(self.state, files.add(self.state, each, kind)) | album for each in uploads
        ]
        if caption.strip():
            contents[0] |= formatting.plain("caption", caption.strip())
        return [self._send(content, chat_id, None) for content in contents]

    def send_sticker(
        self, file_id: str, *, chat_id: int | None = None, reply_to: int | None = None
    ) -> Message:
        """Send a sticker that the stand-in has."""
        return self._send(files.as_content(self.state, self.state.files[file_id]), chat_id, reply_to)

    def press(self, label: str, *, chat_id: int | None = None) -> Message:
        """Press a button of the keyboard under the input field: it types its label."""
        chat = self._chat(chat_id)
        labels = [each["text"] for row in (chat.keyboard or {}).get("keyboard", []) for each in row]
        if label not in labels:
            raise LookupError(f"No button {label!r} on the keyboard, only {labels}")
        message = self.send_text(label, chat_id=chat.id)
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
            self.state.keep(chat)
            self.state.tell("keyboard", chat_id=chat.id)
        return message

    def tap(self, message: Message, button: Button) -> Tap:
        """Press a button under a message; the result is answered when the bot answers it."""
        if button.data is None:
            raise LookupError(f"{button.label!r} opens {button.url} instead of asking the bot")
        tap = self.taps.press(self.user.api(), message, button)
        self.answers.append(tap)
        return tap

    def block(self) -> None:
        """Stop the bot; it may not write here any more."""
        self._set_blocked(True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._set_blocked(False)

    def deactivate(self) -> None:
        """Delete the account."""
        with self.state.lock:
            self.user.deactivated = True
            self.state.keep(self.user)

    # Seeing

    def messages(self, chat_id: int | None = None) -> list[Message]:
        """What is in the chat now, oldest first."""
        with self.state.lock:
            found = self.state.messages.get(self._chat(chat_id).id, {})
            return [each for each in found.values() if not each.deleted]

    def keyboard(self, chat_id: int | None = None) -> list[list[str]]:
        """The labels under the input field, row by row."""
        rows = (self._chat(chat_id).keyboard or {}).get("keyboard", [])
        return [[each["text"] for each in row] for row in rows]

    def downloads(self, message: Message) -> bytes:
        """The bytes of a message's photo, document or sticker."""
        return self.state.store.content(message.file_id or "")

    def waits_for(
        self, wanted: Callable[[Message], Any], timeout_s: float = 10.0, chat_id: int | None = None
    ) -> Message:
        """The newest message of the bot that fits, as soon as there is one."""

        def look() -> Message | None:
            from_bot = [each for each in reversed(self.messages(chat_id)) if each.by_bot]
            return next((each for each in from_bot if wanted(each)), None)

        found: Message | None = self.state.wait(look, timeout_s)
        if found is None:
            raise AssertionError(
                f"{self.first_name} waited {timeout_s:g} s in vain.\n{self.transcript(chat_id)}"
            )
        return found

    def transcript(self, chat_id: int | None = None) -> str:
        """The end of the chat as text, for error messages."""
        lines = []
        for each in self.messages(chat_id)[-8:]:
            buttons = " ".join(f"[{button.label}]" for button in each.buttons)
            lines.append(f"{'bot' if each.by_bot else 'me '} #{each.id} {each.kind}: {each.text!r} {buttons}")
        return "\n".join(lines) or "(the chat is empty)"

    # How

    def _chat(self, chat_id: int | None) -> Chat:
        return self.state.chats[chat_id if chat_id is not None else self.id]

    def _send_file(
        self, upload: Upload, kind: str, caption: str, chat_id: int | None, reply_to: int | None
    ) -> Message:
        file = files.add(self.state, upload, kind)
        words = formatting.plain("caption", caption.strip()) if caption.strip() else {}
        return self._send(files.as_content(self.state, file) | words, chat_id, reply_to)

    def _send(self, content: Json, chat_id: int | None, reply_to: int | None) -> Message:
        with self.state.lock:
            chat = self._chat(chat_id)
            if chat.id == self.id:
                self._begin()
            replied = self.state.message(chat.id, reply_to) if reply_to else None
            if replied:
                content = content | {"reply_to_message": sending.without_reply(replied.api)}
            message = self.state.post(chat, self.user.api(), content)
            if chat.has_bot and _heard(chat, message, replied, self.state.bot):
                self.updates.add("message", message.api, lane=chat.id)
            return message

    def _begin(self) -> None:
        """Writing to a bot unblocks it."""
        if self.user.blocked:
            self._set_blocked(False)
        if not self.user.started:
            self.user.started = True
            self.state.keep(self.user)

    def _set_blocked(self, blocked: bool) -> None:
        with self.state.lock:
            if self.user.blocked == blocked:
                return
            self.user.blocked = blocked
            self.state.keep(self.user)
            chat = self.state.chats[self.id]
            self.updates.add(
                "my_chat_member", _membership(self.state, chat, self.user, blocked), lane=self.id
            )
            self.state.tell("person", user_id=self.id)


def _heard(chat: Chat, message: Message, replied: Message | None, bot: Json) -> bool:
    """In groups a bot that is no admin hears commands, replies to it and mentions of it (privacy mode)."""
    if not chat.is_group or chat.bot_is_admin:
        return True
    to_bot = replied is not None and replied.by_bot
    return to_bot or message.text.startswith("/") or f"@{bot['username']}" in message.text


def _membership(state: State, chat: Chat, user: User, blocked: bool) -> Json:
    left: Json = {"user": state.bot, "status": "kicked", "until_date": 0}
    member: Json = {"user": state.bot, "status": "member"}
    old, new = (member, left) if blocked else (left, member)
    base = {"chat": state.chat_api(chat), "from": user.api(), "date": int(time.time())}
    return base | {"old_chat_member": old, "new_chat_member": new}
