"""Invariant 5, in the main database: every change of money, stock and roles has its audit event."""

from __future__ import annotations

from collections.abc import Iterator

from app.verify.breach import Breach, find


def order_states_are_audited() -> Iterator[Breach]:
    return find(
        5,
        "has no audit event {}",
        """
        WITH needed AS (
            SELECT id, invoice, 'order.placed' AS action FROM "order"
            UNION
            SELECT id, invoice, 'order.' || state FROM "order" WHERE state <> 'pending'
            UNION
            SELECT id, invoice, 'order.paid' FROM "order" WHERE paid_at IS NOT NULL
            UNION
            SELECT o.id, o.invoice, 'payment.completed'
            FROM payment p
            JOIN "order" o ON o.id = p.order_id
            WHERE p.state = 'completed'
        )
        SELECT n.invoice, n.action
        FROM needed n
        WHERE NOT EXISTS (
            SELECT 1 FROM audit_event e WHERE e.entity = 'order:' || n.invoice AND e.action = n.action
        )
        ORDER BY n.id, n.action
        """,
    )


def ledger_entries_are_audited() -> Iterator[Breach]:
    return find(
        5,
        "ledger entry {} ({}) has no audit event",
        """
        SELECT 'user ' || l.user_id, l.id, l.reason
        FROM ledger_entry l
        WHERE NOT EXISTS (
            SELECT 1
            FROM audit_event e
            WHERE e.action = 'balance.changed' AND e.entity = 'user:' || l.user_id
              AND e.data->>'reason' = l.reason AND e.data->'amount' = to_jsonb(l.amount)
        )
        ORDER BY l.id
        """,
    )


def products_are_audited() -> Iterator[Breach]:
    return find(
        5,
        "has no audit event {}",
        """
        WITH needed AS (
            SELECT id, 'product.added' AS action FROM product
            UNION ALL
            SELECT id, 'product.retired' FROM product WHERE retired_at IS NOT NULL
        )
        SELECT 'product ' || n.id, n.action
        FROM needed n
        WHERE NOT EXISTS (
            SELECT 1
            FROM audit_event e
            WHERE e.entity = 'product:' || n.id AND
                  (e.action = n.action OR n.action = 'product.added' AND e.action = 'product.renumbered')
        )
        ORDER BY n.id, n.action
        """,
    )


def stock_is_audited() -> Iterator[Breach]:
    """Events may tell of more than there is: unsold goods can be removed. Copies are not told of."""
    return find(
        5,
        "has {} items, but audit events tell of {}",
        """
        SELECT 'product ' || s.product_id, s.items, coalesce(e.items, 0)
        FROM (
            SELECT product_id, count(*) AS items
            FROM stock_item
            WHERE fingerprint IS NOT NULL
            GROUP BY product_id
        ) s
        LEFT JOIN (
            SELECT entity, sum((data->>'count')::bigint) AS items
            FROM audit_event
            WHERE action IN ('stock.added', 'product.renumbered')
            GROUP BY entity
        ) e ON e.entity = 'product:' || s.product_id
        WHERE s.items > coalesce(e.items, 0)
        ORDER BY s.product_id
        """,
    )


def shared_files_are_audited() -> Iterator[Breach]:
    return find(
        5,
        "is one file for every buyer, and no audit event says so",
        """
        SELECT 'product ' || p.id
        FROM product p
        WHERE p.shared_kind IS NOT NULL AND NOT EXISTS (
            SELECT 1
            FROM audit_event e
            WHERE e.entity = 'product:' || p.id AND
                  (e.action = 'stock.shared'
                   OR e.action = 'product.renumbered' AND e.data->>'shared' IS NOT NULL)
        )
        ORDER BY p.id
        """,
    )


def roles_are_audited() -> Iterator[Breach]:
    """The last event about a role says what the role is."""
    return find(
        5,
        "the audit says otherwise than the role: {} is {}",
        """
        WITH told AS (
            SELECT DISTINCT ON (entity, role) entity, role, split_part(action, '_', 2) = 'added' AS given
            FROM (
                SELECT id, entity, action, split_part(split_part(action, '.', 2), '_', 1) AS role
                FROM audit_event
                WHERE action IN ('user.admin_added', 'user.admin_removed',
                                 'user.reseller_added', 'user.reseller_removed')
            ) AS events
            ORDER BY entity, role, id DESC
        )
        SELECT 'user ' || u.id, r.role, r.given
        FROM "user" u
        CROSS JOIN LATERAL (VALUES ('admin', u.is_admin), ('reseller', u.is_reseller)) AS r (role, given)
        LEFT JOIN told t ON t.entity = 'user:' || u.id AND t.role = r.role
        WHERE r.given <> coalesce(t.given, false)
        ORDER BY u.id, r.role
        """,
    )


def bans_are_audited() -> Iterator[Breach]:
    """The last event about a ban says whether there is one."""
    return find(
        5,
        "the audit says otherwise than the ban: it is {}",
        """
        WITH told AS (
            SELECT DISTINCT ON (entity) entity, action = 'user.banned' AS banned
            FROM audit_event
            WHERE action IN ('user.banned', 'user.unbanned')
            ORDER BY entity, id DESC
        )
        SELECT 'user ' || u.id, u.banned_at IS NOT NULL
        FROM "user" u
        LEFT JOIN told t ON t.entity = 'user:' || u.id
        WHERE (u.banned_at IS NOT NULL) <> coalesce(t.banned, false)
        ORDER BY u.id
        """,
    )


CHECKS = (
    order_states_are_audited,
    ledger_entries_are_audited,
    products_are_audited,
    stock_is_audited,
    shared_files_are_audited,
    roles_are_audited,
    bans_are_audited,
)
