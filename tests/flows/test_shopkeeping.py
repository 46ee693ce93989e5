"""Staff fill the shop through the chat, and people who were never here find their way."""

from app.people import users
from models import Product, User
from tests.support import given


def test_what_the_admin_adds_a_buyer_can_buy(alice, bob, shop, pakasir, drain, checkout):
    # Given
    bob.sends("/start").sends("/add 101|Netflix 1M|Streaming|25000|Akun premium | 1 bulan")
    bob.sends("/addstock 101|user@example.com|p|ss<word>\nuser2@example.com|pass")

    # When
    pakasir.pays(checkout("Netflix 1M"))
    drain()

    # Then
    assert "user@example.com|p|ss<word>" in alice.goods
    assert given.shelf(101) == {"sold": 1, "available": 1}


def test_a_stranger_gets_no_answer_to_an_admins_command(charlie, drain):
    charlie.sends("/start")
    before = len(charlie.received)

    charlie.sends("/add 101|Netflix 1M|-|25000|-", silent=True)

    assert len(charlie.received) == before
    assert not Product.select().exists()


def test_stock_from_a_file_is_sold_like_any_other(alice, bob, shop, pakasir, drain, checkout):
    bob.sends("/start").sends("/add 7|Netflix 1M|-|25000|-")
    bob.sends_document("stock.txt", b"KEY-1\r\nKEY-2\nKEY-1\n", caption="/addstock 7")

    assert given.shelf(7) == {"available": 2}
    pakasir.pays(checkout("Netflix 1M"))
    drain()

    assert "KEY-1" in alice.goods


def test_a_new_person_is_shown_the_shop_at_once(alice, shop):
    shop.sells("Netflix 1M", stock=["KEY-1"])

    alice.starts()

    person = users.get(alice.id)
    assert (person.name, person.email, person.whatsapp) == ("Alice", None, None)
    assert "LIST PRODUK" in alice.keyboard


def test_a_product_link_leads_straight_to_the_goods(alice, shop, pakasir, drain):
    shop.sells("Netflix 1M", stock=["KEY-1"])

    alice.starts("p_1").taps("Lanjut ke pembayaran").taps("QRIS")
    pakasir.pays(alice.last_order)
    drain()

    assert "KEY-1" in alice.last_message.text
    assert User.select().count() == 1
