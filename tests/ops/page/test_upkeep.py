"""Checks, backups, drills and the doctor on the page: asked for once, noted, shown with what came of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pyrage import x25519

import settings
from app.backoffice import backups, checkups, diagnoses, verifications
from app.infra.queue import dead
from app.ops.doctor import line
from models import AuditEvent
from tests.support import given
from tests.support.given import BOB
from tests.support.operator import Operator

NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)


@pytest.fixture
def keeps_backups(tmp_path):
    recipient = str(x25519.Identity.generate().to_public())
    with settings.override(backup_recipient=recipient, backup_dir=str(tmp_path)):
        yield


@pytest.mark.parametrize("what", [checkups.VERIFY, checkups.DRILL, checkups.DOCTOR])
def test_a_press_has_it_done_once_and_is_on_record(bob: Operator, what: str):
    for _ in range(2):
        bob.posts("/ops/upkeep/ask", {"what": what})

    assert "memang sedang berjalan" in bob.text
    assert len(given.promised(checkups.ACTORS[what])) == 1
    asked = AuditEvent.select().where(AuditEvent.action == f"{what}.asked").order_by(AuditEvent.id)
    assert [(event.actor, event.data["outcome"]) for event in asked] == [
        (str(BOB), checkups.ASKED),
        (str(BOB), checkups.UNDER_WAY),
    ]


@pytest.mark.usefixtures("keeps_backups")
def test_a_backup_is_asked_for(bob: Operator):
    assert checkups.ask(checkups.BACKUP) == checkups.ASKED

    assert given.promised("make_backup") == [[]]
    assert "Sedang dikerjakan" in bob.opens("/ops/upkeep").text


def test_without_a_place_no_backup_is_promised(bob: Operator):
    bob.posts("/ops/upkeep/ask", {"what": "backup"})

    assert "isi BACKUP_RECIPIENT" in bob.text
    assert given.promised("make_backup") == []


@pytest.mark.parametrize("what", ["", "kucing", "Verify", "verify "])
def test_nothing_else_can_be_asked_for(bob: Operator, what: str):
    assert bob.posts("/ops/upkeep/ask", {"what": what}).status == 404


def test_what_the_last_check_found_is_shown(bob: Operator):
    verifications.note(NOON, ["invariant 3: user:7: its balance is 5, its ledger says 0"])

    for path in ("/ops", "/ops/upkeep"):
        shown = bob.opens(path).text
        assert "1 tidak cocok" in shown
        assert "its ledger says 0" in shown


def test_a_check_is_asked_for_where_all_is_seen(bob: Operator):
    bob.opens("/ops").posts("/ops/upkeep/ask", {"what": "verify", "from": "now"})

    assert bob.answer is not None
    assert bob.answer.url.path == "/ops"
    assert "Hasilnya muncul di sini" in bob.text


def test_backups_and_drills_are_listed(bob: Operator):
    manifest = {"counts": {"orders": 1234}}
    made = {"name": "quickcart-1.age", "bytes": 12_340_000, "parts": 2, "folder": "/kept", "chat_id": None}
    backups.note_made({"at": NOON.isoformat(), "manifest": manifest, **made})
    backups.note_drilled(
        {"at": NOON.isoformat(), "outcome": "failed", "problems": ["orders: 3"], "seconds": 2}
    )

    shown = bob.opens("/ops/upkeep").text

    for word in ("quickcart-1.age", "12,3 MB", "2 bagian", "folder /kept", "1.234 pesanan", "orders: 3"):
        assert word in shown


FINE = {"mark": line.OK, "about": "redis", "says": "version 8", "remedy": ""}
ODD = {"mark": line.WARNING, "about": "menu", "says": "there are no commands", "remedy": "see the release"}
WRONG = {"mark": line.WRONG, "about": "stock key", "says": "it opens nothing", "remedy": "set <the old one>"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([FINE], "Tidak ada yang salah"),
        ([FINE, ODD], "1 perlu dilihat"),
        ([FINE, ODD, WRONG], "1 harus dibenahi"),
    ],
)
def test_what_the_doctor_said_is_shown_but_for_what_is_well(bob: Operator, lines: list[Any], said: str):
    diagnoses.note(NOON, lines)

    shown = bob.opens("/ops/upkeep").text

    assert said in shown
    for each in (FINE, ODD, WRONG):
        is_shown = each in lines and each is not FINE
        assert (each["says"] in shown) == (each["remedy"] != "" and each["remedy"] in shown) == is_shown


def test_one_that_was_given_up_leads_to_the_failed(bob: Operator):
    dead.record("job-1", "make_backup", "bulk", [], "pg_dump is missing")

    assert "Gagal dan tidak dicoba lagi: 1" in bob.opens("/ops/upkeep").text


def test_what_a_check_found_is_said_in_words_and_leads_to_the_order(bob: Operator):
    breach = "invariant 5: TRX20261126BEDA22: paid, and its delivery has failed for good: see `dead list`"
    verifications.note(NOON, [breach])

    bob.opens("/ops/upkeep")

    assert "Menunggu ditangani admin: TRX20261126BEDA22" in bob.text
    assert bob.answer is not None
    assert 'href="/ops/orders?q=TRX20261126BEDA22"' in bob.answer.text
