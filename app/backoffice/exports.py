"""A month of the shop as CSV files: what was sold, the ledger, the days. Read by a cursor of the server.

What counts as sold, and when, is what `/stats` counts; so the last lines agree with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app import audit
from app.backoffice import sheets
from app.infra import times, transactions
from app.infra.queue import outbox
from app.money import typed
from models import Order, db, utcnow

#: A month of the largest shop, read from the first row to the last.
LONGEST_S = 600.0
ROWS_AT_ONCE = 2_000

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)
_TOTAL = "TOTAL"


@dataclass(frozen=True)
class Month:
    """Of the shop's clock: `since` belongs to it, `until` to the next."""

    year: int
    month: int

    @property
    def since(self) -> datetime:
        return datetime(self.year, self.month, 1, tzinfo=times.WIB)

    @property
    def until(self) -> datetime:
        return datetime(self.year + self.month // 12, self.month % 12 + 1, 1, tzinfo=times.WIB)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


@dataclass(frozen=True)
class Sheet:
    """`summed` are the columns with a total; rows that are all zeros count too."""

    name: str
    columns: tuple[str, ...]
    summed: frozenset[str]
    query: str


@dataclass(frozen=True)
class Written:
    """`rows` without heading and total; `totals` by column."""

    rows: int
    totals: dict[str, int]


SALES = Sheet(
    "penjualan",
    (
        *("tanggal", "waktu", "pesanan", "pengguna", "produk", "nama_produk"),
        *("jumlah", "harga_satuan", "diskon", "total", "metode", "status", "bintang", "testimoni"),
        *("garansi_hari", "klaim"),
    ),
    frozenset({"jumlah", "diskon", "total", "klaim"}),
    """
    SELECT o.paid_at, o.paid_at, o.invoice, o.user_id, o.product_id, p.name, o.quantity, o.unit_price,
           o.discount, o.total, o.method, o.state, t.stars, t.text, o.warranty_days, coalesce(c.claims, 0)
    FROM "order" o
    LEFT JOIN product p ON p.id = o.product_id
    LEFT JOIN testimonial t ON t.order_id = o.id AND t.hidden_at IS NULL
    LEFT JOIN (SELECT order_id, count(*) AS claims FROM claim GROUP BY order_id) c ON c.order_id = o.id
    WHERE o.kind = 'purchase' AND o.state IN ('paid', 'delivered')
      AND o.paid_at >= %(since)s AND o.paid_at < %(until)s
    ORDER BY o.paid_at, o.id
    """,
)
LEDGER = Sheet(
    "buku-saldo",
    ("tanggal", "waktu", "pengguna", "jumlah", "saldo_sesudah", "alasan", "catatan", "oleh"),
    frozenset({"jumlah"}),
    """
    SELECT created_at, created_at, user_id, amount, balance, reason, note, actor_id
    FROM ledger_entry
    WHERE created_at >= %(since)s AND created_at < %(until)s
    ORDER BY id
    """,
)
DAYS = Sheet(
    "harian",
    ("tanggal", "pesanan", "item", "pendapatan", "deposit"),
    frozenset({"pesanan", "item", "pendapatan", "deposit"}),
    """
    SELECT day::date, s.orders, s.items, s.revenue, d.deposits
    FROM generate_series(%(first)s::timestamp, %(last)s, interval '1 day') AS day
    CROSS JOIN LATERAL (
        SELECT day AT TIME ZONE 'Asia/Jakarta', (day + interval '1 day') AT TIME ZONE 'Asia/Jakarta'
    ) AS t (since, until)
    CROSS JOIN LATERAL (
        SELECT count(*) AS orders, coalesce(sum(quantity), 0) AS items,
               coalesce(sum(total), 0)::bigint AS revenue
        FROM "order"
        WHERE kind = 'purchase' AND state IN ('paid', 'delivered')
          AND paid_at >= t.since AND paid_at < t.until
    ) s
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(total), 0)::bigint AS deposits
        FROM "order"
        WHERE kind = 'deposit' AND state = 'credited'
          AND closed_at >= t.since AND closed_at < t.until
    ) d
    ORDER BY day
    """,
)
SHEETS = {"sales": SALES, "ledger": LEDGER, "days": DAYS}

_ANY = """
SELECT EXISTS (
    SELECT 1
    FROM "order"
    WHERE kind = 'purchase' AND state IN ('paid', 'delivered')
      AND paid_at >= %(since)s AND paid_at < %(until)s
) OR EXISTS (
    SELECT 1
    FROM "order"
    WHERE kind = 'deposit' AND state = 'credited'
      AND closed_at >= %(since)s AND closed_at < %(until)s
)
"""
_LATEST = """
SELECT greatest(
    (SELECT max(paid_at) FROM "order" WHERE kind = 'purchase' AND state IN ('paid', 'delivered')
                                        AND paid_at IS NOT NULL),
    (SELECT max(closed_at) FROM "order" WHERE kind = 'deposit' AND state = 'credited')
)
"""


def month(text: str) -> Month | None:
    """`2026-11`; None for anything else."""
    found = _MONTH.fullmatch(typed.seen(text))
    return Month(int(found[1]), int(found[2])) if found else None


def has_income(of: Month) -> bool:
    """Whether anything was sold, or put into a balance."""
    return bool(db.execute_sql(_ANY, {"since": of.since, "until": of.until}).fetchone()[0])


def latest() -> Month | None:
    """The last one that has income; None in a new shop."""
    at = db.execute_sql(_LATEST).fetchone()[0]
    here = at and at.astimezone(times.WIB)
    return Month(here.year, here.month) if here else None


def begins_by(day: date) -> bool:
    """Whether anything was ordered on that day of the shop's clock, or on one before."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), times.WIB)
    first = Order.select(Order.created_at).order_by(Order.id).limit(1).scalar()
    return first is not None and first < midnight


def promise(of: Month, admin_id: int) -> bool:
    """The files to the admin's own chat, a job each; False for a month without income."""
    with transactions.atomic():
        if not has_income(of):
            return False
        note(of)
        for kind in SHEETS:
            outbox.add("send_export", admin_id, kind, str(of))
        return True


def note(of: Month) -> None:
    """Inside a transaction: who took the figures of which month."""
    audit.record("sales.exported", "shop", month=str(of))


def file_name(kind: str, of: Month) -> str:
    return f"{SHEETS[kind].name}-{of}.csv"


def write(kind: str, of: Month, target: Path) -> Written:
    """UTF-8 with a byte order mark, as spreadsheets want it; amounts are whole rupiah without dots.

    Nobody else on the machine may read it.
    """
    sheet = SHEETS[kind]
    rows, totals = 0, dict.fromkeys(sheet.summed, 0)
    target.touch(mode=0o600)
    target.chmod(0o600)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(sheet.columns)
        for row in _rows(sheet.query, of):
            lines.writerow(sheets.cells(sheet.columns, row))
            rows += 1
            for column, value in zip(sheet.columns, row, strict=True):
                if column in totals:
                    totals[column] += value
        lines.writerow([_TOTAL, *(totals.get(column, "") for column in sheet.columns[1:])])
    return Written(rows, totals)


def days(since: date, until: date) -> list[tuple[Any, ...]]:
    """A row for each of these days, both included, as in the file of a month."""
    rows: list[tuple[Any, ...]] = db.execute_sql(DAYS.query, {"first": since, "last": until}).fetchall()
    return rows


def _rows(query: str, of: Month) -> Iterator[Sequence[Any]]:
    """One after another, however many: the server keeps them."""
    values = {
        "since": of.since,
        "until": of.until,
        "first": of.since.date(),
        "last": min(of.until.date() - timedelta(days=1), utcnow().astimezone(times.WIB).date()),
    }
    with db.atomic(), db.patience(LONGEST_S), db.connection().cursor(name="export") as cursor:
        cursor.itersize = ROWS_AT_ONCE
        cursor.execute(query, values)
        yield from cursor
