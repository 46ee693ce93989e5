"""The longest sentences that `/teks` takes, all at once, among the longest names: no screen grows longer than
Telegram takes, and no toast or button fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.bot import router
from app.bot.toolkit.reply import show
from app.bot.toolkit.screen import Screen
from app.people import users
from app.sales import testimonials, warranty
from app.texts import html, languages, own_words
from models import Product, User
from tests.support import walks
from tests.support.bought import buys
from tests.support.chatter import Chatter, visible

#: As long as the commands of staff take them; 😀 is two units of what Telegram counts.
NAME, DESCRIPTION, COMPLAINT = "😀" * 50, "Garansi & ketentuan. " * 160, "Gagal <masuk> " * 70
LANGUAGES = list(languages.NAMES)


@pytest.fixture
def wordy(buyer: Chatter, shop) -> Iterator[Chatter]:
    """Alice, in a shop whose owner, products and buyers say as much as they may."""
    for number in range(101, 125):
        shop.sells(NAME, number=number, stock=["K1", "K2"], category=f"{number} {NAME}")
    Product.update(warranty_days=30, description=DESCRIPTION[:3000], photo="FILE").execute()
    User.update(name=NAME, bought=3).execute()
    order = buys(1, 101)
    testimonials.give(1, order.id, 5)
    warranty.claim(order.id, warranty.items(order)[0].id, COMPLAINT[:300], user_id=1)
    own_words.stored.put(own_words.KEY, {language: longest(language) for language in LANGUAGES})
    own_words.refresh(at_once=True)
    yield buyer
    languages.use_own({language: {} for language in LANGUAGES})


def longest(language: str) -> dict[str, str]:
    """Each sentence, with as many letters more as are taken."""
    ours = {
        name: languages.translated(each.template, language) for name, each in own_words.sentences().items()
    }
    return {name: text + "x" * (own_words.most(name) - html.units(text)) for name, text in ours.items()}


def too_long(name: str, screen: Screen | None) -> Iterator[str]:
    while screen:
        size, most = html.units(visible(screen.text)), html.CAPTION if screen.photo else html.MESSAGE
        if size > most:
            yield f"{name}: {size} of {most}"
        screen = screen.first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_buyers_fits_into_its_message(wordy: Chatter, language):
    with languages.speaking(language):
        drawn = [(each, router.render(users.get(1), show(each[0], *each[1]))) for each in walks.SCREENS]

    assert [problem for name, screen in drawn for problem in too_long(str(name), screen)] == []


def test_what_would_not_fit_under_a_picture_is_said_in_our_words(wordy: Chatter):
    shown = wordy.says("101").screen

    assert shown.photo
    assert "xxxx" not in shown.text
    assert "xxxx" in wordy.says("AKUN").screen.text
