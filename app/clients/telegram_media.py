"""Files as the Bot API takes them: content to upload, or the id of what Telegram has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import InputFile, InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo

_KINDS: dict[str, Any] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}


def file(content: bytes | str, filename: str | None) -> InputFile | str:
    return content if isinstance(content, str) else InputFile(content, filename=filename)


def photo(content: bytes, caption: str) -> Any:
    """A picture to upload in the place of another, its caption (HTML) with it."""
    return InputMediaPhoto(content, caption=caption, parse_mode="HTML", filename="picture.png")


def album(items: Sequence[tuple[str, str]], caption: str) -> list[Any]:
    """(kind, file id) each, the caption (HTML) under the first."""
    (kind, file_id), *others = items
    first = _KINDS[kind](file_id, caption=caption, parse_mode="HTML")
    return [first, *(_KINDS[kind](file_id) for kind, file_id in others)]
