"""What is written to the log, and what never is."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading

import pytest
import structlog

import settings
from app.infra import logs

QRIS = (
    "00020101021226610016ID.CO.SHOPEE.WWW01189360091800216005230208216005230303UME51440014ID.CO.QRIS.WWW"
    "0215ID10243228429300303UME5204792953033605409100003.005802ID5907Pakasir6012KAB. KEBUMEN6105543926"
    "2230519SP25RZRATEQI2HQ65Q46304A079"
)
FOREIGN_TOKEN = "987654321:AAforeign-token_0123456789abcdefghij"


@pytest.fixture
def log():
    """A log of the test's own; afterwards everything is as it was."""
    stream, root = io.StringIO(), logging.getLogger()
    before = root.level, sys.excepthook, threading.excepthook
    with settings.override(log_level="info"):
        logs.setup("web", stream)
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:] = [handler for handler in root.handlers if not _is_ours(handler)]
    root.level, sys.excepthook, threading.excepthook = before


def _is_ours(handler: logging.Handler) -> bool:
    return type(handler).__module__ == logs.__name__


def test_a_line_is_one_object_with_its_facts(log):
    structlog.get_logger().info("update received", update_id=7)

    (line,) = log()
    assert (line["event"], line["update_id"], line["level"]) == ("update received", 7, "info")
    assert line["process"] == "web"
    assert line["timestamp"].endswith("+00:00")


def test_lines_of_one_job_share_its_correlation_id(log):
    with logs.correlated("TRX-1"):
        structlog.get_logger().info("order paid")
    structlog.get_logger().info("idle")

    assert [line.get("correlation_id") for line in log()] == ["TRX-1", None]


def test_lines_of_libraries_have_the_same_form(log):
    logging.getLogger("uvicorn.error").warning("Started %s", "server")

    (line,) = log()
    assert (line["event"], line["logger"], line["level"]) == ("Started server", "uvicorn.error", "warning")


def test_a_library_that_formats_wrongly_breaks_nothing(log):
    (handler,) = filter(_is_ours, logging.getLogger().handlers)

    handler.handle(logging.LogRecord("dramatiq", logging.WARNING, "", 1, "%d jobs", ("many",), None))

    assert log()[0]["event"] == "%d jobs"


@pytest.mark.parametrize("name", ["httpx", "httpcore.connection"])
def test_libraries_that_log_addresses_are_quiet(log, name):
    logging.getLogger(name).info("GET https://example.org/?api_key=x")

    assert log() == []


def test_debug_lines_are_left_out_unless_asked_for(log):
    structlog.get_logger().debug("detail")

    assert log() == []


def secrets() -> list[str]:
    return [*settings.current().secrets, "Secr3t-p4ssw0rd"]


def test_no_configured_secret_is_written_wherever_it_stands(log):
    with settings.override(database_url="postgresql://shop:Secr3t-p4ssw0rd@127.0.0.1/shop"):
        for secret in secrets():
            structlog.get_logger().info(f"said {secret}", facts=[{"in": secret}], raw=secret.encode())

        written = str(log())
        assert len(log()) == len(secrets()) > 5
        assert not [secret for secret in secrets() if secret in written]


@pytest.mark.parametrize("secret", [QRIS, QRIS[:70], FOREIGN_TOKEN], ids=["qris", "cut qris", "token"])
def test_what_looks_like_a_secret_is_hidden(secret):
    assert logs.redact(f"before {secret} after") == "before [hidden] after"


def test_a_password_in_any_address_is_hidden():
    assert logs.redact("redis://user:pass@host/0 is down") == "redis://[hidden]@host/0 is down"


def test_ordinary_text_stays_as_it_is():
    text = "TRX20261123-000201AB at 2026-11-23T16:23:28.688500+00:00, Rp25.000, id 123456789:1"

    assert logs.redact(text) == text


def test_tracebacks_hold_no_secret(log):
    try:
        raise ValueError(f"cannot read {FOREIGN_TOKEN}")
    except ValueError:
        structlog.get_logger().exception("job failed")

    (line,) = log()
    assert "ValueError: cannot read [hidden]" in line["exception"]


def test_a_crashing_thread_is_logged_without_secrets(log):
    def crash():
        raise RuntimeError(QRIS)

    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()

    (line,) = log()
    assert line["level"] == "critical"
    assert "RuntimeError: [hidden]" in line["exception"]


def test_the_console_form_hides_secrets_too(log):
    stream = io.StringIO()
    with settings.override(log_format="console", log_level="info"):
        logs.setup("web", stream)
        structlog.get_logger().info("said", token=FOREIGN_TOKEN)

    assert "[hidden]" in stream.getvalue()
    assert FOREIGN_TOKEN not in stream.getvalue()


def test_nobody_can_write_endless_values_into_the_log(log):
    structlog.get_logger().info("said", text="x" * 60_000, facts=["y" * 60_000], few=3)

    (line,) = log()
    assert line["few"] == 3
    assert len(json.dumps(line)) < 5_000


def test_of_a_long_traceback_the_end_is_kept(log):
    try:
        raise ValueError("x" * 60_000 + " at last")
    except ValueError:
        structlog.get_logger().exception("job failed")

    (line,) = log()
    assert line["exception"].endswith("at last")
    assert len(line["exception"]) < 10_000


def test_many_values_make_no_endless_line_either(log):
    structlog.get_logger().info("said", **{f"fact_{number}": "x" * 1_900 for number in range(50)}, few=3)

    (line,) = log()
    assert (line["event"], line["few"], line["cut"]) == ("said", 3, True)
    assert len(json.dumps(line)) < 5_000


def test_a_warning_that_strangers_repeat_is_counted_instead(log):
    for _ in range(1_000):
        structlog.get_logger().warning("request refused", path="/webhooks/telegram", reason="wrong secret")
    structlog.get_logger().warning("request refused", path="/webhooks/pakasir", reason="wrong secret")

    told = [line["path"] for line in log()]
    assert told.count("/webhooks/telegram") <= 20
    assert told.count("/webhooks/pakasir") == 1


def test_the_servers_own_line_for_each_request_is_never_written(log):
    logging.getLogger("uvicorn.access").info('%s - "%s"', "127.0.0.1", "GET /" + "x" * 60_000)

    assert log() == []
