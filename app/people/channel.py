"""The shop's channel, where good testimonials appear: which it is, and what becomes of one that is lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from app import audit
from app.infra import stored, transactions
from app.infra.queue import outbox
from app.people import notices

KEY = "channel"


@dataclass(frozen=True)
class Channel:
    """`name` is how people know it: `@toko`, or its id for one that is private."""

    id: int
    name: str
    title: str


def current() -> Channel | None:
    kept = stored.get(KEY)
    return Channel(**kept) if kept else None


def promise(named: str, chat_id: int, admin_id: int, thread_id: int | None = None) -> None:
    """Have it tried whether the bot may post there, and the chat told what came of it."""
    with transactions.atomic():
        outbox.add("try_channel", named, chat_id, admin_id, thread_id)


def choose(wanted: Channel) -> bool:
    """From now on this is the shop's; False when it was before."""
    with transactions.atomic():
        return _put("channel.chosen", wanted)


def remove() -> Channel | None:
    """No more posts; those that are there stay. The channel that was the shop's, if there was one."""
    with transactions.atomic():
        former = _locked()
        _put("channel.removed", None)
        return former


def lose(channel_id: int) -> None:
    """The bot cannot post there any more: the admins are told, once."""
    with transactions.atomic():
        former = _locked()
        if former and former.id == channel_id:
            _put("channel.lost", None)
            notices.to_admins("channel_lost", title=former.title, name=former.name)


def doubt(channel_id: int) -> None:
    """What the bot may do there has changed: have it looked at."""
    now = current()
    if now and now.id == channel_id:
        with transactions.atomic():
            outbox.add("look_at_channel", channel_id)


def _locked() -> Channel | None:
    kept = stored.lock(KEY, False)
    return Channel(**kept) if kept else None


def _put(action: str, wanted: Channel | None) -> bool:
    before, after = stored.lock(KEY, False), asdict(wanted) if wanted else False
    if before == after:
        return False
    stored.put(KEY, after)
    audit.record(action, f"setting:{KEY}", before=before, after=after)
    return True
