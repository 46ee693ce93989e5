"""What an update leads to, small enough to be stored: which screen to draw, and what to answer a press."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.errors import Locked
from app.infra.queue import sealing

_NAME = re.compile(r"[a-z_.]{1,20}", re.ASCII)


@dataclass(frozen=True)
class Reply:
    """`screen` is a name in routes.SCREENS, drawn with the person and `args`.

    It changes the message that the pressed button sits on. `anew` replaces that message by a new one
    (a screen with a reply keyboard can only be sent), `below` sends one and leaves that as it is. After a
    typed message it is always a new one.
    """

    screen: str | None = None
    args: tuple[Any, ...] = ()
    toast: str | None = None
    alert: bool = False
    anew: bool = False
    below: bool = False
    #: So many of the screen's messages got through, and the one after them did not.
    begun: int = 0

    def store(self) -> dict[str, Any]:
        """What a screen is drawn from may hold codes or what people wrote: that is encrypted."""
        return vars(self) | {"args": [_close(arg) for arg in self.args]}

    @classmethod
    def load(cls, stored: dict[str, Any]) -> Reply:
        """Nothing to draw when its key is gone: it has acted before."""
        try:
            return cls(**stored | {"args": tuple(sealing.unseal(stored["args"]))})
        except Locked:
            return SILENT


#: A press is answered all the same.
SILENT = Reply()


def _close(arg: Any) -> Any:
    """Names of ours stay open, as most replies hold nothing else."""
    return arg if isinstance(arg, str) and _NAME.fullmatch(arg) else sealing.closed(arg)


def show(screen: str, *args: Any, toast: str | None = None, alert: bool = False) -> Reply:
    return Reply(screen, args, toast, alert)


def anew(screen: str, *args: Any, toast: str | None = None) -> Reply:
    return Reply(screen, args, toast, anew=True)


def say(sentence: str) -> Reply:
    """One sentence (HTML) with the ways into the shop under it."""
    return Reply("sentence", (sentence,))


def toast(text: str, *, alert: bool = False) -> Reply:
    """Only for a press: the screen stays as it is."""
    return Reply(toast=text, alert=alert)
