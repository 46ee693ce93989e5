"""Backups by the clock: once a night, into the chat, and tried once a week."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from pyrage import x25519

import settings
from app.backoffice import backups, verifications
from app.infra import transactions
from app.infra.queue.retries import Later
from app.ops import turns
from app.ops.backups import archive
from app.people import users
from models import Outbox, db
from tests.support import given

IDENTITY = x25519.Identity.generate()
BOB = 2
NIGHT = datetime(2026, 11, 25, 20, tzinfo=UTC)  # 03:00 of the 26th in Jakarta


@pytest.fixture
def kept():
    with settings.override(backup_recipient=str(IDENTITY.to_public()), backup_chat_id=BOB):
        yield


def test_a_night_has_one_backup_and_a_week_one_drill(database, kept):
    with freeze_time(NIGHT):
        assert backups.promise_due() == ["make_backup", "drill_backup"]
        assert backups.promise_due() == []
    Outbox.delete().execute()  # both were made
    with freeze_time("2026-11-26 18:59"):  # 01:59 of the 27th
        assert backups.promise_due() == []
    with freeze_time("2026-11-26 19:01"):
        assert backups.promise_due() == ["make_backup"]


@pytest.mark.parametrize(
    ("what", "actor"), [("verify", "verify_shop"), ("backup", "make_backup"), ("drill", "drill_backup")]
)
def test_one_that_another_is_at_waits_for_its_turn(run, kept, database, what, actor):
    with turns.only(what), pytest.raises(Later):
        run(actor)

    assert (verifications.last(), backups.made(), backups.drilled()) == (None, [], [])


def test_without_a_key_nothing_is_promised(database):
    assert backups.promise_due() == []
    assert given.promised() == []


def test_the_chat_gets_a_file_that_its_owner_can_open(admin, run, kept, tmp_path):
    given.product(stock_lines=2)

    run("make_backup")

    message = admin.last_message
    file = tmp_path / message.file_name
    file.write_bytes(admin.downloads())
    manifest = archive.unpack(file, IDENTITY, tmp_path)
    assert manifest["counts"]["stock_items"] == 2
    assert "Simpan STOCK_ENCRYPTION_KEY" in message.text
    assert manifest["stock_key"] in message.text


def test_a_chat_that_does_not_take_it_is_named(run, kept, database):
    with settings.override(backup_chat_id=999), pytest.raises(Exception, match=r"BACKUP_CHAT_ID \(999\)"):
        run("make_backup")

    assert backups.last_made_at() is None


@pytest.mark.slow
def test_a_drill_restores_verifies_and_opens_an_item(run, database):
    given.product(stock_lines=2)

    run("drill_backup")

    drill = backups.last_drill()
    assert (drill["outcome"], drill["problems"]) == (backups.OK, [])


@pytest.mark.slow
def test_a_drill_finds_what_a_restored_shop_could_not_sell(run, database):
    given.product(stock_lines=1)
    with settings.override(stock_encryption_key="YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="):
        run("drill_backup")

    assert backups.last_drill()["outcome"] == backups.FAILED
    assert "opens with none of the keys" in backups.last_drill()["problems"][-1]


@pytest.mark.slow
def test_a_drill_does_not_complain_of_what_the_shop_knows(run, database):
    with transactions.atomic():
        users.meet(1, "Alice", "alice")
    db.execute_sql('UPDATE "user" SET balance = 5')  # a breach that `verify` names every night

    run("drill_backup")

    assert backups.last_drill()["outcome"] == backups.OK
