"""The messenger's memory: who and what exists, every change written down, and whoever waits told of it."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.sandbox import clock
from app.sandbox.telegram import records
from app.sandbox.telegram.params import Json
from app.sandbox.telegram.records import Chat, File, Message, User
from app.sandbox.telegram.store import Store

Listener = Callable[[Json], None]


class State:
    """One lock guards everything; it is re-entrant, and held only for moments."""

    def __init__(self, path: Path | None, bot: Json) -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.bot = bot
        self.store = Store(path)
        self.listeners: list[Listener] = []
        self.users = {user.id: user for user in (User(**each) for each in self.store.all("user"))}
        self.chats = {chat.id: chat for chat in (Chat(**each) for each in self.store.all("chat"))}
        self.files = {file.id: file for file in (File(**each) for each in self.store.all("file"))}
        self.messages: dict[int, dict[int, Message]] = {}
        for message in sorted((Message(**each) for each in self.store.all("message")), key=lambda m: m.id):
            self.messages.setdefault(message.chat_id, {})[message.id] = message

    # Telling and waiting

    def tell(self, kind: str, **facts: Any) -> None:
        """Wake whoever waits; listeners are called under the lock and must be quick."""
        with self.lock:
            self.changed.notify_all()
            for listener in list(self.listeners):
                listener({"kind": kind, **facts})

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change; call the result to stop."""
        with self.lock:
            self.listeners.append(listener)
        return lambda: self.listeners.remove(listener) if listener in self.listeners else None

    def wait(self, condition: Callable[[], Any], timeout_s: float) -> Any:
        """The first true value of a condition that is asked after every change, or its last value."""
        until = clock.monotonic() + timeout_s
        with self.lock:
            while not (value := condition()) and (left := until - clock.monotonic()) > 0:
                self.changed.wait(left)
            return value

    # Keeping

    def keep(self, thing: User | Chat | Message | File) -> None:
        """Write a thing down after it changed."""
        key = f"{thing.chat_id}:{thing.id}" if isinstance(thing, Message) else str(thing.id)
        self.store.put(type(thing).__name__.lower(), key, records.record(thing))

    def add_user(self, user: User) -> User:
        """A person and their private chat; the same person when they exist."""
        with self.lock:
            if user.id not in self.users:
                self.users[user.id] = user
                self.keep(user)
                self.add_chat(Chat(user.id, "private", members=[user.id]))
            return self.users[user.id]

    def add_chat(self, chat: Chat) -> Chat:
        """A chat; the same chat when it exists."""
        with self.lock:
            if chat.id not in self.chats:
                self.chats[chat.id] = chat
                self.keep(chat)
                self.tell("chat", chat_id=chat.id)
            return self.chats[chat.id]

    def chat_api(self, chat: Chat) -> Json:
        """As `Chat` of the Bot API."""
        if chat.type != "private":
            known = {"id": chat.id, "type": chat.type, "title": chat.title}
            return known | ({"username": chat.username} if chat.username else {})
        user = self.users[chat.id].api()
        return {"id": chat.id, "type": "private"} | {
            k: user[k] for k in ("first_name", "username") if k in user
        }

    # Messages

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """A message that is still there."""
        found = self.messages.get(chat_id, {}).get(message_id)
        return found if found and not found.deleted else None

    def post(self, chat: Chat, sender: Json, content: Json, markup: Json | None = None) -> Message:
        """Put a message into a chat."""
        with self.lock:
            number = self._next_id(chat)
            base = {
                "message_id": number,
                "from": sender,
                "chat": self.chat_api(chat),
                "date": int(time.time()),
            }
            message = Message(chat.id, number, base | content, bool(sender["is_bot"]), markup)
            self._show_markup(message)
            self.messages.setdefault(chat.id, {})[number] = message
            self._lay_keyboard(chat, message)
            self.keep(message)
            self.tell("message", chat_id=chat.id, message_id=number)
            return message

    def edit(self, message: Message, content: Json, markup: Json | None) -> Message:
        """Replace what a message says and the buttons under it."""
        with self.lock:
            fixed = (
                "message_id",
                "from",
                "chat",
                "date",
                "reply_to_message",
                "media_group_id",
                "message_thread_id",
                "is_topic_message",
                "forward_origin",
            )
            kept = {name: message.api[name] for name in fixed if name in message.api}
            message.api = kept | {"edit_date": int(time.time())} | content
            message.markup = markup
            self._show_markup(message)
            self.keep(message)
            self.tell("edit", chat_id=message.chat_id, message_id=message.id)
            return message

    def delete(self, message: Message) -> None:
        """Take a message away; the keyboard it brought goes with it."""
        with self.lock:
            message.deleted = True
            self.keep(message)
            chat = self.chats[message.chat_id]
            if chat.keyboard_message_id == message.id:
                self._set_keyboard(chat, None, None)
            self.tell("delete", chat_id=message.chat_id, message_id=message.id)

    def _next_id(self, chat: Chat) -> int:
        """Supergroups count for themselves; all other chats of a bot share one counter, as in Telegram."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            self.keep(chat)
            return chat.last_message_id
        return self.count("message")

    def count(self, name: str, start: int = 0) -> int:
        """The next number of a counter that survives restarts."""
        with self.lock:
            value = (self.store.one("counter", name) or {"value": start})["value"] + 1
            self.store.put("counter", name, {"value": value})
            return int(value)

    def _show_markup(self, message: Message) -> None:
        message.api.pop("reply_markup", None)
        if message.markup and "inline_keyboard" in message.markup:
            message.api["reply_markup"] = message.markup

    def _lay_keyboard(self, chat: Chat, message: Message) -> None:
        if message.markup and "keyboard" in message.markup:
            self._set_keyboard(chat, message.markup, message.id)
        if message.markup and "remove_keyboard" in message.markup:
            self._set_keyboard(chat, None, None)

    def _set_keyboard(self, chat: Chat, keyboard: Json | None, message_id: int | None) -> None:
        chat.keyboard, chat.keyboard_message_id = keyboard, message_id
        self.keep(chat)
        self.tell("keyboard", chat_id=chat.id)
