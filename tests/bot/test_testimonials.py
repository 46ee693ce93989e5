"""Stars under the goods, the line of text that may follow, and what staff make of them."""

import pytest
from cryptography.fernet import Fernet

import settings
from app.people import channel
from app.sales import refunds, testimonials
from models import Product, StockItem
from tests.support import broken, given
from tests.support.chatter import labels, visible
from tests.support.given import ALICE, BOB


@pytest.fixture
def order(buyer, made_once):
    return made_once(delivered)


def delivered():
    return broken.delivered(ALICE)


def text_of(order):
    return testimonials.of_order(order.id).text


def test_the_stars_are_on_the_order_s_page_until_they_are_given(buyer, order):
    assert labels(buyer.presses(f"order:{order.id}"))[1:6] == ["1 ⭐", "2 ⭐", "3 ⭐", "4 ⭐", "5 ⭐"]

    buyer.presses(f"rate:{order.id}:4")

    page = buyer.presses(f"order:{order.id}")
    assert "5 ⭐" not in labels(page)
    assert "Penilaianmu: <b>4 dari 5</b>" in page.screen.text


def test_thanks_come_below_the_goods_and_ask_for_a_line(buyer, order):
    shown = buyer.presses(f"rate:{order.id}:5")

    assert shown.reply.below
    assert "5 dari 5 bintang" in shown.screen.text
    assert labels(shown) == ["Lewati"]


def test_the_line_is_kept_as_it_was_typed(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    # Clients may take the end of a tag for a command.
    command = {"type": "bot_command", "offset": 19, "length": 2}
    said = buyer.says("Cepat, <b>mantap</b> & aman!", entities=[command])

    assert text_of(order) == "Cepat, <b>mantap</b> & aman!"
    assert "terima kasih" in said.screen.text.lower()
    assert "&lt;b&gt;mantap" in buyer.presses(f"order:{order.id}").screen.text


def test_a_line_that_cannot_be_compared_with_the_goods_is_asked_for_again(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    with settings.override(stock_encryption_key=Fernet.generate_key().decode()):
        said = buyer.says("Lancar jaya")

    assert "belum bisa dicek" in said.screen.text
    assert text_of(order) is None
    buyer.says("Lancar jaya")
    assert text_of(order) == "Lancar jaya"


@pytest.mark.parametrize("way_out", ["Lewati", "lewati", "LEWATI"])
def test_a_typed_way_out_leaves_the_stars_alone(buyer, order, way_out):
    buyer.presses(f"rate:{order.id}:5")

    buyer.says(way_out)

    assert text_of(order) is None


def test_the_pressed_way_out_does_the_same(buyer, order):
    buyer.taps(buyer.presses(f"rate:{order.id}:5"), "Lewati")

    assert "Penilaianmu" not in buyer.says("Bagus").screen.text
    assert text_of(order) is None


@pytest.mark.parametrize(
    "line",
    [
        "lihat https://murah.example/x",
        "lihat www.murah.example",
        "murah.com lebih baik",
        "hubungi @penjual_lain",
        "t.me/murah",
        "WA 0812-3456-7890",
        "tulis ke a@b.co",
        "x" * 301,
        "\u200b\u2060",
        "x " * 2_000,
    ],
)
def test_what_may_not_stand_there_is_told_and_the_question_stays(buyer, order, line):
    buyer.presses(f"rate:{order.id}:5")

    refused = buyer.says(line)
    assert refused.screen.text.startswith("⚠️")
    assert "Mau menambah satu kalimat" in refused.screen.text

    buyer.says("Mantap.Terima kasih")
    assert text_of(order) == "Mantap.Terima kasih"


def test_a_link_that_only_telegram_sees_is_one(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://murah.example"}
    assert "tautan" in buyer.says("sini", entities=[link]).screen.text
    assert text_of(order) is None


def test_what_was_bought_is_not_told_to_everybody(buyer):
    product = given.product(stock_lines=["alice@mail.example|sandiku1"])
    order = given.order(ALICE, product.id)
    given.settlement.settle(order.id, given.status(order))
    broken.hand_over(order)
    buyer.presses(f"rate:{order.id}:5")

    assert "isi produkmu" in buyer.says("sandinya sandiku1, jalan").screen.text
    assert text_of(order) is None
    assert StockItem.select().count() == 1


def test_a_picture_is_no_line(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    photo = [{"file_id": "P", "file_unique_id": "P", "width": 1, "height": 1}]
    assert "sebagai teks" in buyer.does(buyer.message(photo=photo)).screen.text


def test_a_second_rating_says_how_the_first_was(buyer, order):
    buyer.presses(f"rate:{order.id}:5")
    buyer.says("Mantap")

    refused = buyer.presses(f"rate:{order.id}:1")

    assert "sudah kamu nilai: 5 dari 5" in refused.reply.toast
    assert refused.screen is None
    assert Product.get().stars == 5


def test_a_second_press_keeps_the_question(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    again = buyer.presses(f"rate:{order.id}:1")
    assert "Sudah kamu nilai: 5 dari 5" in again.reply.toast
    assert again.screen is None

    buyer.says("Mantap")
    assert (text_of(order), Product.get().stars) == ("Mantap", 5)


def test_somebody_else_s_order_is_not_there(stranger, order):
    assert "tidak ditemukan" in stranger.presses(f"rate:{order.id}:5").reply.toast


def test_a_refunded_order_is_not_rated_and_says_why(buyer, order):
    refunds.give(order.id, 1_000, note="", actor_id=BOB)

    assert "sudah dikembalikan" in buyer.presses(f"rate:{order.id}:5").reply.toast
    assert "5 ⭐" not in labels(buyer.presses(f"order:{order.id}"))


def test_an_unpaid_order_is_not_rated_and_says_why(buyer):
    assert "setelah produknya kamu terima" in buyer.presses(f"rate:{given.order().id}:5").reply.toast


@pytest.mark.parametrize("data", ["rate:1:0", "rate:1:6", "rate:1", "rate:0:5"])
def test_stars_that_are_none_are_no_button(buyer, data):
    assert buyer.presses(data).reply.toast == "Tombol ini tidak berlaku."


def test_where_it_appears_and_under_which_name_is_said_beforehand(buyer, order):
    channel.choose(channel.Channel(-1002, "@kanal", "Kanal <Toko>"))

    shown = buyer.presses(f"rate:{order.id}:5")

    assert "Kanal &lt;Toko&gt;" in shown.screen.text
    assert "Al***e" in shown.screen.text


def test_the_product_tells_its_average_from_five_on(buyer):
    product = given.product()
    Product.update(ratings=4, stars=20).execute()
    assert "penilaian" not in buyer.says(str(product.id)).screen.text

    Product.update(ratings=6, stars=29).execute()
    assert "⭐ 4,8 dari 6 penilaian" in buyer.says(str(product.id)).screen.text


def test_an_admin_hides_a_testimonial_and_shows_it_again(admin, buyer, order):
    buyer.presses(f"rate:{order.id}:1")
    buyer.says("Jelek <i>sekali</i>")

    listed = admin.says("/testimoni")
    assert "Jelek <i>sekali</i>" in visible(listed.screen.text)

    hidden = admin.taps(listed, "Sembunyikan")
    assert "disembunyikan" in hidden.screen.text
    assert Product.get().ratings == 0
    assert "disembunyikan" not in admin.taps(hidden, "Tampilkan").screen.text


def test_a_buyer_hides_nothing(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    assert buyer.presses("hide_testimonial:1:1").reply.toast == "Tombol ini tidak berlaku."
    assert Product.get().ratings == 1


def test_without_testimonials_the_list_says_how_they_come(admin):
    assert "Belum ada testimoni" in admin.says("/testimoni").screen.text


@pytest.mark.parametrize("named", ["toko", "@a", "123", "-5", "@kanal dua", "https://example.com/kanal"])
def test_a_channel_that_is_none_is_told_with_the_right_form(admin, named):
    assert "/channel @kanaltoko" in admin.says(f"/channel {named}").screen.text
    assert given.promised("try_channel") == []


@pytest.mark.parametrize(
    ("named", "asked"),
    [("@Kanal_1", "@Kanal_1"), ("t.me/kanal", "@kanal"), ("-1001234567890", "-1001234567890")],
)
def test_a_channel_is_looked_at_before_it_is_taken(admin, named, asked):
    assert "Sedang dicek" in admin.says(f"/channel {named}").screen.text

    assert given.promised("try_channel") == [[asked, BOB, BOB, None]]
    assert channel.current() is None


def test_channel_alone_tells_which_it_is(admin):
    assert "Belum ada kanal" in admin.says("/channel").screen.text
    channel.choose(channel.Channel(-1002, "@kanal", "Kanal"))

    assert "@kanal" in admin.says("/channel").screen.text


def test_a_dash_ends_it(admin):
    channel.choose(channel.Channel(-1002, "@kanal", "Kanal"))

    assert "tidak lagi dikirim" in admin.says("/channel -").screen.text
    assert channel.current() is None
    assert "Memang belum ada" in admin.says("/channel -").screen.text


def test_an_invoice_is_no_line_of_a_testimonial_but_opens_its_order(buyer, order):
    buyer.presses(f"rate:{order.id}:5")

    assert buyer.says(order.invoice).reply.screen == "order"
    assert text_of(order) is None


def test_a_list_that_a_command_opens_is_read_again_and_leads_nowhere_back(buyer, admin, order):
    buyer.presses(f"rate:{order.id}:5")

    assert labels(admin.says("/testimoni"))[-1] == "Muat Ulang"
