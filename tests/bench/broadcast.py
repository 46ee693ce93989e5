"""A broadcast to many: how fast it goes within the limit and without, and what it costs those who buy."""

from __future__ import annotations

import time

from app.infra.transactions import atomic
from app.people import broadcasts, users
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from models import Broadcast, db
from tests.bench import chat, report
from tests.support.stack import ADMIN, Stack

#: More than can be sent while anything here is measured.
PEOPLE, FIRST = 4_000, 20_000
WITHIN_LIMIT_S, RAW = 15.0, 1_500
MOST_A_SECOND = 20


def measure(stack: Stack, looking: list[tuple[Person, Message]]) -> list[report.Figure]:
    """Rates first, then taps and goods while a broadcast runs."""
    _people(stack)
    figures = _within_the_limit(stack)
    running = _start("Selama belanja")
    figures += [_beside(each) for each in chat.measure_taps(stack, looking)]
    figures += [_beside(each) for each in chat.measure_goods(stack, looking)]
    with db.connection_context():
        broadcasts.stop(running)
    return figures


def measure_raw(stack: Stack) -> list[report.Figure]:
    """What one worker process of 8 threads sends when nothing limits it: half of the threads do."""
    stack.stop("worker")
    stack.start_worker("tests.bench.unlimited")
    before = _sent(stack)
    started = time.perf_counter()
    number = _start("Tanpa batas")
    done = stack.telegram.wait(lambda: _sent(stack) >= before + RAW, 120)
    rate = RAW / (time.perf_counter() - started)
    assert done, "the broadcast was too slow"
    with db.connection_context():
        broadcasts.stop(number)
    return [report.figure("broadcast, one worker without a limit", rate, "/s", least=40)]


def _people(stack: Stack) -> None:
    """Known to the shop and to Telegram."""
    with db.connection_context(), atomic():
        for number in range(FIRST, FIRST + PEOPLE):
            stack.telegram.person(number, f"P{number}").user.started = True
            users.meet(number, f"P{number}", None)


def _start(text: str) -> int:
    with db.connection_context():
        number = broadcasts.draft_text(text, ADMIN).id
        broadcasts.confirm(number, ADMIN, None)
        return int(number)


def _within_the_limit(stack: Stack) -> list[report.Figure]:
    before = _sent(stack)
    number = _start("Dalam batas")
    stack.telegram.wait(lambda: _sent(stack) > before, 30)
    started = time.time()
    stack.telegram.wait(lambda: time.time() > started + WITHIN_LIMIT_S, WITHIN_LIMIT_S + 5)
    with db.connection_context():
        broadcasts.stop(number)
    stopped_at = time.time()
    stack.telegram.wait(lambda: time.time() > stopped_at + 2, 3)
    sent_at = _moments(stack)
    late = [at for at in sent_at if at > stopped_at + 1]
    with db.connection_context():
        counted = broadcasts.get(number)
    assert counted.state == Broadcast.STOPPED
    rate = len([at for at in sent_at if started <= at < started + WITHIN_LIMIT_S]) / WITHIN_LIMIT_S
    most = max(len([at for at in sent_at if first <= at < first + 1]) for first in sent_at)
    return [
        report.figure("broadcast, within the limit", rate, "/s", least=15),
        report.figure("broadcast, most in one second", most, "", below=MOST_A_SECOND + 1),
        report.figure("broadcast, messages a second after it was stopped", len(late), "", below=1),
    ]


def _sent(stack: Stack) -> int:
    return len(_moments(stack))


def _moments(stack: Stack) -> list[float]:
    """When Telegram was asked to write to one of these people."""
    theirs = range(FIRST, FIRST + PEOPLE)
    return [call.at for call in stack.telegram.called("sendMessage") if call.chat_id in theirs]


def _beside(figure: report.Figure) -> report.Figure:
    """The same under another name. That the slowest are no slower is promised, not that the median is."""
    name = f"{figure.what}, during a broadcast"
    if figure.what.endswith("p50"):
        return report.Figure(name, figure.value)
    return report.Figure(name, figure.value, figure.target, figure.good)
