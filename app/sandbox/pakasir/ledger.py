"""What the stand-in remembers: payments, promises and switches. One SQLite file, or memory."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
    txn_id TEXT PRIMARY KEY, invoice TEXT UNIQUE NOT NULL, version INTEGER NOT NULL, method TEXT NOT NULL,
    amount INTEGER NOT NULL, fee INTEGER NOT NULL, total INTEGER NOT NULL, qr TEXT NOT NULL,
    is_sandbox INTEGER NOT NULL, status TEXT NOT NULL, created_at REAL NOT NULL, expires_at REAL NOT NULL,
    completed_at REAL, uncancelable INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY, due_at REAL NOT NULL, kind TEXT NOT NULL, invoice TEXT NOT NULL,
    attempt INTEGER NOT NULL, options TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY);
"""


@dataclass(frozen=True)
class Payment:
    """One transaction, times in seconds since 1970. `uncancelable`: a bank is about to pay it."""

    txn_id: str
    invoice: str
    version: int
    method: str
    amount: int
    fee: int
    total: int
    qr: str
    is_sandbox: bool
    status: str
    created_at: float
    expires_at: float
    completed_at: float | None = None
    uncancelable: bool = False


@dataclass(frozen=True)
class Job:
    """Something to do at `due_at`: a `webhook` to push or a late customer's `pay`. `options` is JSON."""

    id: int
    due_at: float
    kind: str
    invoice: str
    attempt: int
    options: str


class Ledger:
    """Every method is one step that no other thread sees half done; what is written survives a kill -9."""

    def __init__(self, path: Path | None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(str(path or ":memory:"), check_same_thread=False, isolation_level=None)
        # The process may die at any moment; the machine need not.
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;")
        self._db.executescript(SCHEMA)

    def find(self, *, invoice: str | None = None, txn_id: str | None = None) -> Payment | None:
        sql = "SELECT * FROM payments WHERE " + ("txn_id = ?" if txn_id else "invoice = ?")
        with self._lock:
            row = self._db.execute(sql, [txn_id or invoice]).fetchone()
        return _payment(row) if row else None

    def find_or_add(self, payment: Payment) -> Payment:
        """The payment of that invoice: this one, or the one that was there before."""
        marks = ", ".join("?" * len(fields(Payment)))
        with self._lock:
            self._db.execute(f"INSERT OR IGNORE INTO payments VALUES ({marks})", astuple(payment))
            found = self.find(invoice=payment.invoice)
        assert found
        return found

    def change(self, invoice: str, decide: Callable[[Payment], Payment]) -> Payment | None:
        """Replace a payment by what `decide` makes of it; whatever `decide` raises leaves it alone."""
        with self._lock:
            found = self.find(invoice=invoice)
            if found is None:
                return None
            changed = decide(found)
            self._db.execute(
                "UPDATE payments SET status = ?, completed_at = ?, uncancelable = ? WHERE txn_id = ?",
                [changed.status, changed.completed_at, changed.uncancelable, changed.txn_id],
            )
            return changed

    def promise(self, kind: str, invoice: str, due_at: float, options: str = "{}", attempt: int = 0) -> None:
        sql = "INSERT INTO jobs (due_at, kind, invoice, attempt, options) VALUES (?, ?, ?, ?, ?)"
        with self._lock:
            self._db.execute(sql, [due_at, kind, invoice, attempt, options])

    def next_job(self) -> Job | None:
        with self._lock:
            row = self._db.execute("SELECT * FROM jobs ORDER BY due_at, id LIMIT 1").fetchone()
        return Job(*row) if row else None

    def due_at(self, kind: str, invoice: str) -> float | None:
        sql = "SELECT min(due_at) FROM jobs WHERE kind = ? AND invoice = ?"
        with self._lock:
            due_at: float | None = self._db.execute(sql, [kind, invoice]).fetchone()[0]
        return due_at

    def postpone(self, job: Job, due_at: float) -> None:
        with self._lock:
            self._db.execute(
                "UPDATE jobs SET due_at = ?, attempt = attempt + 1 WHERE id = ?", [due_at, job.id]
            )

    def forget(self, job: Job) -> None:
        with self._lock:
            self._db.execute("DELETE FROM jobs WHERE id = ?", [job.id])

    def hasten(self, kind: str, due_at: float) -> None:
        """Make every waiting job of a kind due at that time."""
        with self._lock:
            self._db.execute("UPDATE jobs SET due_at = ? WHERE kind = ?", [due_at, kind])

    def switch(self, name: str, on: bool) -> None:
        sql = "INSERT OR IGNORE INTO switches VALUES (?)" if on else "DELETE FROM switches WHERE name = ?"
        with self._lock:
            self._db.execute(sql, [name])

    def switched(self, name: str) -> bool:
        with self._lock:
            return bool(self._db.execute("SELECT 1 FROM switches WHERE name = ?", [name]).fetchone())


def _payment(row: tuple[object, ...]) -> Payment:
    values = dict(zip((each.name for each in fields(Payment)), row, strict=True))
    values["is_sandbox"], values["uncancelable"] = bool(values["is_sandbox"]), bool(values["uncancelable"])
    return Payment(**values)  # type: ignore[arg-type]
