"""Which list of commands somebody sees in a chat: the first that is set, the narrowest first.

https://core.telegram.org/bots/api#determining-list-of-commands
"""

from app.sandbox.telegram.params import Json
from app.sandbox.telegram.records import Chat
from app.sandbox.telegram.state import State

#: What each scope names besides its type.
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def key(scope: Json, language: str = "") -> str:
    return ":".join([*(str(value) for value in scope.values()), language])


def kept(state: State, where: str) -> list[Json]:
    return list((state.store.one("commands", where) or {"commands": []})["commands"])


def shown(state: State, chat: Chat, user_id: int, language: str = "") -> list[Json]:
    """What this member's app offers after a `/`. Nobody in a group of the stand-in is its administrator."""
    here: Json = {"type": "chat", "chat_id": chat.id}
    if chat.is_group:
        member: Json = {"type": "chat_member", "chat_id": chat.id, "user_id": user_id}
        scopes = [member, here, {"type": "all_group_chats"}, {"type": "default"}]
    else:
        scopes = [here, {"type": "all_private_chats"}, {"type": "default"}]
    codes = [language, ""] if language else [""]
    lists = (kept(state, key(scope, code)) for scope in scopes for code in codes)
    return next((each for each in lists if each), [])
