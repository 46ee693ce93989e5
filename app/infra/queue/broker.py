"""The queue of worker processes: dramatiq's broker on our scripts and consumers. Makes no decisions."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from typing import Any

import dramatiq
import orjson
import redis
from dramatiq.broker import Consumer
from dramatiq.brokers.redis import RedisBroker
from dramatiq.encoder import Encoder
from dramatiq.message import Message
from dramatiq.middleware import Middleware

from app.infra import redis_client
from app.infra.clock_skew import Skew
from app.infra.queue import lanes, middleware, process, scripts, sealing, wire
from app.infra.queue.consumer import DelayConsumer, Hand, Outcome, QueueConsumer, lost_connections, now_ms
from app.infra.queue.doorbell import Doorbell

HEARTBEAT_TIMEOUT_MS = 15_000
PROMOTE_AT_ONCE = 500
STARTS_REMEMBERED_S = 86_400

#: Dramatiq writes arguments into these lines; ours say the same without them.
TALKATIVE = "dramatiq.worker.WorkerThread"


class QueueBroker(RedisBroker):
    """Enqueues, fetches and settles jobs, each in one atomic step.

    `feed` must not repeat a failed call: what a lost answer had fetched would be nobody's. `client` may.
    `bell` tells consumers when to look.
    """

    def __init__(
        self,
        client: redis.Redis,
        feed: redis.Redis,
        bell: Doorbell,
        *,
        middleware: list[Middleware],
        heartbeat_timeout_ms: int = HEARTBEAT_TIMEOUT_MS,
    ) -> None:
        self.hands: dict[str, Hand] = defaultdict(Hand)
        self.stopping = threading.Event()
        self.bell = bell
        self._skew = Skew(client.time)
        self._enqueue = client.register_script(scripts.ENQUEUE)
        self._fetch = feed.register_script(scripts.FETCH)
        self._promote = client.register_script(scripts.PROMOTE)
        self._release = client.register_script(scripts.RELEASE)
        self._settle = client.register_script(scripts.SETTLE)
        self._start = client.register_script(scripts.START)
        super().__init__(  # type: ignore[no-untyped-call]
            client=client,
            namespace=redis_client.key(),
            middleware=middleware,
            heartbeat_timeout=heartbeat_timeout_ms,
        )

    def now_ms(self) -> int:
        """By the clock of Redis. Raises redis errors."""
        return now_ms() + self._skew.ms()

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        if queue_name.endswith(".DQ"):
            return DelayConsumer(self, queue_name, timeout)
        consumer = QueueConsumer(self, queue_name, lanes.share(queue_name, prefetch), timeout)
        self.bell.open()
        return consumer

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """What `actor.send` comes to. Raises dramatiq's ConnectionClosed; the job may be queued even so."""
        if message.kwargs:
            raise TypeError("jobs take positional arguments only")
        sealed = tuple(sealing.seal(message.actor_name, message.args))
        message = message.copy(args=sealed, options={"redis_message_id": message.message_id})
        self.emit_before("enqueue", message, delay)
        with lost_connections():
            message = message.copy(message_timestamp=self.now_ms())
            due_ms = message.message_timestamp + delay if delay else 0
            self._run(self._enqueue, *wire.entry(message.asdict(), due_ms))
        self.emit_after("enqueue", message, delay)
        return message

    def fetch(self, queue_name: str, count: int) -> list[tuple[str, bytes]]:
        """Take at most `count` jobs; with 0, only show that this process lives. (id, data) pairs."""
        queues = sorted(self.queues)
        flat = self._run(self._fetch, self.broker_id, self.heartbeat_timeout, queue_name, count, *queues)
        pairs = iter(flat)
        return [(redis_id.decode(), data) for redis_id, data in zip(pairs, pairs, strict=True)]

    def promote(self, queue_name: str, at_ms: int | None = None) -> int | None:
        """Make ready what is due by `at_ms` (now). When the next one is due, in ms, if there is one."""
        at_ms = self.now_ms() if at_ms is None else at_ms
        next_due = self._run(self._promote, queue_name, at_ms, PROMOTE_AT_ONCE)
        return None if next_due is None else int(float(next_due))

    def settle(
        self, queue_name: str, redis_id: str, outcome: Outcome, message: Message[Any] | None = None
    ) -> None:
        """End a job, or put it among the delayed ones. Raises redis errors; may be repeated."""
        data, due_ms = b"", 0
        if outcome.delay_ms is not None and message is not None:
            data, due_ms = message.copy(options=outcome.options).encode(), self.now_ms() + outcome.delay_ms
        keep = "1" if outcome.keep_starts else "0"
        self._run(self._settle, self.broker_id, queue_name, redis_id, data, due_ms, keep)

    def release(self, queue_name: str) -> int:
        """Give back what is assigned to this process and not in its hand."""
        held = list(self.hands[queue_name].held)
        return int(self._run(self._release, self.broker_id, queue_name, *held))

    def release_all(self) -> None:
        """Give back everything, running jobs too. Only right before the process ends."""
        for queue_name in self.queues:
            self.hands[queue_name].held.clear()
            self.release(queue_name)

    def count_start(self, redis_id: str) -> int:
        """How often this job has been begun without an end, this time included."""
        return int(self._run(self._start, redis_id, STARTS_REMEMBERED_S))

    def _run(self, script: Any, *arguments: Any) -> Any:
        return script(keys=[self.namespace], args=arguments)


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
    broker = QueueBroker(
        redis_client.shared(),
        redis_client.connect(timeout_s, connections=redis_client.FEED, retries=0),
        Doorbell(redis_client.connect(timeout_s, connections=redis_client.DOORBELL, retries=0)),
        middleware=middleware.stack(drain_s, overtime_s),
        heartbeat_timeout_ms=heartbeat_timeout_ms,
    )
    for queue_name in lanes.QUEUES:
        broker.declare_queue(queue_name)
    return broker
