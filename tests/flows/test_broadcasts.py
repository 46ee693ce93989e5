"""A broadcast from the command to the last person, with life going on beside it."""

from __future__ import annotations

import pytest

from app.clients import telegram_limits
from app.infra import limits
from app.people import broadcasts
from models import Broadcast
from tests.support import given
from tests.support.pictures import picture

PEOPLE = range(101, 109)


@pytest.fixture
def crowd(telegram, shop):
    """Not all of them are reached before time passes, even where a message takes longer than its turn."""
    people = [telegram.person(number, f"P{number}") for number in PEOPLE]
    for each in people:
        each.user.started = True
        shop.knows(each.id, each.user.first_name)

    def rest(event):
        if event["kind"] == "message" and event["chat_id"] == people[2].id:
            limits.pause(telegram_limits.BULK.key, 5)

    telegram.state.listen(rest)
    return people


def got(person, text="Halo semua"):
    return len([each for each in person.messages() if each.by_bot and text in each.text])


def test_an_admin_watches_a_broadcast_reach_everybody(bob, crowd, broadcast_ends):
    crowd[3].user.blocked = True  # the bot has not heard of it
    bob.sends("/broadcast Halo semua").taps("Kirim")
    assert "sedang dikirim" in bob.sees("Siaran #1").text

    broadcast_ends()

    assert [got(person) for person in crowd] == [1, 1, 1, 0, 1, 1, 1, 1]
    report = bob.sees("Siaran #1").text
    assert "selesai" in report
    assert "Terkirim: 8" in report  # the admin, too, wrote to the bot
    assert "Memblokir bot: 1" in report


def test_a_broadcast_stops_and_goes_on_at_a_tap(bob, crowd, time_passes, broadcast_ends):
    bob.sends("/broadcast Halo semua").taps("Kirim").taps("Jeda")
    so_far = [got(person) for person in crowd]
    time_passes(30)
    assert [got(person) for person in crowd] == so_far
    assert 0 < sum(so_far) < len(crowd)

    bob.taps("Lanjutkan")
    broadcast_ends()

    assert [got(person) for person in crowd] == [1] * len(crowd)


def test_a_photo_goes_out_with_its_caption(bob, crowd, broadcast_ends):
    bob.sends_photo(picture(), "/broadcast Promo besar").taps("Kirim")

    broadcast_ends()

    assert [(message.kind, message.text) for message in crowd[0].messages()] == [("photo", "Promo besar")]


def test_a_reply_sends_what_it_answers(bob, crowd, broadcast_ends):
    bob.person.send_text("Kabar gembira")
    source = bob.messages[-1]
    bob.replies(source, "/broadcast").taps("Kirim")

    broadcast_ends()

    assert [got(person, "Kabar gembira") for person in crowd] == [1] * len(crowd)


def test_goods_arrive_during_a_broadcast(alice, bob, crowd, shop, broadcast_ends):
    shop.sells("Netflix", price=25_000, stock=["KEY-1"])
    alice.person.user.started = True
    given.person(alice.id, "Alice", balance=25_000)
    bob.sends("/broadcast Halo semua").taps("Kirim")

    alice.sends("/start").taps("Semua Produk").taps("Netflix").taps("Lanjut ke pembayaran")
    alice.taps("SALDO")

    assert alice.sees("KEY-1")
    assert broadcasts.get(1).state == Broadcast.RUNNING
    broadcast_ends()
    assert got(alice.person) == 1


def test_the_second_broadcast_follows_the_first(bob, crowd, broadcast_ends):
    bob.sends("/broadcast Satu").taps("Kirim")
    bob.sends("/broadcast Dua").taps("Kirim")
    assert "menunggu giliran" in bob.last_message.text

    broadcast_ends(2)

    words = [message.text for message in crowd[-1].messages() if message.by_bot]
    assert words == ["Satu", "Dua"]


def test_everybody_gets_the_whole_album(alice, bob, telegram, time_passes, broadcast_ends):
    alice.sends("/start")
    bob.sends("/start")
    time_passes(5)
    bob.sends_album([picture(), picture()], "/broadcast Promo <b>")

    time_passes(5)
    bob.taps("Kirim")
    broadcast_ends()

    shown = [message for message in alice.received if message.kind == "photo"]
    assert len({message.api["media_group_id"] for message in shown}) == 1
    assert [message.text for message in shown] == ["Promo <b>", ""]
