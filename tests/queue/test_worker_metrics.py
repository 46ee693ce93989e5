"""What worker processes count, through their ends and their successors."""

from __future__ import annotations

import signal

import pytest

from app.infra.metrics import processes, reporter
from app.infra.metrics.ledger import field
from tests.support.stack import await_true

pytestmark = pytest.mark.slow


@pytest.fixture
def runs(own_valkey):
    """Call it for how many runs of a job are counted, by how they ended."""

    def runs(actor, outcome) -> float:
        known = own_valkey.client.hgetall(reporter.key("totals"))
        begin = field("quickcart_job_seconds_bucket", actor, outcome).removesuffix("]").encode()
        return sum(float(value) for name, value in known.items() if name.startswith(begin))

    return runs


def drain(workers, process) -> None:
    workers.kill(process, signal.SIGTERM)
    assert process.wait(90) == 0


def test_what_a_worker_has_counted_outlives_it_and_its_successor_adds(workers, enqueue, done, runs):
    for number in (1, 2):
        process = workers.start()
        enqueue("note", f"job {number}")
        assert done.next() == f"job {number}"
        drain(workers, process)

        assert runs("note", "done") == number


def test_two_workers_are_two_processes_until_they_end(workers):
    first, second = workers.start(threads=3), workers.start(threads=5)
    await_true(lambda: len(processes.alive()) == 2, "both workers")

    assert {(one.kind, one.threads, one.busy) for one in processes.alive()} == {
        ("worker", 3, 0),
        ("worker", 5, 0),
    }
    drain(workers, first)
    assert [one.threads for one in processes.alive()] == [5]
    drain(workers, second)
    assert processes.alive() == []
