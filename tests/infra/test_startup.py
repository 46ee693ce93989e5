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
        ({"ops_password": "a" * 12}, "OPS_PASSWORD is a pattern"),
        ({"metrics_token": "ab-" * 8}, "METRICS_TOKEN is a pattern"),
        ({"stock_encryption_key": "A" * 43 + "="}, "STOCK_ENCRYPTION_KEY is a pattern"),
        ({"metrics_token": "telegram-webhook-secret"}, "SECRET and METRICS_TOKEN are the same"),
        ({"ops_password": "pakasir-webhook-secret"}, "OPS_PASSWORD and PAKASIR_WEBHOOK_SECRET are the same"),
    ],
)
def test_what_is_allowed_and_odd_is_said(changes, words):
    (line,) = said(**changes)

    assert words in line
