"""What staff change about products and prices."""

from __future__ import annotations

import pytest

from app.catalogue import listings, products
from app.errors import Unknown
from app.ops import invariants
from models import AuditEvent, CategoryDiscount, Order, Product
from tests.support import broken, given
from tests.support.chatter import Chatter

COMMANDS = (
    "disc", "discat", "priceress", "editid", "editname", "editdesc", "editprice", "editcategory", "editsold",
    "photo", "addfile", "delstock", "delallstock", "exportstock",
)  # fmt: skip


@pytest.fixture
def netflix(shop) -> Product:
    return shop.sells("Netflix 1M", number=101, price=50_000, category="Streaming", stock=["K1", "K2"])


def audited(action: str) -> dict:
    return AuditEvent.select().where(AuditEvent.action == action).order_by(AuditEvent.id.desc()).get().data


@pytest.mark.parametrize("typed", ["10%", "10 %", "5000", "5k", "Rp5.000", "5rb"])
def test_a_discount_in_percent_or_rupiah(admin: Chatter, netflix, typed: str):
    outcome = admin.says(f"/disc 101|{typed}")

    assert "<s>Rp50.000</s> Rp45.000" in outcome.screen.text
    assert audited("product.changed")["before"] == {"discount_percent": None, "discount_amount": None}


@pytest.mark.parametrize("typed", ["0", "0%"])
def test_zero_takes_a_discount_away(admin: Chatter, netflix, typed: str):
    admin.says("/disc 101|10%")

    assert "<s>" not in admin.says(f"/disc 101|{typed}").screen.text
    assert products.get(101).discount_percent is None


def test_a_new_discount_replaces_the_other_kind(admin: Chatter, netflix):
    admin.says("/disc 101|10%")
    admin.says("/disc 101|1000")

    product = products.get(101)
    assert (product.discount_percent, product.discount_amount) == (None, 1_000)


@pytest.mark.parametrize(
    "typed", ["", "100%", "-5%", "1.5%", "٣%", "😀", "<b>", "gratis", "-5000", "9" * 30, "9" * 30 + "%", "%"]
)
def test_what_is_no_discount_is_explained(admin: Chatter, netflix, typed: str):
    assert "/disc 101|10%" in admin.says(f"/disc 101|{typed}").screen.text
    assert "/discat Streaming|15%" in admin.says(f"/discat Streaming|{typed}").screen.text
    assert not AuditEvent.select().where(AuditEvent.action.in_(["product.changed", "category.discounted"]))


def test_a_discount_as_large_as_the_price_is_refused(admin: Chatter, netflix):
    assert "kurang dari harganya, Rp50.000" in admin.says("/disc 101|50000").screen.text


def test_a_category_gets_a_discount_in_any_case(admin: Chatter, netflix):
    outcome = admin.says("/discat streaming|15%")

    assert "<b>Streaming</b>: 15%" in outcome.screen.text
    assert CategoryDiscount.get().category == "Streaming"
    assert products.offer_for(products.get(101), given.person()).price == 42_500


def test_zero_takes_a_category_s_discount_away(admin: Chatter, netflix):
    admin.says("/discat Streaming|15%")

    admin.says("/discat Streaming|0")

    assert not CategoryDiscount.select().exists()
    assert audited("category.discounted") == {"before": {"percent": 15, "amount": None}, "after": None}


def test_an_unknown_category_is_refused(admin: Chatter, netflix):
    assert "tidak ada" in admin.says("/discat Musik|10%").screen.text


def test_a_category_may_contain_what_separates_fields(admin: Chatter, shop):
    shop.sells("A", category="A|B")

    assert "<b>A|B</b>: 10%" in admin.says("/discat A|B|10%").screen.text


def test_a_reseller_price_comes_and_goes(admin: Chatter, netflix):
    assert "Reseller: Rp45.000" in admin.says("/priceress 101|45k").screen.text

    assert "Reseller: sama" in admin.says("/priceress 101|0").screen.text
    assert products.get(101).reseller_price is None


@pytest.mark.parametrize(
    ("typed", "column", "value"),
    [
        ("/editname 101|Spotify <1M> & 😀", "name", "Spotify <1M> & 😀"),
        ("/editname 101|a|b", "name", "a|b"),
        ("/editdesc 101|baris 1\nbaris | 2", "description", "baris 1\nbaris | 2"),
        ("/editdesc 101|-", "description", ""),
        ("/editprice 101|Rp30.000", "price", 30_000),
        ("/editcategory 101|Musik & Film", "category", "Musik & Film"),
        ("/editcategory 101|-", "category", None),
    ],
)
def test_a_product_is_edited(admin: Chatter, netflix, typed: str, column: str, value: object):
    before = getattr(netflix, column)

    outcome = admin.says(typed)

    assert getattr(products.get(101), column) == value
    assert audited("product.changed") == {"before": {column: before}, "after": {column: value}}
    assert "<b>101</b>" in outcome.screen.text


@pytest.mark.parametrize(
    "typed",
    [
        "/editname 101", "/editname 101|", "/editname x|y", "/editname 101|" + "x" * 101, "/editname |",
        "/editdesc 101", "/editdesc 101|" + "x" * 2001,
        "/editprice 101|0", "/editprice 101|-1", "/editprice 101|gratis", "/editprice 101|" + "9" * 40,
        "/editcategory 101|", "/editcategory 101|" + "x" * 51,
        "/editsold 101|-1", "/editsold 101|1,5", "/editsold 101|" + "9" * 12, "/editsold 101|٣",
        "/editid 101|0", "/editid 101|-", "/editid 101|2147483648", "/editid 101",
        "/priceress 101|-5", "/priceress 101|x",
        "/photo", "/photo x", "/photo 101", "/photo 101|x",
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_an_example(admin: Chatter, netflix, typed: str):
    command = typed.split()[0]

    assert f"Contoh: <code>{command} " in admin.says(typed).screen.text
    assert not AuditEvent.select().where(AuditEvent.action.startswith("product.changed"))


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_command_gets_an_example(admin: Chatter, netflix, command: str):
    assert f"<code>/{command} " in admin.says(f"/{command}").screen.text


@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_else_gets_an_answer(buyer: Chatter, netflix, command: str):
    outcome = buyer.says(f"/{command} 101|10")

    assert (outcome.screen, outcome.reply.toast) == (None, None)


@pytest.mark.parametrize(
    "typed",
    ["/disc 9|10%", "/editname 9|A", "/editid 9|10", "/priceress 9|5", "/delstock 9|1", "/delallstock 9",
     "/exportstock 9", "/addfile 9", "/editsold 9|5"],
)  # fmt: skip
def test_a_product_that_is_not_there_is_said(admin: Chatter, typed: str):
    assert "Produk itu tidak ada" in admin.says(typed).screen.text


def test_what_people_are_told_was_sold_counts_on(admin: Chatter, buyer: Chatter):
    order = broken.delivered()

    assert "Terjual: 500" in admin.says(f"/editsold {order.product_id}|500").screen.text
    broken.delivered(3)

    assert products.sales() == 501
    assert "Terjual: 500" in buyer.presses(f"product:{order.product_id}:1").screen.text
    assert invariants.run() == []


def test_another_number_takes_goods_and_orders_along(admin: Chatter):
    order = broken.delivered()

    assert "<b>777</b>" in admin.says(f"/editid {order.product_id}|777").screen.text

    assert Order.get().product_id == 777
    with pytest.raises(Unknown):
        products.get(order.product_id)
    assert invariants.run() == []


@pytest.mark.parametrize("retired", [True, False])
def test_a_taken_number_stays_whose_it_is(admin: Chatter, netflix, shop, retired: bool):
    shop.sells("Lain", number=102)
    if retired:
        products.retire(102)

    assert "sudah dipakai" in admin.says("/editid 101|102").screen.text
    assert products.get(101).available == 2


def test_a_picture_is_kept_by_its_file_id(admin: Chatter, netflix):
    sizes = [{"file_id": "SMALL"}, {"file_id": "LARGE"}]

    outcome = admin.does(admin.message(photo=sizes, caption="/photo 101"))

    assert products.get(101).photo == "LARGE"
    assert "Foto: ada" in outcome.screen.text
    assert "Foto: tidak ada" in admin.says("/photo 101|-").screen.text


def test_a_picture_sent_as_a_file_is_explained(admin: Chatter, netflix):
    document = {"file_id": "F", "file_name": "a.png", "file_size": 1}

    outcome = admin.does(admin.message(document=document, caption="/photo 101"))

    assert "bukan sebagai berkas" in outcome.screen.text


def test_a_change_names_who_made_it(admin: Chatter, netflix):
    admin.says("/editprice 101|1000")

    assert AuditEvent.get(AuditEvent.action == "product.changed").actor == "2"


def test_a_change_of_nothing_is_one_too(database, netflix):
    listings.change(101, price=50_000)

    assert products.get(101).price == 50_000
