"""Every actor. `dramatiq workers` imports this; importing it sets up the queue first."""

from app.infra import broker
from workers.boot import Boot

broker.setup().add_middleware(Boot())

from workers import broadcasts, messages, orders, outbox, payments, stock, sweeps, updates  # noqa: E402

__all__ = ["broadcasts", "messages", "orders", "outbox", "payments", "stock", "sweeps", "updates"]
