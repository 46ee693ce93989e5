"""What is said about a call, in the log and in errors, and what never is."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from app.errors import ClientError, Refused, Unreachable
from tests.support.gateway import AMOUNT, KEY, ask, everything_said, invoice


@pytest.mark.parametrize("call", ["create", "status", "cancel"])
def test_no_failure_tells_the_key_or_an_address(gateway, pakasir, opened, forget_limits, call):
    pages = () if call == "cancel" else ("html",)  # which is an answer to a cancellation like any other
    for kind in ("error", *pages, "drop", "down", "rate", "refuse"):
        forget_limits()
        pakasir.forget_rates()
        pakasir.fault(call, kind)

        with capture_logs() as lines, pytest.raises(ClientError) as failure:
            ask(gateway, call, opened)

        said = everything_said(failure.value) + str(lines)
        assert lines, kind
        assert [word for word in (KEY, pakasir.url, "/api/") if word in said] == [], kind


def test_a_gateway_that_repeats_our_key_is_not_quoted(gateway, pakasir):
    pakasir.fault("create", "refuse", message=f"{KEY} may not do that " + "x" * 500)

    with pytest.raises(Refused, match="may not do that") as refusal:
        gateway.open(invoice(), AMOUNT)
    assert KEY not in str(refusal.value)
    assert len(refusal.value.message) <= 200


def test_each_call_is_one_line_in_the_log(gateway, pakasir):
    with capture_logs() as lines:
        gateway.open("TRX20261123-LOGGED", AMOUNT)

    assert lines == [
        {
            "event": "gateway call",
            "log_level": "info",
            "call": "create",
            "ms": lines[0]["ms"],
            "outcome": "ok",
            "invoice": "TRX20261123-LOGGED",
        }
    ]


def test_the_log_says_how_a_call_failed(gateway, pakasir):
    pakasir.fault("create", "error")

    with capture_logs() as lines, pytest.raises(Unreachable):
        gateway.open(invoice(), AMOUNT)
    assert lines[0]["outcome"] == "unreachable"
