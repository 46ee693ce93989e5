"""What Telegram does to a paste: it eats markup, and cuts what is longer than a message."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bot.parsing import pieces
from app.bot.parsing.pieces import Piece
from app.bot.toolkit import formatting
from app.catalogue import products, stockroom
from app.ops import invariants
from models import HandledUpdate, Product, StockBatch, User
from tests.support import given as made
from tests.support.chatter import Chatter, entity

COMMAND = "/addstock 101|"


@pytest.fixture
def netflix(shop) -> Product:
    return shop.sells("Netflix", number=101)


def shelf() -> list[str]:
    return [content for _, _, content in stockroom.export(101)]


def accounts(count: int) -> list[str]:
    return [f"akun{n:03}@toko.id|Sandi-{n * 7919}" for n in range(count)]


def cut(text: str, *places: int) -> list[str]:
    return [text[a:b].strip() for a, b in itertools.pairwise([0, *places, len(text)])]


@pytest.mark.parametrize(
    ("kind", "sign"),
    [("spoiler", "||"), ("bold", "**"), ("italic", "__"), ("strikethrough", "~~"), ("code", "`")],
)
def test_signs_that_telegram_took_for_formatting_are_goods(admin: Chatter, netflix, kind: str, sign: str):
    text = f"{COMMAND}😀@x.idkata1234\nc@x.id|p"
    at = len(COMMAND) + 2 + 5

    admin.says(text, entities=[entity("bot_command", 0, 9), entity(kind, at, 4)])

    assert shelf() == [f"😀@x.id{sign}kata{sign}1234", "c@x.id|p"]


def test_a_link_and_a_block_come_back_as_they_were_typed():
    text, spans = "xsini yabc z", [entity("text_link", 1, 4, url="https://a/b"), entity("pre", 7, 3)]

    assert formatting.typed(text, spans) == "x[sini](https://a/b) y```abc``` z"


@pytest.mark.parametrize("kind", ["code", "pre", "bold", "spoiler", "strikethrough", "text_link"])
def test_fields_that_were_pasted_with_their_formatting_are_asked_about(admin: Chatter, netflix, kind: str):
    text = f"{COMMAND}a@x.id|kata"

    asked = admin.says(text, entities=[entity(kind, len(COMMAND) + 7, 4)])

    assert "berformat" in asked.screen.text
    assert shelf() == []
    admin.taps(asked, "Tambahkan")
    assert made.promised("add_stock_batch")


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 4), (0, 4)), ((0, 4), (0, 2)), ((0, 4), (2, 2)), ((0, 2), (2, 2))],
    ids=["the same", "begin together", "end together", "meet"],
)
def test_nobody_knows_the_order_of_signs_that_meet(admin: Chatter, netflix, first, second):
    at = len(COMMAND) + 6
    spans = [entity(kind, at + a, n) for kind, (a, n) in (("bold", first), ("spoiler", second))]

    asked = admin.says(f"{COMMAND}a@x.idkata1", entities=spans)

    assert "berformat" in asked.screen.text
    assert shelf() == []


def test_underlines_and_what_telegram_finds_itself_are_no_signs(admin: Chatter, netflix):
    spans = [entity("underline", len(COMMAND), 6), entity("email", len(COMMAND), 6), entity("url", 0, 3)]

    admin.says(f"{COMMAND}a@x.id|kata", entities=spans)

    assert shelf() == ["a@x.id|kata"]


def test_bars_between_fields_of_other_commands_are_no_spoiler(admin: Chatter, netflix):
    admin.says("/add 7|Musik25000-", entities=[entity("spoiler", 12, 5)])

    assert products.get(7).category is None


@pytest.mark.parametrize("question", ["skip:0", "edit:1"])
def test_an_address_keeps_the_letters_that_telegram_took_for_formatting(buyer: Chatter, question: str):
    if question == "skip:0":
        User.update(session={"await": "contact", "step": 0}).execute()
    buyer.presses(question)

    buyer.says("budidoe9@contoh.com", entities=[entity("italic", 4, 3), entity("email", 0, 19)])

    assert User.get_by_id(1).email == "budi__doe__9@contoh.com"


def test_a_message_to_somebody_keeps_its_formatting(admin: Chatter, buyer: Chatter):
    admin.says("/pm 1|kode <rahasia>", entities=[entity("spoiler", 11, 9)])

    assert made.promised("send_pm")[0][1] == "kode <tg-spoiler>&lt;rahasia&gt;</tg-spoiler>"


def test_a_paste_cut_in_two_is_added_whole(bob, netflix):
    goods = accounts(150)
    first, second = cut(COMMAND + "\n".join(goods), 4096)

    bob.sends(first)
    assert shelf() == []
    bob.sends(second)

    assert shelf() == goods
    assert invariants.run() == []


@pytest.mark.parametrize("piece", [0, 1])
def test_formatting_in_a_cut_paste_is_asked_about_too(admin: Chatter, netflix, piece: int):
    parts = cut(COMMAND + "\n".join(accounts(150)), 4096)
    at = parts[piece].index("akun149" if piece else "akun000")
    spans = [entity("code", at, parts[piece].index("|", at) - at)]

    for n, part in enumerate(parts):
        asked = admin.says(part, message_id=60 + n, entities=spans if n == piece else [])

    assert "berformat" in asked.screen.text
    assert shelf() == []


@pytest.mark.parametrize("at", [4096, 4090, 4080, 4060])
def test_wherever_the_cut_is_no_line_is_lost_or_halved(bob, netflix, at: int):
    goods = accounts(160)
    text = COMMAND + "\n".join(goods)
    at = at if at == 4096 else text.rindex("\n", 0, at)

    for part in cut(text, at):
        bob.sends(part)

    assert shelf() == goods


def test_three_pieces_sent_at_once_arrive_in_any_order(netflix, valkey):
    goods = accounts(290)
    parts = cut(COMMAND + "\n".join(goods), 4096, 8192)
    for order in itertools.permutations([0, 1, 2]):
        bob = Chatter(2, "Bob", "bob")

        for n in order:
            bob.says(parts[n], message_id=50 + n)

        assert shelf() == goods, order
        stockroom.remove_all(101, 2**62)
        assert not StockBatch.select().where(StockBatch.state == StockBatch.ASKED).exists()


def test_the_beginning_may_come_after_the_rest_behind_the_button_too(netflix, valkey):
    goods = accounts(290)
    text = COMMAND + "\n".join(goods)
    parts = cut(text, 4096 + len(COMMAND), 8192 + len(COMMAND))
    parts[0] = parts[0].removeprefix(COMMAND)
    for order in itertools.permutations([0, 1, 2]):
        bob = Chatter(2, "Bob", "bob")
        bob.presses("fill:101")

        for n in order:
            bob.says(parts[n], message_id=50 + n)

        assert shelf() == goods, order
        stockroom.remove_all(101, 2**62)
        assert not StockBatch.select().where(StockBatch.state == StockBatch.ASKED).exists()


def test_what_comes_after_goods_from_the_button_is_no_beginning(admin: Chatter, netflix):
    admin.presses("fill:101")
    admin.says("a@x.id|1", message_id=50)

    admin.says("x" * 4000, message_id=51)

    assert shelf() == ["a@x.id|1"]


def test_a_full_message_that_was_not_cut_is_added_by_a_tap(admin: Chatter, netflix):
    text = (COMMAND + "\n".join(accounts(200)))[:4090]

    asked = admin.says(text.rpartition("\n")[0])

    assert "terpotong" in asked.screen.text
    assert shelf() == []
    admin.taps(asked, "Tambahkan")
    assert made.promised("add_stock_batch")


def test_a_cut_that_nobody_can_judge_is_shown(admin: Chatter, netflix):
    text = COMMAND + "\n".join("x" * (n % 37 + 3) for n in range(300))
    first, second = cut(text, 4096)

    admin.says(first, message_id=60)
    asked = admin.says(second, message_id=61)

    assert "✂" in asked.screen.text
    assert shelf() == []


def test_goods_that_wait_are_nowhere_in_plain(admin: Chatter, netflix):
    first, second = cut(COMMAND + "\n".join(accounts(150)), 4096)

    admin.says(second)
    admin.says(first, message_id=0)

    for row in [*User.select().dicts(), *HandledUpdate.select().dicts(), *StockBatch.select().dicts()]:
        assert "toko.id" not in str(row)


def test_a_stranger_s_long_text_is_not_kept(buyer: Chatter):
    buyer.says("x" * 4000)

    assert User.get_by_id(1).session == {}


def word(chance: random.Random) -> str:
    return "".join(chance.choices("abcde12345", k=chance.randint(1, 30)))


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0), hard=st.booleans())
def test_accounts_survive_any_cut(seed: int, hard: bool):
    chance = random.Random(seed)
    goods = [f"{word(chance)}|{word(chance)}" for _ in range(chance.randint(300, 400))]
    text = "\n".join(goods)
    places, at = [], 0
    while len(text) - at > 4096:
        at = at + 4096 if hard else text.rindex("\n", at, at + 4096)
        places.append(at)
    parts = [Piece(n, len(part), part) for n, part in enumerate(cut(text, *places))]

    whole = pieces.together(parts)

    assert whole.lines == goods or whole.doubts


def test_a_full_message_that_lost_a_line_break_may_have_been_cut_in_a_word():
    text = "\n".join(f"{number:04}|{'x' * 20}" for number in range(400))
    before_a_break = text.index("\n0150")
    parts = cut(text, before_a_break, before_a_break + 4096)

    whole = pieces.together([Piece(n, len(part), part) for n, part in enumerate(parts)])

    assert [len(part) for part in parts[:2]] == [before_a_break, 4095]
    assert len(whole.doubts) == 1


@pytest.mark.parametrize("heading", ["email,password", "email|password|profil", "user:pass"])
def test_a_pasted_heading_is_asked_about_and_not_sold(admin: Chatter, netflix: Product, heading: str):
    asked = admin.says(f"{COMMAND}{heading}\n" + "\n".join(accounts(2)))

    assert "hanya judul kolom" in asked.screen.text
    assert "kirim baris itu saja" in asked.screen.text
    assert shelf() == []

    admin.taps(asked, "Tambahkan")
    assert StockBatch.get().total == 2


def test_a_single_line_is_goods_whatever_its_words(admin: Chatter, netflix: Product):
    admin.says(f"{COMMAND}user|pass")

    assert shelf() == ["user|pass"]
