"""`/dead`: jobs that failed for good, and running them once more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zlib import crc32

from app import failures
from app.bot.texts.admin import jobs as texts
from app.bot.toolkit import clock, html, keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.html import Html
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Screen
from app.bot.toolkit.turn import Turn
from app.errors import Unknown
from app.infra.queue import dead
from models import DeadLetter, User

PAGE = 5
LINE_UNITS, ERROR_UNITS = 160, 2000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def jobs(_person: User, number: int) -> Screen:
    page = paging.of_query(dead.waiting(), number, PAGE)
    if not page.items:
        return Screen(texts.NO_DEAD())
    first = (page.number - 1) * PAGE + 1
    numbered = list(enumerate(page.items, first))
    rows = [
        [
            Button(f"{place}. {letter.actor}", pack("dead_job", *_mark(letter))),
            Button(keyboards.TRY_AGAIN, pack("retry_job", *_mark(letter), page.number)),
        ]
        for place, letter in numbered
    ]
    listed = html.lines(_line(place, letter) for place, letter in numbered)
    turn_page = keyboards.pager("dead", page=page.number, pages=page.pages, up=pack("dead", 1))
    return Screen(texts.DEAD(count=page.count, jobs=listed), [*rows, *turn_page])


def job(_person: User, moment: int, check: int) -> Screen:
    """Raises Unknown when it was dealt with."""
    letter = _find(moment, check)
    if letter is None:
        raise Unknown("job")
    text = texts.DEAD_JOB(
        actor=letter.actor,
        at=clock.moment(letter.died_at),
        attempts=letter.attempts,
        trace=letter.correlation_id or "-",
        error=html.cut(letter.error, ERROR_UNITS),
    )
    again = [Button(keyboards.TRY_AGAIN, pack("retry_job", moment, check, 1))]
    return Screen(text, [again, *keyboards.back("dead", 1)])


def retry(_turn: Turn, moment: int, check: int, page: int) -> Reply:
    """Once: a second press finds nothing that waits."""
    letter = _find(moment, check)
    again = letter is not None and failures.retry(letter.id)
    said = texts.TRIED_AGAIN if again else texts.DEALT_WITH
    return show("dead", page, toast=said.plain())


def _line(place: int, letter: DeadLetter) -> Html:
    return texts.DEAD_LINE(
        number=place,
        actor=letter.actor,
        at=clock.moment(letter.died_at),
        attempts=letter.attempts,
        error=html.cut(letter.error, LINE_UNITS),
    )


def again(letter: DeadLetter) -> str:
    """What a button carries that runs the job once more."""
    return pack("retry_job", *_mark(letter), 1)


def _mark(letter: DeadLetter) -> tuple[int, int]:
    """Buttons carry numbers only: when it died, to the microsecond, and a check on which it was."""
    return (letter.died_at - _EPOCH) // _MICROSECOND, crc32(letter.id.encode())


def _find(moment: int, check: int) -> DeadLetter | None:
    died_at = _EPOCH + timedelta(microseconds=min(moment, 10**17))
    same = dead.waiting().where(DeadLetter.died_at == died_at)
    return next((letter for letter in same if _mark(letter)[1] == check), None)
