"""A worker is killed in the middle of a broadcast, while Telegram has the message and has not said so."""

from __future__ import annotations

import pytest

from app.infra import transactions
from app.infra.queue import outbox
from app.ops import invariants
from app.people import broadcasts
from models import Broadcast, BroadcastRecipient
from tests.support import given, worker_processes

PEOPLE = range(101, 113)
UNLUCKY = 105


@pytest.fixture
def crowd(telegram, pakasir):
    """Twelve people who wrote to the bot, and the admin."""
    people = [telegram.person(number, f"P{number}") for number in (2, *PEOPLE)]
    for each in people:
        each.user.started = True
    for each in people[1:]:
        given.person(each.id, each.user.first_name)
    return people[1:]


@pytest.fixture
def workers(telegram, valkey):
    started = worker_processes.WorkerProcesses(module="tests.processes.broadcast_worker")
    yield started
    started.close()
    print("".join(started.log[-100:]))


def killed_in_the_middle(telegram, workers):
    """The first worker dies while the unlucky one's message is on its way; another one takes over."""
    telegram.fault("sendMessage", "dropped", delay_s=30, chat_id=UNLUCKY)
    first = workers.start()
    assert telegram.wait(lambda: telegram.called("sendMessage", UNLUCKY), 20)
    workers.kill(first)
    workers.start()


def got(telegram, person_id):
    return len([each for each in telegram.person(person_id, "").messages() if each.by_bot])


@pytest.mark.slow
def test_nobody_gets_a_broadcast_twice(telegram, crowd, workers):
    progress = telegram.person(2, "Bob")
    question = progress.send_text("menunggu")
    broadcasts.confirm(broadcasts.draft_text("Halo", 2).id, 2, question.id)

    killed_in_the_middle(telegram, workers)
    assert telegram.wait(lambda: broadcasts.get(1).state == Broadcast.DONE and settled(), 30)

    assert {got(telegram, number) for number in PEOPLE} == {1}
    done = broadcasts.get(1)
    # Bob has written too, and may be known by the time that all are listed.
    assert done.sent + done.unknown == done.total >= len(PEOPLE)
    assert 1 <= done.unknown <= broadcasts.LANES
    assert invariants.run() == []


def settled():
    return not BroadcastRecipient.select().where(BroadcastRecipient.state == "sending").exists()


@pytest.mark.slow
def test_without_marking_people_before_the_call_somebody_does(telegram, crowd, workers):
    one = broadcasts.confirm(broadcasts.draft_text("Halo", 2).id, 2, None)
    broadcasts.list_recipients(one.id, one.run)
    broadcasts.stop(one.id)
    with transactions.atomic():
        outbox.add("send_unmarked", one.id, queue="bulk")

    killed_in_the_middle(telegram, workers)
    assert telegram.wait(lambda: got(telegram, PEOPLE[-1]), 30)

    assert got(telegram, UNLUCKY) == 2
