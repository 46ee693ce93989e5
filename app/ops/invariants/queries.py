"""The checks that are one query: those in the .sql files beside this one.

    -- <invariant>: <problem, whose braces the columns after the subject fill>
    SELECT <subject>, … FROM …;

A query may ask for each of VALUES as `%(name)s`, and hold each of PARTS as `{name}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import timedelta
from functools import partial
from pathlib import Path

import settings
from app.audit import seals
from app.backoffice import retention
from app.catalogue import products, stock
from app.infra import fingerprints
from app.ops.invariants.breach import Breach, find
from app.sales import history, vouchers
from models import utcnow

#: Settings that staff decide on. The others are what the shop remembers for itself.
DECIDED = ("maintenance", "refund_factors", "low_stock", "channel")


def _dead(*actors: str) -> Callable[[], list[int]]:
    return lambda: list(history.dead_subjects(*actors))


VALUES: dict[str, Callable[[], object]] = {
    "now": utcnow,
    "expiry": lambda: timedelta(seconds=settings.current().payment_expiry_seconds),
    "recipients_since": lambda: utcnow() - retention.RECIPIENTS_KEPT,
    "voucher_pause": lambda: vouchers.PAUSE,
    "columns": lambda: list(products.TOLD),
    "decided": lambda: list(DECIDED),
    "decided_entities": lambda: [f"setting:{key}" for key in DECIDED],
    "dead_deliveries": _dead("deliver_order"),
    "dead_openings": _dead("open_payment"),
    "dead_batches": _dead("add_stock_batch"),
    "dead_broadcasts": _dead("list_recipients", "send_broadcast"),
    "key": lambda: seals.key(fingerprints.kept()),
}

#: What queries of one run have asked for already: each is found out once. None outside a run.
known: ContextVar[dict[str, object] | None] = ContextVar("known", default=None)

PARTS = {
    # Events of products in the life that they have now: a number can pass from one to another (`/editid`).
    "life": """
        SELECT (substr(e.entity, 9))::int AS product_id, e.id, e.action, e.data, b.action AS birth
        FROM {rare} e
        JOIN (
            SELECT DISTINCT ON (entity) entity, id, action
            FROM {rare} AS births
            WHERE action IN ('product.added', 'product.renumbered')
            ORDER BY entity, id DESC
        ) b ON b.entity = e.entity AND e.id >= b.id
        WHERE e.action ~ '^(product|stock)[.]'
    """,
    # Events that not every sale leaves; in these words the index audit_event_seldom knows them.
    "rare": """(
        SELECT * FROM audit_event
        WHERE action NOT IN ('order.placed', 'order.paid', 'order.delivered', 'order.expired',
                             'order.canceled', 'order.credited', 'payment.opened', 'payment.completed',
                             'payment.canceled', 'balance.changed')
    )""",
    "order_states": "'{placed,paid,delivered,expired,canceled,credited}'::text[]",
    # The last of the events that were sealed with a key that was lost.
    "unsealed": "coalesce((SELECT (value->>'last')::bigint FROM setting WHERE key = 'audit_unsealed'), 0)",
    "item_mark": stock.MARK,
    "event_seal": seals.EVENT,
    "lane_seal": seals.LANE,
}

_CHECK = re.compile(r"^-- (\d): (.*)\n((?:.*\n)*?.*);$", re.MULTILINE)


def of(*files: str) -> list[Callable[[], Iterator[Breach]]]:
    """The checks in these files, in their order."""
    texts = [Path(__file__).with_name(f"{name}.sql").read_text() for name in files]
    return [partial(_run, int(number), *rest) for text in texts for number, *rest in _CHECK.findall(text)]


def _run(invariant: int, problem: str, query: str) -> Iterator[Breach]:
    for name, part in PARTS.items():
        query = query.replace(f"{{{name}}}", part)
    values = {name: _value(name) for name in VALUES if f"%({name})s" in query}
    return find(invariant, problem, query, values)


def _value(name: str) -> object:
    remembered = known.get()
    if remembered is None:
        return VALUES[name]()
    if name not in remembered:
        remembered[name] = VALUES[name]()
    return remembered[name]
