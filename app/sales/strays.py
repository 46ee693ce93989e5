"""Payments that the gateway tells of and the shop cannot place: no such order, or another transaction of it.

A restored backup or a promoted replica may have forgotten orders that people have paid for. Each stray is
told to the admins once, and kept until its money is credited to somebody, or somebody has dealt with it.
"""

from __future__ import annotations

from typing import Any

from peewee import ModelSelect

from app import audit
from app.errors import AmountOutOfRange, StrayEnded, Unknown
from app.infra import transactions
from app.infra.queue import outbox
from app.money import QRIS_MOST
from app.people import notices, users
from app.sales import wallet
from models import Contradiction, Order, Stray, utcnow


def note(invoice: str, txn_id: str | None) -> bool:
    """Somebody with the right secret says that this was paid; True when it is news."""
    if _was_accepted(invoice, txn_id):
        return False
    with transactions.atomic():
        again = {Stray.times: Stray.times + 1}
        rows = (
            Stray.insert(invoice=invoice, txn_id=txn_id or "")
            .on_conflict(conflict_target=[Stray.invoice, Stray.txn_id], update=again)
            .returning(Stray)
            .execute()
        )
        stray = next(iter(rows))
        if stray.times > 1:
            return False
        audit.record("stray.found", _entity(stray), invoice=invoice, txn_id=txn_id, said=None)
        notices.to_admins("payment_stray", stray_id=stray.id)
        outbox.add("look_at_stray", stray.id)
        return True


def recheck(stray_id: int) -> None:
    """Have the gateway asked (again) what it knows of it. Raises Unknown."""
    get(stray_id)
    with transactions.atomic():
        outbox.add("look_at_stray", stray_id)


def note_answer(stray_id: int, said: dict[str, Any]) -> None:
    """What the gateway says of it: see Contradiction.said."""
    with transactions.atomic():
        stray: Stray | None = Stray.select().where(Stray.id == stray_id).for_update().first()
        if stray is None:
            return
        if stray.said != said:
            audit.record("stray.answered", _entity(stray), said=said)
        Stray.update(said=said, looked_at=utcnow()).where(Stray.id == stray_id).execute()


def credit(stray_id: int, user_id: int, amount: int, *, why: str, actor_id: int | None = None) -> Stray:
    """Its money becomes somebody's balance, once. Raises Unknown, AmountOutOfRange, StrayEnded."""
    if not 1 <= amount <= QRIS_MOST:
        raise AmountOutOfRange(amount, 1, QRIS_MOST, "booking")
    with transactions.atomic():
        users.lock(user_id)
        stray = _end(stray_id, Stray.CREDITED, why)
        wallet.adjust(user_id, amount, f"stray:{stray.id}:credit", note=why, actor_id=actor_id)
        audit.record("stray.credited", _entity(stray), user=user_id, amount=amount)
        return stray


def dismiss(stray_id: int, *, why: str) -> Stray:
    """Somebody has dealt with it elsewhere. Raises Unknown, StrayEnded."""
    with transactions.atomic():
        stray = _end(stray_id, Stray.DISMISSED, why)
        audit.record("stray.dismissed", _entity(stray))
        return stray


def dismiss_accepted(order: Order, why: str) -> None:
    """What the gateway said otherwise of the order's payment counts for it: nobody else gets that money.

    Raises StrayEnded if somebody has got it.
    """
    for stray in Stray.select().where(Stray.invoice == order.invoice):
        if not _was_accepted(stray.invoice, stray.txn_id):
            continue
        if stray.outcome == Stray.CREDITED:
            raise StrayEnded(stray.outcome)
        if stray.outcome is None:
            dismiss(stray.id, why=why)


def _was_accepted(invoice: str, txn_id: str | None) -> bool:
    said = (
        Contradiction.select(Contradiction.said)
        .join(Order)
        .where(Order.invoice == invoice, Contradiction.verdict == Contradiction.ACCEPTED)
        .scalar()
    )
    return bool(said and txn_id and said.get("txn_id") == txn_id)


def get(stray_id: int) -> Stray:
    """Raises Unknown."""
    stray = Stray.get_or_none(Stray.id == stray_id)
    if stray is None:
        raise Unknown("stray")
    return stray


def waiting() -> ModelSelect[Stray]:
    """Those that nobody has dealt with, oldest first; callers page."""
    return Stray.select().where(Stray.outcome.is_null()).order_by(Stray.found_at, Stray.id)


def _end(stray_id: int, outcome: str, why: str) -> Stray:
    rows = (
        Stray.update(outcome=outcome, ended_at=utcnow(), note=why)
        .where(Stray.id == stray_id, Stray.outcome.is_null())
        .returning(Stray)
        .execute()
    )
    stray: Stray | None = next(iter(rows), None)
    if stray is None:
        raise StrayEnded(str(get(stray_id).outcome))
    return stray


def _entity(stray: Stray) -> str:
    return f"stray:{stray.id}"
