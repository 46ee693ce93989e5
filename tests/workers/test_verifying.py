"""Everything that must hold, checked by the clock every night, and what is told of it; and the doctor."""

from __future__ import annotations

from freezegun import freeze_time

import settings
from app.backoffice import diagnoses, verifications
from app.backoffice.alerts import incidents
from app.ops.doctor import line
from models import Alert, Outbox, db, utcnow
from tests.support import given


def break_balance():
    db.execute_sql('UPDATE "user" SET balance = balance + 5')


def mend_balance():
    db.execute_sql('UPDATE "user" SET balance = balance - 5')


def told(admin):
    return [each for each in admin.received if each.text[0] in "🔴🟢"]


def test_a_night_has_one_check(database):
    with freeze_time("2026-11-25 21:30"):  # 04:30 of the 26th in Jakarta
        assert [verifications.promise_due(), verifications.promise_due()] == [True, False]
    Outbox.delete().execute()  # it was done
    with freeze_time("2026-11-26 20:59"):  # 03:59
        assert not verifications.promise_due()
    with freeze_time("2026-11-26 21:01"):
        assert verifications.promise_due()


def test_one_that_was_asked_for_is_asked_for_once(run, database):
    assert [verifications.promise(), verifications.promise()] == [True, False]
    assert given.promised("verify_shop") == [[]]

    Outbox.delete().execute()
    assert verifications.promise()


def test_a_sound_shop_is_noted_as_such(buyer, run):
    run("verify_shop")

    last = verifications.last()
    assert (last["breaches"], last["lines"]) == (0, [])
    assert verifications.last_at() <= utcnow()
    assert given.audited("verify.done")


def test_a_breach_is_one_message_that_changes_and_an_all_clear(admin, run, drain):
    for change in (break_balance, mend_balance):
        change()
        run("verify_shop")
        run("evaluate_alerts")
        drain()

    assert [each.text[0] for each in told(admin)] == ["🔴", "🟢"]
    assert "Yang tidak cocok: 1" in told(admin)[0].text
    assert f"user {admin.id}" in told(admin)[0].text
    assert incidents.get("verify").state == Alert.CLEAR


def test_who_has_mended_it_has_it_looked_at_again_from_the_message(admin, run, drain):
    break_balance()
    run("verify_shop")
    run("evaluate_alerts")
    drain()
    mend_balance()

    admin.taps_on(told(admin)[-1], "Periksa Lagi")
    run("evaluate_alerts")
    drain()

    assert [each.text[0] for each in told(admin)] == ["🔴", "🟢"]


def test_an_older_check_that_took_longer_changes_nothing(database):
    began = utcnow()
    verifications.note(utcnow(), [])
    verifications.note(began, ["invariant 3: an old one"])

    assert verifications.last()["breaches"] == 0


def test_of_many_breaches_all_are_counted_and_some_are_kept(database):
    verifications.note(utcnow(), [f"invariant 1: TRX{n}: {'x' * 1000}" for n in range(1000)])

    last = verifications.last()
    assert (last["breaches"], len(last["lines"])) == (1000, verifications.KEPT_LINES)
    assert max(map(len, last["lines"])) == verifications.KEPT_LENGTH


def test_the_doctor_looks_from_a_worker_and_is_noted(admin, run, pakasir, telegram):
    run("run_doctor")

    marks = {each["about"]: each["mark"] for each in diagnoses.last()["lines"]}
    assert {"bot", "pakasir", "database", "audit database", "redis", "stock key"} <= marks.keys()
    assert marks["database"] == line.OK
    assert given.audited("doctor.done")


def test_what_the_doctor_finds_dead_is_a_line_and_no_dead_letter(admin, run, pakasir, telegram):
    with settings.override(telegram_api_url="http://127.0.0.1:9"):
        run("run_doctor")

    marks = {each["about"]: each["mark"] for each in diagnoses.last()["lines"]}
    assert (marks["bot"], marks["redis"]) == (line.WRONG, line.OK)


def test_no_secret_is_kept_of_what_the_doctor_says(database):
    token = settings.current().telegram_bot_token.get_secret_value()
    diagnoses.note(utcnow(), [{"mark": "!", "about": "bot", "says": f"https://api/bot{token}", "remedy": ""}])

    assert token not in str(diagnoses.last())
