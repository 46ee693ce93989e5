"""The table of what is watched: value, sample, limit, since when; and its button."""

from __future__ import annotations

from datetime import timedelta

import pytest

import settings
from app.backoffice.alerts import incidents, jobs, rules, upkeep
from app.backoffice.alerts.reading import Reading, Rule
from app.bot.operators import alerts as chat
from app.infra.queue import dead
from app.texts import incidents as incidents_words
from app.texts.ops import alerts as texts
from models import Alert, AuditEvent, utcnow
from tests.support.given import BOB
from tests.support.operator import Operator

PAKASIR = Reading(True, False, {"bad": 12, "of": 40, "percent": 30})


def fires(name: str = "pakasir", reading: Reading = PAKASIR) -> None:
    incidents.judge(Rule(name, lambda: None), reading)


def test_every_rule_has_its_words_and_stands_in_the_table(bob: Operator):
    bob.opens("/ops/alerts")

    assert rules.BY_NAME.keys() == texts.NAMES.keys() == texts.LIMITS.keys()
    assert all(texts.NAMES[name].plain() in bob.text for name in rules.BY_NAME)
    assert bob.text.count("belum diketahui") == len(rules.BY_NAME) - 1
    assert "Redis 🟢 aman" in bob.text  # which has just answered


def test_a_rule_shows_value_sample_limit_and_since_when(bob: Operator):
    fires()

    shown = bob.opens("/ops/alerts").text

    row = shown[shown.index("Panggilan ke Pakasir") :][:250]
    assert "bermasalah 30% gagal 40 panggilan lebih dari 5% gagal dalam 5 menit" in row
    assert "sejak" in row


def test_what_is_open_comes_first(bob: Operator):
    fires("redis_full", Reading(True, False, {"percent": 91}))

    shown = bob.opens("/ops/alerts").text

    assert shown.index("Isi Redis") < shown.index("Panggilan ke Pakasir")


def test_what_was_not_measured_lately_is_unknown(bob: Operator):
    incidents.judge(Rule("redis_full", lambda: None), Reading(False, True, {"percent": 12}))
    Alert.update(measured_at=utcnow() - timedelta(minutes=5)).execute()

    shown = bob.opens("/ops/alerts").text

    assert "terakhir dicek" in shown
    assert "12%" not in shown


def unmeasured(*names: str) -> None:
    incidents.judge(rules.UNMEASURED, Reading(bool(names), not names, {"rules": list(names)}))


def test_what_cannot_be_measured_says_since_when(bob: Operator):
    incidents.judge(Rule("redis_full", lambda: None), Reading(False, True, {"percent": 12}))
    unmeasured("redis_full", "verify")

    shown = bob.opens("/ops/alerts").text

    assert shown.count("⚪ tidak bisa diukur") == 2
    assert shown.count("tidak bisa diukur sejak") == 1  # the other never was


def test_while_no_rule_is_judged_nothing_is_called_well(bob: Operator):
    incidents.judge(Rule("redis_full", lambda: None), Reading(False, True, {"percent": 12}))
    unmeasured()
    before = bob.opens("/ops").text
    Alert.update(measured_at=utcnow() - timedelta(minutes=5)).execute()

    assert "tidak bisa diukur sejak" in bob.opens("/ops/alerts").text
    assert "Belum tahu pasti" not in before


def test_how_often_it_changed_is_counted(bob: Operator):
    for reading in (PAKASIR, Reading(False, True, PAKASIR.facts)) * 2:
        fires(reading=reading)

    assert "berubah 3× dalam 2 jam" in bob.opens("/ops/alerts").text


def test_it_is_muted_where_it_is_seen(bob: Operator):
    fires()

    bob.opens("/ops/alerts").posts("/ops/alerts/mute", {"name": "pakasir", "from": "alerts"})

    assert bob.answer is not None
    assert bob.answer.url.path == "/ops/alerts"
    assert "Dibisukan sampai" in bob.text
    assert AuditEvent.get(AuditEvent.action == "alert.muted").actor == str(BOB)


@pytest.mark.parametrize("screen", ["alerts", "now"])
def test_what_is_over_is_not_muted_and_says_so(bob: Operator, screen: str):
    fires(reading=Reading(False, True, PAKASIR.facts))

    bob.posts("/ops/alerts/mute", {"name": "pakasir", "from": screen})

    assert "sudah tidak terbuka" in bob.text
    assert not AuditEvent.select().where(AuditEvent.action == "alert.muted").exists()


@pytest.mark.parametrize("rule", ["jobs_late", "audit_late", "unpaid", "dead_letters"])
def test_an_unsteady_rule_that_reads_well_can_still_be_told(rule: str, database: object, valkey: object):
    """The message is drawn again while the figures are good."""
    reading = rules.BY_NAME[rule].measure()
    assert reading is not None
    fires(rule, reading)
    Alert.update(state=Alert.UNSTEADY).execute()

    row = incidents.get(rule)

    assert row is not None
    assert "naik turun" in chat.message(row).text


def test_failed_jobs_of_orders_are_counted_though_they_are_told_by_themselves(bob: Operator):
    dead.record("job-1", "deliver_order", "money", [1], ValueError("?"))
    incidents.judge(Rule("dead_letters", jobs.dead_letters), jobs.dead_letters())

    shown = bob.opens("/ops/alerts").text

    assert "Yang gagal diproses 🟠 menunggu ditangani 1 menunggu 1 soal pesanan" in shown


def test_a_rule_with_nothing_to_look_at_is_not_called_well(bob: Operator):
    with settings.override(backup_recipient=None):
        incidents.judge(Rule("backup_old", upkeep.backup), upkeep.backup())

    assert "Umur cadangan ⚪ tidak ada yang diukur" in bob.opens("/ops/alerts").text


def test_an_alert_names_no_actor_and_no_class():
    fires("jobs_late", Reading(True, False, {"minutes": 3, "actor": "send_pm", "count": 2}))
    fires("dead_letters", Reading(True, False, {"count": 2, "kinds": {"send_notice/order_sold Refused": 2}}))

    late, dead_ = (incidents_words.text(incidents.get(name)) for name in ("jobs_late", "dead_letters"))

    assert "belum dikerjakan: mengirim pesan admin" in late
    assert "• Sebuah pemberitahuan tidak terkirim. 2×, sebabnya Telegram menolaknya" in dead_
