"""What there is in a messenger: users, chats, messages, files. Records and their Bot API form, no rules."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.sandbox.telegram.params import Json


@dataclass
class User:
    """A person; `started` once they wrote to the bot."""

    id: int
    first_name: str
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    #: Of their app.
    language_code: str = "id"

    def api(self) -> Json:
        """As `User` of the Bot API."""
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        user["language_code"] = self.language_code
        return user | ({"username": self.username} if self.username else {})


@dataclass
class Chat:
    """A private chat (its id is the user's), a group or a channel; `keyboard` lies under the input field."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    has_bot: bool = True
    bot_is_admin: bool = False
    #: Of a channel: how people find it, and whether its admin, the bot, may post.
    username: str | None = None
    bot_may_post: bool = True
    migrated_to: int | None = None
    #: Topics of a forum by the id of the message that made them: open or closed. Empty: it is no forum.
    topics: dict[str, str] = field(default_factory=dict)
    #: Why the bot may not write here, as Telegram says it.
    muted: str = ""
    last_message_id: int = 0
    keyboard: Json | None = None
    keyboard_message_id: int | None = None

    @property
    def is_group(self) -> bool:
        """Whether group limits hold here."""
        return self.type != "private"


@dataclass(frozen=True)
class Button:
    """One button, where it is and what it does."""

    label: str
    row: int
    column: int
    data: str | None = None
    url: str | None = None


#: What a message shows, the more telling kinds first.
KINDS = (
    "text", "photo", "document", "sticker", "animation", "audio", "video", "video_note", "voice", "venue",
    "location", "contact", "poll", "dice",
)  # fmt: skip


@dataclass
class Message:
    """A message; `api` is what the bot sees, `markup` any keyboard it carries."""

    chat_id: int
    id: int
    api: Json
    by_bot: bool
    markup: Json | None = None
    deleted: bool = False

    @property
    def text(self) -> str:
        """Its text or its caption."""
        return str(self.api.get("text") or self.api.get("caption") or "")

    @property
    def kind(self) -> str:
        """One of KINDS, or service."""
        return next((each for each in KINDS if each in self.api), "service")

    @property
    def file_id(self) -> str | None:
        """The file it shows; the largest size of a photo."""
        held: Any = self.api.get(self.kind)
        if self.kind == "photo":
            held = held[-1]
        return held["file_id"] if isinstance(held, dict) else None

    @property
    def file_name(self) -> str:
        """What the document is called."""
        return str(self.api.get("document", {}).get("file_name", ""))

    @property
    def buttons(self) -> list[Button]:
        """The inline buttons, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            Button(each["text"], row, column, each.get("callback_data"), each.get("url"))
            for row, line in enumerate(rows)
            for column, each in enumerate(line)
        ]

    @property
    def monospace(self) -> list[str]:
        """The pieces that a tap copies."""
        units = self.text.encode("utf-16-le")
        return [
            units[each["offset"] * 2 : (each["offset"] + each["length"]) * 2].decode("utf-16-le")
            for each in self.api.get("entities", []) + self.api.get("caption_entities", [])
            if each["type"] in {"code", "pre"}
        ]


@dataclass
class File:
    """A stored file; one upload has one `unique_id` in all its copies."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    emoji: str = ""

    @property
    def path(self) -> str:
        """Where it is downloaded from."""
        return f"{self.kind}s/{self.unique_id}-{self.name}"

    def api(self) -> Json:
        """As PhotoSize, Document or Sticker of the Bot API."""
        common: Json = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind not in {"photo", "sticker"}:
            return common | {"file_name": self.name, "mime_type": self.mime}
        common |= {"width": self.width, "height": self.height}
        if self.kind == "photo":
            return common
        return common | {"type": "regular", "is_animated": False, "is_video": False, "emoji": self.emoji}


def record(thing: User | Chat | Message | File) -> Json:
    """A thing as it is stored; its class takes the fields back as keywords."""
    return asdict(thing)
