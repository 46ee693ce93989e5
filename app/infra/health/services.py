"""Whether everything this deployment needs can be reached: looks from time to time, remembers ok or not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import orjson
import psycopg
import redis.asyncio
import structlog
from redis.exceptions import RedisError

import settings
from app import migrations
from app.errors import ClientError, Flood, Malformed, Refused, Silent, TurnedAway, Unreachable
from app.infra import background, calls, redis_client, web_calls
from app.infra.health import bots, webhooks
from app.infra.metrics import gauges
from app.infra.queue import backpressure

log = structlog.get_logger()

#: What is wrong, in one sentence, or None. It may also raise whatever it likes.
Probe = Callable[[], Awaitable[str | None]]

PROBE_TIMEOUT_S = 2.0
#: A look at one database may wait for that at the other.
LOOK_TIMEOUT_S = 2 * PROBE_TIMEOUT_S + 0.5
NEAR_EVERY_S = 5.0
FAR_EVERY_S = 15.0
#: A result that nobody renewed for so long says nothing any more.
STALE_AFTER_S = 60.0
#: Everybody else hears of the results so often.
TELL_EVERY_S = 5.0
#: Past this share of Redis' memory there is something to be done, while all still works.
MUCH_MEMORY = 0.8


class Health:
    """One look a service every few seconds, each on its own: a hanging one delays no other."""

    def __init__(self, redis: redis.asyncio.Redis) -> None:
        self.checked_once = asyncio.Event()
        self._redis = redis
        self._began_at = time.time()
        self._dialling = asyncio.Lock()
        self._http = web_calls.client()
        self._probes: dict[str, tuple[float, Probe]] = {
            "database": (NEAR_EVERY_S, self._shop_database),
            "audit_database": (NEAR_EVERY_S, self._audit_database),
            "redis": (NEAR_EVERY_S, self._ping),
            "worker": (NEAR_EVERY_S, lambda: self._beats("worker")),
            "clock": (NEAR_EVERY_S, lambda: self._beats("clock")),
            "telegram": (FAR_EVERY_S, self._telegram),
            "pakasir": (FAR_EVERY_S, self._pakasir),
        }
        self._results: dict[str, tuple[str | None, float]] = {}
        #: What is not wrong yet, one sentence a service; and numbers that only these looks bring.
        self._warnings: dict[str, str] = {}
        self._numbers: dict[gauges.Name, float] = {}

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Look in the background for as long as the context lasts."""
        looks = [self._watch(name, *how) for name, how in self._probes.items()]
        async with self._http, background.running(*looks, self._tell_forever()):
            yield

    def report(self) -> dict[str, Any]:
        """The answer of GET /health."""
        services = {name: "ok" if self._is_ok(name) else "error" for name in self._probes}
        status = "ok" if all(state == "ok" for state in services.values()) else "error"
        report = {"status": status, "timestamp": datetime.now(UTC).isoformat(), "services": services}
        return report | ({"warnings": sorted(self._warnings.values())} if self._warnings else {})

    def _is_ok(self, name: str) -> bool:
        wrong, at = self._results.get(name, ("never looked at", 0.0))
        return wrong is None and time.monotonic() - at < STALE_AFTER_S

    async def _watch(self, name: str, every_s: float, probe: Probe) -> None:
        while True:
            await self._look(name, probe)
            await asyncio.sleep(every_s)

    async def _look(self, name: str, probe: Probe) -> None:
        try:
            async with asyncio.timeout(LOOK_TIMEOUT_S):
                wrong = await probe()
        except Exception as error:  # a service may fail in any way; what counts is that it did
            wrong = _words(error)
        before = self._results.get(name, (None, 0.0))[0]
        self._results[name] = wrong, time.monotonic()
        if wrong != before:
            log.warning("service health changed", service=name, ok=wrong is None, error=wrong)
        if len(self._results) == len(self._probes):
            self.checked_once.set()

    async def _tell_forever(self) -> None:
        """The results are numbers, too, for metrics and alerts."""
        await self.checked_once.wait()
        while True:
            services = {("quickcart_service_up", (name,)): float(self._is_ok(name)) for name in self._probes}
            with suppress(RedisError):  # which the looks say already
                await gauges.put_looks(self._redis, services | self._numbers, for_s=int(STALE_AFTER_S))
            await asyncio.sleep(TELL_EVERY_S)

    async def _ping(self) -> str | None:
        """Writes: a node that was replaced in a failover still answers questions."""
        await self._redis.set(redis_client.key("health"), 1, ex=int(STALE_AFTER_S))
        used = backpressure.used_share(await self._redis.info("memory"))
        self._warn("redis", f"redis is {used:.0%} full" if used > MUCH_MEMORY else None)
        return None

    def _warn(self, name: str, sentence: str | None) -> None:
        """In the log when it begins; in the report for as long as it lasts."""
        if sentence is None:
            self._warnings.pop(name, None)
            return
        if name not in self._warnings:
            log.warning("service health needs a look", service=name, why=sentence)
        self._warnings[name] = sentence

    async def _beats(self, process: str) -> str | None:
        """Its key expires when the process stops renewing it."""
        beats = await self._redis.exists(redis_client.heartbeat_key(process))
        return None if beats else "no sign of life"

    async def _telegram(self) -> str | None:
        current = settings.current()
        token = current.telegram_bot_token.get_secret_value()
        url = f"{current.telegram_api_url}/bot{token}/getWebhookInfo"
        self._numbers.pop(_PENDING, None)  # what cannot be asked is not known
        try:
            webhook = (await self._ask("telegram", "getWebhookInfo", url))["result"]
        except TurnedAway:
            return "telegram does not know this TELEGRAM_BOT_TOKEN"
        self._numbers[_PENDING] = float(webhook.get("pending_update_count", 0))
        polled = await self._is_polled()
        return webhooks.complaint(webhook, polled=polled, since=self._began_at)

    async def _ask(self, api: calls.Api, call: str, url: str) -> dict[str, Any]:
        """One call like those of the clients, in the log and in the numbers. Raises a ClientError."""
        with calls.recorded(api, call) as one:
            one.is_routine = True
            try:
                answer = await web_calls.send(self._http, "GET", url, PROBE_TIMEOUT_S)
            except httpx.TimeoutException:
                raise Silent("no answer in time") from None
            except httpx.HTTPError as error:
                raise Unreachable(type(error).__name__) from None
            return _sorted_out(answer)

    async def _is_polled(self) -> bool:
        """What cannot be known is no reason to complain of Telegram."""
        try:
            return await self._beats("poller") is None
        except RedisError:
            return True

    async def _pakasir(self) -> str | None:
        current = settings.current()
        await self._ask("pakasir", "fee", f"{current.pakasir_base_url}/api/v2/payment-fee/10000")
        if current.public_url and current.pakasir_api_version == 2 and not current.pakasir_webhook_secret:
            return "PAKASIR_WEBHOOK_SECRET is not set: notifications of payments are refused"
        return None

    async def _shop_database(self) -> str | None:
        async with self._connected(settings.current().database_url) as connection:
            try:
                rows = await (await connection.execute(migrations.APPLIED)).fetchall()
            except psycopg.errors.UndefinedTable:
                rows = []
            else:
                known = await (await connection.execute(bots.KNOWN)).fetchone()
                self._warn("database", bots.complaint(known[0] if known else None))
        missing = migrations.missing(name for (name,) in rows)
        return f"{len(missing)} migrations are missing; run: python -m app.ops migrate" if missing else None

    async def _audit_database(self) -> str | None:
        async with self._connected(settings.current().audit_database_url) as connection:
            size = await (await connection.execute(_SIZE)).fetchone()
            self._numbers[("quickcart_database_size_bytes", ("audit",))] = float(size[0]) if size else 0.0
        return None

    @asynccontextmanager
    async def _connected(self, url: str) -> AsyncIterator[psycopg.AsyncConnection]:
        """One connection at a time, as both databases may count against one plan."""
        async with (
            self._dialling,
            asyncio.timeout(PROBE_TIMEOUT_S),
            await psycopg.AsyncConnection.connect(
                url, autocommit=True, application_name="quickcart web"
            ) as connection,
        ):
            yield connection


_PENDING: gauges.Name = ("quickcart_webhook_pending_updates", ())
_SIZE = "select pg_database_size(current_database())"


def _sorted_out(answer: web_calls.Answer) -> dict[str, Any]:
    """What was answered, or the error that it is."""
    status = answer.status
    if status in {401, 403, 404}:
        raise TurnedAway(status, f"answers with status {status}")
    if status == 429:
        raise Flood(FAR_EVERY_S)
    if status >= 500:
        raise Unreachable(f"answers with status {status}")
    if status != 200:
        raise Refused(status, f"answers with status {status}")
    try:
        content = orjson.loads(answer.body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Malformed("the answer is not an object")
    return content


def _words(error: Exception) -> str:
    """For the log: what the server said, such as "too many connections for role". Errors of HTTP name an
    address, which holds the token."""
    speaks = isinstance(error, psycopg.Error | ClientError | RedisError)
    return f"{type(error).__name__}: {error}" if speaks else type(error).__name__
