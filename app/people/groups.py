"""Notification groups: which there are, and what becomes of one that moves or throws the bot out."""

from __future__ import annotations

from app import audit
from app.infra import transactions
from app.infra.queue import outbox
from app.people import notices
from models import NotifyGroup, utcnow


def add(chat_id: int, title: str, by: int, thread_id: int | None = None) -> bool:
    """From now on the group, or this topic of it, gets the shop's notices; False when it did before."""
    with transactions.atomic():
        if _insert(chat_id, title, by, thread_id):
            audit.record("group.added", f"group:{chat_id}", title=title, topic=thread_id)
            return True
        return False


def add_unseen(chat_id: int, by: int) -> bool:
    """As `add`, for whoever is not in it: the group gets a word, which shows whether the bot is there."""
    with transactions.atomic():
        added = add(chat_id, "", by)
        if added:
            outbox.add("send_notice", chat_id, "group_added", {})
        return added


def choose_topic(chat_id: int, thread_id: int | None) -> bool:
    """Notices of a group that gets them go to this topic (None: the general one); False when they did."""
    with transactions.atomic():
        group = NotifyGroup.select().where(NotifyGroup.chat_id == chat_id).for_update().first()
        if group is None or group.thread_id == thread_id:
            return False
        NotifyGroup.update(thread_id=thread_id).where(NotifyGroup.chat_id == chat_id).execute()
        audit.record("group.topic_chosen", f"group:{chat_id}", before=group.thread_id, after=thread_id)
        return True


def topic(chat_id: int) -> int | None:
    """Where notices go in this group."""
    thread_id: int | None = (
        NotifyGroup.select(NotifyGroup.thread_id).where(NotifyGroup.chat_id == chat_id).scalar()
    )
    return thread_id


def remove(chat_id: int) -> bool:
    """No more notices; False when the group got none."""
    with transactions.atomic():
        return _drop(chat_id, "group.removed") is not None


def drop_unreachable(chat_id: int) -> None:
    """The bot cannot write there any more: the admins are told, once."""
    with transactions.atomic():
        group = _drop(chat_id, "group.lost")
        if group:
            notices.to_admins("group_lost", chat_id=chat_id, title=group.title)


def doubt(chat_id: int) -> None:
    """The bot is said to be thrown out: have it tried. A move says the same, and old news comes late."""
    with transactions.atomic():
        if get(chat_id):
            outbox.add("look_at_group", chat_id)


def follow(old_id: int, new_id: int) -> None:
    """A group became a supergroup. What lies in the old one keeps its numbers there: new ones start anew."""
    with transactions.atomic():
        group = _drop(old_id, None)
        if group:
            _insert(new_id, group.title, group.added_by)
            audit.record("group.moved", f"group:{new_id}", before=old_id, after=new_id)


def get(chat_id: int) -> NotifyGroup | None:
    group: NotifyGroup | None = NotifyGroup.get_or_none(NotifyGroup.chat_id == chat_id)
    return group


def _insert(chat_id: int, title: str, by: int, thread_id: int | None = None) -> bool:
    row = {"chat_id": chat_id, "thread_id": thread_id, "title": title, "added_by": by, "added_at": utcnow()}
    fresh = NotifyGroup.insert(row).on_conflict_ignore().returning(NotifyGroup.chat_id)
    return bool(list(fresh.execute()))


def _drop(chat_id: int, action: str | None) -> NotifyGroup | None:
    gone = NotifyGroup.delete().where(NotifyGroup.chat_id == chat_id).returning(NotifyGroup)
    group: NotifyGroup | None = next(iter(gone.execute()), None)
    if group and action:
        audit.record(action, f"group:{chat_id}", title=group.title)
    return group
