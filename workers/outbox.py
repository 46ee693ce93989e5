"""Brings promised jobs back that Redis has lost."""

from __future__ import annotations

from app.infra.queue import outbox
from workers.policies import patient


@patient
def sweep_outbox() -> None:
    outbox.sweep()
