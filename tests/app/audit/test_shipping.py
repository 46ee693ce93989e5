"""Audit events reach the audit database once each, whatever fails on the way, and then go here."""

import argparse
import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

import settings
from app import audit
from app.audit import archive as database_
from app.audit import chain, proof, pruning, shipping
from app.infra.transactions import atomic
from app.ops import migrate
from models import AuditEvent, db, utcnow
from tests.support import broken, given


def entities(archive):
    return [entity for (entity,) in archive.rows("SELECT entity FROM audit_chain ORDER BY seq")]


def age(days):
    AuditEvent.update(at=utcnow() - timedelta(days=days)).execute()


def test_each_event_is_there_with_all_it_says(archive):
    with audit.acting_as(2), atomic():
        audit.record("product.added", "product:7", price=500, name="Kopi ☕")

    assert shipping.ship() == 1

    ((payload, at, actor, action, entity),) = archive.rows(
        "SELECT payload::jsonb, at, actor, action, entity FROM audit_chain"
    )
    event = AuditEvent.get()
    assert (actor, action, entity, at) == ("2", "product.added", "product:7", event.at)
    assert payload["data"] == '{"name": "Kopi ☕", "price": 500}'
    assert (payload["source"], payload["seal"]) == (str(event.source), bytes(event.seal).hex())


def test_each_hash_covers_the_one_before_the_number_and_the_payload(archive):
    archive.shipped(1, 2, 3)

    before = bytes(32)
    for seq, _, payload, found in archive.rows():
        before = hashlib.sha256(before + str(seq).encode() + payload.encode()).digest()
        assert bytes(found) == before


def test_nothing_goes_twice(archive):
    archive.shipped(1, 2)

    assert shipping.ship() == 0
    archive.shipped(3)
    assert entities(archive) == ["test:1", "test:2", "test:3"]


def test_a_crash_before_the_shop_knows_repeats_and_adds_nothing(archive):
    archive.shipped(1, 2)
    broken.by_hand("UPDATE audit_event SET shipped_at = NULL")
    archive.happens(3)

    assert shipping.ship() == 3

    assert entities(archive) == ["test:1", "test:2", "test:3"]
    assert AuditEvent.select().where(AuditEvent.shipped_at.is_null()).count() == 0


def test_what_happened_while_it_was_away_is_shipped_once_it_is_back(archive):
    archive.shipped(1)
    with archive.behind_proxy() as proxy:
        proxy.is_away = True
        archive.happens(2, 3)
        assert shipping.ship() == 0
        assert shipping.ship() == 0

        proxy.is_away = False
        assert shipping.ship() == 2

    assert entities(archive) == ["test:1", "test:2", "test:3"]


def test_two_who_ship_at_once_ship_each_event_once(archive):
    archive.happens(*range(50))

    def ship(_):
        shipping.ship()
        db.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ship, range(8)))

    assert sorted(entities(archive)) == sorted(f"test:{number}" for number in range(50))


def test_while_another_process_adds_one_does_not_wait(archive):
    database_.prepare()
    archive.happens(1)
    with psycopg.connect(settings.current().audit_database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [database_.ADDING])

        assert shipping.ship() == 0

    assert shipping.ship() == 1


def test_a_restored_shop_ships_what_is_new_under_old_numbers(archive):
    """Its sequence went back: ids come twice, names do not."""
    archive.shipped(1, 2)
    broken.by_hand("DELETE FROM audit_event WHERE entity = 'test:2'")
    db.execute_sql("SELECT setval('audit_event_id_seq', 1)")

    archive.shipped(3)

    assert entities(archive) == ["test:1", "test:2", "test:3"]


def test_events_of_before_get_a_name_that_stays_the_same(archive):
    archive.happens(1)
    broken.by_hand("UPDATE audit_event SET source = NULL")
    shipping.ship()

    broken.by_hand("UPDATE audit_event SET source = NULL, shipped_at = NULL")
    shipping.ship()

    assert [source for _, source, *_ in archive.rows()] == [AuditEvent.get().source]


@pytest.mark.parametrize(
    "change",
    ["UPDATE audit_chain SET actor = '7'", "DELETE FROM audit_chain", "TRUNCATE audit_chain"],
)
def test_the_application_cannot_change_what_is_there(archive, change):
    archive.shipped(1)

    with (
        psycopg.connect(settings.current().audit_database_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(change)


def test_what_is_old_and_there_goes_here(archive):
    archive.shipped(1)
    age(91)
    archive.happens(2)

    assert pruning.prune() == 1
    assert AuditEvent.get().entity == "test:2"


def test_what_is_old_and_not_there_stays(archive):
    archive.happens(1)
    age(91)

    assert pruning.prune() == 0
    assert AuditEvent.select().count() == 1


def test_a_release_goes_out_while_the_audit_database_is_away(archive, capsys):
    with archive.behind_proxy() as proxy:
        proxy.is_away = True

        assert migrate.run(argparse.Namespace(new_bot=False)) == 0

    assert "audit events wait" in capsys.readouterr().err


def test_of_sales_half_of_which_it_missed_each_event_is_there_once(archive):
    with archive.behind_proxy() as proxy:
        for number in range(20):
            proxy.is_away = number % 4 in {1, 2}
            broken.delivered(100 + number)
            shipping.ship()
        proxy.is_away = False
        shipping.ship()

    shipped = archive.rows("SELECT payload::json->>'id' FROM audit_chain ORDER BY seq")
    assert sorted(int(id_) for (id_,) in shipped) == [
        event.id for event in AuditEvent.select().order_by(AuditEvent.id)
    ]
    assert proof.renew(whole=True).problem is None
    assert [line for line in broken.breaches() if "invariant 6" in line] == []


def test_selling_does_not_notice_that_it_is_silent(archive):
    """Who sells waits for nobody there, whatever hangs."""
    with archive.behind_proxy() as proxy:
        database_.prepare()
        proxy.fall_silent()
        hanging = threading.Thread(target=shipping.ship, daemon=True)
        archive.happens(1)
        hanging.start()

        assert broken.paid().state == "paid"

    assert given.audited("order.paid")


def test_the_head_is_remembered_here(archive):
    archive.shipped(1, 2)

    ((kept,),) = db.execute_sql("SELECT value FROM setting WHERE key = 'audit_head'").fetchall()
    with database_.opened() as connection:
        head = chain.head(connection)
    assert kept == {"seq": 2, "hash": head.hash.hex()}
