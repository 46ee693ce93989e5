"""What is pruned, and what is kept."""

from datetime import timedelta

from app.backoffice import retention
from app.infra.queue import dead
from app.people import support
from models import DeadLetter, HandledUpdate, SupportMessage, utcnow
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
