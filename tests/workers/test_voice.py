"""What the clock says when there is no worker to say it."""

import http.server
import importlib
import threading
from typing import ClassVar

import pytest
from freezegun import freeze_time

import settings
from app.backoffice.alerts import heart, incidents
from app.infra import redis_client
from models import Alert, Outbox
from tests.support import given

#: What people, and the waits for room among messages, take for now.
NOON = "2026-11-23 05:00"
AWAY = "redis://127.0.0.1:9/0"


@pytest.fixture
def voice(admin, valkey):
    return importlib.import_module("workers.voice").Voice()


@pytest.fixture
def clock(admin):
    with freeze_time(NOON) as frozen:
        yield frozen


def beats(valkey):
    valkey.set(redis_client.key("heartbeat", "worker"), 1)


def falls_silent(valkey):
    valkey.delete(redis_client.key("heartbeat", "worker"))


def said(admin):
    return [each.text[0] for each in admin.received if each.text[0] in "🔴🟠🟢"]


def test_a_silence_of_ninety_seconds_is_told(admin, voice, clock):
    voice.look()
    clock.tick(72)
    voice.look()
    before = said(admin)
    clock.tick(1)  # the last sign of life was there for 15 s more, and the fifth look came 2 s early
    voice.look()
    voice.look()

    assert (before, said(admin)) == ([], ["🔴"])
    assert not Outbox.select().exists()


def test_a_minute_of_beating_is_the_all_clear(admin, voice, clock, valkey):
    for seconds in (75, 0):
        voice.look()
        clock.tick(seconds)
    voice.look()
    beats(valkey)
    voice.look()
    clock.tick(57)
    voice.look()
    before = said(admin)
    clock.tick(1)
    voice.look()
    voice.look()

    assert (before, said(admin)) == (["🔴"], ["🔴", "🟢"])


def test_a_short_silence_is_not_told(admin, voice, clock, valkey):
    for _ in range(10):
        falls_silent(valkey)
        voice.look()
        clock.tick(60)
        beats(valkey)
        voice.look()

    assert said(admin) == []


def test_without_redis_nothing_is_known_of_workers(admin, voice, clock):
    voice.look()
    clock.tick(75)
    with settings.override(redis_url=AWAY):
        voice.look()

    assert said(admin) == []


def test_a_redis_that_is_away_is_told_without_it(admin, voice, clock, valkey):
    beats(valkey)
    voice.look()
    with settings.override(redis_url=AWAY):
        for seconds in (89, 1, 15):
            voice.look()
            clock.tick(seconds)
            before = said(admin)
        voice.look()

    assert (before, said(admin)) == (["🔴"], ["🔴"])
    assert "Redis tidak bisa dihubungi" in admin.last_message.text


def test_a_redis_that_is_back_for_a_minute_is_the_all_clear(admin, voice, clock, valkey):
    beats(valkey)
    with settings.override(redis_url=AWAY):
        voice.look()
        clock.tick(90)
        voice.look()
    voice.look()
    clock.tick(60)
    voice.look()
    voice.look()

    assert said(admin) == ["🔴", "🟢"]
    assert incidents.get("redis_away").messages == {}


def test_a_redis_that_stumbles_is_not_told(admin, voice, clock, valkey):
    beats(valkey)
    for _ in range(10):
        with settings.override(redis_url=AWAY):
            voice.look()
        clock.tick(60)
        voice.look()

    assert said(admin) == []


def test_a_clock_that_hears_everybody_asks_the_database_nothing(voice, valkey):
    beats(valkey)
    voice.look()
    Alert.delete().execute()
    voice.look()

    assert not Alert.select().exists()


def test_what_telegram_does_not_take_is_said_at_the_next_look(admin, voice, clock, telegram):
    voice.look()
    clock.tick(75)
    telegram.fault("sendMessage", "5xx")
    voice.look()
    before = said(admin)
    voice.look()

    assert (before, said(admin)) == ([], ["🔴"])


def test_another_clock_goes_on_where_the_first_one_stopped(admin, voice, clock):
    voice.look()
    clock.tick(75)
    voice.look()

    type(voice)().look()

    assert said(admin) == ["🔴"]
    assert incidents.get("workers").incident == 1


@pytest.mark.usefixtures("admin")
def test_the_rules_are_fresh_after_they_were_judged(run):
    before = heart.is_fresh()
    run("evaluate_alerts")

    assert (before, heart.is_fresh()) == (False, True)


def test_a_backlog_of_the_audit_is_told_after_five_minutes(admin, drain, run, clock):
    given.person(3, "Charlie", balance=1000)
    given.Outbox.delete().execute()
    clock.tick(301)
    run("evaluate_alerts")
    at_once = incidents.get(
        "audit_late"
    ).incident  # what has waited while nobody worked is shipped in a moment
    clock.tick(30)
    run("evaluate_alerts")

    assert (at_once, incidents.get("audit_late").incident) == (0, 1)


class Listener(http.server.BaseHTTPRequestHandler):
    """Hears the heartbeat."""

    heard: ClassVar[list[str]] = []

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def listener():
    Listener.heard.clear()
    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with settings.override(heartbeat_url=f"http://127.0.0.1:{server.server_port}/beat"):
            yield Listener.heard
        server.shutdown()


def test_who_listens_hears_a_heartbeat_while_the_rules_are_judged(voice, run, listener):
    module = importlib.import_module("workers.voice")
    module.ping()
    before = list(listener)
    run("evaluate_alerts")
    module.ping()

    assert (before, listener) == ([], ["/beat"])


def test_a_heartbeat_that_nobody_hears_ends_nothing(voice, run):
    run("evaluate_alerts")
    with settings.override(heartbeat_url="http://127.0.0.1:9/beat"):
        importlib.import_module("workers.voice").ping()


def test_a_heartbeat_goes_nowhere_in_the_open():
    with (
        pytest.raises(settings.SettingsError, match="HEARTBEAT_URL"),
        settings.override(heartbeat_url="http://hc.example/1"),
    ):
        pass
