"""The first /start."""

from __future__ import annotations

import pytest

import settings
from app.people import users
from tests.support.chatter import Chatter
from tests.support.pictures import picture

#: What follows the first question, the second and the third.
QUESTIONS = ("WhatsApp", "email", "Halo, <b>Charlie")


def test_three_questions_lead_home(alice, shop):
    shop.sells("Netflix 1M", number=101, stock=["K"])

    alice.sends("/start").sends("Alice B").sends("0812 3456 7890").sends("alice@contoh.com")

    assert "Halo, Alice B" in alice.last_message.text
    assert alice.keyboard == ["LIST PRODUK", "STOK", "AKUN", "KIRIM PESAN", "101"]
    person = users.get(1)
    assert (person.whatsapp, person.email) == ("+6281234567890", "alice@contoh.com")


def test_every_question_can_be_skipped(alice):
    alice.sends("/start").taps("Lewati").taps("Lewati").taps("Lewati")

    assert "Halo, Alice" in alice.last_message.text
    assert not any(button.label == "Lewati" for message in alice.received for button in message.buttons)


def test_the_sticker_comes_first(alice, telegram):
    telegram.sticker("WELCOME", picture())

    with settings.override(welcome_sticker="WELCOME"):
        alice.sends("/start")

    assert [message.kind for message in alice.received] == ["sticker", "text"]


def test_a_wrong_answer_is_asked_again(stranger: Chatter):
    stranger.says("/start")
    stranger.says("Charlie")

    outcome = stranger.says("08")

    assert outcome.screen
    assert "terlalu pendek" in outcome.screen.text
    assert "WhatsApp" in outcome.screen.text
    assert "email" in stranger.says("081234567890").screen.text


def test_a_picture_is_no_answer(stranger: Chatter):
    stranger.says("/start")

    outcome = stranger.does(stranger.message(photo=[{"file_id": "F"}], caption="Charlie"))

    assert "sebagai teks" in outcome.screen.text
    assert users.get(3).session == {"await": "onboarding", "step": 0}


def test_a_name_with_html_is_shown_as_typed(stranger: Chatter):
    stranger.says("/start")
    stranger.says("<b>C&C</b>")

    assert "&lt;b&gt;C&amp;C&lt;/b&gt;" in stranger.says("/start").screen.text


def test_whatever_else_is_pressed_drops_the_question(stranger: Chatter, shop):
    shop.sells("Netflix 1M", number=101)
    stranger.says("/start")

    assert "Netflix 1M" in stranger.says("101").screen.text
    assert users.get(3).session == {}
    assert "belum mengerti" in stranger.says("Charlie").screen.text


def test_an_old_skip_only_leads_home(buyer: Chatter):
    outcome = buyer.presses("skip:1")

    assert outcome.reply.anew
    assert outcome.reply.screen == "home"
    assert users.get(1).session == {}


def test_a_made_up_step_does_no_harm(stranger: Chatter):
    stranger.says("/start")

    assert stranger.presses("skip:99").reply.screen == "home"


def test_someone_who_wrote_before_start_is_still_welcomed(stranger: Chatter):
    stranger.says("halo")

    assert "Siapa namamu" in stranger.says("/start").screen.text
    assert "Halo, <b>Charlie" in stranger.says("/start").screen.text


def test_a_sticker_of_another_bot_ends_nothing(alice, telegram):
    with settings.override(welcome_sticker="CAACAgUAAx-of-another-bot"):
        alice.sends("/start")

    assert [message.kind for message in alice.received] == ["text"]
    assert "Siapa namamu" in alice.last_message.text


@pytest.mark.parametrize("typed", ["Lewati", "LEWATI", " lewati ", "⏭ Lewati", "lewati\u200b", "Lewati."])
def test_a_typed_lewati_is_the_button(stranger: Chatter, typed: str):
    stranger.says("/start")

    outcomes = [stranger.says(typed) for _ in range(3)]

    assert all(words in each.screen.text for words, each in zip(QUESTIONS, outcomes, strict=True))
    person = users.get(stranger.id)
    assert (person.name, person.whatsapp, person.email) == ("Charlie", None, None)
