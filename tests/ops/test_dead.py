"""`dead list|show|retry|discard`."""

from __future__ import annotations

import pytest

from app.infra.queue import dead
from models import DeadLetter
from tests.support import given

UPDATE = {
    "update_id": 7,
    "callback_query": {"data": "p:101", "from": {"id": 1, "first_name": "Alice", "is_bot": False}},
    "message": {"text": "my password is hunter22", "contact": {"phone_number": "0812"}, "date": 17},
}


@pytest.fixture
def letter(database, valkey):
    """A delivery that failed for good."""
    dead.record("job-1", "deliver_order", "default", [5], ValueError("no such order"), attempts=9)


def state(letter_id="job-1"):
    return DeadLetter.get_by_id(letter_id).state


def test_dead_jobs_are_listed(ops, letter):
    row = ops("dead", "list", "--json").json[0]

    assert (row["id"], row["actor"], row["attempts"]) == ("job-1", "deliver_order", 9)
    assert row["error"] == "ValueError: no such order"
    assert "deliver_order" in ops("dead", "list").out


def test_nothing_dead_is_an_empty_list(ops):
    assert ops("dead", "list", "--json").json == []
    assert ops("dead", "list").out == "no job is dead\n"


def test_what_people_wrote_is_not_shown(ops):
    dead.record("job-2", "handle_update", "default", [UPDATE], "broken")

    shown = ops("dead", "show", "job-2", "--json").json["args"][0]

    assert shown["message"] == {
        "text": "(23 characters)",
        "contact": {"phone_number": "(4 characters)"},
        "date": 17,
    }
    assert shown["callback_query"]["from"] == {"id": 1, "first_name": "(5 characters)", "is_bot": False}
    assert shown["callback_query"]["data"] == "p:101"


def test_arguments_of_one_dead_job_are_shown_to_people_too(ops, letter):
    shown = ops("dead", "show", "job-1").out

    assert "[5]" in shown
    assert "ValueError: no such order" in shown


def test_a_retried_job_is_promised_once(ops, letter):
    first = ops("dead", "retry", "job-1")
    again = ops("dead", "retry", "job-1")

    assert (first.code, first.out) == (0, "job-1: deliver_order runs again\n")
    assert (again.code, again.out) == (0, "job-1: was retried before\n")
    assert given.promised("deliver_order") == [[5]]


def test_all_dead_jobs_are_retried(ops, letter):
    dead.record("job-2", "show_paid", "default", [6], "broken")

    ops("dead", "retry", "--all")

    assert given.promised() == [("deliver_order", [5]), ("show_paid", [6])]
    assert dead.waiting().count() == 0


def test_a_discarded_job_never_runs(ops, letter):
    ops("dead", "discard", "job-1")

    assert state() == DeadLetter.DISCARDED
    assert ops("dead", "retry", "job-1").out == "job-1: was discarded before\n"
    assert given.promised() == []


@pytest.mark.parametrize("action", ["show", "retry", "discard"])
def test_an_unknown_job_is_not_found(ops, action):
    answer = ops("dead", action, "job-9")

    assert (answer.code, answer.err) == (2, "error: there is no dead job job-9\n")


def test_one_unknown_job_keeps_the_others_from_running(ops, letter):
    assert ops("dead", "retry", "job-1", "job-9").code == 2
    assert state() == DeadLetter.DEAD


def test_all_of_one_kind_are_retried(ops, letter):
    dead.record("job-2", "deliver_order", "money", [6], ValueError("no such order"))
    dead.record("job-3", "deliver_order", "money", [7], KeyError("else"))

    ops("dead", "retry", "--group", "deliver_order ValueError")

    assert given.promised("deliver_order") == [[5], [6]]
    assert [row["group"] for row in ops("dead", "list", "--json").json] == ["deliver_order KeyError"]


def test_all_of_one_kind_are_discarded(ops, letter):
    ops("dead", "discard", "--group", "deliver_order ValueError")

    assert state() == DeadLetter.DISCARDED
    assert given.promised() == []


@pytest.mark.parametrize("named", [[], ["job-1", "--group", "x"], ["--all", "--group", "x"]])
def test_jobs_are_named_in_one_way(ops, letter, named):
    with pytest.raises(SystemExit):
        ops("dead", "retry", *named)


def test_a_private_message_is_not_shown(ops):
    dead.record("job-2", "send_pm", "default", [1, "the password is hunter22", 2], "broken")

    assert ops("dead", "show", "job-2", "--json").json["args"] == [1, "(24 characters)", 2]


def test_words_of_ours_are_shown(ops):
    dead.record("job-2", "send_notice", "money", [1, "refused", {"text": "secret", "order_id": 5}], "broken")

    shown = ops("dead", "show", "job-2", "--json").json["args"]

    assert shown == [1, "refused", {"text": "(6 characters)", "order_id": 5}]


def test_groups_are_listed_with_what_it_means_to_run_them_again(ops, letter):
    (row,) = ops("dead", "groups", "--json").json

    assert (row["kind"], row["count"], row["hint"]) == ("deliver_order ValueError", 1, "goods")


def test_a_dry_run_of_a_group_changes_nothing(ops, letter):
    shown = ops("dead", "retry", "--group", "deliver_order ValueError", "--dry-run").out

    assert shown == "1 can run again, 0 need not, 0 cannot be read\n"
    assert state() == DeadLetter.DEAD
