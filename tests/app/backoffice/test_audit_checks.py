"""Every night the chain is proved, in the first of a week all of it, and its head is told once."""

import freezegun
import pytest

from app.audit import shipping
from app.backoffice import audit_checks
from tests.support import given


@pytest.fixture
def night():
    """A Wednesday, after three in the morning in WIB."""
    with freezegun.freeze_time("2026-11-24T20:30:00Z") as clock:
        yield clock


def test_a_night_s_proof_is_promised_once(night):
    assert [audit_checks.promise(), audit_checks.promise()] == [True, False]
    assert len(given.promised("prove_audit")) == 1


def test_all_is_proved_once_a_week_and_otherwise_what_is_new(night):
    for _ in range(8):
        audit_checks.promise()
        night.tick(86_400)

    assert given.promised("prove_audit") == [[whole] for whole in (True, *[False] * 4, True, False, False)]


def test_the_head_is_told_once_a_day(night, archive):
    archive.shipped(1, 2)

    audit_checks.prove(False)
    audit_checks.prove(False)

    ((chat_id, kind, data),) = [args[:3] for args in given.promised("send_notice")]
    head = shipping.known_head()
    assert (chat_id, kind, data) == (2, "audit_head", {"seq": head.seq, "hash": head.hash.hex()})


def test_an_empty_chain_is_not_told(night, archive):
    audit_checks.prove(True)

    assert given.promised("send_notice") == []


def test_where_the_chain_breaks_is_told(night, archive):
    archive.shipped(1, 2, 3)
    archive.by_owner("DELETE FROM audit_chain WHERE seq = 2")

    audit_checks.prove(True)

    assert [args[1:3] for args in given.promised("send_notice")] == [["audit_broken", {"row": 2}]]
