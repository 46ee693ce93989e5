"""The fee in the summary is the gateway's own where it answers, and an estimate where it does not."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.sales import quotes
from models import Quote, utcnow


def summary(alice, shop, price=25_000):
    shop.sells("Netflix 1M", price=price, stock=["K1", "K2"])
    alice.sends("/start").taps("Semua Produk").taps("Netflix 1M").taps("Lanjut ke pembayaran")
    return alice.last_message.text


@pytest.fixture
def known(alice, shop):
    """Alice has been here before."""
    shop.knows(alice.id, "Alice", "alice")
    alice.person.user.started = True
    return alice


def test_the_summary_shows_what_the_gateway_names(known, shop, pakasir):
    pakasir.fault("fee", "change", times=None, fields={"qris": 777})

    text = summary(known, shop)

    assert "Rp777" in text
    assert "Rp25.777" in text
    assert "±" not in text


@pytest.mark.parametrize("kind", ["down", "error", "html", "refuse"])
def test_a_gateway_that_does_not_answer_leaves_the_estimate(known, shop, pakasir, kind):
    pakasir.fault("fee", kind, times=None)

    text = summary(known, shop)

    assert "± Rp485" in text
    assert Quote.select().count() == 0


def test_a_fee_is_asked_once_for_an_amount(known, shop, pakasir):
    summary(known, shop)
    known.taps("KEMBALI").taps("Lanjut ke pembayaran")

    assert len(pakasir.calls_of("fee")) == 1


def test_what_was_named_long_ago_is_asked_again(database):
    quotes.note(25_000, 777)

    with freeze_time(utcnow() + timedelta(hours=1, seconds=1)):
        assert quotes.fee(25_000) is None
        assert quotes.forget_old() == 1


def test_a_new_fee_takes_the_place_of_the_old_one(database):
    quotes.note(25_000, 777)
    quotes.note(25_000, 0)

    assert quotes.fee(25_000) == 0


def test_a_fee_is_read_once_while_it_is_fresh(database):
    quotes.note(25_000, 777)
    assert quotes.fee(25_000) == 777
    Quote.delete().execute()

    assert quotes.fee(25_000) == 777
    with freeze_time(utcnow() + quotes.FRESH + timedelta(seconds=1)):
        assert quotes.fee(25_000) is None


def test_of_the_fees_that_were_read_a_process_keeps_some(database):
    quotes.known.update(dict.fromkeys(range(quotes.MOST_KNOWN), (0, utcnow())))
    quotes.note(25_000, 777)

    assert quotes.fee(25_000) == 777
    assert len(quotes.known) <= quotes.MOST_KNOWN
