"""Screens on the wire: what cannot be changed is replaced, who is gone is remembered."""

from __future__ import annotations

import importlib
from datetime import timedelta
from types import ModuleType

import freezegun
import pytest

from app.bot.toolkit.screen import Button, Screen
from app.catalogue import listings
from app.clients import telegram_limits
from app.infra import redis_client
from app.ops import invariants
from app.people import users
from models import HandledUpdate, Product, utcnow
from tests.support import given


@pytest.fixture
def show(drain) -> ModuleType:
    """Importable once the queue's settings are there."""
    return importlib.import_module("workers.jobs.show")


#: How many messages a chat gets at once.
BURST, GROUP = 5, -100
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


def test_a_dead_photo_is_asked_for_once_and_forgotten(alice, bob, shop, telegram, valkey):
    shop.knows(1, "Alice")
    product = shop.sells("A", number=101, stock=["K"])
    listings.change(101, photo="FILE-OF-ANOTHER-BOT")
    bob.sends("/start")
    leave_room_for_one(valkey)

    alice.sends("101")
    forget_limits(valkey)
    alice.sends("101")

    assert [message.kind for message in alice.received] == ["text", "text"]
    assert len(telegram.called("sendPhoto")) == 1
    assert Product.get_by_id(product.id).photo is None
    assert given.audited("product.changed")[-1]["after"] == {"photo": None}
    assert invariants.run() == []
    assert "/photo 101" in bob.sees("Foto produk").text


def test_a_photo_refused_for_its_text_is_kept(alice, shop, telegram):
    shop.knows(1, "Alice")
    product = shop.sells("A", number=101, stock=["K"])
    listings.change(101, photo="PHOTO")
    telegram.fault("sendPhoto", "says", status=400, description="Bad Request: can't parse entities")

    alice.sends("101")

    assert Product.get_by_id(product.id).photo == "PHOTO"


def test_what_replaces_a_message_that_is_gone_needs_no_second_room(alice, group, show, telegram, valkey):
    for _ in range(BURST - 1):
        telegram_limits.take(GROUP, message=True)

    new = show.edit(GROUP, 99_999, Screen("Teks", BUTTON))

    assert new
    assert len(telegram.called("editMessageText")) == 1


def test_an_old_message_that_cannot_go_at_once_costs_no_second_new_one(alice, group, show, valkey):
    old = show.send(GROUP, Screen("Lama"))
    for _ in range(BURST - 2):
        telegram_limits.take(GROUP, message=True)

    new = show.edit(GROUP, old, Screen("Baru"), is_picture=True)

    assert new
    assert given.promised("delete_message") == [[GROUP, old]]


@pytest.fixture
def group(alice, telegram):
    """A group with the bot and Alice in it."""
    return telegram.group(GROUP, "Staf", [alice.person])


def leave_room_for_one(valkey):
    forget_limits(valkey)
    for _ in range(BURST - 1):
        telegram_limits.take(1, message=True)
    valkey.delete(redis_client.key("limit", "telegram:messages"))  # the chat alone is busy


def test_every_press_is_answered(alice, telegram):
    alice.sends("AKUN").taps("Riwayat Transaksi").taps("Kembali")

    assert len(telegram.called("answerCallbackQuery")) == 2


def test_commands_for_another_bot_are_not_ours(alice, bob, telegram):
    bob.sends("/stock@other_bot", silent=True)

    assert bob.received == []
