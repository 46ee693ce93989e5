"""Everything that must hold, checked by the clock every night, and what is told of it."""

from __future__ import annotations

from freezegun import freeze_time

from app.backoffice import verifications
from app.backoffice.alerts import incidents
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
