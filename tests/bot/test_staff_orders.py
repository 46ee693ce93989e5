"""`/order`, `/pending` and what staff do for an order: once, however stale the button or fast the finger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time

from app import audit
from app.bot import router
from app.bot.toolkit.reply import show
from app.errors import Unreachable
from app.infra import transactions
from app.infra.queue import dead
from app.people import users
from app.sales import delivery, orders, payments, refunds, settlement
from models import LedgerEntry, Order, User, utcnow
from tests.support import broken, given
from tests.support.chatter import Chatter, labels, visible
from tests.support.queries import MOST, Queries, reads


@pytest.fixture
def delivered(buyer: Chatter, made_once):
    return made_once(sold)


def sold() -> Order:
    return broken.delivered()


def test_an_order_is_told_with_everything_staff_can_do(buyer: Chatter, admin: Chatter, delivered):
    page = admin.says(f"/order {delivered.invoice.lower()}")

    for part in (
        delivered.invoice,
        "Alice",
        "Netflix 1M",
        "Alice memesan 1 × Netflix 1M, Rp25.000",
        "Dibayar Rp25.485",
        "Produk terkirim ke Alice",
    ):
        assert part in page.screen.text
    assert labels(page) == [
        "Kirim Ulang", "Kembalikan ke Saldo", "Cek Pembayaran", "Muat Ulang", "Lihat Pengguna", "Tulis Pesan",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["/order PKSEC974A7B6", "PKSEC974A7B6"])
def test_an_order_is_found_by_the_gateway_s_transaction(
    admin: Chatter, buyer: Chatter, delivered, typed: str
):
    broken.by_hand("UPDATE payment SET txn_id = 'PKSEC974A7B6'")

    assert f"🧾 <b>{delivered.invoice}</b>" in admin.says(typed).screen.text
    assert delivered.invoice not in buyer.says(typed).screen.text


def test_a_buyer_s_orders_are_listed_by_their_name(admin: Chatter, delivered):
    assert any(delivered.invoice in label for label in labels(admin.says("/order @alice")))


def story(outcome) -> list[str]:
    return visible(outcome.screen.text).partition("📅")[2].splitlines()


def test_a_story_has_one_date_then_times_and_no_numbers_of_people(admin: Chatter, buyer: Chatter):
    with freeze_time(datetime(2026, 3, 1, 17, 4, tzinfo=UTC)):
        order = broken.delivered()
    with freeze_time(datetime(2026, 3, 2, 3, 4, tzinfo=UTC)):
        admin.taps(admin.taps(admin.says(f"/order {order.invoice}"), "Kirim Ulang"), "Hanya Kirim Lagi")
        broken.hand_over(orders.get(order.id))

    assert story(admin.says(f"/order {order.invoice}")) == [
        " 2 Mar 2026",
        "00.04 · Alice memesan 1 × Netflix 1M, Rp25.000",
        "00.04 · QRIS dibuat, dengan biaya jadi Rp25.485",
        "00.04 · Dibayar Rp25.485",
        "00.04 · Produk terkirim ke Alice",
        "10.04 · Bob mengirim produknya sekali lagi",
        "10.04 · Produk terkirim ke Alice",
    ]


def test_a_story_of_days_names_each_day_once(admin: Chatter, buyer: Chatter):
    with freeze_time(datetime(2026, 3, 1, 5, 0, tzinfo=UTC)):
        order = given.order()
    with freeze_time(datetime(2026, 3, 3, 5, 0, tzinfo=UTC)):
        settlement.cancel_by_operator(order.id, note="stok <rusak>")
        told = admin.says(f"/order {order.invoice}")

    assert story(told)[-2:] == ["📅 3 Mar 2026", "12.00 · Sistem membatalkan pesanan (stok <rusak>)"]


def test_a_refund_is_told_once_with_its_reason_and_who_gave_it(admin: Chatter, delivered):
    admin.says("/start")
    refunds.give(delivered.id, 9_000, note="akun mati", actor_id=2)

    last = story(admin.says(f"/order {delivered.invoice}"))[-1]

    assert last.endswith("Bob mengembalikan Rp9.000 ke saldo Alice (akun mati)")


@pytest.mark.parametrize("what", ["order.unheard_of", "goods.<x>"])
def test_a_moment_without_words_is_told_by_its_name(admin: Chatter, delivered, what: str):
    with transactions.atomic():
        audit.record(what, f"order:{delivered.invoice}")

    assert what in visible(admin.says(f"/order {delivered.invoice}").screen.text)


def test_an_order_s_page_asks_little(admin: Chatter, delivered, queries: Queries):
    admin.says("/start")
    person = users.get(2)
    queries.statements.clear()

    router.render(person, show("admin_order", delivered.id))

    assert len(reads(queries)) <= MOST, reads(queries)


def test_the_command_alone_tells_staff_how_to_name_an_order_and_buyers_how_to_buy(
    admin: Chatter, buyer: Chatter
):
    asked = admin.says("/order")

    assert "/order TRX" in asked.screen.text
    assert "/pending" in asked.screen.text
    assert "Cara pesan" in admin.says("/bantuan").screen.text
    assert "Cara pesan" in buyer.says("/order").screen.text


@pytest.mark.parametrize("typed", ["salah", "<b>", "TRX", "😀", "TRX" + "A" * 100])
def test_a_wrong_invoice_gets_an_example(admin: Chatter, typed: str):
    assert "Contoh: <code>/order TRX" in admin.says(f"/order {typed}").screen.text


def test_an_unknown_order_is_said(admin: Chatter):
    assert "tidak ditemukan" in admin.says("/order TRX20260301ABCDEF").screen.text


def test_sending_again_is_asked_about_happens_once_and_is_no_claim(admin: Chatter, delivered):
    question = admin.taps(admin.says(f"/order {delivered.invoice}"), "Kirim Ulang")
    assert "bukan klaim garansi" in question.screen.text
    assert given.promised("deliver_order") == []

    first = admin.taps(question, "Hanya Kirim Lagi")
    again = admin.taps(question, "Hanya Kirim Lagi")

    assert "dikirim ulang" in first.reply.toast
    assert "sudah berjalan" in again.reply.toast
    assert given.promised("deliver_order") == [[delivered.id]]
    assert orders.get(delivered.id).claims == 0


def test_what_was_never_delivered_is_sent_without_a_question(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")

    assert "dikirim ulang" in admin.taps(admin.says(f"/order {order.invoice}"), "Kirim Ulang").reply.toast


def test_why_goods_are_not_there_is_said_and_mended_in_two_taps(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    dead.record("job-1", "deliver_order", "money", [order.id], Unreachable("no answer"), attempts=962)

    page = admin.taps(admin.says("/dead"), f"1. {order.invoice}")
    after = admin.taps(page, "Kirim Ulang")

    assert "dibayar, belum terkirim" in page.screen.text
    assert "Belum sampai: pengirimannya gagal" in page.screen.text
    assert "setelah 962 percobaan: Telegram tidak bisa dihubungi atau tidak menjawab." in page.screen.text
    assert "dibayar, sedang dikirim" in after.screen.text
    assert "gagal" not in after.screen.text


@pytest.mark.parametrize(
    ("made", "said", "offers"),
    [
        (broken.credited, "Tidak dikirim: uangnya masuk ke saldo pembeli", set()),
        (given.order, "Belum dibayar, jadi belum dikirim", {"Batalkan"}),
        (broken.paid, "Belum sampai", {"Kirim Ulang", "Kembalikan ke Saldo"}),
    ],
)
def test_whether_it_arrived_is_said_first_and_no_button_is_for_nothing(
    admin: Chatter, buyer: Chatter, made: Callable[[], Order], said: str, offers: set[str]
):
    page = admin.says(f"/order {made().invoice}")

    assert said in page.screen.text.splitlines()[2]
    always = {"Cek Pembayaran", "Muat Ulang", "Lihat Pengguna", "Tulis Pesan"}
    assert set(labels(page)) == always | offers


def test_a_buyer_who_cannot_be_written_to_is_why_it_has_not_arrived(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    users.mark_unreachable(order.user_id)

    told = admin.says(f"/order {order.invoice}").screen.text

    assert "memblokir bot" in told
    assert "belum terkirim" in told


def test_a_stale_button_sends_nothing(admin: Chatter, delivered):
    question = admin.taps(admin.says(f"/order {delivered.invoice}"), "Kirim Ulang")
    with freeze_time(utcnow() + timedelta(hours=1)):
        delivery.redeliver(delivered.id)
        broken.hand_over(orders.get(delivered.id))
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")

    outcome = admin.taps(question, "Hanya Kirim Lagi")

    assert "sudah berubah" in outcome.reply.toast
    assert given.promised("deliver_order") == []


def test_unpaid_orders_have_nothing_to_send_or_give(admin: Chatter, buyer: Chatter):
    order = given.order()

    assert "tidak punya produk" in admin.presses(f"resend:{order.id}").reply.toast
    assert "Tidak ada dana" in admin.presses(f"give_back:{order.id}").reply.toast
    assert given.promised("deliver_order") == []


def test_the_gateway_is_asked_about_an_open_payment(admin: Chatter, buyer: Chatter):
    order = given.order()

    outcome = admin.taps(admin.says(f"/order {order.invoice}"), "Cek Pembayaran")

    assert "Sedang dicek" in outcome.reply.toast
    assert given.promised("check_payment") == [[order.id, False]]


def test_a_paid_order_goes_back_in_full_after_a_reason(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    admin.taps(admin.says(f"/order {order.invoice}"), "Kembalikan")

    confirm = admin.says("Produknya <rusak>")
    assert "Rp25.000" in confirm.screen.text
    assert "&lt;rusak&gt;" in confirm.screen.text
    assert given.balance() == 0
    done = admin.taps(confirm, "Ya, Kembalikan")
    again = admin.taps(confirm, "Ya, Kembalikan")

    assert "Rp25.000" in done.reply.toast
    assert "tidak berlaku" in again.reply.toast
    assert (given.state(order), given.balance()) == (Order.CREDITED, 25_000)
    entry = LedgerEntry.get()
    assert (entry.note, entry.actor_id) == ("Produknya <rusak>", 2)


def test_the_money_of_goods_that_may_be_there_goes_back_only_under_a_warning(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    admin.presses(f"give_back:{order.id}")
    calm = admin.says("terlalu lama")
    delivery.begin(order.id, 0)
    delivery.doubt(order.id, 0)

    refused = admin.taps(calm, "Ya, Kembalikan")
    twice = admin.taps(calm, "Ya, Kembalikan")
    assert "mungkin sudah ada di pembeli" in refused.reply.toast
    assert "⚠️" in refused.screen.text
    assert "Alasan: terlalu lama" in refused.screen.text
    assert given.balance() == 0
    admin.taps(twice, "Ya, Kembalikan")

    assert (given.state(order), given.balance()) == (Order.CREDITED, 25_000)
    assert given.audited("goods.risked") == [{"sent": 0, "unsure": 1}]
    assert "mungkin sudah sampai" in admin.says(f"/order {order.invoice}").screen.text


def test_goods_that_are_on_their_way_are_said_before_any_question(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    delivery.begin(order.id, 0)

    outcome = admin.presses(f"give_back:{order.id}")

    assert "sedang dikirim" in outcome.reply.toast
    assert len(outcome.reply.toast) < 200
    assert "Format" not in admin.says("terlalu lama").screen.text


def test_what_surely_did_not_go_out_needs_no_warning(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    delivery.begin(order.id, 0)
    delivery.withdraw(order.id, 0)
    admin.presses(f"give_back:{order.id}")

    question = admin.says("terlalu lama")

    assert "⚠️" not in question.screen.text
    assert "Rp25.000" in admin.taps(question, "Ya, Kembalikan").reply.toast


def test_a_delivered_order_gives_back_what_the_formula_suggests(admin: Chatter, delivered):
    page = admin.taps(admin.says(f"/order {delivered.invoice}"), "Kembalikan")
    assert "Rp20.000" in page.screen.text

    admin.taps(admin.says("akun mati"), "Ya, Kembalikan")

    assert given.balance() == 20_000
    assert given.told("refunded") == [1]
    assert broken.breaches() == []


def test_another_amount_may_be_typed_before_the_reason(admin: Chatter, delivered):
    admin.presses(f"give_back:{delivered.id}")

    too_much = admin.says("25001|alasan")
    admin.taps(admin.says("Rp5.000|setengah|rusak"), "Ya, Kembalikan")

    assert "Rp1 sampai Rp25.000" in too_much.screen.text
    assert given.balance() == 5_000
    assert LedgerEntry.get().note == "setengah|rusak"


def test_a_refund_is_given_once(admin: Chatter, delivered):
    refunds.give(delivered.id, 1_000, note="", actor_id=2)

    outcome = admin.presses(f"give_back:{delivered.id}")

    assert "Tidak ada dana" in outcome.reply.toast
    assert given.balance() == 1_000


def test_what_was_given_back_is_not_offered_again(admin: Chatter, delivered):
    before = labels(admin.says(f"/order {delivered.invoice}"))
    refunds.give(delivered.id, 1_000, note="", actor_id=2)

    assert {*before} - {*labels(admin.says(f"/order {delivered.invoice}"))} == {"Kembalikan ke Saldo"}


def test_an_old_confirmation_has_nothing_to_confirm(admin: Chatter, delivered):
    admin.presses(f"give_back:{delivered.id}")
    confirm = admin.says("akun mati")
    admin.says("/version")

    outcome = admin.taps(confirm, "Ya, Kembalikan")

    assert "tidak berlaku" in outcome.reply.toast
    assert given.balance() == 0


def test_an_order_that_moves_on_before_the_confirmation_is_looked_at_again(admin: Chatter, buyer: Chatter):
    order = broken.paid()
    admin.presses(f"give_back:{order.id}")
    confirm = admin.says("lama sekali")
    delivery.mark_delivered(order.id)

    assert "tidak berlaku" in admin.taps(confirm, "Ya, Kembalikan").reply.toast
    assert given.balance() == 0


@pytest.mark.parametrize("typed", ["x" * 201, "5000|", "5000|   ", "5000", "Rp5.000"])
def test_a_reason_that_cannot_be_read_is_asked_for_again(admin: Chatter, delivered, typed: str):
    admin.presses(f"give_back:{delivered.id}")

    assert "Alasannya harus" in admin.says(typed).screen.text
    assert "Alasan: ok" in admin.says("ok").screen.text


def test_who_is_no_admin_any_more_gives_nothing_back(admin: Chatter, buyer: Chatter, delivered):
    User.update(is_admin=True).where(User.id == 1).execute()
    buyer.presses(f"give_back:{delivered.id}")
    confirm = buyer.says("untukku")
    User.update(is_admin=False).where(User.id == 1).execute()

    assert "tidak berlaku" in buyer.taps(confirm, "Ya, Kembalikan").reply.toast
    assert given.balance() == 0


@pytest.mark.parametrize(
    "data", ["admin_order:1", "resend:1:1:0", "recheck:1", "give_back:1", "pending:1", "dead:1"]
)
def test_strangers_have_no_such_buttons(buyer: Chatter, delivered, data: str):
    before = given.promised()

    outcome = buyer.presses(data)

    assert outcome.screen is None
    assert outcome.reply.toast == "Tombol ini tidak berlaku."
    assert given.promised() == before


def test_open_payments_are_listed_and_lead_to_their_orders(admin: Chatter, buyer: Chatter):
    assert "Tidak ada" in admin.says("/pending").screen.text
    order = given.order()
    given.deposit(50_000, 3)

    page = admin.says("/pending")

    assert "2" in page.screen.text
    assert order.invoice in labels(page)[0]
    assert order.invoice in admin.taps(page, order.invoice).screen.text


def test_an_open_payment_and_its_cancellation_have_a_row_each(admin: Chatter, buyer: Chatter):
    order = given.order()

    page = admin.says("/pending")

    assert [len(row) for row in page.screen.buttons[:2]] == [1, 1]
    assert labels(page)[1] == f"Batalkan {order.invoice}"
    admin.taps(page, labels(page)[1])
    assert orders.get(order.id).state == Order.CANCELED


def test_what_is_worth_today_is_told_to_its_owner_and_admins_only(
    buyer: Chatter, stranger: Chatter, admin: Chatter, delivered
):
    with freeze_time(utcnow() + timedelta(days=10)):
        mine, theirs = buyer.says(f"/refund {delivered.invoice}"), stranger.says(f"/reff {delivered.invoice}")
        staff = admin.says(f"/reff {delivered.invoice}")

    assert "Refund: <b>Rp11.666</b>" in mine.screen.text
    assert "tidak ditemukan" in theirs.screen.text
    assert staff.screen.text == mine.screen.text


def test_an_unpaid_order_has_no_refund_yet(buyer: Chatter):
    assert "sejak produk dikirim" in buyer.says(f"/refund {given.order().invoice}").screen.text


@pytest.mark.parametrize("command", ["/refund", "/reff salah", "/refund 😀"])
def test_a_wrong_refund_gets_an_example(buyer: Chatter, command: str):
    assert "Contoh: <code>/refund TRX" in buyer.says(command).screen.text


def test_the_formula_can_be_changed(admin: Chatter, buyer: Chatter, delivered):
    now = admin.says("/setformula")
    changed = admin.says("/setformula 1|0,75|0.5|0.25|0")

    assert "kurang dari 7 hari: 0.8" in now.screen.text
    assert "lama" in now.screen.text
    assert "kurang dari 7 hari: 1.0" in changed.screen.text
    assert "Refund: <b>Rp25.000</b>" in buyer.says(f"/refund {delivered.invoice}").screen.text


@pytest.mark.parametrize(
    "typed", ["0.8", "0.8|0.7|0.6|0.5", "1.1|1|1|1|1", "-1|1|1|1|1", "a|b|c|d|e", "0.8|0.7|0.6|0.5|0.4|0.3"]
)
def test_a_wrong_formula_changes_nothing(admin: Chatter, typed: str):
    outcome = admin.says(f"/setformula {typed}")

    assert "Contoh: <code>/setformula 0.8|0.7" in outcome.screen.text
    assert refunds.factors() == refunds.Factors()


def test_a_payment_that_was_completed_needs_no_asking(admin: Chatter, buyer: Chatter):
    order = broken.paid()

    outcome = admin.presses(f"recheck:{order.id}")

    assert outcome.reply.toast == "Dibayar"
    assert payments.of_order(order.id)
    assert given.promised("check_payment") == []
