"""Invariant 3: vouchers spent match orders paid, and none counts twice. Codes are money, so shown in part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.infra import fingerprints
from app.ops.invariants.breach import MOST, Breach, find
from app.sales import vouchers
from models import AuditEvent, Voucher, db


def vouchers_match_their_orders() -> Iterator[Breach]:
    """Spent by one paid order, reserved by one unpaid order, otherwise free."""
    return find(
        3,
        "is {}, but {} paid and {} unpaid orders have it",
        """
        SELECT 'voucher ' || left(v.code, 4) || '…', v.state, coalesce(o.paid, 0), coalesce(o.unpaid, 0)
        FROM voucher v
        LEFT JOIN (
            SELECT voucher_code,
                   count(*) FILTER (WHERE state IN ('paid', 'delivered')) AS paid,
                   count(*) FILTER (WHERE state = 'pending') AS unpaid
            FROM "order"
            WHERE voucher_code IS NOT NULL
            GROUP BY voucher_code
        ) o ON o.voucher_code = v.code
        WHERE (coalesce(o.paid, 0), coalesce(o.unpaid, 0)) <> CASE v.state
            WHEN 'spent' THEN (1::bigint, 0::bigint)
            WHEN 'reserved' THEN (0::bigint, 1::bigint)
            ELSE (0::bigint, 0::bigint)
        END
        ORDER BY v.code
        """,
    )


def vouchers_name_who_uses_them() -> Iterator[Breach]:
    return find(
        3,
        "the order is user {}'s, its voucher was redeemed by user {} at {}",
        """
        SELECT o.invoice, o.user_id, v.user_id, v.redeemed_at
        FROM "order" o
        JOIN voucher v ON v.code = o.voucher_code
        WHERE o.state IN ('pending', 'paid', 'delivered')
          AND (v.user_id IS DISTINCT FROM o.user_id OR v.redeemed_at IS NULL
               OR v.redeemed_at NOT BETWEEN v.created_at AND v.expires_at)
        ORDER BY o.id
        """,
    )


def redemptions_keep_their_distance() -> Iterator[Breach]:
    """But for late payments: an order that the gateway seemed to refuse left no pause behind."""
    return find(
        3,
        "redeemed vouchers at {:%Y-%m-%d %H:%M:%S} and {:%H:%M:%S} UTC, too soon after one another",
        """
        SELECT 'user ' || user_id, before, redeemed_at
        FROM (
            SELECT user_id, redeemed_at,
                   lag(redeemed_at) OVER (PARTITION BY user_id ORDER BY redeemed_at) AS before
            FROM voucher v
            WHERE user_id IS NOT NULL AND redeemed_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM "order" o WHERE o.voucher_code = v.code AND o.reason = 'late'
            )
        ) AS redemptions
        WHERE redeemed_at - before < %s
        ORDER BY user_id, redeemed_at
        """,
        vouchers.PAUSE,
    )


def orders_add_up() -> Iterator[Breach]:
    """A voucher takes off what it is worth, or all there is."""
    return find(
        3,
        "{} times {} less {} makes {}, with a voucher of {}",
        """
        SELECT o.invoice, o.quantity, o.unit_price, o.discount, o.total, coalesce(v.amount, 0)
        FROM "order" o
        LEFT JOIN voucher v ON v.code = o.voucher_code
        WHERE o.total <> o.quantity * o.unit_price - o.discount
           OR o.discount < least(coalesce(v.amount, 0), o.quantity * o.unit_price)
        ORDER BY o.id
        """,
    )


def vouchers_are_as_they_were_made() -> Iterator[Breach]:
    """None forged, raised, prolonged or gone. Of older ones the audit tells only how many there were."""
    if not fingerprints.is_readable():
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
    if not fingerprints.is_readable():
        return
    rows = db.execute_sql(
        """
        SELECT o.invoice, o.voucher_code, e.data->>'voucher'
        FROM "order" o
        JOIN audit_event e ON e.action = 'order.placed' AND e.entity = 'order:' || o.invoice
        WHERE e.id > %s AND e.data ? 'voucher'
          AND (o.voucher_code IS NOT NULL OR e.data->>'voucher' IS NOT NULL)
        ORDER BY o.id
        """,
        (fingerprints.known_since(),),
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
    vouchers_match_their_orders,
    vouchers_name_who_uses_them,
    redemptions_keep_their_distance,
    orders_add_up,
)
