"""When the gateway is asked again about a payment.

open, unpaid                  15, 30, 60 s after its QR opened, then every minute: a webhook may be lost
ended here, not yet there     watched for 48 h: after 1, 5, 15 min, 1 h, then every 6 h; and shortly after
                              the gateway was asked to cancel
canceled by its own word      after 10 min and 24 h: even that word may have been wrong
"""

from __future__ import annotations

from datetime import datetime, timedelta

from peewee import fn

from app import audit
from app.infra import transactions
from app.people import notices
from models import Payment, utcnow

#: A lost webhook is looked for at these seconds after the QR opened, then every minute.
_LOOKS_S = (15, 30, 60)
WATCH = timedelta(hours=48)
_WATCH_LOOKS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_WATCH_THEN = timedelta(hours=6)
#: Looks after the gateway said canceled.
_CONFIRM, _CONFIRM_LAST = timedelta(minutes=10), timedelta(hours=24)
#: A gateway that does not do what it is asked is not asked about that again and again.
_CANCEL_LOOKS = timedelta(minutes=10)
#: More than the four seconds between two questions about a transaction.
SOON = timedelta(seconds=8)


def first(now: datetime) -> datetime:
    """The first look after a QR opened."""
    return now + timedelta(seconds=_LOOKS_S[0])


def unanswered(order_id: int, asked_at: datetime) -> tuple[int, timedelta]:
    """The gateway was asked for a QR and gave no answer: how often so far, and for how long by now."""
    first = fn.COALESCE(Payment.unanswered_since, asked_at)
    Payment.update(checks=Payment.checks + 1, unanswered_since=first).where(
        Payment.order == order_id
    ).execute()
    payment = Payment.get(Payment.order == order_id)
    return payment.checks, utcnow() - payment.unanswered_since


def soon(order_id: int) -> None:
    """The gateway announced a payment that it does not confirm yet, or confirms wrongly: look again shortly.

    The schedule begins anew, so that a late announcement is not left to a watch of hours.
    """
    now = utcnow()
    open_ = Payment.state.in_({Payment.OPEN, Payment.LAPSED})
    ours = Payment.order == order_id
    Payment.update(state=Payment.OPEN, watch_until=now + WATCH).where(
        ours, open_, Payment.watch_until.is_null(False)
    ).execute()
    Payment.update(checks=0).where(ours, Payment.state == Payment.OPEN).execute()
    _look_soon(order_id)


def cancel_asked(order_id: int) -> None:
    """The gateway was asked to cancel and answered something: only its status tells what that was worth."""
    payment = Payment.get(Payment.order == order_id)
    now = utcnow()
    Payment.update(cancel_asked_at=now).where(Payment.id == payment.id).execute()
    if payment.cancel_asked_at is None or now - payment.cancel_asked_at > _CANCEL_LOOKS:
        _look_soon(order_id)


def watch(payment: Payment) -> None:
    """The order ended but a customer may still pay: look again for two days."""
    now = utcnow()
    (
        Payment.update(checks=0, next_check_at=now + _WATCH_LOOKS[0], watch_until=now + WATCH)
        .where(Payment.id == payment.id)
        .execute()
    )


def confirm(payment: Payment) -> None:
    """The gateway calls it canceled: look twice more."""
    now = utcnow()
    (
        Payment.update(next_check_at=now + _CONFIRM, watch_until=now + _CONFIRM_LAST)
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


def _look_soon(order_id: int) -> None:
    """Not later than planned. Payments that nobody looks at any more stay so."""
    due = fn.LEAST(fn.COALESCE(Payment.next_check_at, utcnow() + SOON), utcnow() + SOON)
    looked_at = Payment.state.in_({Payment.OPEN, Payment.CANCELED})
    Payment.update(next_check_at=due).where(Payment.order == order_id, looked_at).execute()


def _push_forward(payment: Payment, now: datetime) -> None:
    following = _next_watch(payment, now) if payment.watch_until else _next_look(payment, now)
    ended = following is None and payment.state == Payment.OPEN
    Payment.update(
        checks=Payment.checks + 1,
        next_check_at=following,
        state=Payment.LAPSED if ended else payment.state,
    ).where(Payment.id == payment.id).execute()
    if ended:
        _lapse(payment)


def _lapse(payment: Payment) -> None:
    """This look is the last one that is planned; what it finds still counts."""
    audit.record("payment.lapsed", f"payment:{payment.id}")
    notices.to_admins("payment_lapsed", order_id=payment.order_id)


def _next_look(payment: Payment, now: datetime) -> datetime:
    done = payment.checks + 1
    if done < len(_LOOKS_S):
        planned: datetime = payment.opened_at + timedelta(seconds=_LOOKS_S[done])
        return max(now + timedelta(seconds=5), planned)
    return now + timedelta(minutes=1)


def _next_watch(payment: Payment, now: datetime) -> datetime | None:
    """The next moment of the plan; None when `now` is the last."""
    last: datetime = payment.watch_until
    if now >= last:
        return None
    if payment.state == Payment.CANCELED:
        first = last - _CONFIRM_LAST + _CONFIRM
        return first if now < first else last
    begun = last - WATCH
    planned = (begun + look for look in _WATCH_LOOKS)
    return min(next((at for at in planned if at > now), now + _WATCH_THEN), last)
