"""What a process says when it starts."""

import pytest
from structlog.testing import capture_logs

import settings
from app.infra import startup


def said(**changes) -> list[str]:
    with settings.override(**{"pakasir_sandbox": False} | changes), capture_logs() as lines:
        startup.announce()
    return [line["event"] for line in lines]


def test_a_shop_without_anything_odd_says_nothing():
    assert said() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pakasir_sandbox": True}, "PAKASIR_SANDBOX=1"),
        ({"pakasir_webhook_secret": "short"}, "PAKASIR_WEBHOOK_SECRET is short"),
        (
            {"pakasir_webhook_secret": None, "public_url": "https://shop.example"},
            "PAKASIR_WEBHOOK_SECRET is not set",
        ),
    ],
)
def test_what_is_allowed_and_odd_is_said(changes, words):
    (line,) = said(**changes)

    assert words in line
