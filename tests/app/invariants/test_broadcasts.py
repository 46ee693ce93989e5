"""What the checks say about broadcasts that were broken by hand."""

from __future__ import annotations

import pytest

from app.backoffice import retention
from app.people import broadcasts, recipients
from tests.support import given
from tests.support.broken import breaches, by_hand


@pytest.fixture
def running(database, valkey):
    """A broadcast to two people, one of whom has it."""
    given.person(given.ALICE)
    given.person(given.CHARLIE, "Charlie")
    one = broadcasts.confirm(broadcasts.draft_text("Halo", given.BOB).id, given.BOB, None)
    broadcasts.list_recipients(one.id, one.run)
    by_hand("DELETE FROM outbox WHERE actor = 'list_recipients'")
    person = recipients.claim(one.id, one.run, 0)
    recipients.settle(one.id, person.user_id, "sent")
    return one


def test_a_broadcast_on_its_way_is_fine(running):
    assert breaches() == []


def test_every_recipient_is_counted(running):
    by_hand("DELETE FROM broadcast_recipient WHERE user_id = %s", given.CHARLIE)

    assert breaches() == ["invariant 4: broadcast 1: counts 2 listed recipients, but there are 1"]


def test_counts_are_those_of_the_recipients(running):
    by_hand("UPDATE broadcast SET sent = 2")

    assert breaches() == ["invariant 4: broadcast 1: counts 2 sent recipients, but there are 1"]


def test_a_done_broadcast_has_nobody_waiting(running):
    by_hand("UPDATE broadcast SET state = 'done'")

    assert "invariant 4: broadcast 1: is done, but user 3 is waiting" in breaches()


def test_a_running_broadcast_has_somebody_who_sends_it(running):
    by_hand("DELETE FROM outbox WHERE actor = 'send_broadcast'")

    assert breaches() == ["invariant 4: broadcast 1: is running, but nobody is going to send it"]


def test_jobs_of_an_earlier_run_send_nothing(running):
    by_hand("UPDATE broadcast SET run = run + 1")

    assert breaches() == ["invariant 4: broadcast 1: is running, but nobody is going to send it"]


def test_what_waits_in_line_comes_next(running):
    broadcasts.confirm(broadcasts.draft_text("Lagi", given.BOB).id, given.BOB, None)
    by_hand("UPDATE broadcast SET state = 'stopped' WHERE id = 1")

    assert "invariant 4: broadcast 2: waits in line, but nothing is running" in breaches()


def test_old_lists_are_pruned_and_not_missed(running):
    broadcasts.stop(running.id)
    by_hand("UPDATE broadcast SET ended_at = ended_at - %s", retention.RECIPIENTS_KEPT)

    assert retention.prune() == 2
    assert breaches() == []
