"""A customer writes to the shop, an admin replies, wherever the message lies."""

from __future__ import annotations

import pytest

from app.people import groups, users
from tests.support.pictures import picture

GROUP = -100500


@pytest.fixture
def customer(alice, bob, shop, time_passes):
    """Alice, in a shop whose admin has been there before. Nobody waits for Telegram's limits."""
    shop.knows(1, "Alice <b>", "alice")
    shop.knows(2, "Bob", "bob")
    bob.person.user.started = True
    for someone in (alice, bob):
        someone.drain = lambda: time_passes(2)
    return alice


@pytest.fixture
def group(telegram, bob, charlie):
    """The shop's notification group, with somebody in it who is no admin."""
    telegram.group(GROUP, "Notifikasi", [bob.person, charlie.person], supergroup=True)
    groups.add(GROUP, "Notifikasi", bob.id)


def copies(bob, chat=None):
    """Header and message, newest last."""
    return [each for each in bob.person.messages(chat) if each.by_bot][-2:]


def test_a_message_is_answered_and_answered_again(customer, bob):
    customer.sends("✉️ KIRIM PESAN").sends("Kodenya <salah> & kosong")
    header, copy = copies(bob)
    assert "Alice <b> @alice" in header.text
    assert (copy.text, copy.api["reply_to_message"]["message_id"]) == ("Kodenya <salah> & kosong", header.id)

    bob.replies(copy, "Sudah <diganti>")
    assert customer.last_message.text == "Sudah <diganti>"
    assert "Jawaban untuk Alice" in bob.last_message.text

    customer.taps("Balas").sends("Terima kasih")
    assert bob.last_message.text == "Terima kasih"


def test_the_header_can_be_replied_to_as_well(customer, bob):
    customer.sends("KIRIM PESAN").sends("Halo")

    bob.replies(copies(bob)[0], "Ada apa?")

    assert customer.last_message.text == "Ada apa?"


def test_a_picture_with_its_words_goes_through(customer, bob):
    customer.sends("KIRIM PESAN").sends_photo(picture(), "Ini fotonya")

    _, copy = copies(bob)
    assert (copy.kind, copy.text) == ("photo", "Ini fotonya")


def test_an_answer_may_be_a_picture_a_file_or_a_sticker(customer, bob, telegram, time_passes):
    telegram.sticker("OK", picture())
    customer.sends("KIRIM PESAN").sends("Halo")
    _, copy = copies(bob)

    for reply in (
        lambda: bob.person.send_photo(picture(), "foto", reply_to=copy.id),
        lambda: bob.person.send_document("a.txt", b"isi", reply_to=copy.id),
        lambda: bob.person.send_sticker("OK", reply_to=copy.id),
    ):
        reply()
        time_passes(2)

    answers = [each for each in customer.received if "Jawaban dari" not in each.text][-3:]
    assert [each.kind for each in answers] == ["photo", "document", "sticker"]
    assert all(each.buttons[0].label == "Balas" for each in answers)


def test_in_the_group_admins_answer_and_others_do_not(customer, bob, charlie, group, time_passes):
    customer.sends("KIRIM PESAN").sends("Halo")
    time_passes(1)
    _, copy = copies(bob, GROUP)

    charlie.replies(copy, "Saya bukan admin")
    assert customer.last_message.text != "Saya bukan admin"

    bob.replies(copy, "Dari grup")
    assert customer.last_message.text == "Dari grup"


def test_a_blocked_customer_is_reported_to_who_replied(customer, bob):
    customer.sends("KIRIM PESAN").sends("Halo")
    _, copy = copies(bob)
    customer.blocks()

    bob.replies(copy, "Masih di sana?")

    assert "memblokir bot" in bob.last_message.text
    assert users.get(1).unreachable_at


def test_a_message_that_was_deleted_on_the_way_says_so(customer, bob, telegram, drain, time_passes):
    customer.sends("KIRIM PESAN")
    telegram.fault("sendMessage", "flood", chat_id=bob.id)
    message = customer.person.send_text("Salah kirim")
    drain()

    telegram.state.delete(message)
    time_passes(5)

    header, note = copies(bob)
    assert "Pesan pengguna" in header.text
    assert "dihapus oleh pengirimnya" in note.text


def test_a_pause_between_header_and_message_doubles_neither(customer, bob, telegram, time_passes):
    telegram.fault("copyMessage", "flood", chat_id=bob.id)

    customer.sends("KIRIM PESAN").sends("Halo")
    time_passes(5)

    assert [each.text for each in bob.received if "Pesan pengguna" in each.text or each.text == "Halo"] == [
        copies(bob)[0].text,
        "Halo",
    ]


def test_no_copy_knows_the_customer_once_they_are_forgotten(customer, bob):
    customer.sends("KIRIM PESAN").sends("Halo")
    _, copy = copies(bob)
    customer.sends("/forgetme").taps("Ya, Hapus Dataku")
    before = len(customer.received)

    bob.replies(copy, "Halo?")

    assert len(customer.received) == before
