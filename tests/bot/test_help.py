"""`/help`: the guide for buyers, and for staff every command with an example that works."""

from __future__ import annotations

import pytest

from app.bot import routes
from app.bot.admin import help as screens
from app.people import users
from app.texts import menu as menu_texts
from app.texts.admin import help as texts
from app.texts.html import MESSAGE, units
from tests.support import broken, given
from tests.support.chatter import Chatter, labels, visible
from tests.support.queries import MOST, Queries, reads


def test_staff_see_today_in_three_lines(admin: Chatter, buyer: Chatter, shop):
    broken.paid()
    given.order()
    shop.sells("Habis", number=201)
    shop.sells("Menipis", number=202, stock=["K1", "K2"])

    today = visible(admin.says("/help").screen.text).split("\n\n")[1].splitlines()

    assert today == [
        "💰 Hari ini: Rp25.000 dari 1 pesanan",
        "⏳ Menunggu pembayaran: 1 · dibayar tapi belum terkirim: 0",
        "📦 Stok habis: 3 produk · menipis: 1 · gagal diproses: 0",
    ]


def test_the_longest_help_fits_a_message_and_leads_on(admin: Chatter):
    outcome = admin.says("/help")

    assert units(visible(outcome.screen.text)) <= MESSAGE
    assert labels(outcome) == ["Menunggu Pembayaran", "Gagal Diproses", "STOK"]


def test_every_command_of_staff_is_in_one_group(admin: Chatter):
    listed = [name for names in texts.GROUPS.values() for name in names]

    assert sorted(listed) == sorted(set(listed))
    assert set(listed) <= routes.ADMIN_COMMANDS.keys()
    text = visible(admin.says("/help").screen.text)
    assert [name for name in routes.ADMIN_COMMANDS if f"/{name}" not in text] == []


def test_buyers_get_the_guide_and_no_command_of_staff(buyer: Chatter):
    text = buyer.says("/help").screen.text

    assert "Cara pesan" in text
    assert "/addstock" not in text


@pytest.mark.parametrize("command", sorted(menu_texts.STAFF.keys() - {"photo", "addfile", "whitelist", "rm"}))
def test_every_example_has_the_right_form(admin: Chatter, shop, command: str):
    shop.knows(4, "Rina", "rina")
    shop.sells("Netflix", number=101, category="Streaming", price=60_000, stock=["K1", "K2"])

    answered = admin.says(screens.example(command))

    assert answered.screen
    assert "⚠️" not in answered.screen.text


def test_help_asks_little(admin: Chatter, queries: Queries):
    person = users.get(given.person(2, "Bob").id)
    queries.statements.clear()

    screens.staff(person)

    assert len(reads(queries)) <= MOST, reads(queries)
