"""What is pruned, and what is kept."""

from datetime import timedelta

from app import upkeep
from app.infra import dead
from models import DeadLetter, HandledUpdate, utcnow


def test_old_updates_are_forgotten_and_new_ones_kept():
    for number, age in enumerate([timedelta(days=4), timedelta(days=2)]):
        HandledUpdate.insert(id=number, handled_at=utcnow() - age).execute()

    assert upkeep.prune() == 1
    assert HandledUpdate.get().id == 1


def test_dead_letters_are_kept_until_somebody_has_dealt_with_them():
    for letter in ("waiting", "discarded", "just discarded"):
        dead.record(letter, "show_paid", "default", [1], "broken")
    dead.discard("discarded")
    dead.discard("just discarded")
    old = DeadLetter.update(died_at=utcnow() - timedelta(days=31))
    old.where(DeadLetter.id != "just discarded").execute()

    assert upkeep.prune() == 1
    assert sorted(row.id for row in DeadLetter.select()) == ["just discarded", "waiting"]
