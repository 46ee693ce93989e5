"""POST /webhooks/telegram."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest
from structlog.testing import capture_logs

import settings
from app.infra.queue import sealing
from tests.support.receivers import UPDATE
from webhooks import guards

PATH = "/webhooks/telegram"
SECRET = "telegram-webhook-secret"
MIB = 1024 * 1024
BEGUN = (
    f"POST {PATH} HTTP/1.1\r\nhost: localhost\r\nx-telegram-bot-api-secret-token: {SECRET}\r\n"
    f"content-length: {MIB}\r\nexpect: 100-continue\r\n\r\n"
).encode()


@pytest.fixture
def deliver(post):
    """Call it to post an update as Telegram does."""
    return lambda content, **headers: post(
        PATH, content, **{"X_Telegram_Bot_Api_Secret_Token": SECRET} | headers
    )


def test_an_update_is_queued_as_it_came(deliver, queued):
    assert deliver(UPDATE).status_code == 200

    (job,) = queued()
    assert job["actor_name"] == "handle_update"
    assert sealing.unseal(job["args"]) == [UPDATE]
    assert job["message_id"] == "tg-7"


def test_nothing_of_an_update_lies_open_in_the_queue(deliver, queued):
    deliver(UPDATE | {"message": UPDATE["message"] | {"text": "/addstock 101\nuser@x.id:secret"}})

    assert queued()
    assert "secret" not in str(queued())


def test_an_update_that_comes_twice_is_queued_once(deliver, queued):
    deliver(UPDATE)

    assert deliver(UPDATE).status_code == 200
    assert len(queued()) == 1


def test_kinds_of_updates_that_are_new_to_us_are_taken(deliver):
    assert deliver({"update_id": 8, "something_new": {"id": 1}}).status_code == 200


def test_the_id_that_the_router_gave_follows_the_job(deliver, queued):
    deliver(UPDATE, X_Request_ID="router-1234")

    assert queued()[0]["options"]["correlation_id"] == "router-1234"


def test_an_id_that_nobody_should_have_to_read_is_replaced(deliver, queued):
    deliver(UPDATE, X_Request_ID="a b\tc")

    assert queued()[0]["options"]["correlation_id"] == "tg-7"


@pytest.mark.parametrize("secret", ["wrong", "", "TELEGRAM-WEBHOOK-SECRET", "ü"])
def test_a_wrong_secret_is_refused(deliver, queued, secret):
    answer = deliver(UPDATE, X_Telegram_Bot_Api_Secret_Token=secret.encode())

    assert answer.status_code == 401
    assert queued() == []


def test_a_missing_secret_is_refused(post):
    assert post(PATH, UPDATE).status_code == 401


def test_without_a_configured_secret_nobody_is_let_in(deliver):
    with settings.override(telegram_webhook_secret=None):
        assert deliver(UPDATE, X_Telegram_Bot_Api_Secret_Token="").status_code == 401


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 5000,
        {},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": -1},
        {"update_id": 1.5},
        {"update_id": 10**30},
        {"update_id": 7, "message": "Halo"},
        {"message": {}},
    ],
)
def test_what_is_no_update_is_refused(deliver, queued, content):
    answer = deliver(content)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    assert queued() == []


def test_a_body_of_a_mebibyte_is_taken(deliver):
    padding = {"text": "x" * (MIB - 100)}

    assert deliver({"update_id": 9, "message": padding}).status_code == 200


def test_a_larger_body_is_refused(deliver, queued):
    assert deliver(b"x" * (MIB + 1)).status_code == 413
    assert queued() == []


def test_a_larger_body_of_unknown_length_is_refused_while_it_comes(web_server, queued):
    chunks = (b"x" * 65536 for _ in range(64))

    answer = web_server.post(PATH, content=chunks, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

    assert answer.status_code == 413
    assert queued() == []


@pytest.fixture
def large_bodies(web_server):
    """So many as have room, begun, and none of them sent to its end."""
    address = (web_server.base_url.host, web_server.base_url.port)
    count = guards.SHARED_BYTES // (MIB - guards.UNSHARED_BYTES)
    with ExitStack() as begun:
        clients = [begun.enter_context(socket.create_connection(address, timeout=60)) for _ in range(count)]
        for client in clients:
            client.sendall(BEGUN)
            assert client.recv(100).startswith(b"HTTP/1.1 100 ")
        yield clients


def test_large_bodies_share_what_there_is_for_them(deliver, large_bodies, queued):
    answer = deliver({"update_id": 9, "message": {"text": "x" * (MIB - 100)}})

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert deliver({"update_id": 10, "message": {"text": "x" * 60_000}}).status_code == 200
    assert [job["message_id"] for job in queued()] == ["tg-10"]


def test_what_large_bodies_had_is_given_back(deliver, large_bodies):
    for client in large_bodies:
        client.sendall(b"x" * MIB)
        assert client.recv(100).startswith(b"HTTP/1.1 400 ")

    assert deliver({"update_id": 9, "message": {"text": "x" * (MIB - 100)}}).status_code == 200


def test_a_body_of_unknown_length_asks_for_room_as_it_comes(web_server, large_bodies):
    chunks = (b"x" * 65536 for _ in range(15))

    answer = web_server.post(PATH, content=chunks, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

    assert answer.status_code == 429


def test_the_length_is_judged_before_the_secret(post):
    assert post(PATH, b"x" * (MIB + 1)).status_code == 413


def test_a_refusal_is_logged_without_what_was_sent(deliver):
    with capture_logs() as lines:
        deliver(UPDATE, X_Telegram_Bot_Api_Secret_Token="guess-123")

    (line,) = lines
    assert (line["event"], line["log_level"]) == ("request refused", "warning")
    assert (line["path"], line["status"], line["reason"]) == (PATH, 401, "wrong secret")
    assert "guess-123" not in str(line)


def test_an_update_is_logged_without_its_text(deliver):
    with capture_logs() as lines:
        deliver(UPDATE)

    (line,) = lines
    assert (line["event"], line["message_id"]) == ("update received", "tg-7")
    assert "Halo" not in str(line)
