"""One call to somebody else's server: its line in the log and its place in the numbers, alike for all.

Of what is sent and answered nothing is kept: no text, no goods, no QR, no address, no key.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import structlog

from app.errors import ClientError
from app.infra.metrics import counters

log = structlog.get_logger()

OK, BROKEN = "ok", "broken"
Api = Literal["telegram", "pakasir"]


class Call:
    """How it ends: whoever makes it may say otherwise than `ok`."""

    def __init__(self) -> None:
        self.outcome = OK
        #: What of the time was asked for, as by a long poll.
        self.waited_s = 0.0
        #: Ordinary ones that come every few seconds are only written when somebody looks closely.
        self.is_routine = False


@contextmanager
def recorded(api: Api, call: str, *, invoice: str | None = None, chat_id: object = None) -> Iterator[Call]:
    """`call` is one of a few names. An error's class is the outcome."""
    one, begun_s = Call(), time.perf_counter()
    try:
        yield one
    except ClientError as error:
        one.outcome = type(error).__name__.lower()
        raise
    except BaseException:
        one.outcome = BROKEN
        raise
    finally:
        took_s = time.perf_counter() - begun_s
        counters.API_CALLS.labels(api, call, one.outcome).observe(max(0.0, took_s - one.waited_s))
        write = log.debug if one.is_routine and one.outcome == OK else log.info
        about = {"invoice": invoice} if api == "pakasir" else {"chat": chat_kind(chat_id)}
        write(_LINES[api], call=call, outcome=one.outcome, ms=round(took_s * 1000, 1), **about)


_LINES = {"telegram": "telegram call", "pakasir": "gateway call"}


def chat_kind(chat_id: object) -> str | None:
    """Whom a message is for, without saying whom: groups and channels have negative ids, channels' and large
    groups' begin with -100."""
    if not isinstance(chat_id, int):
        return None if chat_id is None else "named"
    return "private" if chat_id > 0 else "group"
