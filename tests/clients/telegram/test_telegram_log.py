"""What is said about a call, in the log and in the numbers, and what never is."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

import settings
from app.errors import ClientError, Refused
from app.infra.metrics import counters
from tests.support.pictures import picture

GROUP = -100500
SECRET = "KUNCI-RAHASIA-1"
#: All that may be said of a call.
FIELDS = {"event", "log_level", "call", "chat", "outcome", "ms"}


def calls(lines) -> list[dict]:
    return [line for line in lines if line["event"] == "telegram call"]


def counted(call, outcome) -> float:
    labels = {"api": "telegram", "call": call, "outcome": outcome}
    return counters.registry.get_sample_value("quickcart_api_call_seconds_count", labels) or 0.0


SENDING = {
    "sendMessage": lambda client, chat: client.send_text(chat, f"Barang: {SECRET}"),
    "sendPhoto": lambda client, chat: client.send_photo(chat, picture(), SECRET, filename=f"{SECRET}.png"),
    "sendDocument": lambda client, chat: client.send_document(chat, SECRET.encode(), f"{SECRET}.txt", SECRET),
}


@pytest.mark.parametrize("method", SENDING)
def test_a_line_says_who_was_called_and_nothing_that_was_said(client, alice, method):
    with capture_logs() as lines:
        SENDING[method](client, alice.id)

    (line,) = calls(lines)
    assert set(line) == FIELDS
    assert (line["call"], line["chat"], line["outcome"]) == (method, "private", "ok")
    assert SECRET not in str(lines)


@pytest.mark.parametrize("kind", ["5xx", "html", "dropped", "refused", "flood"])
def test_no_failure_tells_the_token_an_address_or_the_goods(client, alice, messenger, kind):
    messenger.fault("sendMessage", kind)

    with capture_logs() as lines, pytest.raises(ClientError):
        client.send_text(alice.id, SECRET)

    (line,) = calls(lines)
    assert line["outcome"] != "ok"
    for hidden in (SECRET, settings.current().telegram_bot_token.get_secret_value(), messenger.url):
        assert hidden not in str(lines)


def test_a_group_is_named_by_its_kind_alone(client, alice, messenger):
    messenger.group(GROUP, "Staf", [alice])

    with capture_logs() as lines:
        client.send_text(GROUP, "Halo")

    assert [line["chat"] for line in calls(lines)] == ["group"]
    assert str(GROUP) not in str(lines)


def test_a_download_is_two_calls(client, alice):
    sent = alice.send_document("stok.txt", SECRET.encode())

    with capture_logs() as lines:
        client.download(sent.file_id, max_bytes=1024)

    assert [(line["call"], line["outcome"]) for line in calls(lines)] == [
        ("getFile", "ok"),
        ("download", "ok"),
    ]
    assert sent.file_id not in str(lines)
    assert SECRET not in str(lines)


def test_a_download_that_is_too_large_is_said_to_be_refused(client, alice):
    sent = alice.send_document("stok.txt", b"x" * 2000)

    with capture_logs() as lines, pytest.raises(Refused):
        client.download(sent.file_id, max_bytes=1000)

    assert calls(lines)[0]["call"] == "getFile"


def test_a_long_poll_is_a_call_that_waited_as_it_was_asked_to(client, messenger):
    before = counters.registry.get_sample_value(
        "quickcart_api_call_seconds_sum", {"api": "telegram", "call": "getUpdates", "outcome": "ok"}
    )
    with capture_logs() as lines:
        client.get_updates(None, 1)

    (line,) = calls(lines)
    assert (line["call"], line["outcome"], line["log_level"]) == ("getUpdates", "ok", "debug")
    after = counters.registry.get_sample_value(
        "quickcart_api_call_seconds_sum", {"api": "telegram", "call": "getUpdates", "outcome": "ok"}
    )
    assert after - (before or 0.0) < 1


def test_a_poll_that_fails_is_a_call_that_failed(client, messenger):
    messenger.fault("getUpdates", "5xx")

    with capture_logs() as lines, pytest.raises(ClientError):
        client.get_updates(None, 1)

    assert [(line["outcome"], line["log_level"]) for line in calls(lines)] == [("unreachable", "info")]


def test_a_call_is_counted_by_its_outcome(client, alice, messenger):
    before = counted("sendMessage", "ok"), counted("sendMessage", "unreachable")
    client.send_text(alice.id, "Halo")
    messenger.fault("sendMessage", "5xx")
    with pytest.raises(ClientError):
        client.send_text(alice.id, "Halo lagi")

    assert counted("sendMessage", "ok") == before[0] + 1
    assert counted("sendMessage", "unreachable") == before[1] + 1
