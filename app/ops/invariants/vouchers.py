"""Invariant 3: vouchers spent match orders paid, and none counts twice. Codes are money, so shown in part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.infra import fingerprints
from app.ops.invariants.breach import MOST, Breach, trail_is_whole
from models import AuditEvent, Voucher, db


def vouchers_are_as_they_were_made() -> Iterator[Breach]:
    """None forged, raised, prolonged or gone. Of older ones the audit tells only how many there were."""
    if not fingerprints.is_readable() or not trail_is_whole.get():
        return
    kept, told = _kept(), _told()
    forged = sorted(_name(kept[mark].code) for mark in kept.keys() - told.keys())
    if len(forged) > _older():
        yield from (Breach(6, name, "no audit event says that it was made") for name in forged[:MOST])
    for mark, (amount, expires_at) in told.items():
        voucher = kept.get(mark)
        made = f"made for {amount} until {expires_at:%Y-%m-%d %H:%M} UTC"
        if voucher is None:
            yield Breach(6, "a voucher", f"it was {made}, and is gone")
        elif (voucher.amount, voucher.expires_at) != (amount, expires_at):
            now = f"{voucher.amount} until {voucher.expires_at:%Y-%m-%d %H:%M} UTC"
            yield Breach(6, _name(voucher.code), f"is worth {now}, but was {made}")


def orders_have_the_voucher_they_were_placed_with() -> Iterator[Breach]:
    """An order that was placed without one cannot get one later. Older events do not tell."""
    if not fingerprints.is_readable() or not trail_is_whole.get():
        return
    rows = db.execute_sql(
        """
        SELECT o.invoice, o.voucher_code, e.data->>'voucher'
        FROM audit_event e
        JOIN "order" o ON o.invoice = substr(e.entity, 7)
        WHERE e.action = 'order.placed' AND e.id > %(since)s AND e.data->>'voucher' IS NOT NULL
        UNION ALL
        SELECT o.invoice, o.voucher_code, NULL
        FROM "order" o
        JOIN audit_event e ON substr(e.entity, 7) = o.invoice
        WHERE o.voucher_code IS NOT NULL
          AND e.action = 'order.placed' AND e.id > %(since)s AND e.data->'voucher' = 'null'
        ORDER BY 1
        """,
        {"since": fingerprints.known_since()},
    ).fetchall()
    marked = fingerprints.of_each(code or "" for _, code, _ in rows)
    for (invoice, code, told), mark in zip(rows, marked, strict=True):
        if told != (mark if code else None):
            yield Breach(6, invoice, "its voucher is another than the audit event order.placed says")


def _kept() -> dict[str, Voucher]:
    kept = list(Voucher.select())
    return dict(zip(fingerprints.of_each(voucher.code for voucher in kept), kept, strict=True))


def _told() -> dict[str, tuple[int, datetime]]:
    """Worth and end by the voucher's mark."""
    events = AuditEvent.select(AuditEvent.data).where(
        AuditEvent.action == "vouchers.created", AuditEvent.id > fingerprints.known_since()
    )
    return {
        mark: (event.data["amount"], datetime.fromisoformat(event.data["expires"]))
        for event in events
        for mark in event.data.get("marks", ())
    }


def _older() -> int:
    """Vouchers that were made before audit events told which."""
    events = AuditEvent.select().where(AuditEvent.action == "vouchers.created")
    since = fingerprints.known_since()
    return sum(event.data["count"] for event in events if event.id <= since or "marks" not in event.data)


def _name(code: str) -> str:
    return f"voucher {code[:4]}…"


CHECKS = (
    vouchers_are_as_they_were_made,
    orders_have_the_voucher_they_were_placed_with,
)
