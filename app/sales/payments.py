"""The payment of an order: its states, who may move it from which, and when the gateway is asked about it.

Nothing else writes this table. What the gateway said is believed, or not, in settlement.py.

    the payment is                the gateway is asked
    open, its order unpaid        15, 30, 60 s after the QR opened, then every minute: a webhook may be lost
    open, its order ended         for 48 h: after 1, 5, 15 min, 1 h, then every 6 h; and shortly after it was
                                  asked to cancel
    canceled by its own word      after 10 min and 24 h: even that word may have been wrong
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from peewee import Case, fn

from app import audit
from app.clients.pakasir_answers import Opened
from app.infra import transactions
from app.infra.prepared import GIVEN, Prepared, PreparedUpdate
from app.infra.queue import outbox
from app.people import notices
from app.sales import orders
from models import Order, Payment, Product, User, utcnow

#: Which states a payment may come from. An order that was given up without a QR may have got one after all.
MOVES = {
    Payment.OPEN: {Payment.OPENING, Payment.REFUSED, Payment.CANCELED, Payment.LAPSED},
    Payment.REFUSED: {Payment.OPENING},
    Payment.CANCELED: {Payment.OPEN, Payment.LAPSED},
    Payment.LAPSED: {Payment.OPEN},
    Payment.COMPLETED: {
        Payment.OPENING,
        Payment.REFUSED,
        Payment.OPEN,
        Payment.CANCELED,
        Payment.LAPSED,
    },
}

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

_MOVED = {
    to: PreparedUpdate(Payment, Payment.id == GIVEN, Payment.state.in_(states))
    for to, states in MOVES.items()
}
_OF_ORDER = Prepared(Payment.select().where(Payment.order == GIVEN))
_LOCKED = Prepared(Payment.select().where(Payment.order == GIVEN).for_update(transactions.LOCK))
_LOCKED_WITH_ORDER = Prepared(
    Payment.select(Payment, Order)
    .join(Order)
    .join(User)
    .where(Payment.order == GIVEN)
    .for_update(transactions.LOCK, of=(User, Order, Payment))
)
_BY_INVOICE = Prepared(
    Payment.select(Payment, Order, Product, User)
    .join(Order)
    .left_outer_join(Product)
    .switch(Order)
    .join(User)
    .where(Order.invoice == GIVEN)
)


def of_order(order_id: int) -> Payment | None:
    """None for an order that the balance paid."""
    return _OF_ORDER.first(order_id)


def credited(order: Order, payment: Payment | None) -> int:
    """What became balance when the order ended so, in rupiah: all that came late or as a deposit, else what
    was paid for its goods."""
    accepted = payment.accepted if payment else None
    if accepted is None:
        return order.total
    return min(accepted, order.total) if order.reason == Order.BY_OPERATOR else accepted


def by_invoice(invoice: str) -> Payment | None:
    """A payment read with its order, as orders.with_product reads that; None as above, and for an order that
    we do not have."""
    return _BY_INVOICE.first(invoice)


def order_called(words: str) -> Order | None:
    """By its invoice in letters of any size, or by the gateway's transaction."""
    return orders.by_invoice(words.upper()) or order_of_transaction(words)


def order_of_transaction(txn_id: str) -> Order | None:
    """Whose payment the gateway calls so."""
    payment: Payment | None = (
        Payment.select(Payment, Order).join(Order).where(Payment.txn_id == txn_id).first()
    )
    return payment.order if payment else None


def lock(order_id: int) -> Payment:
    """The payment, fresh and locked; its order was locked before. Raises Payment.DoesNotExist."""
    return _known(_LOCKED.first(order_id))


def lock_with_order(order_id: int) -> Payment:
    """The same with its order, which is locked as by orders.lock, before it."""
    return _known(_LOCKED_WITH_ORDER.first(order_id))


def _known(payment: Payment | None) -> Payment:
    if payment is None:
        raise Payment.DoesNotExist  # type: ignore[attr-defined]
    return payment


def insert(order: Order) -> None:
    Payment.insert(order=order.id, amount=order.total).execute()


def move(payment: Payment, to: str, **changes: Any) -> None:
    """The caller holds the payment's lock and has looked at its state."""
    if not _MOVED[to].all({"state": to, **changes}, payment.id):
        raise ValueError(f"payment {payment.id} cannot become {to}")


def open_qr(order: Order, payment: Payment, answer: Opened) -> None:
    now = utcnow()
    move(
        payment,
        Payment.OPEN,
        txn_id=answer.txn_id,
        fee=answer.fee,
        total=answer.total,
        qr_string=answer.qr_string,
        page_url=answer.payment_url,
        opened_at=now,
        checks=0,
        next_check_at=now + timedelta(seconds=_LOOKS_S[0]),
    )
    audit.record(
        "payment.opened", f"order:{order.invoice}", amount=payment.amount, fee=answer.fee,
        total=answer.total, txn=answer.txn_id, qr=audit.digest(answer.qr_string, answer.payment_url),
    )  # fmt: skip


def refuse(order: Order, payment: Payment) -> None:
    """There is no QR, and none is asked for any more."""
    move(payment, Payment.REFUSED, next_check_at=None)
    audit.record("payment.refused", f"order:{order.invoice}")


def complete(order: Order, payment: Payment, accepted: int | None = None) -> None:
    """`accepted`: what an operator took for paid, in rupiah, where that differs."""
    changes = {"completed_at": utcnow(), "accepted": accepted, "next_check_at": None, "watch_until": None}
    move(payment, Payment.COMPLETED, **changes)
    amount = payment.amount if accepted is None else accepted
    audit.record("payment.completed", f"order:{order.invoice}", amount=amount)


def cancel(order: Order, payment: Payment) -> None:
    """The gateway calls it canceled: look twice more."""
    now = utcnow()
    move(payment, Payment.CANCELED, next_check_at=now + _CONFIRM, watch_until=now + _CONFIRM_LAST)
    audit.record("payment.canceled", f"order:{order.invoice}")


def reopen(order: Order, payment: Payment) -> None:
    """The gateway takes its cancellation back."""
    move(payment, Payment.OPEN)
    watch(payment)
    audit.record("payment.reopened", f"order:{order.invoice}")


def watch(payment: Payment) -> None:
    """The order ended but a customer may still pay: look again for two days."""
    now = utcnow()
    _update(payment, checks=0, next_check_at=now + _WATCH_LOOKS[0], watch_until=now + WATCH)


def count_unanswered(order_id: int, asked_at: datetime) -> tuple[int, timedelta]:
    """The gateway was asked for a QR and gave no answer: how often so far, and for how long by now."""
    first = fn.COALESCE(Payment.unanswered_since, asked_at)
    counted = Payment.update(checks=Payment.checks + 1, unanswered_since=first)
    payment = next(iter(counted.where(Payment.order == order_id).returning(Payment).execute()))
    return payment.checks, utcnow() - payment.unanswered_since


def unanswered_for(order: Order, asked_at: datetime) -> timedelta:
    """For how long by now the gateway has not said whether an order that is past its deadline was paid."""
    since_then = Payment.unanswered_since >= order.expires_at
    first = Case(None, [(since_then, Payment.unanswered_since)], asked_at)
    noted = Payment.update(unanswered_since=first).where(Payment.order == order.id).returning(Payment)
    return next((utcnow() - payment.unanswered_since for payment in noted.execute()), timedelta.max)


def recheck(order_id: int) -> Payment | None:
    """Have the gateway asked now, unless its word is known. None for an order that the balance paid."""
    with transactions.atomic():
        payment = of_order(order_id)
        if payment and payment.state != Payment.COMPLETED:
            outbox.add("check_payment", order_id, False)
        return payment


def recheck_for_buyer(order_id: int, page_id: int | None = None) -> None:
    """The same, and the buyer is told if it was in vain: under the QR, or on the page in this message."""
    with transactions.atomic():
        outbox.add("check_payment", order_id, True, *([page_id] if page_id else []))


def send_qr(order_id: int) -> None:
    """Have its QR sent, (again) below everything else."""
    with transactions.atomic():
        outbox.add("send_qr", order_id)


def tell_slow(order_id: int) -> None:
    """Have the buyer told why there is no QR yet."""
    with transactions.atomic():
        outbox.add("show_slow", order_id)


def check_soon(order_id: int) -> None:
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


def note_cancel_asked(order_id: int) -> None:
    """The gateway was asked to cancel and answered something: only its status tells what that was worth."""
    payment = Payment.get(Payment.order == order_id)
    now = utcnow()
    _update(payment, cancel_asked_at=now)
    if payment.cancel_asked_at is None or now - payment.cancel_asked_at > _CANCEL_LOOKS:
        _look_soon(order_id)


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
    _update(payment, checks=Payment.checks + 1, next_check_at=following)
    if following is None and payment.state == Payment.OPEN:
        _lapse(payment)


def _lapse(payment: Payment) -> None:
    """This look is the last one that is planned; what it finds still counts."""
    move(payment, Payment.LAPSED)
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


def _update(payment: Payment, **changes: Any) -> None:
    Payment.update(changes).where(Payment.id == payment.id).execute()
