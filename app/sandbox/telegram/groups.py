"""Groups: made, joined and left by the bot, and turned into supergroups."""

import time

from app.sandbox.telegram.params import Json
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Chat
from app.sandbox.telegram.state import State
from app.sandbox.telegram.updates.queue import Updates


def create(state: State, updates: Updates, chat: Chat, by: Person) -> Chat:
    """A group with the bot in it; the bot is told."""
    state.add_chat(chat)
    _tell(state, updates, chat, by, "left", "member")
    return chat


def standing(chat: Chat) -> Json:
    """What the bot is in a chat, as `ChatMember` of the Bot API."""
    if not chat.has_bot:
        return {"status": "kicked", "until_date": 0}
    if not chat.bot_is_admin:
        return {"status": "member"}
    rights: Json = {"can_post_messages": chat.bot_may_post} if chat.type == "channel" else {}
    return {"status": "administrator", "can_be_edited": False} | rights


def open_topic(state: State, chat: Chat, name: str, by: Person) -> int:
    """A new topic of a forum; its id is that of the message that made it."""
    with state.lock:
        if not chat.last_message_id:  # 1 is the general topic
            state.post(chat, by.user.api(), {"supergroup_chat_created": True})
        made = state.post(chat, by.user.api(), {"forum_topic_created": {"name": name, "icon_color": 0}})
        made.api |= {"message_thread_id": made.id, "is_topic_message": True}
        chat.topics[str(made.id)] = "open"
        state.keep(made)
        state.keep(chat)
        return made.id


def remove_bot(state: State, updates: Updates, chat: Chat, by: Person) -> None:
    """Somebody throws the bot out."""
    with state.lock:
        chat.has_bot = False
        state.keep(chat)
        _tell(state, updates, chat, by, "member", "kicked")


def migrate(state: State, updates: Updates, old: Chat, new_id: int, by: Person) -> Chat:
    """A group becomes a supergroup with another id; both are told, and the old one refuses from now on."""
    with state.lock:
        new = state.add_chat(
            Chat(new_id, "supergroup", old.title, list(old.members), bot_is_admin=old.bot_is_admin)
        )
        leaving = state.post(old, by.user.api(), {"migrate_to_chat_id": new.id})
        updates.add("message", leaving.api, lane=old.id)
        old.migrated_to = new.id
        state.keep(old)
        arriving = state.post(new, by.user.api(), {"migrate_from_chat_id": old.id})
        updates.add("message", arriving.api, lane=new.id)
        return new


def _tell(state: State, updates: Updates, chat: Chat, by: Person, old: str, new: str) -> None:
    def member(status: str) -> Json:
        until: Json = {"until_date": 0} if status == "kicked" else {}
        return {"user": state.bot, "status": status} | until

    base = {"chat": state.chat_api(chat), "from": by.user.api(), "date": int(time.time())}
    change = {"old_chat_member": member(old), "new_chat_member": member(new)}
    updates.add("my_chat_member", base | change, lane=chat.id)
