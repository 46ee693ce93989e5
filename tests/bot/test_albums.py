"""Files and pictures sent together: one of them has the command, and it is meant for all, in any order."""

from __future__ import annotations

import itertools

import pytest

from app.catalogue import products, stockroom
from app.ops import invariants
from app.people import broadcasts
from models import AuditEvent, Broadcast, Product, StockItem, User
from tests.support import given
from tests.support.chatter import Chatter

ORDERS = list(itertools.permutations(range(3)))


@pytest.fixture
def ebook(shop) -> Product:
    return shop.sells("E-book", number=404)


def document(number: int, name: str = "buku.pdf") -> dict[str, object]:
    return {"file_id": f"F{number}", "file_unique_id": f"U{number}", "file_name": name, "file_size": 9}


def sends(admin: Chatter, *messages: dict[str, object], album: str = "A1") -> list[str]:
    outcomes = [admin.does(admin.message(media_group_id=album, **message)) for message in messages]
    return [outcome.screen.text if outcome.screen else "" for outcome in outcomes]


@pytest.mark.parametrize("order", ORDERS)
def test_every_file_of_an_album_becomes_goods(admin: Chatter, ebook, order):
    parts = [{"document": document(n)} for n in range(3)]
    parts[0]["caption"] = "/addfile 404"

    sends(admin, *[parts[n] for n in order])

    assert sorted(content for _, _, content in stockroom.export(404)) == ["F0", "F1", "F2"]
    assert invariants.run() == []


@pytest.mark.parametrize("order", ORDERS)
def test_every_stock_file_of_an_album_is_read(admin: Chatter, ebook, order):
    parts = [{"document": document(n, f"{n}.txt")} for n in range(3)]
    parts[1]["caption"] = "/addstock 404"

    sends(admin, *[parts[n] for n in order])

    assert sorted(args[3] for args in given.promised("add_stock_file")) == ["F0", "F1", "F2"]


@pytest.mark.parametrize("names", [("a.txt", "b.csv", "c.tsv"), ("a.pdf", "b.txt", "c.txt")])
def test_every_stock_file_of_an_album_after_the_button_is_read(admin: Chatter, ebook, names):
    admin.presses("fill:404")

    first, *others = sends(admin, *[{"document": document(n, name)} for n, name in enumerate(names)])

    read = [args[4] for args in given.promised("add_stock_file")]
    assert read == [name for name in names if not name.endswith("pdf")]
    assert ("harus .txt" in first, others) == (len(read) < 3, ["", ""])


def test_a_picture_is_no_list_of_goods(admin: Chatter, ebook):
    [refusal] = sends(admin, {"photo": [{"file_id": "P1"}], "caption": "/addstock 404"})

    assert "harus .txt atau .csv" in refusal


def test_files_and_captions_that_wait_for_the_others_are_nowhere_in_plain(admin: Chatter, ebook):
    first, second = document(7_000_007), document(8_000_008)
    sends(admin, {"document": first}, {"document": second, "caption": "/addstock 404\na@x.id|pw"})

    kept = str(User.get_by_id(admin.id).session)
    assert "album" in kept
    assert not any(goods in kept for goods in ("F7000007", "F8000008", "a@x.id"))


def test_one_bad_file_does_not_hide_the_others(admin: Chatter, ebook):
    captioned = {"document": document(0, "foto.jpg"), "caption": "/addstock 404"}

    told = sends(admin, captioned, {"document": document(1, "a.txt")}, {"document": document(2, "b.zip")})

    assert [args[3] for args in given.promised("add_stock_file")] == ["F1"]
    assert "harus .txt" in told[0]
    assert "harus .txt" in told[2]


def test_an_album_after_the_command_is_taken_whole(admin: Chatter, ebook):
    admin.says("/addfile 404")

    sends(admin, *[{"document": document(n)} for n in range(3)])

    assert products.get(404).available == 3


@pytest.mark.parametrize("first", [True, False])
def test_one_file_for_everybody_is_no_album(admin: Chatter, ebook, first: bool):
    parts = [{"document": document(0), "caption": "/addfile 404|tanpa batas"}, {"document": document(1)}]

    told = sends(admin, *(parts if first else reversed(parts)))

    assert any("satu berkas" in text for text in told)
    assert products.get(404).shared_kind is None


def test_a_product_has_one_picture_and_that_is_said(admin: Chatter, ebook):
    captioned = {"photo": [{"file_id": "P0"}], "caption": "/photo 404"}

    told = sends(admin, captioned, {"photo": [{"file_id": "P1"}]})

    assert "Satu produk satu foto" in told[0]
    assert products.get(404).photo == "P0"


@pytest.mark.parametrize("order", ORDERS)
def test_an_album_is_broadcast_whole_and_in_order(admin: Chatter, buyer: Chatter, order):
    parts = [{"photo": [{"file_id": f"P{n}"}], "message_id": 20 + n} for n in range(3)]
    parts[1]["caption"] = "/broadcast Promo"

    sends(admin, *[parts[n] for n in order])

    assert [item["file"] for item in Broadcast.get().album] == ["P0", "P1", "P2"]
    assert Broadcast.select().count() == 1


def test_a_part_that_comes_after_the_start_is_said_to_be_missing(admin: Chatter, buyer: Chatter):
    sends(admin, {"photo": [{"file_id": "P0"}], "caption": "/broadcast Promo"})
    broadcasts.confirm(Broadcast.get().id, 2, 5)

    told = sends(admin, {"photo": [{"file_id": "P1"}], "message_id": 30})

    assert "sebagian tidak ikut" in told[0]


def test_answering_one_of_an_album_is_explained(admin: Chatter):
    answered = {"message_id": 4, "media_group_id": "A", "photo": [{"file_id": "P"}]}

    assert "album" in admin.says("/broadcast", reply_to_message=answered).screen.text
    assert not Broadcast.select().exists()


def test_another_album_is_another_matter(admin: Chatter, ebook):
    sends(admin, {"document": document(0), "caption": "/addfile 404"})

    told = sends(admin, {"document": document(1)}, {"document": document(2)}, album="A2")

    assert "belum mengerti" in told[0]
    assert told[1] == ""
    assert products.get(404).available == 1


def test_nobody_else_s_album_is_a_command(buyer: Chatter, ebook):
    sends(buyer, {"document": document(0), "caption": "/addfile 404"}, {"document": document(1)})

    assert not StockItem.select().exists()


def test_in_a_group_the_others_are_taken_if_they_are_heard(admin: Chatter, ebook):
    bob = Chatter(2, "Bob", chat_id=-100)

    told = sends(bob, {"document": document(1)}, {"document": document(0), "caption": "/addfile 404"})

    assert told[0] == ""
    assert products.get(404).available == 2
    assert "chat pribadi" in given.promised("send_notice")[0][2]["text"]


def test_a_bad_file_with_the_caption_does_not_hide_those_that_came_before(admin: Chatter, ebook):
    captioned = {"document": document(0, "foto.jpg"), "caption": "/addstock 404"}

    told = sends(admin, {"document": document(1, "a.txt")}, captioned)

    assert [args[3] for args in given.promised("add_stock_file")] == ["F1"]
    assert "harus .txt" in told[1]


@pytest.mark.parametrize("command", ["/add 7|A|-|1000|-", "/pm 1|halo", "/editdesc 404|baru", "/ban 1"])
def test_a_command_without_use_for_a_picture_is_not_followed_without_it(
    admin: Chatter, buyer: Chatter, ebook, command: str
):
    events = AuditEvent.select().count()

    told = sends(admin, {"photo": [{"file_id": "P"}], "caption": command}, {"photo": [{"file_id": "Q"}]})

    assert "sebagai teks saja" in told[0]
    assert told[1] == ""
    assert AuditEvent.select().count() == events
    assert not given.promised("send_pm")
