"""Brings promised jobs back that Redis has lost."""

from __future__ import annotations

import dramatiq

from app.infra import outbox


@dramatiq.actor(max_age=30_000, max_retries=3)
def sweep_outbox() -> None:
    outbox.sweep()
