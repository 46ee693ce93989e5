"""The Bot API as plain functions for threads: one `Bot` a process.

Decides nothing about the shop and knows no database. Every method may raise a ClientError: Flood (nothing was
done), Unreachable, Blocked, ChatMoved, Refused. Keyboards are plain `reply_markup` dicts, texts are HTML.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypedDict, Unpack, cast

from telegram.error import NetworkError

import settings
from app.clients import telegram_errors, telegram_limits, telegram_media, telegram_topics
from app.clients.http_client import Exchange
from app.clients.telegram_calls import Begun, Caller, given
from app.clients.telegram_http import CALL_TIMEOUT_S, UPDATES_CAP, Plain, run
from app.errors import Blocked, Refused
from app.infra import calls
from app.infra.health import webhooks

Keyboard = dict[str, Any]


class How(TypedDict, total=False):
    """`instead`: in the place of one that Telegram has just refused, and of the room which that had taken."""

    reply_to: int | None
    instead: bool
    #: Without a sound.
    silent: bool


class Telegram(Caller):
    """All methods block and may be called from many threads at once; one client a process is enough."""

    def __init__(self, token: str, api_url: str) -> None:
        super().__init__(token, api_url)
        number = token.partition(":")[0]
        #: Nobody's for a token that is none, which Telegram says with every call.
        self._bot_id = int(number) if number.isdecimal() else 0
        self._poll: Exchange | None = None
        self._polling_ends = False

    # Messages. Each answers the id of the new message.

    def send_text(self, chat_id: int, html: str, keyboard: Keyboard | None = None, **how: Unpack[How]) -> int:
        return self._send("sendMessage", chat_id, keyboard, how, **_text(html))

    def send_photo(
        self,
        chat_id: int,
        photo: bytes | str,
        caption: str | None = None,
        keyboard: Keyboard | None = None,
        filename: str = "qris.png",
        **how: Unpack[How],
    ) -> int:
        """`photo`: the picture itself, or the id of a file that Telegram has."""
        picture = {"photo": telegram_media.file(photo, filename), "caption": caption}
        return self._send("sendPhoto", chat_id, keyboard, how, **picture)

    def send_document(
        self,
        chat_id: int,
        document: bytes | str,
        filename: str | None = None,
        caption: str | None = None,
        keyboard: Keyboard | None = None,
        **how: Unpack[How],
    ) -> int:
        """`document`: the content itself, or the id of a file that Telegram has."""
        file = {"document": telegram_media.file(document, filename), "caption": caption}
        return self._send("sendDocument", chat_id, keyboard, how, **file)

    def send_sticker(
        self, chat_id: int, file_id: str, keyboard: Keyboard | None = None, **how: Unpack[How]
    ) -> int:
        return self._send("sendSticker", chat_id, keyboard, how, sticker=file_id)

    def copy_message(
        self,
        to: int,
        from_chat: int,
        message_id: int,
        keyboard: Keyboard | None = None,
        **how: Unpack[How],
    ) -> int:
        source = {"from_chat_id": from_chat, "message_id": message_id}
        with self._copying(to, from_chat):
            return self._send("copyMessage", to, keyboard, how, **source)

    def send_typing(self, chat_id: int) -> int:
        """Nothing that stays: it only shows whether the bot may write there."""
        telegram_limits.take(None, message=False)
        self._call("sendChatAction", chat_id=chat_id, action="typing")
        return 0

    # Messages to many. First telegram_limits.take_bulk for each: these do not ask for room again.

    def send_text_in_bulk(self, chat_id: int, html: str) -> int:
        return self._message("sendMessage", bulk=True, chat_id=chat_id, **_text(html))

    def copy_in_bulk(self, to: int, from_chat: int, message_id: int, caption: str | None = None) -> int:
        """`caption` (HTML) takes the place of the message's own."""
        params = {"from_chat_id": from_chat, "message_id": message_id, "caption": caption}
        with self._copying(to, from_chat):
            return self._message("copyMessage", bulk=True, chat_id=to, **params)

    @telegram_errors.sending()
    def send_album_in_bulk(self, chat_id: int, album: list[tuple[str, str]], caption: str) -> int:
        """Pictures, videos or files by (kind, file id), the caption (HTML) under the first."""
        messages: list[dict[str, Any]] = self._call(
            "sendMediaGroup", chat_id=chat_id, media=telegram_media.album(album, caption)
        )
        return int(messages[0]["message_id"])

    # Changes of messages. A change that is there already, or has nothing left to change, is no error.

    def edit_text(self, chat_id: int, message_id: int, html: str, keyboard: Keyboard | None = None) -> None:
        self._change(
            "editMessageText",
            chat_id,
            message_id,
            text=html,
            parse_mode="HTML",
            link_preview_options={"is_disabled": True},
            reply_markup=keyboard,
        )

    def edit_caption(
        self, chat_id: int, message_id: int, html: str, keyboard: Keyboard | None = None
    ) -> None:
        self._change(
            "editMessageCaption", chat_id, message_id, caption=html, parse_mode="HTML", reply_markup=keyboard
        )

    def edit_photo(self, chat_id: int, message_id: int, photo: bytes, html: str) -> None:
        """Another picture in the same message, its caption with it, and no buttons."""
        self._change("editMessageMedia", chat_id, message_id, media=telegram_media.photo(photo, html))

    def delete(self, chat_id: int, message_id: int) -> None:
        self._change("deleteMessage", chat_id, message_id)

    def answer(self, callback_id: str, text: str | None = None, alert: bool = False) -> None:
        """End the "loading" state of a pressed button, with a toast or an alert."""
        self.begin_answer(callback_id, text, alert)()

    def begin_answer(self, callback_id: str, text: str | None = None, alert: bool = False) -> Begun:
        """The same, beside what is done until the result is called, which waits for it."""
        telegram_limits.take_for_answer()
        params = {"callback_query_id": callback_id, "text": text, "show_alert": alert or None}
        return self._begin("answerCallbackQuery", params)

    # Files

    @telegram_errors.reading()
    def download(self, file_id: str, max_bytes: int) -> bytes:
        """The content of a file. Refused(413) when it is larger than `max_bytes`."""
        file: dict[str, Any] = self._call("getFile", file_id=file_id)
        if file.get("file_size", 0) > max_bytes:
            raise Refused(413, f"more than {max_bytes} bytes")
        with calls.recorded("telegram", "download"), telegram_errors.translated():
            return self._request.fetch(self._files_url + file["file_path"], max_bytes)

    # The bot itself

    def get_me(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._call("getMe"))

    def chat(self, named: str) -> dict[str, Any]:
        """A chat by `@name` or id, as the bot may see it."""
        return cast(dict[str, Any], self._call("getChat", chat_id=named))

    def standing(self, chat_id: int) -> dict[str, Any]:
        """What the bot is in a chat, and which rights it has there."""
        member = self._call("getChatMember", chat_id=chat_id, user_id=self._bot_id)
        return cast(dict[str, Any], member)

    def set_webhook(self, url: str, secret: str | None) -> None:
        self._call(
            "setWebhook",
            url=url,
            secret_token=secret,
            allowed_updates=list(webhooks.WANTED),
            max_connections=40,
        )

    def webhook_info(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._call("getWebhookInfo"))

    def delete_webhook(self) -> None:
        """Updates that wait stay, for the poller."""
        self._call("deleteWebhook")

    def set_commands(
        self, commands: list[tuple[str, str]], chat_id: int | None = None, language_code: str = ""
    ) -> None:
        """(command, description) pairs, for every private chat or for one; `language_code`: where the app
        speaks this, instead of those without a language. Groups get none."""
        telegram_limits.take_menu()
        scope = {"type": "chat", "chat_id": chat_id} if chat_id else {"type": "all_private_chats"}
        listed = [{"command": command, "description": text} for command, text in commands]
        self._call("setMyCommands", commands=listed, scope=scope, language_code=language_code)

    def drop_default_commands(self) -> None:
        """Those of the default scope, which groups would be shown."""
        telegram_limits.take_menu()
        self._call("deleteMyCommands", scope={"type": "default"})

    @telegram_errors.reading()
    def about(self, language_code: str = "") -> tuple[str, str]:
        """What the bot says of itself: in an empty chat, and in its profile."""
        telegram_limits.take_menu()
        description = self._call("getMyDescription", language_code=language_code)["description"]
        telegram_limits.take_menu()
        short = self._call("getMyShortDescription", language_code=language_code)
        return description, short["short_description"]

    def set_about(
        self, description: str | None, short_description: str | None, language_code: str = ""
    ) -> None:
        """At most 512 and 120 letters; None leaves one as it is. `language_code`: where the app speaks this,
        instead of those without a language; "" for one of these takes it away."""
        if description is not None:
            telegram_limits.take_menu()
            self._call("setMyDescription", description=description, language_code=language_code)
        if short_description is not None:
            telegram_limits.take_menu()
            self._call(
                "setMyShortDescription", short_description=short_description, language_code=language_code
            )

    def get_updates(self, offset: int | None, timeout_s: int) -> list[dict[str, Any]]:
        """Long polling: raw updates as soon as there are some, [] after `timeout_s` or `end_polling`."""
        asked = given(offset=offset, timeout=timeout_s, allowed_updates=list(webhooks.WANTED))
        with calls.recorded("telegram", "getUpdates") as call, telegram_errors.translated():
            call.is_routine, call.waited_s = True, timeout_s
            return self._updates(Plain(asked), timeout_s + CALL_TIMEOUT_S)

    def _updates(self, asked: Plain, timeout_s: float) -> list[dict[str, Any]]:
        url = self._url("getUpdates")
        self._poll = self._request.begin(url, asked, timeout_s, UPDATES_CAP)
        if self._polling_ends:
            self._poll.abort()
        under_way: Any = self._poll
        try:
            updates: Any = run(self._request.post(url, request_data=under_way))
        except NetworkError:
            if not self._polling_ends:
                raise
            updates = []
        return cast(list[dict[str, Any]], updates)

    def end_polling(self) -> None:
        """From now on `get_updates` returns at once, also the one that waits. Safe in a signal handler."""
        self._polling_ends = True
        if self._poll:
            self._poll.abort()

    def _send(self, method: str, chat_id: int, keyboard: Keyboard | None, how: How, **params: Any) -> int:
        if not how.get("instead"):
            telegram_limits.take(chat_id, message=True)
        reply_to = how.get("reply_to")
        reply = {"message_id": reply_to, "allow_sending_without_reply": True} if reply_to else None
        params |= {"chat_id": chat_id, "reply_markup": keyboard, "reply_parameters": reply}
        params["disable_notification"] = how.get("silent") or None
        return telegram_topics.deliver(
            chat_id, lambda topic: self._message(method, message_thread_id=topic, **params)
        )

    @contextmanager
    def _copying(self, to: int, from_chat: int) -> Iterator[None]:
        """Where the bot may not read the group any more it hears the same as where it may not write to the
        person: then it is the message that is gone."""
        try:
            yield
        except Blocked as refusal:
            if to > 0 > from_chat and "user" not in str(refusal) and not self._can_read(from_chat):
                raise Refused(400, f"message to copy not found: {refusal}") from refusal
            raise

    def _can_read(self, chat_id: int) -> bool:
        try:
            self.chat(str(chat_id))
        except (Blocked, Refused):
            return False
        return True

    @telegram_errors.sending()
    def _message(self, method: str, *, bulk: bool = False, **params: Any) -> int:
        if params.get("text") or params.get("caption"):
            params["parse_mode"] = "HTML"
        message: dict[str, Any] = self._call(method, bulk=bulk, **params)
        return int(message["message_id"])

    def _change(self, method: str, chat_id: int, message_id: int, **params: Any) -> None:
        telegram_limits.take(chat_id, message=False)
        self._call(method, chat_id=chat_id, message_id=message_id, **params)


def _text(html: str) -> dict[str, Any]:
    return {"text": html, "link_preview_options": {"is_disabled": True}}


_clients: dict[tuple[int, str, str], Telegram] = {}
_lock = threading.Lock()


def client() -> Telegram:
    """The client of this process, made on first use: a forked child gets its own."""
    current = settings.current()
    key = (os.getpid(), current.telegram_bot_token.get_secret_value(), current.telegram_api_url)
    found = _clients.get(key)
    if found:
        return found
    with _lock:
        if key not in _clients:
            _clients[key] = Telegram(*key[1:])
        return _clients[key]
