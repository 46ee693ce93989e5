"""Everybody at once on one broadcast: lanes that claim people, admins who press, what comes next in line."""

from __future__ import annotations

import pytest

from app.ops import invariants
from app.people import broadcasts, recipients
from models import Broadcast
from tests.support import given, racing

PEOPLE = 60


@pytest.fixture
def running(valkey, made_once):
    """A broadcast to many, with its list."""
    return made_once(begun)


def begun():
    for number in range(1, PEOPLE + 1):
        given.person(number, f"P{number}")
    return started(broadcasts.draft_text("Halo", 2))


def started(draft):
    one = broadcasts.confirm(draft.id, 2, None)
    broadcasts.list_recipients(one.id, one.run)
    return broadcasts.get(one.id)


def lane(one, number):
    """Claims people and settles them, until nobody waits."""
    served = []
    while person := recipients.claim(one.id, one.run, number):
        served.append(person.user_id)
        recipients.settle(one.id, person.user_id, "sent")
    broadcasts.finish(one.id, one.run)
    return served


def test_lanes_never_share_a_person(running):
    served = racing.together(*[lambda n=n: lane(running, n) for n in range(6)])

    assert sorted(person for each in served for person in each) == list(range(1, PEOPLE + 1))
    done = broadcasts.get(running.id)
    assert (done.state, done.sent) == (Broadcast.DONE, PEOPLE)
    assert len(given.audited("broadcast.done")) == 1


def test_without_comparing_the_state_two_lanes_write_to_the_same_person(running):
    lanes = [lambda n=n: recipients.claim(running.id, running.run, n) for n in range(2)]

    claimed = racing.overtaken(*lanes, racing.Guard(r"w\.state = 'waiting'", "TRUE"))

    assert [person.user_id for person in claimed] == [1, 1]


def test_two_taps_start_it_once(running):
    broadcasts.stop(running.id)
    draft = broadcasts.draft_text("Lagi", 2)

    results = racing.together(*[lambda: broadcasts.confirm(draft.id, 2, 7)] * 5)

    assert [result is None for result in results].count(False) == 1
    assert len([args for args in given.promised("list_recipients") if args[0] == draft.id]) == 1


TURN = racing.Guard(r"pg_advisory_xact_lock\(%s\)", "%s::bigint")


def test_without_comparing_the_state_two_taps_start_it_twice(running):
    broadcasts.stop(running.id)
    draft = broadcasts.draft_text("Lagi", 2)

    def confirm():
        return broadcasts.confirm(draft.id, 2, 7)

    racing.overtaken(confirm, confirm, TURN, racing.compare("broadcast", "state"))

    assert len([args for args in given.promised("list_recipients") if args[0] == draft.id]) == 2


def test_of_many_confirmed_at_once_one_runs(running):
    broadcasts.stop(running.id)
    drafts = [broadcasts.draft_text(f"Siaran {n}", 2).id for n in range(5)]

    racing.together(*[lambda one=one: broadcasts.confirm(one, 2, None) for one in drafts])

    assert sorted(broadcasts.get(one).state for one in drafts) == ["queued"] * 4 + ["running"]
    assert invariants.run() == []


def test_without_the_turn_and_the_index_two_run(running):
    broadcasts.stop(running.id)
    drafts = [broadcasts.draft_text(f"Siaran {n}", 2).id for n in range(2)]
    confirms = [lambda one=one: broadcasts.confirm(one, 2, None) for one in drafts]

    with racing.without_index("broadcast_one_running"):
        racing.overtaken(*confirms, TURN, at="SELECT EXISTS")
        assert [broadcasts.get(one).state for one in drafts] == ["running", "running"]


@pytest.mark.parametrize("round_", range(4))
def test_what_is_being_listed_is_not_done(running, round_):
    broadcasts.stop(running.id)
    one = broadcasts.confirm(broadcasts.draft_text("Lagi", 2).id, 2, None)

    racing.together(
        lambda: broadcasts.list_recipients(one.id, one.run), *[lambda: broadcasts.finish(one.id, one.run)] * 3
    )

    assert broadcasts.get(one.id).state == Broadcast.RUNNING
    assert invariants.run() == []


@pytest.mark.parametrize("round_", range(4))
def test_pressing_everything_at_once_leaves_one_state_that_adds_up(running, round_):
    presses = [broadcasts.pause, broadcasts.resume, broadcasts.stop, broadcasts.pause]

    racing.together(
        *[lambda press=press: press(running.id) for press in presses],
        *[lambda n=n: lane(running, n) for n in range(2)],
    )

    ended = broadcasts.get(running.id)
    assert ended.state in {Broadcast.STOPPED, Broadcast.DONE}
    assert invariants.run() == []


@pytest.mark.parametrize("round_", range(4))
def test_who_is_released_while_the_rest_finishes_is_not_left_out(running, round_):
    last = [recipients.claim(running.id, running.run, 9) for _ in range(PEOPLE)][-1]
    for number in range(1, PEOPLE):
        recipients.settle(running.id, number, "sent")

    racing.together(
        lambda: recipients.release(running.id, last.user_id),
        lambda: broadcasts.finish(running.id, running.run),
    )

    assert broadcasts.get(running.id).state == Broadcast.RUNNING
    assert recipients.claim(running.id, running.run, 0) == last
