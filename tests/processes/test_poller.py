"""python -m workers.poller"""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import freezegun
import httpx
import pytest
import redis
from structlog.testing import capture_logs

import models
import settings
from app.clients.telegram import Telegram
from app.infra import redis_client
from app.infra.queue import lanes, sealing


def ready(part: str = "") -> str:
    return redis_client.key(lanes.DEFAULT + part)


def waits_for_text(valkey) -> str:
    """The text of the next update in the queue."""
    _, message_id = valkey.blpop([ready()], timeout=60)
    (update,) = sealing.unseal(json.loads(valkey.hget(ready(".msgs"), message_id))["args"])
    return update["message"]["text"]


def set_webhook(standin, url: str) -> None:
    httpx.post(f"{standin.url}/bot{standin.token}/setWebhook", json={"url": url}).raise_for_status()


class Running:
    """A poller in a thread of the test, on a queue that may be away."""

    def __init__(self, make, standin, redis_url: str) -> None:
        self._client = Telegram(standin.token, standin.url)
        self._stop = threading.Event()
        self._poller = make(self._client, redis.Redis.from_url(redis_url), self._stop)
        self._thread = threading.Thread(target=self._poller.run)
        self._thread.start()

    def stop(self) -> None:
        if self._stop.is_set():
            return
        self._stop.set()
        self._client.end_polling()
        self._thread.join()
        self._client.close()


@pytest.fixture
def poll(poller, messenger, database, valkey):
    """Call it to start polling; ended with the test."""
    started = []

    def poll(redis_url: str | None = None) -> Running:
        started.append(Running(poller.Poller, messenger, redis_url or settings.current().redis_url))
        return started[-1]

    yield poll
    for running in started:
        running.stop()


@pytest.fixture
def alice(messenger):
    return messenger.person(1, "Alice")


def test_what_people_write_reaches_the_queue(start, alice, valkey):
    start("poller").logs("leading")

    alice.send_text("Halo")

    assert waits_for_text(valkey) == "Halo"


@pytest.mark.slow
def test_a_second_poller_stands_by_and_takes_over_from_a_killed_one(start, alice, valkey):
    first = start("poller")
    first.logs("leading")
    second = start("poller")
    second.logs("standing by")

    first.kill()
    second.logs("leading")

    alice.send_text("Masih di sana?")
    assert waits_for_text(valkey) == "Masih di sana?"


def test_the_poller_ends_in_the_middle_of_a_long_poll(start, messenger):
    process = start("poller")
    messenger.wait(lambda: messenger.updates.poll)

    assert process.terminate() == 0


def test_a_wrong_token_ends_the_poller_with_a_clear_message(start):
    process = start("poller", telegram_bot_token="999:not-the-token-of-this-bot-at-all")

    process.logs("telegram refuses the bot token: check TELEGRAM_BOT_TOKEN")
    assert process.exit_code() == 1


def test_a_restart_repeats_nothing(poll, offsets, alice, messenger, valkey):
    first = poll()
    alice.send_text("pertama")
    assert waits_for_text(valkey) == "pertama"
    messenger.wait(lambda: offsets.load().next)
    first.stop()

    poll()
    alice.send_text("kedua")

    assert waits_for_text(valkey) == "kedua"
    assert valkey.llen(ready()) == 0


def test_an_update_is_not_confirmed_while_redis_is_down(poll, alice, messenger, valkey):
    alice.send_text("Halo")
    stranded = poll("redis://127.0.0.1:9/0")
    messenger.wait(lambda: messenger.called("getUpdates"))
    stranded.stop()

    poll()

    assert waits_for_text(valkey) == "Halo"


def test_a_webhook_that_is_not_ours_is_removed(poll, alice, messenger, valkey):
    set_webhook(messenger, "http://127.0.0.1:9/old")

    poll()
    alice.send_text("Halo")

    assert waits_for_text(valkey) == "Halo"
    assert messenger.called("deleteWebhook")


def test_a_webhook_that_is_wanted_stays(poll, messenger):
    with settings.override(public_url="https://shop.example"):
        set_webhook(messenger, "http://127.0.0.1:9/ours")
        poll()
        messenger.wait(lambda: messenger.called("getWebhookInfo"))

    assert not messenger.called("deleteWebhook")


def test_a_poller_beside_a_webhook_says_what_to_do(start, poller, messenger):
    set_webhook(messenger, "http://127.0.0.1:9/ours")

    start("poller", public_url="https://shop.example").logs(poller.WEBHOOK_TOO)


def test_polling_goes_on_after_a_failure(poll, alice, messenger, valkey):
    messenger.fault("getUpdates", "5xx")
    alice.send_text("Halo")

    poll()

    assert waits_for_text(valkey) == "Halo"


def test_the_offset_is_forgotten_before_telegram_numbers_anew(offsets, database):
    offset = offsets.load()
    offset.confirm(41)
    offsets.save(offset)
    assert offsets.load().next == 42

    with freezegun.freeze_time(models.utcnow() + timedelta(days=7)):
        assert offsets.load().next is None


def test_the_offset_of_another_bot_is_not_used(offsets, database):
    offset = offsets.load()
    offset.confirm(41)
    offsets.save(offset)

    with settings.override(telegram_bot_token="100000002:another-bot-0123456789abcdefghij"):
        assert offsets.load().next is None


def test_a_wrong_token_is_nothing_to_retry(poller, messenger, database, valkey):
    client = Telegram("999:not-the-token-of-this-bot-at-all", messenger.url)

    with pytest.raises(poller.BadToken):
        poller.Poller(client, valkey, threading.Event()).run()

    client.close()


@pytest.mark.slow
def test_a_database_that_is_away_at_first_is_waited_for(poll, alice, messenger, valkey):
    alice.send_text("Halo")
    models.db.init("postgresql://nobody@127.0.0.1:1/nothing")
    try:
        with capture_logs() as lines:
            poll()
            messenger.wait(lambda: any("offset cannot be read" in line["event"] for line in lines))
    finally:
        models.db.init(settings.current().database_url)

    assert waits_for_text(valkey) == "Halo"


def test_a_token_that_was_good_is_waited_for(poll, poller, alice, messenger, valkey):
    with capture_logs() as lines:
        poll()
        messenger.wait(lambda: messenger.updates.poll)
        messenger.fault("getUpdates", "says", times=1, status=401, description="Unauthorized")
        for text in ("pertama", "kedua"):
            alice.send_text(text)
            assert waits_for_text(valkey) == text

    assert [line["event"] for line in lines].count(poller.REFUSED_BOT) == 1


@pytest.mark.slow
def test_while_redis_is_nearly_full_updates_wait_at_telegram(start, alice, messenger, valkey):
    process = start("poller")
    process.logs("leading")
    valkey.config_set("maxmemory", int(valkey.info("memory")["used_memory"] / 0.78))
    try:
        alice.send_text("Halo")
        process.logs("redis is nearly full, updates wait at Telegram")
    finally:
        valkey.config_set("maxmemory", 0)

    assert waits_for_text(valkey) == "Halo"


def test_a_poller_shows_that_it_fetches_updates(start, alice, valkey):
    start("poller").logs("leading")
    alice.send_text("Halo")

    assert waits_for_text(valkey) == "Halo"
    assert 0 < valkey.ttl(redis_client.key("heartbeat", "poller")) <= 60
