"""The clock's own voice: no worker lives, or no Redis, and nobody else could tell; to those outside: all is
judged."""

from __future__ import annotations

import httpx
import peewee
import redis
import structlog

import models
import settings
from app.backoffice.alerts import heart, incidents, rules
from app.backoffice.alerts.reading import Reading, Rule
from app.errors import ClientError
from app.infra import web_calls
from models import Alert

log = structlog.get_logger()

LOOK_EVERY_S, PING_EVERY_S, PING_TIMEOUT_S = 15.0, 60.0, 10.0


def look_every_s() -> float:
    """A silence that counts is looked for several times."""
    return min(LOOK_EVERY_S, settings.current().worker_silence_seconds / 6)


class Voice:
    """What it says goes straight to Telegram, and is tried again at the next look."""

    def __init__(self) -> None:
        #: Rules of which nothing is wrong or waits to be said, as far as this process knows: the database
        #: need not be asked.
        self._calm: set[str] = set()

    def look(self) -> None:
        """Is Redis there, is any worker alive? Admins are told of a silence that counts, and of its end."""
        for rule in rules.by_clock():
            reading = rule.measure()
            if reading and not (reading.clears and rule.name in self._calm):
                self._judge(rule, reading)

    def _judge(self, rule: Rule, reading: Reading) -> None:
        self._calm.discard(rule.name)
        try:
            incidents.judge(rule, reading)
            if self._say(rule.name) and reading.clears:
                self._calm.add(rule.name)
        except (peewee.PeeweeException, redis.RedisError) as error:
            log.warning("rule cannot be judged", rule=rule.name, error=type(error).__name__)
        finally:
            _let_go()

    def _say(self, name: str) -> bool:
        """Bring every chat up to date; whether nothing is left to say."""
        row = incidents.get(name)
        if row is None:
            return True
        for chat, message_id in row.messages.items():
            if row.state == Alert.CLEAR or not message_id:
                self._bring(int(chat), name)
        row = incidents.get(name)
        return row is None or (row.state == Alert.CLEAR and not row.messages)

    def _bring(self, chat_id: int, name: str) -> None:
        # Telegram and all screens: a third more for the clock
        from app.clients import telegram_limits
        from workers.jobs import alert_messages

        try:
            with telegram_limits.needing_no_room():
                alert_messages.bring(chat_id, name)
        except ClientError as error:
            log.warning("alert not told yet", chat_id=chat_id, error=type(error).__name__)


def _let_go() -> None:
    """Between two looks the database has nobody of ours to serve."""
    if not models.db.is_closed():
        models.db.close()
    models.db.close_idle()


def ping() -> None:
    """Tell HEARTBEAT_URL that the rules are being judged; it cries when it hears nothing."""
    url = settings.current().heartbeat_url
    if not url or not heart.is_fresh():
        return
    try:
        answer = web_calls.once("GET", url, PING_TIMEOUT_S)
    except httpx.HTTPError as error:
        log.warning("heartbeat not heard", error=type(error).__name__)  # its address may be a secret
    else:
        if answer.status >= 300:  # a redirect is not followed: nobody has heard it
            log.warning("heartbeat refused", status=answer.status)
