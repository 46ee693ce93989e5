"""The first /start, and what is asked after the first goods."""

from __future__ import annotations

import pytest

import settings
from app.bot.screens import onboarding
from app.people import users
from tests.support.chatter import Chatter, labels
from tests.support.pictures import picture

MENU = ["LIST PRODUK", "STOK", "AKUN", "KIRIM PESAN", "101"]
#: What follows the first question and the second.
ANSWERS = ("email", "Terima kasih")


@pytest.fixture
def asked(buyer: Chatter) -> Chatter:
    """Alice has her first goods, and was asked for her number."""
    onboarding.begin(buyer.id)
    return buyer


def test_the_first_start_shows_the_shop_and_asks_nothing(alice, shop):
    shop.sells("Netflix 1M", number=101, stock=["K"])

    alice.sends("/start")

    assert "Halo, Alice" in alice.last_message.text
    assert alice.keyboard == MENU
    assert users.get(1).session == {}


def test_a_product_link_brings_the_menu_too(alice, shop):
    shop.sells("Netflix 1M", number=101, stock=["K"])

    alice.starts("p_101")

    assert "Netflix 1M" in alice.last_message.text
    assert alice.keyboard == MENU


def test_the_menu_comes_with_the_first_link_only(alice, shop):
    shop.sells("Netflix 1M", number=101, stock=["K"])
    alice.starts("p_101")
    seen = len(alice.received)

    alice.starts("p_101")

    assert len(alice.received) == seen + 1


@pytest.mark.parametrize("link", ["p_999", "p_", "p_abc", "x"])
def test_a_dead_link_shows_a_newcomer_the_shop(alice, shop, link: str):
    shop.sells("Netflix 1M", number=101, stock=["K"])

    alice.starts(link)

    assert "tidak ada" in alice.last_message.text
    assert alice.keyboard == MENU
    assert "Semua Produk" in [button.label for button in alice.last_message.buttons]


def test_the_sticker_comes_first(alice, telegram):
    telegram.sticker("WELCOME", picture())

    with settings.override(welcome_sticker="WELCOME"):
        alice.sends("/start")

    assert [message.kind for message in alice.received] == ["sticker", "text", "text"]


def test_a_sticker_of_another_bot_ends_nothing(alice, telegram):
    with settings.override(welcome_sticker="CAACAgUAAx-of-another-bot"):
        alice.sends("/start")

    assert [message.kind for message in alice.received] == ["text", "text"]
    assert "Halo" in alice.last_message.text


def test_a_name_with_html_is_shown_as_typed(buyer: Chatter):
    buyer.says("/start")
    users.set_profile(buyer.id, name="<b>C&C</b>")

    assert "&lt;b&gt;C&amp;C&lt;/b&gt;" in buyer.says("/start").screen.text


def test_two_answers_end_the_questions(asked: Chatter):
    outcomes = [asked.says(typed) for typed in ("0812 3456 7890", "alice@contoh.com")]

    assert all(words in each.screen.text for words, each in zip(ANSWERS, outcomes, strict=True))
    assert "Semua Produk" in labels(outcomes[-1])
    person = users.get(1)
    assert (person.whatsapp, person.email, person.session) == ("+6281234567890", "alice@contoh.com", {})


def test_a_wrong_answer_is_asked_again(asked: Chatter):
    outcome = asked.says("08")

    assert "terlalu pendek" in outcome.screen.text
    assert "WhatsApp" in outcome.screen.text
    assert "email" in asked.says("081234567890").screen.text


def test_a_picture_is_no_answer(asked: Chatter):
    outcome = asked.does(asked.message(photo=[{"file_id": "F"}], caption="Charlie"))

    assert "sebagai teks" in outcome.screen.text
    assert users.get(1).session == {"await": "contact", "step": 0}


def test_whatever_else_is_pressed_drops_the_question(asked: Chatter, shop):
    shop.sells("Netflix 1M", number=101)

    assert "Netflix 1M" in asked.says("101").screen.text
    assert users.get(1).session == {}


def test_an_old_skip_only_leads_home(buyer: Chatter):
    outcome = buyer.presses("skip:1")

    assert outcome.reply.anew
    assert outcome.reply.screen == "home"
    assert users.get(1).session == {}


def test_a_made_up_step_does_no_harm(asked: Chatter):
    assert asked.presses("skip:99").reply.screen == "home"


def test_a_question_of_the_release_before_is_dropped(buyer: Chatter):
    users.await_input(users.get(1), {"await": "onboarding", "step": 2})

    assert "belum mengerti" in buyer.says("alice@contoh.com").screen.text


def test_someone_who_wrote_before_start_is_still_welcomed(stranger: Chatter):
    stranger.says("apa ini")

    assert stranger.says("/start").reply.screen == "welcome"
    assert stranger.says("/start").reply.screen == "home"


@pytest.mark.parametrize("typed", ["Lewati", "LEWATI", " lewati ", "⏭ Lewati", "lewati\u200b", "Lewati."])
def test_a_typed_lewati_is_the_button(asked: Chatter, typed: str):
    outcomes = [asked.says(typed) for _ in range(2)]

    assert all(words in each.screen.text for words, each in zip(ANSWERS, outcomes, strict=True))
    person = users.get(1)
    assert (person.whatsapp, person.email) == (None, None)


def test_nobody_is_interrupted_in_the_middle_of_an_answer(buyer: Chatter):
    buyer.says("KIRIM PESAN")

    assert onboarding.begin(buyer.id) is None
    assert users.get(1).session == {"await": "message"}
