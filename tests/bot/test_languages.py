"""Who reads the shop in which language, and how they change it."""

from __future__ import annotations

import pytest

from app.bot import routes, words
from app.bot.toolkit import keyboards
from app.money import typed
from app.people import users
from app.texts import clock, languages
from app.texts.html import Label, Text
from models import AuditEvent, utcnow
from tests.support.chatter import Chatter, labels

TO_ENGLISH, TO_INDONESIAN = "speak:1", "speak:0"


@pytest.fixture
def foreigner(database):
    person = Chatter(7, "Charlie")
    person.sender["language_code"] = "en-GB"
    return person


def keys(outcome):
    return [label for row in outcome.screen.first.menu for label in row]


@pytest.mark.parametrize(
    "name",
    [
        *("LIST", "STOCK", "ACCOUNT", "WRITE", "CATEGORIES", "BEST", "EVERYTHING", "BACK", "CANCEL", "SKIP"),
        *("HISTORY", "DEPOSIT", "BALANCE", "SUMMARY_BACK", "SUMMARY_CANCEL"),
    ],
)
def test_the_label_of_a_button_may_be_typed_in_every_language(name):
    said = {typed.label(each) for each in languages.in_all(getattr(keyboards, name))}

    assert said <= routes.LABELS.keys() | words.WANTED.keys()


@pytest.mark.parametrize("asked", ["do you have netflix?", "Netflix please", "buy netflix"])
def test_a_product_is_found_in_an_english_question(foreigner, shop, asked):
    shop.sells("Netflix 1M", number=101)

    assert "Netflix 1M" in foreigner.says(asked).screen.text


@pytest.mark.parametrize(
    ("code", "language"),
    [("id", "id"), ("ms-MY", "id"), (None, "id"), ("", "id"), ("en", "en"), ("pt-BR", "en"), ("✓", "en")],
)
def test_the_language_of_the_app_decides(code, language):
    assert languages.of_code(code) == language


def test_a_newcomer_reads_their_own_language(foreigner):
    foreigner.says("/start")

    assert users.language(foreigner.id) == "en"
    assert labels(foreigner.says("ACCOUNT"))[3] == "Language"


def test_the_labels_of_all_languages_are_understood_by_everybody(buyer: Chatter, foreigner):
    buyer.says("/start")

    assert buyer.says("account").screen.text == buyer.says("AKUN").screen.text
    assert foreigner.says("akun").screen.text == foreigner.says("ACCOUNT").screen.text


def test_the_account_changes_the_language_and_the_keyboard_follows(buyer: Chatter):
    buyer.says("/start")
    choice = buyer.taps(buyer.says("AKUN"), "Bahasa")
    changed = buyer.taps(choice, "English")

    assert keys(changed)[:4] == ["PRODUCTS", "STOCK", "ACCOUNT", "MESSAGE US"]
    assert keys(buyer.presses(TO_INDONESIAN))[:4] == ["LIST PRODUK", "STOK", "AKUN", "KIRIM PESAN"]
    events = AuditEvent.select().where(AuditEvent.action == "user.language").order_by(AuditEvent.id)
    assert [event.data["after"] for event in events] == ["en", "id"]


def test_a_choice_outlives_the_language_of_the_app(foreigner):
    foreigner.presses(TO_INDONESIAN)

    assert labels(foreigner.says("AKUN"))[3] == "Bahasa"


@pytest.mark.parametrize("made_up", ["speak:2", "speak:-1", "speak:99999999999999999999", "speak"])
def test_a_language_that_does_not_exist_changes_nothing(buyer: Chatter, made_up):
    buyer.says("/start")
    before = users.language(buyer.id)

    buyer.presses(made_up)

    assert users.language(buyer.id) == before


def test_who_was_forgotten_comes_back_in_the_language_of_their_app(foreigner):
    foreigner.presses(TO_INDONESIAN)
    foreigner.taps(foreigner.says("/forgetme"), "Ya, Hapus")
    assert users.language(foreigner.id) is None

    foreigner.says("/start")

    assert users.language(foreigner.id) == "en"


def test_words_of_ours_in_a_gap_are_translated_and_other_words_are_not():
    sentence = Text("{ours} {theirs}")
    with languages.speaking("en"):
        assert sentence(ours=Label("AKUN"), theirs="AKUN") == "ACCOUNT AKUN"


def test_a_language_that_is_stored_and_unknown_is_read_as_indonesian():
    with languages.speaking("tlh"):
        assert languages.spoken() == "id"


def test_months_have_their_names():
    may = utcnow().replace(month=5, day=4)
    with languages.speaking("en"):
        assert clock.day(may).startswith("4 May")
    assert clock.day(may).startswith("4 Mei")
