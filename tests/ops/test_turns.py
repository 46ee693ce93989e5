"""Long works of which one at a time is enough: the second is told so, and does nothing twice."""

from __future__ import annotations

import pytest
from freezegun import freeze_time
from pyrage import x25519

import settings
from app.backoffice import backups, verifications
from app.ops import turns
from tests.support import given

KEEPS = {"backup_recipient": str(x25519.Identity.generate().to_public()), "backup_dir": "kept"}
COMMANDS = [("verify", ["verify"]), ("backup", ["backup", "make"]), ("drill", ["backup", "drill"])]


@pytest.mark.parametrize(("what", "command"), COMMANDS)
def test_a_command_says_that_another_is_at_it(database, ops, tmp_path, what, command):
    with turns.only(what):
        answer = ops(*command, **KEEPS | {"backup_dir": str(tmp_path)})

    assert (answer.code, answer.out) == (2, "")
    assert f"a {what} is under way already" in answer.err
    assert backups.made() == []


def test_the_turn_ends_with_the_work_even_if_that_fails(database):
    with pytest.raises(ValueError, match="no"), turns.only("backup"):
        raise ValueError("no")

    with turns.only("backup"), turns.only("verify"):
        pass


def test_a_night_makes_no_second_backup_beside_one_that_was_asked_for(database, tmp_path):
    with settings.override(**KEEPS | {"backup_dir": str(tmp_path)}), freeze_time("2026-11-25 20:00"):
        backups.promise()

        assert backups.promise_due() == ["drill_backup"]
        assert (given.promised("make_backup"), backups.promise_due()) == ([[]], [])


def test_a_night_makes_no_second_check_beside_one_that_was_asked_for(database):
    with freeze_time("2026-11-25 21:30"):
        verifications.promise()

        assert not verifications.promise_due()
    assert given.promised("verify_shop") == [[]]
