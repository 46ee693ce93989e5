"""`audit`: the list of what happened, the proof of the chain, and what a restore lost."""

import psycopg
import pytest

import settings
from app.audit import shipping
from tests.support import archives, broken


@pytest.fixture
def archive(database):
    archives.forget()
    yield archives
    archives.forget()


def head(ops):
    answer = ops("audit", "verify", "--json").json
    return answer["seq"], answer["hash"]


def test_events_of_both_places_are_listed_in_their_order(archive, ops):
    archive.shipped(1, 2)
    archive.happens(3)

    listed = ops("audit", "list", "--json").json

    assert [(row["seq"], row["entity"]) for row in listed] == [(1, "test:1"), (2, "test:2"), (None, "test:3")]
    assert listed[0]["data"] == {"number": 1}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["--entity", "test:2"], ["test:2"]),
        (["--actor", "system"], ["test:1", "test:2", "test:3"]),
        (["--actor", "7"], []),
        (["--action", "test.happened", "--most", "1"], ["test:3"]),
        (["--since", "2999-01-01"], []),
        (["--since", "2020-01-01"], ["test:1", "test:2", "test:3"]),
    ],
)
def test_the_list_is_of_what_was_asked_for(archive, ops, wanted, found):
    archive.shipped(1, 2)
    archive.happens(3)

    assert [row["entity"] for row in ops("audit", "list", *wanted, "--json").json] == found


def test_a_day_that_is_none_is_refused(archive, ops):
    answer = ops("audit", "list", "--since", "kemarin")

    assert (answer.code, "kemarin is no day" in answer.err) == (2, True)


def test_a_chain_that_holds_says_its_head_and_its_guard(archive, ops):
    archive.shipped(1, 2)

    answer = ops("audit", "verify")

    assert answer.code == 0
    assert shipping.known_head().hash.hex() in answer.out


def test_a_head_that_was_written_down_still_fits_later(archive, ops):
    archive.shipped(1, 2)
    seq, hash_ = head(ops)
    archive.shipped(3)

    assert ops("audit", "verify", "--at", str(seq), "--hash", hash_).code == 0


def test_a_head_that_does_not_match_is_named(archive, ops):
    archive.shipped(1, 2)

    answer = ops("audit", "verify", "--at", "2", "--hash", "ab" * 32)

    assert answer.code == 1
    assert answer.out.startswith("row 2 has another hash than was noted")


@pytest.mark.parametrize("given", [["--at", "2"], ["--hash", "ab" * 32], ["--at", "2", "--hash", "ab"]])
def test_half_a_head_is_refused(archive, ops, given):
    assert ops("audit", "verify", *given).code == 2


def test_a_broken_chain_is_one_line_and_a_code(archive, ops):
    archive.shipped(1, 2, 3)
    archive.by_owner("DELETE FROM audit_chain WHERE seq = 2")

    answer = ops("audit", "verify")

    assert (answer.code, answer.out) == (1, "row 2 was removed\n")


def test_what_a_restored_shop_lost_is_listed_until_it_is_accepted(archive, ops):
    paid = broken.paid()
    while shipping.ship():
        pass
    broken.by_hand("DELETE FROM audit_event WHERE entity = %s", f"order:{paid.invoice}")

    lost = ops("audit", "lost", "--json").json
    assert [row["action"] for row in lost] == ["payment.completed", "order.paid"]
    ops("audit", "lost", "--accept")
    assert ops("audit", "lost").out == "nothing is lost\n"


def test_each_command_says_that_the_audit_database_is_away(archive, ops):
    with archive.behind_proxy() as proxy:
        proxy.is_away = True
        answers = [ops("audit", what) for what in ("list", "verify", "lost")]

    assert [answer.code for answer in answers] == [2, 2, 2]
    assert all("the audit database is away" in answer.err for answer in answers)


def test_verify_says_that_a_trigger_protects(archive, ops):
    archive.shipped(1)

    assert "a trigger keeps the audit" in ops("verify").err


@pytest.fixture
def writer(servers):
    """The address by which a role comes that may only read and add."""
    with psycopg.connect(servers.postgres.url("audit", "postgres"), autocommit=True) as admin:
        admin.execute("CREATE ROLE writer LOGIN")
        admin.execute("GRANT SELECT, INSERT ON audit_chain TO writer")
        yield servers.postgres.url("audit", "writer")
        admin.execute("DROP OWNED BY writer")
        admin.execute("DROP ROLE writer")


@pytest.fixture
def shipped(archive):
    archive.shipped(1)
    return archive


def test_verify_says_that_grants_protect(shipped, writer, ops):
    with settings.override(audit_database_url=writer):
        shipped.shipped(2)

    assert "grants keep the audit" in ops("verify", audit_database_url=writer).err
