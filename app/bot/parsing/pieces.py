"""A paste that Telegram has cut: it sends what is longer than a message as several, in any order.

Apps cut at the limit, or at the last line or word before it. Whether the cut went through a line is told by
the other lines: how many fields they have, how long they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import orjson

from app.bot.parsing import lines
from app.bot.toolkit import formatting
from app.bot.toolkit.events import Event
from app.bot.toolkit.turn import Turn
from app.infra import crypto
from app.people import users
from app.texts.html import MESSAGE, NEARLY_FULL, units

#: More than this is a file's business.
MOST = 20
#: Telegram trims what it cut: a message that lacks no more may be a full one, cut in the middle of a word.
TRIMMED = 4


@dataclass(frozen=True)
class Piece:
    """One message of the paste; `units` are those of the whole message. `is_formatted`: in ways that may have
    been signs of its goods."""

    message_id: int
    units: int
    text: str
    is_formatted: bool = False

    @property
    def may_go_on(self) -> bool:
        return self.units >= NEARLY_FULL


@dataclass(frozen=True)
class Whole:
    """`doubts`: lines around a cut that may have been put together, or left apart, wrongly."""

    lines: list[str]
    doubts: list[str]


def of(event: Event, start: int = 0) -> Piece:
    """What was typed from the letter `start` on."""
    text = formatting.typed(event.text, formatting.certain(event.text, event.entities, start), start)
    is_formatted = bool(formatting.doubtful(event.text, event.entities, start))
    return Piece(event.message_id or 0, units(event.text), text, is_formatted)


def remember(turn: Turn) -> None:
    """Nobody knew what an admin's message is: should its beginning come later, it is not lost."""
    event = turn.event
    may_be_one = event.text and not event.is_media and not event.in_group and not event.is_relayed
    if may_be_one and users.is_admin(turn.person) and len(turn.session.strays) < MOST:
        turn.session.stray(pack([of(event)]))


def strays(turn: Turn) -> list[Piece]:
    """What came too early and belongs behind this message."""
    found = [piece for packed in turn.session.strays for piece in unpack(packed)]
    return [piece for piece in found if piece.message_id > (turn.event.message_id or 0)]


def follow_each_other(pieces: Sequence[Piece]) -> bool:
    """None can be missing in between."""
    return all(after.message_id == before.message_id + 1 for before, after in pairwise(pieces))


def together(pieces: Sequence[Piece]) -> Whole:
    """The lines of all pieces, in the order of the messages."""
    usual = _Usual([line for piece in pieces for line in lines.split(piece.text)[1:-1]])
    whole, doubts = lines.split(pieces[0].text), []
    for before, piece in pairwise(pieces):
        first, *others = lines.split(piece.text)
        at_limit = before.units >= MESSAGE
        was_cut = usual.was_cut(whole[-1], first)
        if was_cut is None or (was_cut and MESSAGE - TRIMMED <= before.units < MESSAGE):
            doubts.append(f"{whole[-1]} ✂ {first}")
        if was_cut or (was_cut is None and at_limit):
            whole[-1] += first if at_limit else f" {first}"
            whole += others
        else:
            whole += [first, *others]
    return Whole(whole, doubts)


def pack(pieces: Sequence[Piece]) -> str:
    """Encrypted: they are goods."""
    stored = [[piece.message_id, piece.units, piece.text, piece.is_formatted] for piece in pieces]
    return crypto.encrypt(orjson.dumps(stored).decode()).decode()


def unpack(packed: str) -> list[Piece]:
    return [Piece(*stored) for stored in orjson.loads(crypto.decrypt(packed.encode()))]


class _Usual:
    """What lines look like that were surely not cut."""

    def __init__(self, whole: Sequence[str]) -> None:
        filled = [line for line in whole if line.strip()]
        self._mark = next((mark for mark in "|:;,\t " if any(mark in line for line in filled)), "")
        self._marks = self._most_common([line.count(self._mark) for line in filled]) if self._mark else None
        self._length = self._most_common([len(line) for line in filled]) if not self._mark else None

    @staticmethod
    def _most_common(counts: Sequence[int]) -> int | None:
        """None when the lines differ too much to tell."""
        if not counts:
            return None
        count, times = Counter(counts).most_common(1)[0]
        return count if times * 10 >= len(counts) * 9 else None

    def was_cut(self, last: str, first: str) -> bool | None:
        """Whether two ends are one line; None when nobody can tell."""
        if self._marks is not None:
            return self._judge(last.count(self._mark), first.count(self._mark), self._marks)
        if self._length is not None:
            return self._judge(len(last), len(first), self._length)
        return None

    @staticmethod
    def _judge(last: int, first: int, usual: int) -> bool | None:
        if last == first == usual:
            return False
        return True if last + first == usual else None
