"""KIRIM PESAN: what counts as a message, and what does not."""

from __future__ import annotations

import pytest

import settings
from app.bot.screens import write
from app.people import groups, support, users
from models import User, utcnow
from tests.support import given
from tests.support.chatter import Chatter

PHOTO = {"photo": [{"file_id": "F"}]}


def sent() -> list[list[int]]:
    """Which of Alice's messages are on their way to Bob."""
    return [args[2] for args in given.promised("forward_message") if args[0] == 2]


@pytest.mark.parametrize("text", ["Halo", "<b>&", "😀", "こんにちは", "x" * 3500, "1234567", "08123"])
def test_any_text_is_a_message(buyer: Chatter, text: str):
    buyer.says("KIRIM PESAN")

    outcome = buyer.says(text)

    assert "sudah dikirim" in outcome.screen.text
    assert len(sent()) == 1
    assert User.get_by_id(1).session == {}


def test_it_goes_to_admins_and_groups(buyer: Chatter):
    groups.add(-5, "Toko", 2)
    buyer.says("KIRIM PESAN")

    buyer.says("Halo", message_id=77)

    assert given.promised("forward_message") == [[2, 1, 77], [-5, 1, 77]]


@pytest.mark.parametrize("kind", ["document", "sticker", "voice", "video", "contact", "location"])
def test_other_things_are_asked_again(buyer: Chatter, kind: str):
    buyer.says("KIRIM PESAN")

    outcome = buyer.does(buyer.message(**{kind: {}}, caption="Ini"))

    assert "hanya teks atau satu gambar" in outcome.screen.text
    assert sent() == []
    assert "sudah dikirim" in buyer.says("Baik").screen.text


@pytest.mark.parametrize(("next_", "shown"), [("AKUN", "Akun"), ("/order", "Cara pesan"), ("/ban 1", None)])
def test_whatever_else_comes_next_wins(buyer: Chatter, next_: str, shown: str | None):
    buyer.says("KIRIM PESAN")

    screen = buyer.says(next_).screen

    assert screen is None if shown is None else shown in screen.text
    assert sent() == []
    assert "belum mengerti" in buyer.says("Hmm").screen.text


def test_one_message_and_no_more_is_waited_for(buyer: Chatter):
    buyer.says("KIRIM PESAN")
    buyer.says("Satu")

    assert "belum mengerti" in buyer.says("Dua").screen.text
    assert len(sent()) == 1


def test_of_an_album_only_the_first_picture_goes_and_that_is_said(buyer: Chatter):
    buyer.says("KIRIM PESAN")

    first = buyer.does(buyer.message(**PHOTO, media_group_id="9", caption="Tiga gambar"))
    others = [buyer.does(buyer.message(**PHOTO, media_group_id="9")) for _ in range(2)]

    assert "gambar pertama saja" in first.screen.text
    assert [other.screen for other in others] == [None, None]
    assert len(sent()) == 1
    assert "belum mengerti" in buyer.says("Hmm").screen.text


def test_words_under_a_later_picture_are_not_lost(buyer: Chatter):
    buyer.says("KIRIM PESAN")
    buyer.does(buyer.message(**PHOTO, media_group_id="9", message_id=11))

    for number in (12, 13):
        buyer.does(buyer.message(**PHOTO, media_group_id="9", message_id=number, caption="Ini kodenya"))

    assert sent() == [11, 12]


def test_an_album_that_nobody_asked_for_is_answered_once(buyer: Chatter):
    outcomes = [buyer.does(buyer.message(**PHOTO, media_group_id="9")) for _ in range(3)]

    assert [outcome.screen is None for outcome in outcomes] == [False, True, True]


def test_an_admin_s_album_is_answered_in_full(admin: Chatter, buyer: Chatter):
    support.remember_message(2, 50, 1)

    for number in (61, 62):
        pictures = admin.message(
            **PHOTO, media_group_id="9", message_id=number, reply_to_message={"message_id": 50}
        )
        admin.does(pictures)

    assert given.promised("head_answer") == [[1, 2, 61, None, None]]
    assert given.promised("send_answer") == [[1, 2, 62, None]]


def test_writing_back_leaves_the_answer_as_it_is(buyer: Chatter):
    outcome = buyer.presses("write_back")

    assert outcome.screen is None
    assert "Tulis balasanmu" in outcome.reply.toast
    assert "sudah dikirim" in buyer.says("Terima kasih").screen.text


def test_five_messages_a_minute_are_enough(buyer: Chatter):
    for _ in range(6):
        buyer.says("KIRIM PESAN")
        last = buyer.says("Halo")

    assert "Terlalu banyak pesan" in last.screen.text
    assert len(sent()) == 5


def test_a_double_delivery_sends_once(buyer: Chatter):
    buyer.says("KIRIM PESAN")
    update = buyer.message(text="Halo")

    outcomes = [buyer.does(update) for _ in range(2)]

    assert outcomes[0].screen == outcomes[1].screen
    assert len(sent()) == 1


def test_without_anybody_to_read_it_that_is_said(buyer: Chatter):
    with settings.override(admin_ids=""):
        buyer.says("KIRIM PESAN")
        assert "belum ada admin" in buyer.says("Halo").screen.text


@pytest.fixture
def banned(buyer: Chatter) -> Chatter:
    User.update(banned_at=utcnow()).where(User.id == 1).execute()
    return buyer


def test_somebody_banned_may_write_one_message(banned: Chatter):
    banned.says("Halo", message_id=10)

    outcomes = [banned.says("Kenapa?", message_id=number) for number in (11, 12, 13)]

    assert sent() == [11]
    assert "diteruskan" in outcomes[0].screen.text
    assert [each.screen for each in outcomes[1:]] == [None, None]


def test_a_press_or_a_command_is_no_appeal(banned: Chatter):
    banned.says("Halo")

    assert banned.says("/start").screen is None
    assert banned.presses("home").screen is None
    assert [banned.says(key).screen for key in ("KIRIM PESAN", "ACCOUNT", "101")] == [None, None, None]
    assert banned.does(banned.message(sticker={"file_id": "F"})).screen is None
    assert sent() == []
    assert "diteruskan" in banned.says("Tolong").screen.text


def test_a_new_ban_may_be_appealed_again(banned: Chatter):
    for text in ("Halo", "Kenapa?"):
        banned.says(text)
    users.unban(1)
    users.ban(1)

    banned.says("Halo")
    banned.says("Lagi?", message_id=20)

    assert sent()[-1] == 20


def test_the_admin_reads_that_it_is_an_appeal(banned: Chatter):
    assert "diblokir" in write.header(users.get(1)).text
    assert "/unban 1" in write.header(users.get(1)).text


def test_a_reply_of_somebody_who_is_no_admin_answers_nobody(buyer: Chatter, stranger: Chatter):
    support.remember_message(3, 50, 1)

    stranger.says("Halo", reply_to_message={"message_id": 50})

    assert given.promised("head_answer") == []


def test_a_long_message_that_telegram_has_cut_is_passed_on_whole(buyer: Chatter):
    buyer.says("KIRIM PESAN")

    first = buyer.says("a" * 4096, message_id=11)
    buyer.says("lanjutannya", message_id=12)

    assert "lanjutannya" in first.screen.text
    assert sent() == [11, 12]
    assert "belum mengerti" in buyer.says("Hmm").screen.text
