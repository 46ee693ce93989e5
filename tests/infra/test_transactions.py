"""One transaction around what belongs together, and what follows it."""

from contextlib import contextmanager

import pytest

from app import audit
from app.infra import transactions
from app.infra.queue import outbox
from models import AuditEvent, Outbox, Setting
from tests.support import given

pytestmark = pytest.mark.usefixtures("database")


def write(key):
    Setting.insert(key=key, value=1).execute()


def keys():
    return sorted(row.key for row in Setting.select())


class Failure(Exception):
    pass


@contextmanager
def failing():
    """A transaction whose last step raises."""
    try:
        with transactions.atomic():
            yield
            raise Failure
    except Failure:
        return


def test_an_exception_forgets_everything_that_was_to_happen():
    ran = []
    with failing():
        write("a")
        outbox.add("show_paid", 1)
        audit.record("order.paid", "order:1")
        transactions.after_commit(lambda: ran.append("after"))

    assert (keys(), given.promised(), AuditEvent.select().count(), ran) == ([], [], 0, [])


def test_what_was_forgotten_does_not_come_with_the_next_transaction():
    with failing():
        outbox.add("show_paid", 1)
    with transactions.atomic():
        outbox.add("show_paid", 2)

    assert given.promised() == [("show_paid", [2])]


def test_nested_transactions_are_one():
    with failing(), transactions.atomic():
        write("inner")
        outbox.add("show_paid", 1)

    assert (keys(), given.promised()) == ([], [])


def test_rows_of_nested_transactions_are_written_with_the_outermost():
    with transactions.atomic():
        with transactions.atomic():
            outbox.add("show_paid", 1)
        assert not Outbox.select().exists()

    assert given.promised() == [("show_paid", [1])]


def test_rows_of_a_kind_are_written_together_before_the_commit():
    written = []
    with transactions.atomic():
        for row in (1, 2):
            transactions.collect("kind", row, written.append)
        assert written == []

    assert written == [[1, 2]]


def test_writing_rows_may_bring_more_rows():
    written = []

    def write_and_ask_for_more(rows):
        written.extend(rows)
        if len(written) == 1:
            transactions.collect("kind", 2, write_and_ask_for_more)

    with transactions.atomic():
        transactions.collect("kind", 1, write_and_ask_for_more)

    assert written == [1, 2]


def test_what_follows_sees_the_commit_and_may_open_a_transaction():
    seen = []

    def follow():
        seen.append(keys())
        with transactions.atomic():
            write("b")

    with transactions.atomic():
        write("a")
        transactions.after_commit(follow)

    assert (seen, keys()) == ([["a"]], ["a", "b"])


def test_failing_to_write_the_rows_undoes_the_transaction():
    def fail(rows):
        raise Failure

    def act():
        with transactions.atomic():
            write("a")
            transactions.collect("kind", 1, fail)

    with pytest.raises(Failure):
        act()

    assert keys() == []


@pytest.mark.parametrize(
    "act",
    [
        lambda: outbox.add("show_paid", 1),
        lambda: audit.record("order.paid", "order:1"),
        lambda: transactions.after_commit(lambda: None),
    ],
)
def test_promises_need_a_transaction(act):
    with pytest.raises(RuntimeError):
        act()
