"""A group that became a supergroup has another id: what the shop shows and sends there goes there too."""

from __future__ import annotations

from app.catalogue import batches
from app.infra import transactions
from app.people import broadcasts, groups


def follow(old_id: int, new_id: int) -> None:
    with transactions.atomic():
        groups.follow(old_id, new_id)
        broadcasts.follow(old_id, new_id)
        batches.follow(old_id, new_id)
