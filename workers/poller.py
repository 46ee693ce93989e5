"""The `poller` process: `python -m workers.poller`. Brings updates from Telegram to the queue where no
webhook is set. Does not look into them."""

from __future__ import annotations

import sys
import threading
from functools import partial
from typing import Any

import peewee
import redis
import structlog

import models
import settings
from app.clients import telegram
from app.errors import ClientError, Flood, Refused, TurnedAway
from app.infra import leader, logs, redis_client, startup
from app.infra.metrics import reporter
from app.infra.queue import backpressure, wire
from app.infra.watchdog import Watchdog
from workers import offsets, schema

log = structlog.get_logger()

LONG_POLL_S = 30
HEARTBEAT_EXPIRES_S = 2 * LONG_POLL_S
CONFLICT_WAIT_S = 5.0
LONGEST_WAIT_S = 30.0
#: More than a long poll, two pauses and slow answers together.
STANDSTILL_S = 150.0


WEBHOOK_TOO = (
    "telegram sends updates to a webhook, so none can be fetched: "
    "scale the poller to 0, or run: python -m app.ops webhook delete"
)
REFUSED_BOT = "telegram refuses the bot token: check TELEGRAM_BOT_TOKEN"
POLLER_TOO = "another program fetches the updates of this bot: only one may"


class BadToken(Exception):
    """Telegram has never taken the bot's token since this process began: nothing can be done here."""


class Poller:
    """Long polling. An update is confirmed, by asking for the next one, only after it is in the queue."""

    def __init__(self, client: telegram.Telegram, queue: redis.Redis, stop: threading.Event) -> None:
        self._telegram, self._queue, self._stop = client, queue, stop
        self._failures = 0
        self._hears, self._was_known = True, False
        self._said: str | None = None
        self._watchdog = Watchdog()

    def run(self) -> None:
        """Until stopped. Raises BadToken."""
        with self._watchdog:
            offset = self._recall()
            while offset and not self._stop.is_set():
                self._watchdog.expect("polling", STANDSTILL_S)
                self._poll(offset)

    def _recall(self) -> offsets.Offset | None:
        """Where the last process stopped, however long the database is away; None when stopped before."""
        while not self._stop.is_set():
            self._watchdog.expect("polling", STANDSTILL_S)
            try:
                return offsets.load()
            except peewee.PeeweeException as error:
                log.warning("the offset cannot be read, updates wait at Telegram", error=str(error))
                self._back_off()
        return None

    def _poll(self, offset: offsets.Offset) -> None:
        try:
            self._beat()
            updates = self._telegram.get_updates(offset.next, LONG_POLL_S)
            self._failures, self._hears, self._was_known, self._said = 0, True, True, None
        except ClientError as error:
            self._recover(error)
            return
        if updates and self._enqueue(updates):
            offset.confirm(updates[-1]["update_id"])
            self._remember(offset)

    def _enqueue(self, updates: list[dict[str, Any]]) -> bool:
        """Try until the queue takes them; False when stopped before. Twice is harmless."""
        jobs = [(wire.update(update), 0) for update in updates]
        while not self._stop.is_set():
            self._watchdog.expect("polling", STANDSTILL_S)
            try:
                if backpressure.left(self._queue.info("memory")) < 0:
                    log.error("redis is nearly full, updates wait at Telegram")
                    self._back_off()
                    continue
                wire.send(self._queue, jobs)
            except redis.RedisError as error:
                log.error("the queue cannot be reached", error=redis_client.said(error))
                self._back_off()
            else:
                self._failures = 0
                for job, _ in jobs:
                    log.info("update received", correlation_id=job["message_id"])
                return True
        return False

    def _remember(self, offset: offsets.Offset) -> None:
        """Losing it costs a repetition, which the worker notices: no reason to stop."""
        try:
            offsets.save(offset)
        except peewee.PeeweeException as error:
            log.warning("the offset could not be kept", error=type(error).__name__)

    def _beat(self) -> None:
        """Show that updates are fetched, for as long as they are."""
        key = redis_client.heartbeat_key("poller")
        try:
            self._queue.set(key, 1, ex=HEARTBEAT_EXPIRES_S) if self._hears else self._queue.delete(key)
        except redis.RedisError as error:
            log.warning("heartbeat not sent", error=redis_client.said(error))

    def _recover(self, error: ClientError) -> None:
        """What to do before the next try, by what went wrong."""
        self._hears = False
        match error:
            case Flood():
                self._stop.wait(min(error.retry_after_s, LONGEST_WAIT_S))
            case TurnedAway(status=401 | 404):
                self._resolve_refusal()
            case Refused(status=409):
                self._resolve_conflict()
            case _:
                log.warning("updates cannot be fetched", error=logs.redact(str(error)))
                self._back_off()

    def _resolve_refusal(self) -> None:
        """A token that was good is good again in a moment, or a person sees to it: until then this waits."""
        if not self._was_known:
            raise BadToken
        self._complain_of(REFUSED_BOT)
        self._back_off()

    def _resolve_conflict(self) -> None:
        """A webhook, or another poller of the same bot. A webhook that nobody asked for is removed."""
        try:
            address = self._telegram.webhook_info().get("url")
            if address and not settings.current().public_url:
                self._telegram.delete_webhook()
                log.warning("webhook removed, as PUBLIC_URL is not set")
                return
        except ClientError as error:
            log.warning("the webhook cannot be looked at", error=logs.redact(str(error)))
        else:
            self._complain_of(WEBHOOK_TOO if address else POLLER_TOO)
        self._stop.wait(CONFLICT_WAIT_S)

    def _complain_of(self, sentence: str) -> None:
        """Once, however often it is met."""
        if sentence != self._said:
            self._said = sentence
            log.error(sentence)

    def _back_off(self) -> None:
        self._stop.wait(min(2.0**self._failures, LONGEST_WAIT_S))
        self._failures += 1


def work(client: telegram.Telegram, stop: threading.Event) -> int:
    models.connect(settings.current().database_url, max_connections=2, process="poller")
    with (
        redis_client.connect(timeout_s=2.0) as queue,
        reporter.Thread(reporter.Reporter("poller"), queue),
    ):
        try:
            Poller(client, queue, stop).run()
        except BadToken:
            log.error(REFUSED_BOT)
            return 1
    return 0


def main() -> int:
    try:
        logs.setup("poller")
    except settings.SettingsError as error:
        sys.exit(str(error))
    startup.keep_small()
    startup.announce()
    schema.exit_if_outdated()
    client = telegram.client()
    return leader.lead("poller", partial(work, client), interrupt=client.end_polling)


if __name__ == "__main__":
    sys.exit(main())
