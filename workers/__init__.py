"""Every actor. `dramatiq workers` imports this; importing it sets up the queue first."""

from app.infra import broker
from workers.boot import Boot

broker.setup().add_middleware(Boot())

from workers import (  # noqa: E402
    broadcasts,
    messages,
    orders,
    outbox,
    payments,
    people,
    reports,
    stock,
    support,
    sweeps,
    updates,
)

__all__ = [
    "broadcasts",
    "messages",
    "orders",
    "outbox",
    "payments",
    "people",
    "reports",
    "stock",
    "support",
    "sweeps",
    "updates",
]
