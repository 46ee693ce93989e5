"""A Telegram update as the bot sees it: who did what, and where. Everything else is no event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.bot.toolkit import callbacks, kinds
from app.money import typed

#: Keyboards put spaces of every kind after a command, also such as nobody sees.
_SPACE = rf"[\s{typed.UNSEEN}]"
_COMMAND = re.compile(
    rf"{_SPACE}*/([A-Za-z0-9_]{{1,32}})(?:@([A-Za-z0-9_]{{1,64}}))?(?:{_SPACE}+(.*))?", re.DOTALL
)
_BIGGEST = 2**63 - 1
#: Fields of messages whose words are not the sender's: Bot API, Message, also as it was before 7.0.
_RELAYED = frozenset({
    "forward_origin", "forward_from", "forward_from_chat", "forward_sender_name", "forward_date",
    "is_automatic_forward", "via_bot", "sender_business_bot", "guest_bot_caller_user",
    "guest_bot_caller_chat",
})  # fmt: skip

Json = dict[str, Any]


@dataclass(frozen=True)
class File:
    """`unique_id` stays the same when a file is sent again, unlike `id`; only `id` can be sent."""

    id: str
    name: str
    size: int
    unique_id: str = ""
    kind: str = "document"


@dataclass(frozen=True)
class Command:
    """`/name@addressee rest`, the name in lower case."""

    name: str
    addressee: str | None
    rest: str


@dataclass(frozen=True)
class Event:
    """One of three: a message (`text`, or a file with its caption), a press, or (un)blocking the bot."""

    update_id: int
    user_id: int
    first_name: str
    username: str | None
    chat_id: int
    #: Of the person's app: an IETF tag, if it says.
    language_code: str | None = None
    #: Of a group; private chats have none.
    chat_title: str = ""
    #: The topic of a forum; none in its general one.
    thread_id: int | None = None
    #: The message that the button sits on, or the person's own.
    message_id: int | None = None
    text: str = ""
    #: How `text` is formatted: the Bot API's MessageEntity objects.
    entities: tuple[Json, ...] = ()
    #: Not a text message: `text` is its caption.
    is_media: bool = False
    document: File | None = None
    sticker: File | None = None
    #: The document or sticker of the message that this one answers.
    replied_file: File | None = None
    #: The Telegram file id of a picture, in its largest size.
    photo: str | None = None
    #: What an album may consist of: its kind and its Telegram file id.
    media: tuple[str, str] | None = None
    #: Pictures sent together are messages of their own with the same of this.
    album: str | None = None
    #: The command stands under another picture of the album.
    follows_caption: bool = False
    #: The message that this one answers.
    reply_to: int | None = None
    #: It is one of several pictures or files that were sent together.
    replied_is_of_album: bool = False
    #: Somebody else's words: forwarded, or written by another bot.
    is_relayed: bool = False
    callback_id: str | None = None
    #: Callback data, taken apart; None when it is not ours.
    press: tuple[str, tuple[int, ...]] | None = None
    #: The button sits under a picture, which cannot become a text message.
    on_picture: bool = False
    blocked: bool | None = None

    @property
    def in_group(self) -> bool:
        return self.chat_id < 0

    @property
    def is_press(self) -> bool:
        return self.callback_id is not None

    @property
    def command(self) -> Command | None:
        """None for what somebody else wrote: nobody can be made to say something by forwarding it."""
        return None if self.is_relayed else self.words_of_command

    @property
    def words_of_command(self) -> Command | None:
        """Whoever wrote it."""
        found = _COMMAND.fullmatch(self.text)
        return Command(found[1].lower(), found[2], (found[3] or "").strip()) if found else None


def read(update: Json) -> Event | None:
    """None for what the bot does not react to: edited messages, channels, other bots, news of the chat."""
    for kind, reader in _READERS.items():
        content = update.get(kind)
        if not isinstance(content, dict):
            continue
        sender = content.get("from")
        if isinstance(sender, dict) and not sender.get("is_bot") and _is_id(sender.get("id")):
            return reader(content, _who(update, sender))
    return None


def _message(message: Json, who: Json) -> Event | None:
    chat_id, kind = _chat(message)
    text = message.get("text") or message.get("caption") or ""
    if chat_id is None or kind == "channel" or kinds.is_news(message) or "sender_chat" in message:
        return None
    return Event(
        **who,
        chat_id=chat_id,
        chat_title=_clean(str(message["chat"].get("title", ""))),
        thread_id=_topic(message),
        message_id=message.get("message_id"),
        text=_clean(text).strip(),
        entities=_entities(message, text),
        is_media="text" not in message,
        document=_file(message, "document"),
        sticker=_file(message, "sticker"),
        replied_file=_replied_file(message),
        photo=_photo(message),
        media=_media(message),
        album=_clean(str(message["media_group_id"])) if message.get("media_group_id") else None,
        reply_to=_replied(message),
        replied_is_of_album="media_group_id" in _answered(message),
        is_relayed=not _RELAYED.isdisjoint(message),
    )


def _press(query: Json, who: Json) -> Event | None:
    """A very old message is "inaccessible": only its chat and id are told, which is enough."""
    message = query.get("message") or {}
    chat_id, _ = _chat(message)
    return Event(
        **who,
        chat_id=chat_id or who["user_id"],
        thread_id=_topic(message),
        message_id=message.get("message_id"),
        callback_id=str(query.get("id")),
        press=callbacks.unpack(str(query.get("data", ""))),
        on_picture="photo" in message,
    )


def _membership(change: Json, who: Json) -> Event | None:
    chat_id, kind = _chat(change)
    status = (change.get("new_chat_member") or {}).get("status")
    if chat_id is None or kind != "private":
        return None
    return Event(**who, chat_id=chat_id, blocked=status == "kicked")


_READERS = {"message": _message, "callback_query": _press, "my_chat_member": _membership}


def _who(update: Json, sender: Json) -> Json:
    return {
        "update_id": update["update_id"],
        "user_id": sender["id"],
        "first_name": typed.name(_clean(str(sender.get("first_name", "")))),
        "username": _clean(str(sender["username"])) if sender.get("username") else None,
        "language_code": _clean(str(sender["language_code"])) if sender.get("language_code") else None,
    }


def _chat(holder: Json) -> tuple[int | None, str | None]:
    chat = holder.get("chat") or {}
    chat_id = chat.get("id")
    is_one = isinstance(chat_id, int) and abs(chat_id) <= _BIGGEST
    return (chat_id, chat.get("type")) if is_one else (None, None)


def _file(message: Json, kind: str) -> File | None:
    """Its document or sticker."""
    file = message.get(kind)
    if not isinstance(file, dict):
        return None
    name, unique_id = _clean(str(file.get("file_name", ""))), _clean(str(file.get("file_unique_id", "")))
    return File(_clean(str(file.get("file_id", ""))), name, int(file.get("file_size") or 0), unique_id, kind)


def _topic(message: Json) -> int | None:
    """Replies in ordinary groups have a thread, too, which is no topic."""
    thread_id = message.get("message_thread_id")
    return thread_id if message.get("is_topic_message") and isinstance(thread_id, int) else None


def _answered(message: Json) -> Json:
    """The message that this one answers; {} for none. Whatever is typed in a topic "answers" its creation."""
    replied = message.get("reply_to_message")
    if not isinstance(replied, dict) or "forum_topic_created" in replied:
        return {}
    return {} if _topic(message) and replied.get("message_id") == _topic(message) else replied


def _replied_file(message: Json) -> File | None:
    replied = _answered(message)
    return _file(replied, "document") or _file(replied, "sticker")


def _entities(message: Json, text: str) -> tuple[Json, ...]:
    """None where letters had to go: they would point at others. Those cut off in front move them."""
    listed = message.get("entities" if "text" in message else "caption_entities")
    if not isinstance(listed, list) or text != _clean(text):
        return ()
    lead = len(text[: len(text) - len(text.lstrip())].encode("utf-16-le")) // 2
    return tuple(_entity(each, lead) for each in listed if _is_entity(each))


def _entity(entity: Json, lead: int) -> Json:
    words = {name: _clean(value) for name, value in entity.items() if isinstance(value, str)}
    return {**words, "offset": entity["offset"] - lead, "length": entity["length"]}


def _is_entity(entity: object) -> bool:
    return isinstance(entity, dict) and all(
        isinstance(entity.get(name), kind) for name, kind in (("type", str), ("offset", int), ("length", int))
    )


def _photo(message: Json) -> str | None:
    """Telegram lists the sizes from small to large."""
    sizes = message.get("photo")
    largest = sizes[-1] if isinstance(sizes, list) and sizes else None
    return str(largest.get("file_id", "")) or None if isinstance(largest, dict) else None


def _media(message: Json) -> tuple[str, str] | None:
    photo = _photo(message)
    if photo:
        return "photo", photo
    kind = next(
        (each for each in ("video", "document", "audio") if isinstance(message.get(each), dict)), None
    )
    return (kind, _clean(str(message[kind].get("file_id", "")))) if kind else None


def _replied(message: Json) -> int | None:
    number = _answered(message).get("message_id")
    return number if isinstance(number, int) else None


def _is_id(value: object) -> bool:
    return isinstance(value, int) and 0 < value <= _BIGGEST


def _clean(text: str) -> str:
    """Without what PostgreSQL cannot keep: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
