"""`/dead`: jobs that failed for good, and running them once more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zlib import crc32

from app.backoffice import failed_jobs, failures
from app.backoffice.failed_jobs import Group
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.errors import Unknown
from app.infra.queue import dead
from app.texts import causes, clock, html, job_words
from app.texts.html import Html
from app.texts.operators import jobs as texts
from models import DeadLetter, Order, User, utcnow

PAGE = 5
ERROR_UNITS = 2000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def jobs(_person: User, number: int) -> Screen:
    """In groups of what failed alike; one that is alone with its own buttons."""
    groups = failed_jobs.groups()
    page = paging.of_list(groups, number, PAGE)
    if not page.items:
        return Screen(texts.NO_DEAD())
    first = (page.number - 1) * PAGE + 1
    latest = dead.latest([group.kind for group in page.items])
    numbered = [(place, group, latest[group.kind]) for place, group in enumerate(page.items, first)]
    about = failures.orders_of([letter for _, group, letter in numbered if group.count == 1])
    rows = [
        row
        for place, group, letter in numbered
        for row in _buttons(place, group, letter, about.get(letter.id), page.number)
    ]
    listed = html.lines(_line(*each) for each in numbered)
    turn_page = keyboards.pager("dead", page=page.number, pages=page.pages)
    return Screen(texts.DEAD(count=sum(group.count for group in groups), jobs=listed), [*rows, *turn_page])


def _buttons(place: int, group: Group, letter: DeadLetter, order: Order | None, page: int) -> Rows:
    """One about an order leads to that, with what can be done instead; half a row would cut its invoice."""
    if group.count > 1:
        label = keyboards.SEE_GROUP.plain(number=place, count=group.count)
        return [[Button(label, pack("dead_group", _seen(group)[0]))]]
    again = Button(keyboards.TRY_AGAIN, pack("retry_job", *_mark(letter), page))
    if order:
        return [[Button(f"{place}. {order.invoice}", pack("admin_order", order.id))], [again]]
    return [[Button(keyboards.SEE_DETAILS.plain(number=place), pack("dead_job", *_mark(letter))), again]]


def _sample(group: Group) -> DeadLetter:
    """The latest; its group may have been dealt with a moment ago."""
    return dead.latest([group.kind])[group.kind]


def group(_person: User, check: int) -> Screen:
    """A group as it is now; its buttons decide on what is seen here. Raises Unknown when none waits."""
    found = _group(check)
    error = _sample(found).error
    text = texts.GROUP(
        what=job_words.what(found.actor),
        count=found.count,
        first=clock.moment(found.first_at),
        last=clock.moment(found.last_at),
        again=found.again,
        hint=texts.HINTS[found.hint],
        cause=causes.told(error, found.actor),
        error=html.cut(error, ERROR_UNITS),
    )
    ways = ((keyboards.RETRY_GROUP, 1), (keyboards.DISCARD_GROUP, 0))
    ask = [Button(label, pack("dead_ask", *_seen(found), flag)) for label, flag in ways]
    return Screen(text, [ask, *keyboards.back("dead", 1)])


def ask(_person: User, check: int, until: int, again: int) -> Screen:
    """What would become of the group as it was seen. Raises Unknown."""
    found, last = _group(check), _moment(until)
    act = pack("dead_act", check, until, again)
    no = Button(keyboards.LEAVE_IT, pack("dead_group", check))
    if not again:
        text = texts.ASK_DISCARD(
            what=job_words.what(found.actor), count=failed_jobs.seen(found.kind, last).count()
        )
        return Screen(text, [[Button(keyboards.CONFIRM_DISCARD, act), no]])
    shown = failed_jobs.preview(found.kind, last)
    can = len(shown.useful)
    text = texts.ASK_RETRY(
        what=job_words.what(found.actor),
        can=can,
        pointless=len(shown.pointless),
        unreadable=len(shown.unreadable),
    )
    return Screen(text, [[*([Button(keyboards.CONFIRM_RETRY, act)] if can else []), no]])


def act(_turn: Turn, check: int, until: int, again: int) -> Reply:
    """Once: a second press finds nothing that waits, and says so."""
    found, last, began = _group(check), _moment(until), utcnow()
    if again:
        said = texts.RETRIED_TOAST.plain(count=failed_jobs.retry(found.kind, last))
        return show("dead_outcome", check, (began - _EPOCH) // _MICROSECOND, toast=said)
    said = texts.DISCARDED_TOAST.plain(count=failed_jobs.discard(found.kind, last))
    return show("dead", 1, toast=said)


def outcome(_person: User, check: int, since: int) -> Screen:
    kind = _kind(check)
    came = failed_jobs.outcome(kind, _moment(since))
    actor = kind.split(" ")[0].partition("/")[0]
    text = texts.GROUP_OUTCOME(
        what=job_words.what(actor), done=came.done, running=came.running, dead=came.dead
    )
    refresh = [Button(keyboards.REFRESH, pack("dead_outcome", check, since))]
    return Screen(text, [refresh, *keyboards.back("dead", 1)])


def _seen(group: Group) -> tuple[int, int]:
    """Which group, and until when it was seen."""
    return crc32(group.kind.encode()), (group.last_at - _EPOCH) // _MICROSECOND


def _group(check: int) -> Group:
    """Raises Unknown."""
    for each in failed_jobs.groups():
        if crc32(each.kind.encode()) == check:
            return each
    raise Unknown("job")


def _kind(check: int) -> str:
    """Also of a group that nobody waits for any more. Raises Unknown."""
    for letter in DeadLetter.select(DeadLetter.kind).distinct():
        if crc32(letter.kind.encode()) == check:
            return str(letter.kind)
    raise Unknown("job")


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=min(microseconds, 10**17))


def job(_person: User, moment: int, check: int) -> Screen:
    """Raises Unknown when it was dealt with."""
    letter = _find(moment, check)
    if letter is None:
        raise Unknown("job")
    text = texts.DEAD_JOB(
        what=job_words.what(letter.actor),
        at=clock.moment(letter.died_at),
        attempts=letter.attempts,
        cause=causes.told(letter.error, letter.actor),
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


def _line(place: int, group: Group, letter: DeadLetter) -> Html:
    cause = causes.told(letter.error, letter.actor)
    what = job_words.what(group.actor)
    if group.count > 1:
        at = clock.moment(group.last_at)
        return texts.GROUP_LINE(number=place, what=what, count=group.count, at=at, cause=cause)
    order = failures.order_of(letter)
    return texts.DEAD_LINE(
        number=place,
        what=what,
        order=texts.OF_ORDER(invoice=order.invoice) if order else "",
        at=clock.moment(letter.died_at),
        attempts=letter.attempts,
        cause=cause,
    )


def again(letter: DeadLetter) -> str:
    """What a button carries that runs the job once more."""
    return pack("retry_job", *_mark(letter), 1)


def _mark(letter: DeadLetter) -> tuple[int, int]:
    """Buttons carry numbers only: when it died, to the microsecond, and a check on which it was."""
    return (letter.died_at - _EPOCH) // _MICROSECOND, crc32(letter.id.encode())


def _find(moment: int, check: int) -> DeadLetter | None:
    same = dead.waiting().where(DeadLetter.died_at == _moment(moment))
    return next((letter for letter in same if _mark(letter)[1] == check), None)
