"""Balances: an append-only ledger, and a column that always equals its sum."""

from __future__ import annotations

from app import audit, transactions, users
from app.errors import NotYours, TooLittle
from models import LedgerEntry, User


def post(
    user_id: int, amount: int, reason: str, *, note: str | None = None, actor_id: int | None = None
) -> bool:
    """Add `amount` rupiah (negative spends). False when `reason` was posted before: nothing changes.

    Raises TooLittle when the balance does not cover it, NotYours for an unknown person.
    """
    with transactions.atomic():
        person = users.lock(user_id)
        if person is None:
            raise NotYours
        if LedgerEntry.select(LedgerEntry.id).where(LedgerEntry.reason == reason).exists():
            return False
        balance = person.balance + amount
        if balance < 0:
            raise TooLittle(missing=-balance)
        User.update(balance=balance).where(User.id == user_id).execute()
        LedgerEntry.insert(
            user=user_id, amount=amount, balance=balance, reason=reason, note=note, actor_id=actor_id
        ).execute()
        audit.record("balance.changed", f"user:{user_id}", amount=amount, balance=balance, reason=reason)
        return True
