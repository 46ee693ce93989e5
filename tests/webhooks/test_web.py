"""What all of web has in common: other paths and methods, a queue that is away, health."""

from __future__ import annotations

import pytest

import settings
from app.infra import redis_client
from tests.support.racing import together
from tests.support.receivers import UPDATE, V2, looked_around, served

SIGNED = {"X-Telegram-Bot-Api-Secret-Token": "telegram-webhook-secret", "X-Secret": "pakasir-webhook-secret"}
SENDERS = [("/webhooks/telegram", UPDATE), ("/webhooks/pakasir", V2)]
SERVICES = {"database", "audit_database", "redis", "worker", "clock", "telegram", "pakasir"}


@pytest.mark.parametrize("path", ["/", "/webhooks", "/webhooks/telegram/", "/health/x", "/../settings.py"])
def test_other_paths_are_not_found(web_server, path):
    answer = web_server.post(path, follow_redirects=False)

    assert answer.status_code == 404
    assert "error" in answer.json()


@pytest.mark.parametrize(("public_url", "status"), [("http://127.0.0.1:8000", 400), ("https://shop.id", 401)])
def test_a_demo_is_not_reached_by_a_foreign_name(public_url, status):
    with settings.override(public_url=public_url), served() as web:
        answer = web.post("/webhooks/telegram", headers={"Host": "rebound.example"})

    assert answer.status_code == status


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/webhooks/telegram", "/webhooks/pakasir"])
def test_other_methods_are_not_allowed(web_server, path, method):
    answer = web_server.request(method, path)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(("path", "content"), SENDERS)
def test_when_redis_is_down_the_sender_is_asked_to_come_again(path, content, closed_port):
    with settings.override(redis_url=f"redis://127.0.0.1:{closed_port}/0"), served() as web:
        answer = web.post(path, json=content, headers=SIGNED, timeout=4)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.slow
@pytest.mark.parametrize(("path", "content"), SENDERS)
def test_when_redis_hangs_the_sender_is_asked_to_come_again(path, content, silent_port):
    with settings.override(redis_url=f"redis://127.0.0.1:{silent_port}/0"), served() as web:
        answer = web.post(path, json=content, headers=SIGNED, timeout=4)

    assert answer.status_code == 503


@pytest.fixture
def nearly_full(valkey):
    """A Redis whose memory is 78 % taken."""
    valkey.config_set("maxmemory", int(valkey.info("memory")["used_memory"] / 0.78))
    yield valkey
    valkey.config_set("maxmemory", 0)


@pytest.mark.parametrize(("path", "content"), SENDERS)
def test_when_redis_is_nearly_full_the_sender_is_asked_to_come_again(path, content, nearly_full):
    with served() as web:
        answer = web.post(path, json=content, headers=SIGNED)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_redis_is_not_filled_between_two_looks(valkey):
    valkey.config_set("maxmemory", int(valkey.info("memory")["used_memory"] / 0.6))
    big = {"update_id": 1, "message": {"text": "x" * 900_000}}
    try:
        with served() as web:
            updates = [big | {"update_id": number} for number in range(20)]
            statuses = [
                web.post("/webhooks/telegram", json=update, headers=SIGNED).status_code for update in updates
            ]
        memory = valkey.info("memory")
    finally:
        valkey.config_set("maxmemory", 0)

    assert set(statuses) <= {200, 429}
    assert memory["used_memory"] < 0.8 * memory["maxmemory"]


def test_many_senders_at_once_each_learn_what_happened(web_server, queued):
    def deliver(number):
        answer = web_server.post("/webhooks/telegram", json={"update_id": number}, headers=SIGNED)
        return answer.status_code

    statuses = together(
        *[lambda number=number: deliver(number) for number in range(100, 132)], connected=False
    )

    assert statuses == [200] * 32
    assert {job["message_id"] for job in queued()} == {f"tg-{number}" for number in range(100, 132)}


def test_all_is_well(everything):
    with looked_around() as web:
        answer = web.get("/health")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["services"] == dict.fromkeys(SERVICES, "ok")


def test_what_is_missing_is_named(everything, valkey):
    valkey.delete(redis_client.key("heartbeat", "worker"))

    with looked_around() as web:
        answer = web.get("/health")

    assert answer.status_code == 503
    assert answer.json()["status"] == "error"
    services = answer.json()["services"]
    assert [name for name, state in services.items() if state != "ok"] == ["worker"]


def test_health_answers_when_everything_hangs(silent_port):
    here = f"127.0.0.1:{silent_port}"
    with (
        settings.override(
            database_url=f"postgresql://shop:hidden-pw@{here}/shop",
            audit_database_url=f"postgresql://shop:hidden-pw@{here}/audit",
            redis_url=f"redis://{here}/0",
            telegram_api_url=f"http://{here}",
            pakasir_base_url=f"http://{here}",
        ),
        served() as web,
    ):
        answer = web.get("/health", timeout=1)

    assert answer.status_code == 503
    assert answer.json()["services"] == dict.fromkeys(SERVICES, "error")
    assert "hidden-pw" not in answer.text
