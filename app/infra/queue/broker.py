"""The queue of worker processes: dramatiq's broker on our store and consumers. Makes no decisions."""

from __future__ import annotations

import logging
from typing import Any

import dramatiq
import orjson
from dramatiq.broker import Broker, Consumer
from dramatiq.common import dq_name
from dramatiq.encoder import Encoder
from dramatiq.message import Message
from dramatiq.middleware import Middleware, TimeLimit

from app.infra import redis_client
from app.infra.queue import lanes, process, sealing, wire
from app.infra.queue.consumer import DelayConsumer, QueueConsumer
from app.infra.queue.doorbell import Doorbell
from app.infra.queue.middleware import Connection, Context, Jobs
from app.infra.queue.store import Store, lost_connections

HEARTBEAT_TIMEOUT_MS = 15_000
TIME_LIMIT_MS = 60_000

#: Dramatiq writes arguments into these lines; ours say the same without them.
TALKATIVE = "dramatiq.worker.WorkerThread"


class QueueBroker(Broker):
    """Enqueues, and hands out consumers. `bell` tells those when to look."""

    def __init__(self, store: Store, bell: Doorbell, middleware: list[Middleware]) -> None:
        super().__init__(middleware)
        self.store, self._bell = store, bell

    def declare_queue(self, queue_name: str) -> None:
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues[queue_name] = queue_name
            self.emit_after("declare_queue", queue_name)
            self.delay_queues.add(dq_name(queue_name))
            self.emit_after("declare_delay_queue", dq_name(queue_name))

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        if queue_name in self.delay_queues:
            return DelayConsumer(self.store, self._bell, queue_name, timeout_ms=timeout)
        share = lanes.share(queue_name, prefetch)
        consumer = QueueConsumer(self.store, self._bell, queue_name, prefetch=share, timeout_ms=timeout)
        self._bell.open()
        return consumer

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """What `actor.send` comes to. Raises dramatiq's ConnectionClosed; the job may be queued even so."""
        if message.kwargs:
            raise TypeError("jobs take positional arguments only")
        sealed = tuple(sealing.seal(message.actor_name, message.args))
        message = message.copy(args=sealed, options={"redis_message_id": message.message_id})
        self.emit_before("enqueue", message, delay)
        with lost_connections():
            due_ms = self.store.now_ms() + delay if delay else 0
            wire.send(self.store.client, [(message.asdict(), due_ms)])
        self.emit_after("enqueue", message, delay)
        return message


class _Json(Encoder):
    """Messages as the receivers write them."""

    def encode(self, data: dict[str, Any]) -> bytes:
        return orjson.dumps(data)

    def decode(self, data: bytes) -> dict[str, Any]:
        decoded: dict[str, Any] = orjson.loads(data)
        return decoded


_built: QueueBroker | None = None


def setup(**options: Any) -> QueueBroker:
    """The broker of this process, made on the first call and dramatiq's own from then on."""
    global _built
    if _built is None:
        _built = build(**options)
        dramatiq.set_broker(_built)
    return _built


def build(
    *,
    heartbeat_timeout_ms: int = HEARTBEAT_TIMEOUT_MS,
    timeout_s: float = 5.0,
    drain_s: float = process.DRAIN_S,
    overtime_s: float = process.OVERTIME_S,
) -> QueueBroker:
    """A broker with every queue.

    `timeout_s`: how long Redis may take to answer a consumer.
    `drain_s`: how long running jobs may take to end after SIGTERM.
    `overtime_s`: how long a job may go on after its limit before the process ends.
    """
    dramatiq.set_encoder(_Json())
    logging.getLogger(TALKATIVE).setLevel(logging.CRITICAL)
    feed = redis_client.connect(timeout_s, connections=redis_client.FEED, retries=0)
    store = Store(redis_client.shared(), feed, heartbeat_timeout_ms)
    bell = Doorbell(redis_client.connect(timeout_s, connections=redis_client.DOORBELL, retries=0))
    life = process.Process(store, bell, limit_ms=TIME_LIMIT_MS, drain_s=drain_s, overtime_s=overtime_s)
    # Outermost first. `Jobs` ends a job while its connection and context are still there.
    middleware = [life, Context(), Connection(), Jobs(), TimeLimit(time_limit=TIME_LIMIT_MS)]
    broker = QueueBroker(store, bell, middleware)
    for queue_name in lanes.QUEUES:
        broker.declare_queue(queue_name)
    return broker
