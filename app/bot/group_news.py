"""What Telegram tells about groups: one has another id now, or the bot was thrown out. Nobody is answered."""

from __future__ import annotations

from typing import Any

from app.backoffice import moved_groups
from app.people import channel, groups

_GONE = {"left", "kicked"}
_BIGGEST = 2**63 - 1


def heard(update: dict[str, Any]) -> bool:
    """Whether the update was such news; then it has been acted on, and may be again."""
    return _moved(update.get("message")) or _left(update.get("my_chat_member"))


def _moved(message: Any) -> bool:
    """Both sides of the move are told; the old one is enough."""
    if not isinstance(message, dict):
        return False
    old_id, new_id = _group(message), message.get("migrate_to_chat_id")
    if old_id is None or not isinstance(new_id, int) or not -_BIGGEST <= new_id < 0:
        return False
    moved_groups.follow(old_id, new_id)
    return True


def _left(change: Any) -> bool:
    if not isinstance(change, dict):
        return False
    chat_id, member = _group(change), change.get("new_chat_member")
    if chat_id is None or not isinstance(member, dict):
        return False
    channel.doubt(chat_id)
    if member.get("status") in _GONE:
        groups.doubt(chat_id)
    return True


def _group(holder: dict[str, Any]) -> int | None:
    chat = holder.get("chat")
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    return chat_id if isinstance(chat_id, int) and -_BIGGEST <= chat_id < 0 else None
