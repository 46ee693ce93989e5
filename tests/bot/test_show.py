"""Screens on the wire: what cannot be changed is replaced, who is gone is remembered."""

from __future__ import annotations

import importlib
from datetime import timedelta
from types import ModuleType

import freezegun
import pytest

from app import users
from app.bot.screen import Button, Screen
from app.clients import telegram_limits
from app.infra import redis_client
from models import HandledUpdate, utcnow


@pytest.fixture
def show(drain) -> ModuleType:
    """Importable once the queue's settings are there."""
    return importlib.import_module("workers.show")


#: How many messages a chat gets at once.
BURST = 5
BUTTON = [[Button("Kembali", "home")]]


def forget_limits(valkey):
    """As if the time for them had passed: Redis has a clock of its own."""
    if keys := valkey.keys(redis_client.key("limit", "*")):
        valkey.delete(*keys)


def test_a_picture_becomes_text_by_replacing_it(alice, shop, show):
    shop.knows(1, "Alice")
    shop.sells("A", number=101, stock=["K"])
    alice.sends("101").taps("Lanjut ke pembayaran").taps("QRIS")
    picture = alice.last_message

    new = show.edit(1, picture.id, Screen("Teks", BUTTON))

    assert alice.last_message.id == new
    assert (alice.last_message.kind, alice.last_message.text) == ("text", "Teks")
    assert picture.deleted


def test_a_message_that_is_gone_is_sent_anew(alice, shop, show):
    alice.sends("/start")

    new = show.edit(1, 99_999, Screen("Teks", BUTTON))

    assert alice.last_message.id == new


def test_a_fleeting_screen_is_not(alice, shop, show):
    alice.sends("/start")
    before = len(alice.received)

    assert show.edit(1, 99_999, Screen("Sebentar", BUTTON, fleeting=True)) is None
    assert len(alice.received) == before


def test_a_person_who_blocked_the_bot_is_remembered_and_greeted_again(alice, show):
    alice.sends("AKUN").blocks()
    assert users.get(1).unreachable_at

    users.User.update(unreachable_at=None).execute()
    assert show.send(1, Screen("Teks")) is None
    assert users.get(1).unreachable_at

    alice.unblocks()
    assert users.get(1).unreachable_at is None


@pytest.mark.parametrize("fault", ["refused", "5xx", "flood"])
def test_a_screen_that_did_not_get_through_is_drawn_again(alice, telegram, valkey, drain, fault: str):
    telegram.fault("sendMessage", fault)

    alice.sends("AKUN", silent=True)
    assert alice.received == []
    forget_limits(valkey)
    with freezegun.freeze_time(utcnow() + timedelta(minutes=1)):
        drain()

    assert "Akun" in alice.last_message.text
    assert HandledUpdate.select().count() == 1


def test_a_screen_of_two_messages_goes_on_where_it_was_cut(alice, shop, telegram, valkey, drain):
    shop.knows(1, "Alice")
    for _ in range(BURST - 1):
        telegram_limits.take(1, message=True)
    valkey.delete(redis_client.key("limit", "telegram:messages"))  # the chat alone is busy

    alice.sends("/start", silent=True)
    assert [message.text[:4] for message in alice.received] == ["Menu"]
    forget_limits(valkey)
    with freezegun.freeze_time(utcnow() + timedelta(minutes=1)):
        drain()

    assert [message.text[:6] for message in alice.received] == ["Menu a", "👋 Halo"]
    assert alice.keyboard


def test_every_press_is_answered(alice, telegram):
    alice.sends("AKUN").taps("Riwayat Transaksi").taps("Kembali")

    assert len(telegram.called("answerCallbackQuery")) == 2


def test_commands_for_another_bot_are_not_ours(alice, bob, telegram):
    bob.sends("/stock@other_bot", silent=True)

    assert bob.received == []
