"""An alert's message in the chats of those who run the shop."""

from dataclasses import replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

import settings
from app.backoffice.alerts import incidents, rules
from app.backoffice.alerts.reading import Reading
from app.infra.queue import dead
from models import Alert, Outbox
from tests.support import given

RULE = rules.BY_NAME["payments"]
NONE = timedelta(0)
BAD = {"bad": 3, "of": 20, "percent": 85, "silent": False}


@pytest.fixture
def judged(admin, drain):
    """Call it with a reading; drained, the messages are where they belong."""

    def judge(word, rule=RULE, **facts):
        incidents.judge(rule, Reading(word == "bad", word == "good", BAD | facts))
        drain()

    return judge


def sends(telegram):
    return [call.params for call in telegram.calls if call.method == "sendMessage"]


def told(admin):
    return [each for each in admin.received if each.text[0] in "🔴🟠🟢⚪"]


def test_an_incident_is_one_message_that_is_changed_and_then_answered(admin, judged):
    judged("bad")
    first = told(admin)[-1]
    Alert.update(told_at=given.orders.utcnow() - incidents.REDRAWN).execute()
    judged("bad", bad=5)
    judged("good")

    assert [each.text[0] for each in told(admin)] == ["🔴", "🟢"]
    assert "5 dari 20" in told(admin)[0].text
    assert told(admin)[-1].api["reply_to_message"]["message_id"] == first.id
    assert incidents.get("payments").messages == {}


def test_the_all_clear_makes_no_sound(admin, judged, telegram):
    judged("bad")
    judged("good")

    assert [call.get("disable_notification") for call in sends(telegram)] == [None, "true"]


def test_at_night_what_can_wait_makes_no_sound(admin, drain, telegram):
    quiet = rules.BY_NAME["redis_full"]
    with freeze_time("2026-11-23 18:00"):
        incidents.judge(quiet, Reading(True, False, {"percent": 91}))
        drain()

    assert [call.get("disable_notification") for call in sends(telegram)] == ["true"]


def test_a_message_that_somebody_deleted_is_sent_anew(admin, judged, telegram):
    judged("bad")
    telegram.state.delete(told(admin)[-1])
    Alert.update(told_at=given.orders.utcnow() - incidents.REDRAWN).execute()

    judged("bad", bad=5)

    assert "5 dari 20" in told(admin)[-1].text
    assert incidents.get("payments").messages == {str(admin.id): told(admin)[-1].id}


def test_who_blocked_the_bot_stops_nothing(admin, judged):
    judged("bad")
    admin.person.block()
    judged("good")

    assert incidents.get("payments").messages == {}
    assert not dead.waiting().exists()


def test_a_press_mutes_it_for_an_hour(admin, judged):
    judged("bad")

    admin.taps_on(told(admin)[-1], "Bisukan 1 jam")

    assert incidents.is_muted(incidents.get("payments"), given.orders.utcnow())
    assert "Dibisukan sampai" in told(admin)[-1].text
    assert len(given.audited("alert.muted")) == 1


def test_a_shop_with_a_page_has_it_opened_from_the_message(admin, drain):
    with settings.override(public_url="https://shop.example"):
        incidents.judge(RULE, Reading(True, False, BAD))
        drain()

    links = {button.label: button.url for button in told(admin)[-1].buttons}
    assert links["Buka Halaman"] == "https://shop.example/ops"


def test_a_press_after_the_end_mutes_nothing(admin, judged):
    judged("bad")
    message = told(admin)[-1]
    judged("good")

    admin.taps_on(message, "Bisukan 1 jam")

    assert incidents.get("payments").muted_until is None


def test_jobs_that_die_are_told_once_a_kind(admin, drain, run):
    for number in range(3):
        dead.record(f"a-{number}", "show_checked", "money", [1], ValueError("no"))
        run("evaluate_alerts")
        drain()

    dead.record("b", "prune", "bulk", [], KeyError("no"))
    run("evaluate_alerts")
    drain()

    assert ["Gagal diproses: prune." in each.text for each in told(admin)] == [False, True]


def test_the_last_letter_dealt_with_is_the_all_clear(admin, drain, run):
    dead.record("a", "show_checked", "money", [1], ValueError("no"))
    run("evaluate_alerts")
    dead.discard("a")
    run("evaluate_alerts")
    drain()

    assert told(admin)[-1].text.startswith("🟢")


@pytest.mark.parametrize("name", list(rules.BY_NAME))
def test_every_rule_has_its_words(name, admin, drain):
    facts = BAD | {"streak": 9, "limit": 5, "count": 2, "kinds": {"a B": 2}, "minutes": 3, "actor": "prune"}
    facts |= {"pending": 101, "wrong": "-", "hours": 27, "problems": 1, "rules": ["verify"]}
    facts |= {"found": ["a"], "at": given.orders.utcnow().isoformat(), "limit_mb": 10}
    rule = replace(rules.BY_NAME[name], by_clock=False, fire_after=NONE, clear_after=NONE)
    incidents.judge(rule, Reading(True, False, facts | {"percent": 81}))
    drain()
    incidents.judge(rule, Reading(False, True, {}))
    drain()

    assert [each.text[0] for each in told(admin)] == ["🔴", "🟢"]
    assert not Outbox.select().exists()
