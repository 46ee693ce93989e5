"""A stand-in for Telegram: the Bot API as a strict HTTP server, and the people at the other end of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from app.sandbox import clock
from app.sandbox.server import Server
from app.sandbox.telegram import calls, files, groups
from app.sandbox.telegram.faults import Fault, Faults
from app.sandbox.telegram.http import Api, Method
from app.sandbox.telegram.limits import FloodControl, NoFloodControl
from app.sandbox.telegram.methods import other_kinds
from app.sandbox.telegram.methods.account import Account
from app.sandbox.telegram.methods.copying import Copying
from app.sandbox.telegram.methods.editing import Editing
from app.sandbox.telegram.methods.sending import Sending
from app.sandbox.telegram.params import Json
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Chat, Message, User
from app.sandbox.telegram.state import State
from app.sandbox.telegram.taps import Taps
from app.sandbox.telegram.updates.polling import Polling
from app.sandbox.telegram.updates.push import Pusher
from app.sandbox.telegram.updates.queue import Updates

DELAYS_S = {"slow": 1.0, "late": 1.0}  # of planned faults that name none


class StandIn:
    """One bot and its messenger. State lives in one sqlite file, or in memory without a path."""

    def __init__(
        self,
        token: str,
        *,
        path: Path | None = None,
        strict_limits: bool = True,
        name: str = "QuickCart",
        username: str = "quickcart_sandbox_bot",
        retry_s: float = 1.0,
    ) -> None:
        self.token = token
        self.url = ""
        bot = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": name, "username": username}
        self.state = State(path, bot)
        self.faults = Faults()
        self.updates = Updates(self.state, self.faults)
        self.taps = Taps(self.state, self.updates)
        self.flood = FloodControl() if strict_limits else NoFloodControl()
        self.calls = calls.journal()
        self.pusher = Pusher(self.state, self.updates, retry_s)
        self._people: dict[int, Person] = {}

    # Serving

    def asgi(self) -> Starlette:
        """The Bot API as a web application, to serve at any prefix."""
        api = Api(self, self._methods())
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", api.file),
            ]
        )

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[StandIn]:
        """Serve from a background thread; `url` is the base without `/bot`."""
        server = Server(self.asgi(), port)
        self.url = server.url
        try:
            yield self
        finally:
            self.close()
            server.stop()

    def close(self) -> None:
        """Stop pushing; what is pending stays so."""
        self.pusher.stop()

    def _methods(self) -> dict[str, Method]:
        account = Account(self.state, self.updates)
        sending = Sending(self.state, self.flood)
        copying = Copying(sending)
        editing = Editing(self.state, self.flood, self.taps)
        return {
            "getMe": account.get_me,
            "getUpdates": Polling(self.state, self.updates).get_updates,
            "setWebhook": account.set_webhook,
            "deleteWebhook": account.delete_webhook,
            "getWebhookInfo": account.get_webhook_info,
            "setMyCommands": account.set_my_commands,
            "getMyCommands": account.get_my_commands,
            "deleteMyCommands": account.delete_my_commands,
            "setMyDescription": account.set_my_description,
            "getMyDescription": account.get_my_description,
            "setMyShortDescription": account.set_my_short_description,
            "getMyShortDescription": account.get_my_short_description,
            "getChat": account.get_chat,
            "getChatMember": account.get_chat_member,
            "getFile": account.get_file,
            "sendMessage": sending.send_message,
            "sendPhoto": sending.send_photo,
            "sendDocument": sending.send_document,
            "sendSticker": sending.send_sticker,
            "sendMediaGroup": sending.send_media_group,
            "sendChatAction": sending.send_chat_action,
            "copyMessage": copying.copy_message,
            "copyMessages": copying.copy_messages,
            "forwardMessage": copying.forward_message,
            "forwardMessages": copying.forward_messages,
            **other_kinds.methods(sending),
            "editMessageText": editing.edit_message_text,
            "editMessageCaption": editing.edit_message_caption,
            "editMessageMedia": editing.edit_message_media,
            "editMessageReplyMarkup": editing.edit_message_reply_markup,
            "deleteMessage": editing.delete_message,
            "deleteMessages": editing.delete_messages,
            "answerCallbackQuery": editing.answer_callback_query,
        }

    # People, groups, things

    def person(self, user_id: int, first_name: str, username: str | None = None) -> Person:
        """A person; the same one for the same id."""
        with self.state.lock:
            if user_id not in self._people:
                user = self.state.add_user(User(user_id, first_name, username))
                self._people[user_id] = Person(self.state, self.updates, self.taps, user)
            return self._people[user_id]

    def group(
        self,
        chat_id: int,
        title: str,
        members: list[Person],
        *,
        supergroup: bool = False,
        bot_is_admin: bool = False,
    ) -> Chat:
        """A group with the bot in it; the same one for the same id. The first member made it."""
        if chat_id in self.state.chats:
            return self.state.chats[chat_id]
        kind = "supergroup" if supergroup else "group"
        chat = Chat(chat_id, kind, title, [each.id for each in members], bot_is_admin=bot_is_admin)
        return groups.create(self.state, self.updates, chat, members[0])

    def channel(
        self,
        chat_id: int,
        title: str,
        username: str | None,
        members: list[Person],
        *,
        bot_is_admin: bool = True,
        bot_may_post: bool = True,
    ) -> Chat:
        """A channel, the bot perhaps among its admins; the same one for the same id."""
        if chat_id in self.state.chats:
            return self.state.chats[chat_id]
        ids = [each.id for each in members]
        chat = Chat(chat_id, "channel", title, ids, bot_is_admin=bot_is_admin, username=username)
        chat.bot_may_post = bot_may_post
        return self.state.add_chat(chat)

    def topic(self, chat_id: int, name: str, by: Person) -> int:
        """A new topic, which makes the group a forum."""
        return groups.open_topic(self.state, self.state.chats[chat_id], name, by)

    def end_topic(self, chat_id: int, thread_id: int, *, deleted: bool = False) -> None:
        """Close a topic, or delete it."""
        with self.state.lock:
            chat = self.state.chats[chat_id]
            chat.topics[str(thread_id)] = "deleted" if deleted else "closed"
            self.state.keep(chat)

    def mute_bot(self, chat_id: int, wording: str) -> None:
        """The bot may not write there; Telegram says why in these words."""
        with self.state.lock:
            self.state.chats[chat_id].muted = wording
            self.state.keep(self.state.chats[chat_id])

    def migrate(self, chat_id: int, new_id: int, by: Person) -> Chat:
        """Turn a group into a supergroup."""
        return groups.migrate(self.state, self.updates, self.state.chats[chat_id], new_id, by)

    def remove_bot(self, chat_id: int, by: Person) -> None:
        """Throw the bot out of a group or channel."""
        groups.remove_bot(self.state, self.updates, self.state.chats[chat_id], by)

    def sticker(self, file_id: str, image: bytes, emoji: str = "") -> str:
        """Make a sticker known under this id."""
        files.add_sticker(self.state, file_id, image, emoji)
        return file_id

    def messages(self, chat_id: int) -> list[Message]:
        """What is in a chat now, oldest first."""
        with self.state.lock:
            return [each for each in self.state.messages.get(chat_id, {}).values() if not each.deleted]

    # Scripting and watching

    def fault(
        self,
        method: str,
        kind: str,
        times: int | None = 1,
        *,
        delay_s: float | None = None,
        status: int = 502,
        retry_after_s: int = 1,
        chat_id: int | None = None,
        for_s: float | None = None,
        description: str = "",
    ) -> None:
        """Plan a fault. `method` may be `*`; `push` takes lost, doubled and late, calls take the others.

        slow: done after `delay_s`. 5xx, html: not done. refused: not done, connection closed.
        dropped: done, but never answered. flood: 429 with `retry_after_s`. `times=None` with `for_s`
        means every call for that long. says: not done, `status` with `description`. odd: done, and answered
        with the `description` alone.
        """
        until = clock.monotonic() + for_s if for_s is not None else None
        wait = DELAYS_S.get(kind, 0.0) if delay_s is None else delay_s
        self.faults.plan(Fault(method, kind, times, wait, status, retry_after_s, chat_id, until, description))

    def called(self, method: str, chat_id: int | None = None) -> list[calls.Call]:
        """The calls of a method so far, optionally for one chat."""
        found = [each for each in list(self.calls) if each.method == method]
        return [each for each in found if chat_id is None or each.chat_id == chat_id]

    def wait(self, condition: Callable[[], Any], timeout_s: float = 10.0) -> Any:
        """The first true value of a condition, asked after every change and every call."""
        return self.state.wait(condition, timeout_s)

    def delivered(self, timeout_s: float = 10.0) -> bool:
        """Wait until the bot has taken every update."""
        return bool(self.state.wait(lambda: not self.updates.pending, timeout_s))

    def take_updates(self) -> list[Json]:
        """Hand every waiting update to the caller, who stands in for the poller."""
        with self.state.lock:
            taken = self.updates.take(0, len(self.updates.pending) + 1)
            self.updates.confirm([each["update_id"] for each in taken])
            return taken
