"""Backups, drills, and what Telegram says of the webhook."""

from datetime import timedelta

import pytest

import settings
from app.backoffice import backups
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
