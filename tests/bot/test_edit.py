"""Ubah Nama, Ubah Email, Ubah Whatsapp."""

from __future__ import annotations

import pytest

from app.people import users
from tests.support.chatter import Chatter

LABELS = {"name": "Ubah Nama", "email": "Ubah Email", "whatsapp": "Ubah Whatsapp"}
RIGHT = {"name": "Alice <B> & 😀", "email": "alice@contoh.com", "whatsapp": "0812-3456-7890"}
KEPT = RIGHT | {"whatsapp": "+6281234567890"}


def asked(buyer: Chatter, field: str):
    return buyer.taps(buyer.says("AKUN"), LABELS[field])


@pytest.mark.parametrize("field", LABELS)
def test_a_right_answer_changes_the_account(buyer: Chatter, field: str):
    asked(buyer, field)

    page = buyer.says(RIGHT[field])

    assert "sudah diubah" in page.screen.text
    assert getattr(users.get(1), field) == KEPT[field]
    assert users.get(1).session == {}


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("name", "123 !!", "Nama harus berisi huruf"),
        ("name", "😀", "Nama harus berisi huruf"),
        ("name", "x" * 65, "terlalu panjang"),
        ("email", "alice", "satu tanda @"),
        ("email", "<b>@contoh.com", "huruf latin"),
        ("email", "😀@contoh.com", "huruf latin"),
        ("email", "alice@contoh", "tidak lengkap"),
        ("whatsapp", "nomorku", "hanya berisi angka"),
        ("whatsapp", "-6281234567890x", "hanya berisi angka"),
        ("whatsapp", "08123", "terlalu pendek"),
        ("whatsapp", "0" + "8" * 40, "terlalu panjang"),
    ],
)
def test_a_wrong_answer_says_what_is_wrong_and_is_asked_again(
    buyer: Chatter, field: str, typed: str, problem: str
):
    asked(buyer, field)

    assert problem in buyer.says(typed).screen.text
    assert "sudah diubah" in buyer.says(RIGHT[field]).screen.text


@pytest.mark.parametrize("kind", ["photo", "sticker", "voice", "contact"])
def test_a_picture_is_no_answer(buyer: Chatter, kind: str):
    asked(buyer, "name")

    outcome = buyer.does(buyer.message(**{kind: [{}] if kind == "photo" else {}}, caption="Alice"))

    assert "sebagai teks" in outcome.screen.text
    assert users.get(1).name == "Alice"


@pytest.mark.parametrize("next_", ["AKUN", "/stock", "101"])
def test_whatever_comes_next_wins(buyer: Chatter, shop, next_: str):
    shop.sells("A", number=101)
    asked(buyer, "name")

    buyer.says(next_)
    buyer.says("Alicia")

    assert users.get(1).name == "Alice"


def test_another_question_takes_the_place_of_the_first(buyer: Chatter):
    asked(buyer, "name")
    asked(buyer, "email")

    buyer.says("alice@contoh.com")

    assert (users.get(1).name, users.get(1).email) == ("Alice", "alice@contoh.com")


def test_a_made_up_field_does_no_harm(buyer: Chatter):
    assert "tidak berlaku" in buyer.presses("edit:3").reply.toast
    assert users.get(1).session == {}
