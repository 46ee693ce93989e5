"""Whether everything this deployment needs can be reached: looks from time to time, remembers ok or not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import redis.asyncio
import structlog

import settings
from app.infra import redis_client

log = structlog.get_logger()

Probe = Callable[[], Awaitable[bool]]

PROBE_TIMEOUT_S = 2.0
#: A look at one database may wait for that at the other.
LOOK_TIMEOUT_S = 2 * PROBE_TIMEOUT_S + 0.5
NEAR_EVERY_S = 5.0
FAR_EVERY_S = 15.0
#: A result that nobody renewed for so long says nothing any more.
STALE_AFTER_S = 60.0


class Health:
    """One look a service every few seconds, each on its own: a hanging one delays no other."""

    def __init__(self, redis: redis.asyncio.Redis) -> None:
        self.checked_once = asyncio.Event()
        self._redis = redis
        self._dialling = asyncio.Lock()
        self._http = httpx.AsyncClient(timeout=PROBE_TIMEOUT_S, trust_env=False)
        current = settings.current()
        token = current.telegram_bot_token.get_secret_value()
        fee = f"{current.pakasir_base_url}/api/v2/payment-fee/10000"
        self._probes: dict[str, tuple[float, Probe]] = {
            "database": (NEAR_EVERY_S, lambda: self._database(current.database_url)),
            "audit_database": (NEAR_EVERY_S, lambda: self._database(current.audit_database_url)),
            "redis": (NEAR_EVERY_S, self._ping),
            "worker": (NEAR_EVERY_S, lambda: self._beats("worker")),
            "clock": (NEAR_EVERY_S, lambda: self._beats("clock")),
            "telegram": (FAR_EVERY_S, lambda: self._answers(f"{current.telegram_api_url}/bot{token}/getMe")),
            "pakasir": (FAR_EVERY_S, lambda: self._answers(fee)),
        }
        self._results: dict[str, tuple[bool, float]] = {}

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Look in the background for as long as the context lasts."""
        tasks = [asyncio.create_task(self._watch(name, *how)) for name, how in self._probes.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._http.aclose()

    def report(self) -> dict[str, Any]:
        """The contract's answer of GET /health."""
        services = {name: "ok" if self._is_ok(name) else "error" for name in self._probes}
        status = "ok" if all(state == "ok" for state in services.values()) else "error"
        return {"status": status, "timestamp": datetime.now(UTC).isoformat(), "services": services}

    def _is_ok(self, name: str) -> bool:
        ok, at = self._results.get(name, (False, 0.0))
        return ok and time.monotonic() - at < STALE_AFTER_S

    async def _watch(self, name: str, every_s: float, probe: Probe) -> None:
        while True:
            await self._look(name, probe)
            await asyncio.sleep(every_s)

    async def _look(self, name: str, probe: Probe) -> None:
        why = None
        try:
            async with asyncio.timeout(LOOK_TIMEOUT_S):
                ok = await probe()
        except Exception as error:  # a service may fail in any way; what counts is that it did
            ok, why = False, _words(error)
        before = self._results.get(name, (True, 0.0))[0]
        self._results[name] = ok, time.monotonic()
        if ok != before:
            log.warning("service health changed", service=name, ok=ok, error=why)
        if len(self._results) == len(self._probes):
            self.checked_once.set()

    async def _ping(self) -> bool:
        return bool(await self._redis.execute_command("PING"))  # type: ignore[no-untyped-call]

    async def _beats(self, process: str) -> bool:
        """Its key expires when the process stops renewing it."""
        return bool(await self._redis.exists(redis_client.key("heartbeat", process)))

    async def _answers(self, url: str) -> bool:
        return (await self._http.get(url)).status_code == 200

    async def _database(self, url: str) -> bool:
        """One connection at a time, as both databases may count against one plan."""
        async with (
            self._dialling,
            asyncio.timeout(PROBE_TIMEOUT_S),
            await psycopg.AsyncConnection.connect(url, autocommit=True) as connection,
        ):
            await connection.execute("select 1")
        return True


def _words(error: Exception) -> str:
    """What the server said, such as "too many connections for role"; other errors may name an address."""
    return f"{type(error).__name__}: {error}" if isinstance(error, psycopg.Error) else type(error).__name__
