"""Balances: an append-only ledger, and a column that always equals its sum."""

from __future__ import annotations

from app import audit
from app.errors import BalanceMoved, TooLittle
from app.infra import transactions
from app.infra.queue import outbox
from app.people import users
from models import LedgerEntry, User

#: More than anybody has.
MOST = 1_000_000_000


def post(
    user_id: int, amount: int, reason: str, *, note: str | None = None, actor_id: int | None = None
) -> bool:
    """Add `amount` rupiah (negative spends). False when `reason` was posted before: nothing changes.

    Raises TooLittle when the balance does not cover it, Unknown for an unknown person.
    """
    with transactions.atomic():
        person = users.lock(user_id)
        if is_posted(reason):
            return False
        balance = person.balance + amount
        if balance < 0:
            raise TooLittle(missing=-balance)
        User.update(balance=balance).where(User.id == user_id).execute()
        LedgerEntry.insert(
            user=user_id, amount=amount, balance=balance, reason=reason, note=note, actor_id=actor_id
        ).execute()
        audit.record(
            "balance.changed",
            f"user:{user_id}",
            amount=amount,
            before=person.balance,
            balance=balance,
            reason=reason,
            by=actor_id,
        )
        return True


def adjust(user_id: int, amount: int, reason: str, *, note: str, actor_id: int | None) -> bool:
    """As `post`, by somebody who runs the shop: the person is told."""
    with transactions.atomic():
        posted = post(user_id, amount, reason, note=note, actor_id=actor_id)
        if posted:
            facts = {"amount": amount, "balance": users.get(user_id).balance}
            outbox.add("send_notice", user_id, "balance_changed", facts)
        return posted


def set_to(user_id: int, balance: int, *, seen: int, reason: str, admin: User) -> bool:
    """An admin decides what the balance is, having `seen` what it was. False when `reason` was posted before.

    The person is told. Raises BalanceMoved when it is another one by now, Unknown.
    """
    with transactions.atomic():
        person = users.lock(user_id)
        if is_posted(reason):
            return False
        if person.balance != seen:
            raise BalanceMoved(person.balance)
        if balance == seen:
            return False
        return adjust(user_id, balance - seen, reason, note=admin.name, actor_id=admin.id)


def is_posted(reason: str) -> bool:
    return bool(LedgerEntry.select(LedgerEntry.id).where(LedgerEntry.reason == reason).exists())
