"""`/teks`: the owner's own sentences, checked before anybody reads them, and the way back to ours."""

from __future__ import annotations

from zlib import crc32

import pytest

from app.bot.admin import wording
from app.bot.screens import orders as orders_screens
from app.bot.toolkit import callbacks
from app.errors import WrongFormat
from app.sales import goods
from app.texts import html, languages, own_words, refusals
from app.texts.admin import testimonials as staff_testimonials
from app.texts.screens import orders, testimonials
from models import AuditEvent
from tests.support.chatter import Chatter, entity, labels

EVERYTHING = "{name} {invoice} {quantity}"


@pytest.fixture(autouse=True)
def ours_again():
    yield
    languages.use_own({language: {} for language in languages.NAMES})


@pytest.fixture
def asked(admin: Chatter):
    """Bob is about to word what a voucher takes off."""
    found = admin.says("/teks 📦 {name}")
    return admin.taps(admin.taps(found, "📦 {name}"), "Ubah")


def applied():
    return orders.GOODS(name="HEMAT", invoice="Rp1", quantity="Rp2")


def test_the_owner_chooses_a_sentence_and_words_it_anew(admin: Chatter):
    topic = admin.taps(admin.says("/teks"), "Ringkasan")
    sentence = admin.taps(topic, labels(topic)[0])
    assert "Ini kalimat aslinya" in sentence.screen.text

    assert "Kirim kalimat barunya" in admin.taps(sentence, "Ubah").screen.text


def test_words_are_formatted_as_they_were_typed(admin: Chatter, asked):
    done = admin.says("Potongan {invoice} dari {name}, jadi {quantity}", entities=[entity("bold", 0, 8)])

    assert "Ini kalimatmu" in done.screen.text
    assert applied() == "<b>Potongan</b> Rp1 dari HEMAT, jadi Rp2"
    assert AuditEvent.select().where(AuditEvent.action == "words.changed").count() == 1


def test_the_way_back_to_ours(admin: Chatter, asked):
    before = applied()
    changed = admin.says(EVERYTHING)
    assert applied() == "HEMAT Rp1 Rp2"

    restored = admin.taps(changed, "Kembalikan")

    assert "Ini kalimat aslinya" in restored.screen.text
    assert applied() == before


def test_each_language_has_its_own(admin: Chatter, asked):
    in_indonesian = admin.says(EVERYTHING)
    admin.taps(admin.taps(in_indonesian, "English"), "Ubah")
    admin.says("Now {quantity} ({name}, {invoice})")

    with languages.speaking("en"):
        assert applied() == "Now Rp2 (HEMAT, Rp1)"
    assert applied() == "HEMAT Rp1 Rp2"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Potongan {invoice}", "Kurang: <code>{name}, {quantity}</code>"),
        (f"{EVERYTHING} {{email}}", "Tidak dikenal: <code>{email}</code>"),
        (f"{EVERYTHING} {{}}", "Tidak dikenal"),
        (f"{EVERYTHING} {{", "diisi otomatis"),
        ("{name!r} {invoice} {quantity}", "diisi otomatis"),
        ("{name:>99} {invoice} {quantity}", "diisi otomatis"),
        ("{name.__class__} {invoice} {quantity}", "Tidak dikenal"),
        (f"<b>{EVERYTHING}", "belum ditutup"),
        (f"<b><i>{EVERYTHING}</b></i>", "belum ditutup"),
        (f"<script>{EVERYTHING}</script>", "script"),
        (f"<b onclick='x'>{EVERYTHING}</b>", "tidak bisa dipakai"),
        (f"{EVERYTHING} a < b", "&lt;"),
        (f"{EVERYTHING} x & y", "&amp;"),
        (f"{EVERYTHING} <!-- x -->", "&lt;"),
        (f"{EVERYTHING} &#123;", "&amp;"),
        (EVERYTHING + "x" * 250, "sampai 260 huruf"),
    ],
)
def test_what_telegram_or_the_gaps_would_refuse_is_refused_and_the_question_stays(
    admin: Chatter, asked, typed, said
):
    before = applied()

    refused = admin.says(typed)

    assert said in refused.screen.text
    assert applied() == before
    admin.says(EVERYTHING)
    assert applied() == "HEMAT Rp1 Rp2"


def test_a_search_that_finds_nothing_repeats_it_and_leads_on(admin: Chatter):
    assert "<b>&lt;xyz%&gt;</b>" in admin.says("/teks <xyz%>").screen.text


@pytest.mark.parametrize("words", ["terima kasih", "thank you"])
def test_a_sentence_is_found_by_its_words_in_either_language(admin: Chatter, words):
    found = admin.says(f"/teks {words}")

    assert any("Terima kasih" in label for label in labels(found))


def test_what_buyers_are_told_unasked_can_be_worded_too(admin: Chatter):
    found = admin.says("/teks terlambat masuk")

    assert [label for label in labels(found) if "Pembayaranmu terlambat" in label]
    assert "Pemberitahuan" in labels(admin.says("/teks"))


@pytest.mark.parametrize(
    "typed",
    [
        f"{EVERYTHING} {{name}}",
        "{name} " * 25 + "{invoice} {quantity}",
        '<a href="https://contoh.id/?x={name}">{invoice}</a> {quantity}',
        "<a href='{name}'>{name}</a> {invoice} {quantity}",
    ],
)
def test_a_gap_stands_once_and_in_no_tag(admin: Chatter, asked, typed):
    before = applied()

    refused = admin.says(typed)

    assert "<code>{name}</code>" in refused.screen.text
    assert applied() == before


def test_a_sentence_whose_gaps_have_changed_since_is_said_as_ours(admin: Chatter, asked):
    admin.says(EVERYTHING)
    own_words.stored.put(own_words.KEY, {"id": {"orders.GOODS": "{gone}", "checkout.NEVER": "x"}})

    own_words.refresh(at_once=True)

    assert "HEMAT" in applied()


@pytest.mark.parametrize("kept", ["{name", "{name} {invoice} {quantity} <b>", EVERYTHING + "x" * 2_000])
def test_a_kept_sentence_that_would_be_refused_today_is_said_as_ours(database, kept):
    before = applied()
    own_words.stored.put(own_words.KEY, {"id": {"orders.GOODS": kept}})

    own_words.refresh(at_once=True)

    assert applied() == before


def test_tags_are_tags_whatever_telegram_finds_by_itself(admin: Chatter, asked):
    admin.says(f"<b>{EVERYTHING}</b> @toko", entities=[entity("mention", 38, 5)])

    assert applied() == "<b>HEMAT Rp1 Rp2</b> @toko"


def test_a_toast_shows_no_tags(database):
    own_words.change("refusals.OUT_OF_STOCK", "id", "<b>Tinggal</b> {left} &amp; habis")

    assert refusals.OUT_OF_STOCK.plain(left="<3>") == "Tinggal <3> & habis"


def test_the_longest_words_leave_room_under_a_qr_and_above_goods(database):
    under_qr = ("orders.QR", "orders.BILL", "orders.SAME_PHONE")

    assert sum(map(own_words.most, under_qr)) < html.CAPTION - 100
    assert own_words.most("orders.GOODS") + orders_screens.NAME_UNITS < html.MESSAGE - goods.ROOM
    assert own_words.most("home.HOME") == own_words.MOST


@pytest.mark.parametrize("name", ["product.DESCRIPTION", "product.SOLD_OUT", "checkout.DISCOUNT"])
def test_what_is_reworded_stays_apart_from_what_stands_around_it(admin: Chatter, name):
    ours = own_words.sentences()[name].template
    admin.presses(f"words_change:{crc32(name.encode())}:0")

    admin.says(f"Ini: {ours.strip()}")

    assert own_words.of(name, "id") == ours.replace(ours.strip(), f"Ini: {ours.strip()}")
    admin.presses(f"words_change:{crc32(name.encode())}:0")
    admin.says(ours)
    assert own_words.of(name, "id") is None


@pytest.mark.parametrize("nothing", ["<b> </b>", "\u200b", "<i>\ufeff</i> \u2060"])
def test_what_nobody_sees_is_no_sentence(database, nothing):
    with pytest.raises(WrongFormat, match="words_length"):
        own_words.change("write.SENT", "id", nothing)


def test_letters_are_counted_as_telegram_does(database):
    room = own_words.most("write.SENT")

    own_words.change("write.SENT", "id", "😀" * (room // 2))
    with pytest.raises(WrongFormat, match="words_length"):
        own_words.change("write.SENT", "id", "😀" * (room // 2 + 1))


def test_another_sentence_of_the_same_words_stays_as_it_is(database):
    assert testimonials.QUOTED.template == staff_testimonials.QUOTED.template

    own_words.change("testimonials.QUOTED", "id", "\n“{text}”")

    assert testimonials.QUOTED(text="Mantap") == "\n“Mantap”"
    assert staff_testimonials.QUOTED(text="Mantap") == "\n<i>Mantap</i>"


def test_buyers_cannot_word_anything(buyer: Chatter):
    assert buyer.says("/teks").screen is None
    assert "tidak" in buyer.presses("words").reply.toast.lower()


def test_every_sentence_that_can_be_reworded_can_be_shown(database):
    listed = 0
    for at in range(len(own_words.TOPICS)):
        page = wording.topic(None, at, 1)
        for [button] in page.buttons[:-1]:
            name, numbers = callbacks.unpack(button.data)
            assert name == "word"
            assert wording.sentence(None, *numbers).buttons
            listed += 1
    assert listed > 50
