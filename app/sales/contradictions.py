"""What the gateway says of a payment that cannot be: kept and told once an order, until it is dealt with.

Callers hold the order's lock. Deciding is settlement.py's business: it moves the money.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from peewee import ModelSelect

from app import audit
from app.clients.pakasir_answers import COMPLETED, Status
from app.errors import NothingToDecide
from app.infra.prepared import GIVEN, Prepared
from app.people import notices
from models import Contradiction, Order, utcnow

log = structlog.get_logger()

#: What differs when an answer cannot be read at all.
UNREADABLE = "answer"

_OF_ORDER = Prepared(Contradiction.select().where(Contradiction.order == GIVEN))


def note(order: Order, differs: list[str], said: dict[str, Any]) -> None:
    """The gateway contradicts. Told when it is new, and once more when money appears behind it."""
    known: Contradiction | None = of_order(order.id)
    is_other = known is None or said != known.said
    is_news = known is None or (_is_money(said) and is_other and not _is_undecided_money(known))
    if known and known.verdict == Contradiction.REFUSED and not is_news:
        return
    now = utcnow()
    facts: dict[str, Any] = {
        "differs": differs,
        "said": said,
        "verdict": None,
        "decided_at": None,
        "note": None,
    }
    if is_news:
        facts["found_at"] = now
    Contradiction.insert(order=order.id, **{"found_at": now} | facts).on_conflict(
        conflict_target=[Contradiction.order], update=facts
    ).execute()
    if is_other:
        audit.record("payment.contradicted", f"order:{order.invoice}", differs=", ".join(differs), said=said)
    if is_news:
        log.error("payment contradicts the order", invoice=order.invoice, differs=differs)
        notices.to_admins("payment_mismatch", order_id=order.id, differs=differs)


def close_agreed(order: Order, word: str) -> None:
    """The gateway says the same as we after all. Money that it named before stays to be decided until it says
    `completed` of the right payment."""
    known = of_order(order.id)
    if known and (word == COMPLETED or not _is_money(known.said)):
        _decide(order, Contradiction.AGREED, None)


def decide(order: Order, verdict: str, why: str) -> None:
    """Once: raises NothingToDecide when nothing contradicts, or somebody was faster."""
    if not _decide(order, verdict, why):
        known = of_order(order.id)
        raise NothingToDecide(known.verdict if known else None)


def of_order(order_id: int) -> Contradiction | None:
    return _OF_ORDER.first(order_id)


def waiting() -> ModelSelect[Contradiction]:
    """Those that nobody has decided, with their orders, oldest first; callers page."""
    found = Contradiction.select(Contradiction, Order).join(Order)
    return found.where(Contradiction.verdict.is_null()).order_by(Contradiction.found_at, Order.id)


def undecided(among: Iterable[Order]) -> set[int]:
    """Ids of those whose payment waits for somebody to decide."""
    open_ = Contradiction.verdict.is_null() & Contradiction.order.in_([order.id for order in among])
    return {found.order_id for found in Contradiction.select(Contradiction.order).where(open_)}


def as_said(status: Status) -> dict[str, Any]:
    return {
        "txn_id": status.txn_id,
        "order_id": status.invoice,
        "amount": status.amount,
        "is_sandbox": status.is_sandbox,
        "status": status.status,
    }


def _decide(order: Order, verdict: str, why: str | None) -> bool:
    decided = (
        Contradiction.update(verdict=verdict, decided_at=utcnow(), note=why)
        .where(Contradiction.order == order.id, Contradiction.verdict.is_null())
        .execute()
    )
    if decided:
        audit.record(f"payment.{verdict}", f"order:{order.invoice}")
    return bool(decided)


def _is_money(said: dict[str, Any]) -> bool:
    return said.get("status") == COMPLETED


def _is_undecided_money(known: Contradiction) -> bool:
    return known.verdict is None and _is_money(known.said)
