"""Which topic of a forum a message goes to. A conversation, or a notice, has one place: whatever is sent to
its chat meanwhile goes there, and if the topic is closed or gone, into the chat's general one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from app.errors import Blocked, TopicGone

_place: ContextVar[tuple[int, int | None] | None] = ContextVar("place", default=None)


@contextmanager
def within(chat_id: int, thread_id: int | None) -> Iterator[None]:
    """Messages to this chat go to this topic; None is the general one."""
    token = _place.set((chat_id, thread_id))
    try:
        yield
    finally:
        _place.reset(token)


def is_chosen(chat_id: int) -> bool:
    place = _place.get()
    return place is not None and place[0] == chat_id


def deliver(chat_id: int, call: Callable[[int | None], int]) -> int:
    """`call` with the topic's id. Raises Blocked where even the general topic is closed."""
    place = _place.get()
    if place and place[0] == chat_id and place[1]:
        with suppress(TopicGone):
            return call(place[1])
    try:
        return call(None)
    except TopicGone as gone:
        raise Blocked(gone.message) from gone
