"""From the stars under the goods to the shop's channel, and what becomes of a post."""

from __future__ import annotations

import pytest

from app.people import channel
from app.sales import testimonials
from models import Testimonial
from tests.support import given

KANAL = -1001002003004


@pytest.fixture
def kanal(telegram, bob, shop):
    shop.knows(2, "Bob", "bob")
    bob.person.user.started = True
    return telegram.channel(KANAL, "Kanal <Toko>", "kanal_toko", [bob.person])


@pytest.fixture
def chosen(kanal, bob):
    bob.sends("/channel @kanal_toko")
    assert "sekarang tampil di" in bob.last_message.text


@pytest.fixture
def goods(alice, shop, checkout, pakasir, drain):
    """The message with what Alice has bought."""
    shop.sells("Netflix <1M>", stock=["KUNCI-RAHASIA"])
    pakasir.pays(checkout("Netflix <1M>"))
    drain()
    return alice.sees("KUNCI-RAHASIA")


def posts(telegram):
    return [each.text for each in telegram.messages(KANAL)]


def test_good_stars_appear_in_the_channel_and_the_words_join_them(chosen, alice, goods, telegram):
    assert "KUNCI-RAHASIA" in goods.text
    alice.taps_on(goods, "5 ⭐")
    assert posts(telegram) == ["⭐⭐⭐⭐⭐\nNetflix <1M>\n\n👤 Al***e"]

    alice.sends("Cepat & <aman>")

    assert posts(telegram) == ["⭐⭐⭐⭐⭐\nNetflix <1M>\nCepat & <aman>\n\n👤 Al***e"]
    assert "KUNCI-RAHASIA" in goods.text


def test_middling_stars_stay_in_the_shop(chosen, alice, goods, telegram):
    alice.taps_on(goods, "3 ⭐")

    assert posts(telegram) == []
    assert testimonials.of_order(1).stars == 3


def test_goods_that_are_sent_again_ask_for_no_stars(alice, bob, kanal, goods, drain):
    alice.taps_on(goods, "4 ⭐")

    bob.sends(f"/order {alice.last_order}").taps("Kirim Ulang").taps("Hanya Kirim Lagi")

    assert "KUNCI-RAHASIA" in alice.last_message.text
    assert not any("⭐" in button.label for button in alice.last_message.buttons)


def test_a_hidden_one_leaves_the_channel(chosen, alice, bob, goods, telegram):
    alice.taps_on(goods, "5 ⭐")

    bob.sends("/testimoni").taps("Sembunyikan")
    assert posts(telegram) == []

    bob.taps("Tampilkan")
    assert len(posts(telegram)) == 1


def test_who_is_forgotten_leaves_the_channel_too(chosen, alice, goods, telegram):
    alice.taps_on(goods, "5 ⭐")

    alice.sends("/forgetme").taps("Ya, Hapus Dataku")

    assert posts(telegram) == []
    assert Testimonial.get().message_id is None


def test_a_post_that_may_not_be_deleted_loses_its_words(chosen, alice, bob, goods, telegram):
    alice.taps_on(goods, "5 ⭐")
    telegram.fault("deleteMessage", "says", status=400, description="Bad Request: message can't be deleted")

    bob.sends("/testimoni").taps("Sembunyikan")

    assert posts(telegram) == ["Testimoni ini sudah ditarik."]


def test_a_post_that_nobody_lets_go_is_told_to_the_admins(chosen, alice, bob, goods, telegram):
    alice.taps_on(goods, "5 ⭐")
    telegram.remove_bot(KANAL, bob.person)

    bob.sends("/testimoni").taps("Sembunyikan")

    assert any("https://t.me/c/1002003004/" in each.text for each in bob.received)


def test_a_channel_that_throws_the_bot_out_is_told_once(chosen, alice, bob, goods, telegram):
    telegram.remove_bot(KANAL, bob.person)
    alice.taps_on(goods, "5 ⭐").sends("Bagus")

    told = [each.text for each in bob.received if "tidak bisa lagi mengirim" in each.text]

    assert len(told) == 1
    assert "/channel @kanal_toko" in told[0]
    assert channel.current() is None


def test_a_right_that_is_taken_away_is_noticed_with_the_next_post(chosen, alice, bob, goods, kanal):
    kanal.bot_may_post = False

    alice.taps_on(goods, "5 ⭐")

    assert sum("tidak bisa lagi mengirim" in each.text for each in bob.received) == 1
    assert testimonials.of_order(1).stars == 5


@pytest.mark.parametrize(
    ("named", "rights", "words"),
    [
        ("@tidak_ada", {}, "tidak ditemukan"),
        ("@kanal_toko", {"bot_is_admin": False}, "belum boleh mengirim"),
        ("@kanal_toko", {"bot_may_post": False}, "belum boleh mengirim"),
        ("-1001234567", {}, "bukan kanal"),
    ],
)
def test_a_channel_that_will_not_do_is_told_with_the_next_step(kanal, bob, telegram, named, rights, words):
    telegram.group(-1001234567, "Grup", [bob.person], supergroup=True)
    for name, value in rights.items():
        setattr(kanal, name, value)

    bob.sends(f"/channel {named}")

    assert words in bob.last_message.text
    assert "/channel" in bob.last_message.text
    assert channel.current() is None


def test_a_channel_is_taken_once_telegram_answers_again(kanal, bob, telegram, time_passes):
    telegram.fault("getChat", "5xx", times=1)
    bob.sends("/channel @kanal_toko")

    time_passes(15)

    assert channel.current().id == KANAL
    assert given.audited("channel.chosen")[0]["after"]["name"] == "@kanal_toko"


def test_low_stars_reach_the_admin_with_ways_on(alice, bob, kanal, goods):
    alice.taps_on(goods, "1 ⭐")

    notice = bob.sees("Penilaian rendah")
    assert [button.label.split()[0] for button in notice.buttons] == ["Lihat", "Sembunyikan"]
    bob.taps("Lihat Pesanan")
    assert "Dinilai pembeli" in bob.last_message.text
