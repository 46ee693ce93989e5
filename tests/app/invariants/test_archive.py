"""`verify` looks at both places: what was shipped, what was pruned, what the audit database lost or got."""

from datetime import timedelta

import freezegun
import pytest

from app.audit import comparison, pruning, shipping
from app.sales import history, orders, payments
from models import AuditEvent, Order, utcnow
from tests.support import archives, broken, lively


@pytest.fixture
def shipped(archive, made_once):
    """A shop in which everything has happened, shipped."""
    made_once(lively.shop)
    broken.nothing_is_late()
    while shipping.ship():
        pass
    assert broken.breaches() == []
    return archive


def prune_all():
    """After a quarter, what was shipped is kept there only."""
    with freezegun.freeze_time(utcnow() + timedelta(days=91)):
        return pruning.prune()


def test_a_shop_whose_events_were_pruned_holds(shipped):
    assert prune_all() > 50
    assert AuditEvent.select().count() == 0

    assert broken.breaches() == []


def test_what_happens_afterwards_is_checked_as_well(shipped):
    prune_all()
    broken.by_hand(
        "UPDATE \"order\" SET total = total + 1, unit_price = unit_price + 1 WHERE method = 'balance'"
    )

    assert any("order.placed says" in line for line in broken.breaches())


def test_an_event_that_the_audit_database_lost_is_named(shipped):
    archives.by_owner("DELETE FROM audit_chain WHERE seq = 5")

    assert [line for line in broken.breaches() if "was shipped, and is not" in line]


def test_an_event_that_is_another_there_is_named(shipped):
    event = AuditEvent.select().order_by(AuditEvent.id.desc()).get()
    archives.by_owner(f"UPDATE audit_chain SET payload = payload || ' ' WHERE source = '{event.source}'")

    assert [line for line in broken.breaches() if f"audit event {event.id}: {event.action}" in line]


def test_what_a_restored_shop_does_not_know_is_named_until_it_is_accepted(shipped):
    broken.by_hand("DELETE FROM audit_event WHERE action = 'order.delivered'")

    assert [line for line in broken.breaches() if "not here any more" in line]
    comparison.accept_lost(10_000)
    assert not [line for line in broken.breaches() if "not here any more" in line]


def test_without_the_audit_database_what_was_pruned_is_not_called_missing(shipped):
    prune_all()
    with shipped.behind_proxy() as proxy:
        proxy.is_away = True
        found = broken.breaches()

    assert len(found) == 2
    assert all("audit database" in line for line in found)


def test_old_events_that_were_made_unreadable_stop_no_check(shipped):
    prune_all()
    shipped.by_owner("UPDATE audit_chain SET payload = 'nonsense' WHERE seq = 1")

    assert any("row 1 was changed" in line for line in broken.breaches())


def test_the_timeline_of_an_old_order_is_whole(shipped):
    order = Order.select().where(Order.state == Order.DELIVERED).first()
    before = history.timeline(order, payments.of_order(order.id))
    prune_all()

    with freezegun.freeze_time(utcnow() + timedelta(days=91)):
        assert history.timeline(orders.get(order.id), payments.of_order(order.id)) == before


def test_the_guard_s_absence_is_a_breach(shipped):
    shipped.by_owner()
    with archives._owner() as owner:
        owner.execute("DROP TRIGGER audit_chain_only_grows ON audit_chain")

    assert any("keep its rows from being changed" in line for line in broken.breaches())
