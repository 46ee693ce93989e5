from __future__ import annotations

import pytest

from app.bot.parsing import profile
from app.errors import WrongFormat
from app.texts import formats


@pytest.mark.parametrize(
    "typed",
    [
        "0812-3456-7890", "6281234567890", "+62 812 3456 7890", "(0812) 3456.7890",
        "\u202a+62 812\u20113456\u20117890\u202c", "\u200b081234567890\u200e", "0812\u00a03456\u202f7890",
        "0812\u20133456\u20137890", "0812/3456/7890", "wa.me/6281234567890", "HTTPS://WA.ME/+6281234567890/",
        "https://wa.me/6281234567890?text=halo", "https://api.whatsapp.com/send?phone=6281234567890&text=x",
        "https://wa.me/+62 812-3456-7890", "https://api.whatsapp.com/send?text=x&phone=%2B6281234567890",
        "whatsapp://send?phone=6281234567890", "tel:+62-812-3456-7890",
        "https://www.whatsapp.com/send/?phone=6281234567890&text",
        "WA: 0812 3456 7890", "No. WA: 62812-3456-7890",
        "+62 (0)812 3456 7890", "006281234567890", "+62 0812 3456 7890", "\ufeff62\u2060 812 3456 7890",
    ],
)  # fmt: skip
def test_a_number_is_kept_in_one_form(typed: str):
    assert profile.whatsapp(typed) == "+6281234567890"


def test_a_foreign_number_needs_its_plus():
    assert profile.whatsapp("+1 212 555 0100") == "+12125550100"


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("name", "12345", "name_empty"),
        ("name", "😀 !!", "name_empty"),
        ("name", "a" * 65, "name_long"),
        ("whatsapp", "nomorku", "whatsapp_letters"),
        ("whatsapp", "++62812345678", "whatsapp_letters"),
        ("whatsapp", "٠٨١٢٣٤٥٦٧", "whatsapp_letters"),
        ("whatsapp", "12345678", "whatsapp_prefix"),
        ("whatsapp", "08123", "whatsapp_short"),
        ("whatsapp", "0" + "8" * 20, "whatsapp_long"),
        ("email", "alice", "email_sign"),
        ("email", "a@b@c.id", "email_sign"),
        ("email", "alice@contoh", "email_shape"),
        ("email", "alice@.com", "email_shape"),
        ("email", "a..b@contoh.com", "email_shape"),
        ("email", "alice @contoh.com", "email_letters"),
        ("email", "<b>@contoh.com", "email_letters"),
        ("email", "😀@contoh.com", "email_letters"),
        ("email", "алиса@contoh.com", "email_letters"),
        ("email", "a@" + "b" * 300 + ".com", "email_long"),
    ],
)
def test_what_is_wrong_is_said(field: str, typed: str, problem: str):
    with pytest.raises(WrongFormat) as caught:
        profile.READERS[field](typed)

    assert caught.value.hint == problem
    assert formats.PROBLEMS[problem](**caught.value.facts)


def test_a_name_becomes_one_line_and_keeps_its_signs():
    assert profile.name("  Alice <b>\n& Bob ") == "Alice <b> & Bob"


def test_a_name_may_be_of_any_script_but_turns_nothing_around():
    assert profile.name("アリス \u202eecila\u2066") == "アリス ecila"


def test_an_ordinary_address_is_taken():
    assert profile.email(" alice.b+shop@mail.contoh.co.id ") == "alice.b+shop@mail.contoh.co.id"


@pytest.mark.parametrize("typed", ["wa.me/alice", "https://wa.me/message/A1", "wa.me/", "x.id/6281234567890"])
def test_a_link_without_a_number_is_none(typed: str):
    with pytest.raises(WrongFormat):
        profile.whatsapp(typed)


@pytest.mark.parametrize("before", ["\u200b", "\u2068", "\u00ad", "mailto:", "\u00a0"])
def test_marks_that_nobody_sees_are_no_part_of_an_address(before: str):
    assert profile.email(f"{before}alice@contoh.com\u200e") == "alice@contoh.com"


def test_a_name_keeps_what_its_emoji_are_made_of_and_needs_a_letter_to_be_seen():
    assert profile.name("Alice 👩\u200d👧 ❤\ufe0f") == "Alice 👩\u200d👧 ❤\ufe0f"
    with pytest.raises(WrongFormat):
        profile.name("\u3164\u3164")
