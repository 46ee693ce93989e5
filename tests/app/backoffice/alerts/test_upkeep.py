"""Backups, drills, and what Telegram says of the webhook."""

from datetime import timedelta

import pytest

import settings
from app.audit import archive
from app.backoffice import audit_checks, backups, measures, verifications
from app.backoffice.alerts import upkeep
from models import utcnow

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


@pytest.fixture
def made(database, valkey, tmp_path):
    """Call it with the hours since the last backup."""

    def make(hours):
        at = (utcnow() - timedelta(hours=hours)).isoformat()
        backups.note_made({"at": at, "name": "x", "bytes": 1, "parts": 1})

    with settings.override(backup_recipient=KEY, backup_dir=str(tmp_path)):
        yield make


@pytest.mark.parametrize(("hours", "fires"), [(25, False), (27, True)])
def test_a_backup_of_26_hours_is_too_old(made, hours, fires):
    made(hours)

    assert upkeep.backup().fires is fires


def test_before_the_first_backup_nothing_is_known(made):
    assert upkeep.backup() is None


@pytest.mark.usefixtures("database")
def test_a_shop_without_backups_misses_none():
    assert upkeep.backup().clears


@pytest.mark.usefixtures("database", "valkey")
@pytest.mark.parametrize(("outcome", "fires"), [(backups.FAILED, True), (backups.OK, False)])
def test_a_drill_that_failed_is_told(outcome, fires):
    backups.note_drilled({"at": "", "outcome": outcome, "problems": ["x"], "seconds": 1})

    assert upkeep.drill().fires is fires


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("found", [[], ["invariant 3: user 1: has 5 and entries of 0"]])
def test_what_the_nightly_check_found_is_told_until_it_finds_nothing(found):
    verifications.note(utcnow(), found)

    reading = upkeep.verification()
    assert (reading.fires, reading.clears) == (bool(found), not found)
    assert reading.facts["found"] == found


@pytest.mark.usefixtures("database")
def test_before_the_first_check_nothing_is_known():
    assert upkeep.verification() is None


@pytest.fixture
def weighed(database, valkey):
    """Both databases, weighed a moment ago; how many MB the smaller one has."""
    audit_checks.prove(False)
    measures.take()
    return archive.size() // upkeep.MIB


@pytest.mark.parametrize(("plan_mb", "fires"), [(1, True), (100_000, False)])
def test_a_database_that_fills_its_plan_is_told(weighed, plan_mb, fires):
    with settings.override(database_max_mb=plan_mb, audit_database_max_mb=plan_mb):
        shop, audit = upkeep.database(), upkeep.audit_database()

    assert (shop.fires, audit.fires) == (fires, fires)
    assert audit.facts["percent"] >= 100 * weighed // plan_mb


def test_four_fifths_of_a_plan_are_not_too_many(weighed):
    with settings.override(database_max_mb=None, audit_database_max_mb=weighed * 2):
        assert upkeep.database().clears
        assert upkeep.audit_database().clears


@pytest.mark.usefixtures("valkey")
def test_a_database_that_nobody_has_weighed_is_not_known():
    with settings.override(database_max_mb=1):
        assert upkeep.database() is None


@pytest.mark.usefixtures("valkey")
@pytest.mark.parametrize(("pending", "fires"), [(100, False), (101, True)])
def test_more_than_a_hundred_updates_that_wait_are_told(pending, fires):
    with settings.override(public_url="https://shop.example"):
        url = "https://shop.example/webhooks/telegram"
        upkeep.note_webhook({"url": url, "pending_update_count": pending})

        assert upkeep.webhook().fires is fires


@pytest.mark.usefixtures("valkey")
def test_what_telegram_did_not_say_is_not_known():
    assert upkeep.webhook() is None
