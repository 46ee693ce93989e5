"""`webhook set|show|delete` against the stand-in Telegram."""

from __future__ import annotations

import pytest

import settings


@pytest.fixture
def messenger(on_stage, database):
    with on_stage.telegram() as standin:
        yield standin


def test_a_webhook_is_set_shown_and_deleted(ops, messenger):
    url = f"{settings.current().public_url}/webhooks/telegram"

    assert ops("webhook", "delete").code == 0
    assert ops("webhook", "show").out == "no webhook is set: updates wait for the poller\n"

    assert url in ops("webhook", "set").out
    info = ops("webhook", "show", "--json").json
    assert info["url"] == url
    assert set(info["allowed_updates"]) == {"message", "callback_query", "my_chat_member"}


def test_no_secret_is_shown(messenger, ops):
    ops("webhook", "set")

    shown = ops("webhook", "show").out

    assert settings.current().public_url in shown
    assert not any(secret in shown for secret in settings.current().secrets)


def test_without_a_public_address_there_is_nothing_to_set(ops):
    answer = ops("webhook", "set", public_url=None)

    assert (answer.code, answer.err.count("PUBLIC_URL is not set")) == (2, 1)
