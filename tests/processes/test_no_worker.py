"""With real processes: the last worker is killed, and comes back."""

import signal

import pytest

from app.infra.queue import outbox
from app.infra.transactions import atomic
from tests.support import given
from tests.support.given import BOB
from tests.support.worker_processes import WorkerProcesses

#: More than a worker's sign of life lasts, a start, and looks in between.
WITHIN_S = 60


@pytest.fixture
def bob(messenger, database):
    person = messenger.person(BOB, "Bob", "bob")
    person.user.started = True
    given.person(BOB, "Bob")
    return person


@pytest.fixture
def workers(messenger, database, valkey):
    processes = WorkerProcesses("workers.actors")
    yield processes
    processes.close()


def reads(messenger, sign):
    return messenger.wait(lambda: sign in signs(messenger), WITHIN_S)


def signs(messenger):
    return [each.text[0] for each in messenger.messages(BOB) if each.text[0] in "🔴🟠🟢"]


@pytest.mark.slow
def test_admins_read_that_no_worker_lives_and_that_one_is_back(start, bob, workers, messenger):
    with atomic():
        outbox.add("evaluate_alerts")
    first = workers.start()
    workers.until_logged("job done", 30)
    start("clock", worker_silence_seconds="3").logs("leading")
    assert not signs(messenger)

    workers.kill(first, signal.SIGKILL)
    assert reads(messenger, "🔴")
    workers.start()

    assert reads(messenger, "🟢")
    assert signs(messenger) == ["🔴", "🟢"]
