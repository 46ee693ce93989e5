"""Seals of audit events: they go with the key, and writers do not wait for one another."""

from __future__ import annotations

import argparse

import settings
from app import audit
from app.audit import seals
from app.catalogue import stock_key
from app.infra import crypto, fingerprints
from app.infra.transactions import atomic
from app.ops import keys
from app.sales import settlement
from models import AuditEvent, AuditLane
from tests.support import broken, given, lively, racing

NEW = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


def old_key():
    return settings.current().stock_encryption_key.get_secret_value()


def record(number):
    with atomic():
        audit.record("test.happened", f"test:{number}")
        audit.record("test.ended", f"test:{number}")


def test_many_who_write_at_once_leave_no_gap_and_no_double(database):
    results = racing.crowd(record, range(200), threads=12)

    assert racing.kinds(results) == ["ok"] * 200
    assert sum(lane.last for lane in AuditLane.select()) == AuditEvent.select().count() == 400
    assert broken.breaches() == []


def test_what_is_rolled_back_leaves_no_gap(database):
    record(1)
    try:
        with atomic():
            given.product()
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        record(2)

    assert broken.breaches() == []


def test_after_a_rotation_seals_hold_under_the_new_key():
    settlement.expire(given.order().id)

    with settings.override(stock_encryption_key=f"{NEW},{old_key()}"):
        keys.run(argparse.Namespace())

    with settings.override(stock_encryption_key=NEW):
        record(1)
        assert broken.breaches() == []


def test_a_key_that_another_process_renewed_seals_what_follows():
    record(1)
    seals.start_anew()
    fresh = crypto.encrypt("ab" * 32).decode()
    broken.by_hand("UPDATE setting SET value = to_jsonb(%s::text) WHERE key = %s", fresh, fingerprints.KEY)
    with atomic():
        audit.record("keys.abandoned", "shop")

    record(2)

    assert [line for line in broken.breaches() if "invariant 6" in line] == []


def test_a_wrong_key_for_a_while_breaks_no_seal():
    settlement.expire(given.order().id)

    with settings.override(stock_encryption_key=NEW):
        record(1)

    assert broken.breaches() == []


def test_a_shop_that_lost_its_key_trusts_what_it_has_and_watches_what_follows():
    lively.shop()
    with settings.override(stock_encryption_key=NEW):
        stock_key.renew()
        given.voucher(9_000)
        record(1)
        before = broken.breaches()

        broken.by_hand("UPDATE audit_event SET actor = '7' WHERE action = 'test.happened'")
        broken.by_hand("DELETE FROM audit_event WHERE action = 'user.banned'")

        found = [line for line in broken.breaches() if line not in before]

    assert [line for line in before if "invariant 6" in line] == []
    assert any("test.happened of test:1 was changed or forged" in line for line in found)
    assert any("events were there before these were sealed" in line for line in found)
