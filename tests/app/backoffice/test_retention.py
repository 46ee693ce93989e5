"""What is pruned, and what is kept."""

import logging
from datetime import timedelta

from app.backoffice import retention
from app.infra.queue import dead
from app.people import broadcasts, support
from models import Broadcast, DeadLetter, HandledUpdate, SupportMessage, db, utcnow
from tests.support import given


def test_old_updates_are_forgotten_and_new_ones_kept():
    for number, age in enumerate([timedelta(hours=31), timedelta(hours=29)]):
        HandledUpdate.insert(id=number, handled_at=utcnow() - age).execute()

    assert retention.prune() == 1
    assert HandledUpdate.get().id == 1


def test_dead_letters_are_kept_until_somebody_has_dealt_with_them():
    for letter in ("waiting", "discarded", "just discarded"):
        dead.record(letter, "show_paid", "default", [1], "broken")
    dead.discard("discarded")
    dead.discard("just discarded")
    old = DeadLetter.update(died_at=utcnow() - timedelta(days=31))
    old.where(DeadLetter.id != "just discarded").execute()

    assert retention.prune() == 1
    assert sorted(row.id for row in DeadLetter.select()) == ["just discarded", "waiting"]


def test_a_customer_s_message_can_be_answered_for_half_a_year():
    given.person()
    for number, age in enumerate([timedelta(days=181), timedelta(days=179)]):
        support.remember_message(5, number, 1)
        SupportMessage.update(at=utcnow() - age).where(SupportMessage.message_id == number).execute()

    assert retention.prune() == 1
    assert [support.customer(5, number) for number in range(2)] == [None, 1]


def test_updates_of_a_long_rest_go_in_one_run_a_part_at_a_time(caplog):
    caplog.set_level(logging.DEBUG, logger="peewee")
    db.execute_sql(
        "INSERT INTO handled_update (id, handled_at) SELECT n, %s FROM generate_series(1, 50000) AS n",
        [utcnow() - timedelta(days=9)],
    )

    assert retention.prune() == 50_000
    assert sum("DELETE FROM handled_update" in each for each in caplog.messages) == 4


def test_who_got_an_old_broadcast_to_many_is_forgotten_in_one_run():
    old = broadcasts.draft_text("Halo", 2)
    Broadcast.update(state="done", ended_at=utcnow() - timedelta(days=61)).execute()
    db.execute_sql(
        "INSERT INTO broadcast_recipient (broadcast_id, user_id, state) "
        "SELECT %s, n, 'sent' FROM generate_series(1, 120000) AS n",
        [old.id],
    )

    assert retention.prune() == 120_000
