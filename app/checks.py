"""When the gateway is asked again: soon for a lost webhook, for two days after an unsure end."""

from __future__ import annotations

from datetime import datetime, timedelta

from app import audit, transactions
from models import Payment, utcnow

#: A lost webhook is looked for at these seconds after the QR opened, then every minute.
_LOOKS_S = (15, 30, 60)
#: A payment that ended here, but not surely at the gateway, is watched this long, at these minutes first.
WATCH = timedelta(hours=48)
_WATCH_LOOKS_MIN = (1, 5, 15, 60)
_WATCH_THEN = timedelta(hours=6)
#: More than the four seconds between two questions about a transaction.
SOON = timedelta(seconds=8)


def first(now: datetime) -> datetime:
    """The first look after a QR opened."""
    return now + timedelta(seconds=_LOOKS_S[0])


def tried_to_open(order_id: int) -> int:
    """The gateway was asked for a QR and gave no answer; returns how often that has been so."""
    rows = Payment.update(checks=Payment.checks + 1).where(Payment.order == order_id).returning(Payment)
    return max((payment.checks for payment in rows.execute()), default=0)


def soon(order_id: int) -> None:
    """The gateway announced a payment that it does not confirm yet, or confirms wrongly: look again shortly.

    The schedule begins anew, so that a late announcement is not left to a watch of hours.
    """
    (
        Payment.update(checks=0, next_check_at=utcnow() + SOON)
        .where(Payment.order == order_id, Payment.state == Payment.OPEN)
        .execute()
    )


def watch(payment: Payment) -> None:
    """The order ended but a customer may still pay: look again for two days."""
    now = utcnow()
    (
        Payment.update(
            checks=0, next_check_at=now + timedelta(minutes=_WATCH_LOOKS_MIN[0]), watch_until=now + WATCH
        )
        .where(Payment.id == payment.id)
        .execute()
    )


def claim_due(limit: int = 100) -> list[int]:
    """Orders whose payment is due for a look, each pushed forward first: a bad one waits for its turn."""
    now = utcnow()
    with transactions.atomic():
        rows = (
            Payment.select()
            .where(Payment.next_check_at <= now)
            .order_by(Payment.next_check_at)
            .limit(limit)
            .for_update(skip_locked=True)
        )
        due = list(rows)
        for payment in due:
            _push_forward(payment, now)
        return [payment.order_id for payment in due]


def _push_forward(payment: Payment, now: datetime) -> None:
    if payment.watch_until and now >= payment.watch_until:
        _lapse(payment)
        return
    following = _next_watch(payment, now) if payment.watch_until else _next_look(payment, now)
    (
        Payment.update(checks=Payment.checks + 1, next_check_at=following)
        .where(Payment.id == payment.id)
        .execute()
    )


def _lapse(payment: Payment) -> None:
    """This look is the last one that is planned; what it finds still counts."""
    Payment.update(state=Payment.LAPSED, next_check_at=None).where(Payment.id == payment.id).execute()
    audit.record("payment.lapsed", f"payment:{payment.id}")


def _next_look(payment: Payment, now: datetime) -> datetime:
    done = payment.checks + 1
    if done < len(_LOOKS_S):
        planned: datetime = payment.opened_at + timedelta(seconds=_LOOKS_S[done])
        return max(now + timedelta(seconds=5), planned)
    return now + timedelta(minutes=1)


def _next_watch(payment: Payment, now: datetime) -> datetime:
    done = payment.checks + 1
    if done < len(_WATCH_LOOKS_MIN):
        return now + timedelta(minutes=_WATCH_LOOKS_MIN[done] - _WATCH_LOOKS_MIN[done - 1])
    last: datetime = payment.watch_until
    return min(now + _WATCH_THEN, last)
