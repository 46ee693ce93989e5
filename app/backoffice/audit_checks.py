"""What the audit is held to every night: its chain is proved; the admins are told its head, or what broke."""

from __future__ import annotations

from datetime import timedelta

import structlog

from app.audit import archive, proof
from app.audit.proof import Proof
from app.infra import stored, times, transactions
from app.infra.queue import outbox
from app.people import notices
from models import utcnow

log = structlog.get_logger()

#: The hour of the shop's day from which it is due; in the first night of a week all of it.
NIGHT_H = 3
_PROMISED, _WHOLE, _TOLD = "audit_proof_promised", "audit_proof_whole", "audit_head_told"
_SIZE = "audit_size"


def promise() -> bool:
    """Tonight's proof, once; True when this call promised it."""
    now = utcnow().astimezone(times.WIB) - timedelta(hours=NIGHT_H)
    today = times.midnight(now)
    week = today - timedelta(days=today.weekday())
    with transactions.atomic():
        if not _first_since(_PROMISED, today.timestamp()):
            return False
        outbox.add("prove_audit", _first_since(_WHOLE, week.timestamp()))
    return True


def size() -> int | None:
    """Bytes of the audit database when it was last proved; None before that."""
    found: int | None = stored.get(_SIZE)
    return found


def prove(whole: bool) -> Proof:
    """What came since the last time, or all. What is told is told once a day. Raises Away."""
    found = proof.renew(whole=whole)
    stored.put(_SIZE, archive.size())
    if found.problem:
        log.error("the audit's chain is broken", problem=found.problem)
    with transactions.atomic():
        today = times.midnight(utcnow().astimezone(times.WIB)).timestamp()
        if (found.problem or found.head.seq) and _first_since(_TOLD, today):
            _tell(found)
    return found


def _tell(found: Proof) -> None:
    if found.problem:
        notices.to_admins("audit_broken", row=found.head.seq + 1)
    else:
        notices.to_admins("audit_head", seq=found.head.seq, hash=found.head.hash.hex())


def _first_since(key: str, moment: float) -> bool:
    return stored.advance(key, moment, from_below=moment)
