"""The chain names the first row that its owner changed, removed or inserted."""

import hashlib

import pytest

from app.audit import archive as database_
from app.audit import chain, proof, shipping

FORGED = """
    INSERT INTO audit_chain
    SELECT 6, gen_random_uuid(), payload, sha256(''), at, actor, action, entity FROM audit_chain WHERE seq = 1
"""
#: Rows 2 and 3 in each other's place; another one between them, and those behind it one further.
SWAPPED = (
    "UPDATE audit_chain SET seq = -seq WHERE seq IN (2, 3);UPDATE audit_chain SET seq = 5 + seq WHERE seq < 0"
)
INSERTED = (
    "UPDATE audit_chain SET seq = -seq WHERE seq > 2;UPDATE audit_chain SET seq = 1 - seq WHERE seq < 0;"
    + FORGED.replace("6,", "3,")
)


@pytest.fixture
def five(archive):
    archive.shipped(1, 2, 3, 4, 5)
    return archive


def problem(since=chain.EMPTY):
    with database_.opened() as connection:
        return proof.prove(connection, since).problem


def rehash(archive, since):
    """What an owner would do who knows how hashes are made."""
    rows = {seq: (payload, bytes(hash_)) for seq, _, payload, hash_ in archive.rows()}
    before = rows[since - 1][1]
    for seq in range(since, max(rows) + 1):
        before = hashlib.sha256(before + str(seq).encode() + rows[seq][0].encode()).digest()
        archive.by_owner(f"UPDATE audit_chain SET hash = decode('{before.hex()}', 'hex') WHERE seq = {seq}")


def test_what_nobody_touched_holds(five):
    with database_.opened() as connection:
        found = proof.prove(connection)

        assert (found.problem, found.rows, found.head) == (None, 5, chain.head(connection))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE audit_chain SET payload = replace(payload, 'test:3', 'test:7') WHERE seq = 3", "row 3 was"),
        ("UPDATE audit_chain SET payload = 'nonsense' WHERE seq = 3", "row 3 was changed"),
        ("UPDATE audit_chain SET payload = '[]' WHERE seq = 3", "row 3 was changed"),
        ("UPDATE audit_chain SET entity = 'test:7' WHERE seq = 3", "row 3 says something else"),
        ("UPDATE audit_chain SET hash = sha256('') WHERE seq = 3", "row 3 does not follow row 2"),
        ("DELETE FROM audit_chain WHERE seq = 3", "row 3 was removed"),
        ("DELETE FROM audit_chain WHERE seq < 3", "rows 1 to 2 were removed"),
        ("DELETE FROM audit_chain WHERE seq = 1", "row 1 was removed"),
        ("UPDATE audit_chain SET payload = replace(payload, 'test:5', 'test:7') WHERE seq = 5", "row 5 was"),
        ("UPDATE audit_chain SET hash = sha256('') WHERE seq = 5", "row 5 does not follow row 4"),
        (SWAPPED, "row 2 does not follow row 1"),
        (INSERTED, "row 3 does not follow row 2"),
        (FORGED, "row 6 does not follow row 5"),
        (FORGED.replace("6,", "0,"), "row 0 was inserted"),
        (FORGED.replace("6,", "-7,"), "row -7 was inserted"),
        (FORGED.replace("6,", "9,"), "rows 6 to 8 were removed"),
    ],
)
def test_the_first_row_that_is_wrong_is_named(five, change, named):
    five.by_owner(*change.split(";"))

    assert problem().startswith(named)


def test_a_row_that_was_changed_together_with_all_hashes_after_it_is_not_sealed(five):
    five.by_owner("UPDATE audit_chain SET payload = replace(payload, 'test:3', 'test:7') WHERE seq = 3")
    rehash(five, 3)

    assert problem().startswith("row 3 was changed or inserted")


def test_a_row_in_front_of_all_is_seen_by_who_proves_what_is_new(five):
    proof.renew(whole=False)
    five.by_owner(FORGED.replace("6,", "0,"))

    assert proof.renew(whole=False).problem == "row 0 was inserted: the chain begins with row 1"


def test_rows_taken_off_the_end_are_missed_by_who_noted_the_head(five):
    five.by_owner("DELETE FROM audit_chain WHERE seq > 3")

    assert problem() is None
    with database_.opened() as connection:
        missing = proof.missing(connection, shipping.known_head())
    assert missing == "row 5 is gone: the chain ends with row 3"


def test_a_removed_row_with_all_others_hashed_anew_is_missed_by_who_noted_the_head(five):
    five.by_owner(
        "DELETE FROM audit_chain WHERE seq = 3",
        "UPDATE audit_chain SET seq = 3 WHERE seq = 4",
        "UPDATE audit_chain SET seq = 4 WHERE seq = 5",
    )
    rehash(five, 3)
    five.shipped(6)

    assert problem() is None
    noted = chain.Head(5, bytes(32))
    with database_.opened() as connection:
        assert "another hash" in proof.missing(connection, noted)


def test_what_was_proved_is_not_read_again(five):
    assert proof.renew(whole=False).rows == 5
    five.shipped(6)

    assert proof.renew(whole=False).rows == 1
    assert proof.renew(whole=True).rows == 6
