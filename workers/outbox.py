"""Brings promised jobs back that Redis has lost."""

from __future__ import annotations

import dramatiq

from app.infra import outbox


@dramatiq.actor(max_age=30_000, max_retries=1000)
def sweep_outbox() -> None:
    """The next run comes in seconds, so an old one is dropped, and none becomes a dead letter."""
    outbox.sweep()
