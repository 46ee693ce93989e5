"""Proves the chain: the first row that was changed, removed or inserted is named."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.audit import archive, chain, seals
from app.audit.chain import EMPTY, Head, following
from app.infra import fingerprints, stored

#: Rows of one fetch; no more are held.
FETCHED = 5_000
#: Rows that are proved in one go while the shop is at work.
SLICE = 100_000

_ROWS = """
SELECT seq, source, payload, hash, at, actor, action, entity
FROM audit_chain
WHERE seq > %s
ORDER BY seq
LIMIT %s
"""
_PROVED = "audit_proved"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL's


@dataclass(frozen=True)
class Proof:
    """`head` is the last row that holds, `rows` how many were looked at; `problem` names the first that does
    not."""

    head: Head
    rows: int
    problem: str | None = None


class _Wrong(Exception):
    """What is wrong with a row, in words."""


def prove(connection: archive.Connection, since: Head = EMPTY, most: int | None = None) -> Proof:
    """Every row after `since`, which must be there as well; of many the first `most`."""
    if problem := missing(connection, since) or _before_the_first(connection):
        return Proof(EMPTY, 0, problem)
    sealed = _Sealed()
    head, rows = since, 0
    for row in _rows(connection, since.seq, most):
        try:
            head = _next(head, row, sealed)
        except _Wrong as wrong:
            return Proof(head, rows, str(wrong))
        rows += 1
    return Proof(head, rows)


def missing(connection: archive.Connection, head: Head) -> str | None:
    """Whether this row, as it was noted once, is not in the chain: what is wrong."""
    if head == EMPTY:
        return None
    row = connection.execute("SELECT hash FROM audit_chain WHERE seq = %s", [head.seq]).fetchone()
    if row is None:
        last = chain.head(connection).seq
        return f"row {head.seq} is gone: " + (
            f"the chain ends with row {last}" if last < head.seq else "it was removed"
        )
    if bytes(row[0]) != head.hash:
        return f"row {head.seq} has another hash than was noted: it, or one before it, was changed"
    return None


def _before_the_first(connection: archive.Connection) -> str | None:
    """Rows that no chain reaches, and whoever looks an order up would read."""
    row = connection.execute("SELECT min(seq) FROM audit_chain WHERE seq < 1").fetchone()
    return f"row {row[0]} was inserted: the chain begins with row 1" if row and row[0] is not None else None


def proved() -> Head:
    """Up to where it held when that was last looked at."""
    kept = stored.get(_PROVED)
    return Head(kept["seq"], bytes.fromhex(kept["hash"])) if kept else EMPTY


def renew(*, whole: bool) -> Proof:
    """Prove what came since the last time, or all, and note how far it holds. Raises Away.

    In slices: the process has one connection, and what happens meanwhile is to be shipped.
    """
    head, rows = EMPTY if whole else proved(), 0
    while True:
        with archive.opened() as connection:
            proof = prove(connection, head, SLICE)
        head, rows = proof.head, rows + proof.rows
        if proof.problem or proof.rows < SLICE:
            break
    if proof.problem is None:
        stored.put(_PROVED, {"seq": head.seq, "hash": head.hash.hex()})
    return Proof(head, rows, proof.problem)


def _rows(connection: archive.Connection, after: int, most: int | None) -> Iterator[Any]:
    with connection.transaction(), connection.cursor(name="audit_proof") as rows:
        rows.itersize = FETCHED
        yield from rows.execute(_ROWS, [after, most])


def _next(before: Head, row: Any, sealed: _Sealed) -> Head:
    """Raises _Wrong."""
    seq, source, payload, found, *copies = row
    if seq != before.seq + 1:
        gone = (
            f"row {before.seq + 1} was"
            if seq == before.seq + 2
            else f"rows {before.seq + 1} to {seq - 1} were"
        )
        raise _Wrong(f"{gone} removed")
    told = _told(seq, payload)
    if not sealed.holds(told):
        raise _Wrong(f"row {seq} was changed or inserted: the shop has not sealed it like this")
    if following(before.hash, seq, payload) != bytes(found):
        raise _Wrong(
            f"row {seq} does not follow row {before.seq}: one of both was changed, removed or inserted"
        )
    if [str(source), *copies] != _copied(told):
        raise _Wrong(f"row {seq} says something else in its columns than in its payload")
    return Head(seq, bytes(found))


def _told(seq: int, payload: str) -> dict[str, Any]:
    try:
        return dict(json.loads(payload))
    except (ValueError, TypeError):
        raise _Wrong(f"row {seq} was changed or inserted: its payload is none of the shop's") from None


def _copied(told: dict[str, Any]) -> list[Any]:
    at = datetime.fromisoformat(told["at"])
    return [told["source"], at, told["actor"], told["action"], told["entity"]]


class _Sealed:
    """Knows the key of the seals, and which events are older than that, or that it cannot be read."""

    def __init__(self) -> None:
        self._key = seals.key(fingerprints.kept()) if fingerprints.is_readable() else None
        self._unsealed: int = stored.get("audit_unsealed", {"last": 0})["last"]

    def holds(self, told: dict[str, Any]) -> bool:
        if self._key is None:
            return True
        try:
            return int(told["id"]) <= self._unsealed or seal(told, self._key) == str(told["seal"])
        except (KeyError, TypeError, ValueError, struct.error):
            return False


def seal(told: dict[str, Any], key: bytes) -> str:
    """What seals.EVENT makes in PostgreSQL, in hex."""
    micros = (datetime.fromisoformat(told["at"]) - _EPOCH) // timedelta(microseconds=1)
    numbers = struct.pack("!qhqq", told["id"], told["lane"], told["number"], micros)
    words = (told["actor"], told["action"], told["entity"], told["data"], told["correlation_id"] or "")
    return hashlib.sha256(key + numbers + "\x1f".join(words).encode() + key).hexdigest()
