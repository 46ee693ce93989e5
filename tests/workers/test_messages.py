"""The QR and what becomes of it in the chat, and notices."""

import pytest

from app import money
from app.bot.pictures import paid_card
from app.errors import Unreachable
from app.infra import call_hooks
from app.infra.queue import lanes, sealing
from app.infra.transactions import atomic
from app.people import users
from app.sales import orders, settlement, warranty
from models import DeadLetter, Order, Outbox
from tests.support import claimed, given
from tests.support.given import ALICE
from tests.support.moments import preparing


@pytest.fixture
def shown(order, buyer, run):
    """Her order, its QR in the chat."""
    run("send_qr", order.id)
    return orders.get(order.id)


def labels(message):
    return [button.label for button in message.buttons]


def pay(order):
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))


def test_the_qr_is_a_picture_with_the_bill_and_three_buttons(shown, buyer):
    payment, message = given.payment(shown), buyer.last_message

    assert message.kind == "photo"
    assert shown.invoice in message.text
    assert f"Rp{payment.total:,}".replace(",", ".") in message.text
    assert "WIB" in message.text
    for label in ("Checkout Page", "Status Pembayaran", "Batalkan"):
        assert any(label in each for each in labels(message))


def test_the_qr_takes_the_place_of_what_was_shown_before(shown, buyer, run):
    run("send_qr", shown.id)

    assert len(buyer.received) == 1
    assert orders.get(shown.id).message_id == buyer.last_message.id != shown.message_id


def test_an_order_that_ended_gets_no_qr(order, buyer, run):
    settlement.cancel(order.id, ALICE)

    run("send_qr", order.id)

    assert buyer.received == []


def test_a_paid_qr_loses_its_buttons(shown, buyer, run):
    pay(shown)

    run("show_paid", shown.id)

    assert buyer.last_message.id == shown.message_id
    assert buyer.last_message.buttons == []
    assert shown.invoice in buyer.last_message.text


def test_the_caption_has_four_lines_before_and_after_a_look(shown, buyer, run):
    before = buyer.last_message.text
    run("show_checked", shown.id)

    for caption in (before, buyer.last_message.text):
        assert len(caption.splitlines()) == 4
        assert "menit lagi" in caption
    assert "Simpan gambar" in before
    assert "belum dibayar" in buyer.last_message.text


def test_the_buttons_under_the_qr_take_two_rows(shown, buyer):
    assert [button.row for button in buyer.last_message.buttons] == [0, 0, 1]


def test_a_paid_qr_cannot_be_seen_any_more(shown, buyer, run):
    pay(shown)

    run("show_paid", shown.id)

    assert buyer.last_message.kind == "photo"
    assert buyer.downloads() == paid_card.png()
    payment = given.payment(shown)
    assert (
        f"{money.rupiah(payment.total)} (termasuk biaya {money.rupiah(payment.fee)})"
        in buyer.last_message.text
    )


def test_a_qr_that_telegram_does_not_change_is_taken_away(shown, buyer, run, telegram):
    pay(shown)
    telegram.fault("editMessageMedia", "5xx", status=400)

    run("show_paid", shown.id)

    (notice,) = buyer.received
    assert notice.kind == "text"
    assert "Pembayaran diterima" in notice.text


def test_a_paid_deposit_takes_its_qr_away_and_leads_on(buyer, run):
    deposit = given.deposit(25_000, buyer.id)
    run("send_qr", deposit.id)
    settlement.settle(deposit.id, given.status(deposit))

    run("show_paid", deposit.id)

    (notice,) = buyer.received
    assert "Rp25.000 masuk ke saldomu" in notice.text
    assert labels(notice) == ["Kategori", "Terlaris", "Semua Produk"]


def test_a_deposit_paid_while_its_qr_was_on_the_way_has_it_taken_away(buyer, run):
    deposit = given.deposit(25_000, buyer.id)
    settlement.settle(deposit.id, given.status(deposit))
    before = len(given.promised("show_paid"))

    preparing(deposit)

    assert len(given.promised("show_paid")) == before + 1


def test_a_qr_that_was_never_shown_is_paid_with_a_message(order, buyer, run):
    pay(order)

    run("show_paid", order.id)

    assert order.invoice in buyer.last_message.text


def test_a_payment_before_the_qr_is_shown_is_told_all_the_same(order, buyer, run):
    preparing(order)
    pay(order)

    run("show_paid", order.id)

    assert order.invoice in buyer.last_message.text
    assert not DeadLetter.select().exists()


def test_a_late_payment_is_told_in_a_message_of_its_own(shown, buyer, run):
    settlement.expire(shown.id)
    run("show_closed", shown.id)
    pay(shown)

    run("show_paid", shown.id)

    assert len(buyer.received) == 2
    assert shown.invoice in buyer.last_message.text
    assert "segera dikirim" in buyer.last_message.text
    assert labels(buyer.last_message) == ["Lihat Pesanan", "Belanja Lagi"]


def test_goods_that_were_faster_than_the_word_of_a_late_payment_are_not_announced(shown, buyer, run):
    settlement.expire(shown.id)
    pay(shown)
    run("deliver_order", shown.id)

    run("show_paid", shown.id)

    assert "sudah dikirim" in buyer.last_message.text


def test_an_expired_qr_is_replaced_by_a_notice_with_one_way_back(shown, buyer, run):
    settlement.expire(shown.id)

    run("show_closed", shown.id)

    (notice,) = buyer.received
    assert notice.kind == "text"
    assert [label.split(maxsplit=1)[-1] for label in labels(notice)] == ["Kembali"]


IN_LINE: list[str | None] = []


def see_the_line() -> None:
    """Among whom the call that is about to be made waits for room."""
    IN_LINE.append(lanes.room())


def test_word_of_an_ended_order_waits_behind_goods(shown, run):
    call_hooks.before(see_the_line)
    settlement.expire(shown.id)
    IN_LINE.clear()

    run("show_closed", shown.id)

    assert IN_LINE[0] == lanes.DEFAULT


def test_a_qr_waits_behind_goods_with_those_who_pressed(order, run):
    call_hooks.before(see_the_line)
    IN_LINE.clear()

    run("send_qr", order.id)

    assert IN_LINE[0] == lanes.PRESSED


def test_a_notice_waits_behind_goods(order, run):
    call_hooks.before(see_the_line)
    IN_LINE.clear()

    run("send_notice", ALICE, "order_new", {"order_id": order.id})

    assert IN_LINE[0] == lanes.DEFAULT


def test_the_notice_comes_once(shown, buyer, run):
    settlement.expire(shown.id)

    run("show_closed", shown.id)
    run("show_closed", shown.id)

    assert len(buyer.received) == 1


def test_a_qr_that_comes_after_the_end_is_taken_away_again(shown, buyer, run):
    settlement.expire(shown.id)
    run("show_closed", shown.id)
    late = buyer.last_message.id
    orders.show_in(shown.id, late)

    assert given.promised("show_closed")[-1] == [shown.id]


def test_a_refused_order_offers_the_balance(buyer, run):
    placed = given.unopened(buyer.id)
    preparing(placed)
    settlement.cancel_without_qr(placed.id, "gateway")

    run("show_closed", placed.id)

    (notice,) = buyer.received
    assert any("SALDO" in label for label in labels(notice))


def test_an_order_that_the_shop_ended_says_so(shown, buyer, run):
    settlement.cancel_by_operator(shown.id)

    run("show_closed", shown.id)

    (notice,) = buyer.received
    assert "dibatalkan admin" in notice.text


def test_asking_for_the_status_dates_the_qr(shown, buyer, run):
    before = buyer.last_message.text

    run("show_checked", shown.id)

    assert buyer.last_message.text != before
    assert buyer.last_message.id == shown.message_id
    assert any("Batalkan" in label for label in labels(buyer.last_message))


def test_a_deleted_qr_does_not_stop_the_news(shown, buyer, run, telegram):
    pay(shown)
    telegram.state.messages[ALICE][shown.message_id].deleted = True

    run("show_paid", shown.id)

    assert shown.invoice in buyer.last_message.text


KINDS = ["order_new", "order_late", "order_late_credited", "late_credited", "credited", "buyer_unreachable"]


@pytest.mark.parametrize("kind", KINDS)
def test_notices_name_the_order(order, buyer, run, kind):
    run("send_notice", ALICE, kind, {"order_id": order.id})

    assert order.invoice in buyer.last_message.text


def test_an_admin_who_never_wrote_is_no_dead_letter(order, run):
    run("send_notice", 999, "order_new", {"order_id": order.id})

    assert not DeadLetter.select().exists()


def test_a_notice_is_sent_again_when_telegram_stumbles(order, buyer, run, telegram):
    telegram.fault("sendMessage", "5xx")

    with pytest.raises(Unreachable):
        run("send_notice", ALICE, "order_new", {"order_id": order.id})


def test_a_buyer_who_blocked_the_bot_still_gets_an_order_ended(order, buyer, run):
    buyer.person.user.blocked = True

    run("send_qr", order.id)
    settlement.expire(order.id)
    run("show_closed", order.id)

    assert given.state(order) == Order.EXPIRED
    assert users.get(ALICE).unreachable_at is not None


def comes_back(buyer, run):
    """Alice lets the bot write again, and it does all that this promised."""
    buyer.person.user.blocked = False
    Outbox.delete().execute()
    with atomic():
        users.meet(ALICE, "Alice", "alice", returns=True)
    for job in list(Outbox.select()):
        run(job.actor, *sealing.unseal(job.args))


MISSED = [
    ("refunded", {"amount": 20_000}, "Rp20.000"),
    ("credited", {}, "saldo"),
    ("late_credited", {}, "saldo"),
    ("balance_changed", {"amount": 5_000, "balance": 5_000}, "+Rp5.000"),
]


@pytest.mark.parametrize(("kind", "facts", "words"), MISSED)
def test_who_comes_back_is_told_of_their_money_once(order, buyer, run, kind, facts, words):
    buyer.person.user.blocked = True
    run("send_notice", ALICE, kind, {"order_id": order.id} | facts)
    before = len(buyer.received)

    comes_back(buyer, run)
    comes_back(buyer, run)

    assert [words in each.text for each in buyer.received[before:]] == [True]
    assert users.get(ALICE).missed is None


def test_who_comes_back_hears_that_their_claim_was_refused(buyer, run):
    claim = claimed.opened(claimed.order(ALICE))
    buyer.person.user.blocked = True
    warranty.refuse(claim.id, why="akunnya masih bisa dipakai")
    run("send_notice", *given.promised("send_notice")[-1])

    comes_back(buyer, run)

    assert "akunnya masih bisa dipakai" in buyer.last_message.text


def test_who_comes_back_hears_that_their_deposit_arrived(buyer, run):
    deposit = given.deposit()
    buyer.person.user.blocked = True
    settlement.settle(deposit.id, given.status(deposit))
    run("show_paid", deposit.id)

    comes_back(buyer, run)

    assert "Deposit" in buyer.last_message.text


ENDS = [(settlement.cancel_by_operator, "dibatalkan admin"), (settlement.expire, "habis")]


@pytest.mark.parametrize(("end", "words"), ENDS)
def test_who_comes_back_finds_their_order_ended_and_no_qr(shown, buyer, run, end, words):
    buyer.person.user.blocked = True
    end(shown.id)
    run("show_closed", shown.id)

    comes_back(buyer, run)

    (notice,) = buyer.received
    assert words in notice.text
    assert [label.split(maxsplit=1)[-1] for label in labels(notice)] == ["Kembali"]


def test_who_comes_back_before_the_deadline_gets_the_qr(order, buyer, run):
    preparing(order)
    buyer.person.user.blocked = True
    run("send_qr", order.id)

    comes_back(buyer, run)

    assert [message.kind for message in buyer.received] == ["photo"]


def test_who_comes_back_finds_no_qr_that_was_paid(shown, buyer, run):
    buyer.person.user.blocked = True
    pay(shown)
    run("show_paid", shown.id)

    comes_back(buyer, run)

    assert buyer.received[0].id == shown.message_id
    assert buyer.received[0].buttons == []
    assert "Pembayaran diterima" in buyer.received[0].text


def test_who_is_back_already_is_not_told_later(order):
    assert not users.tell_later(ALICE, "send_notice", ALICE, "credited", {"order_id": order.id})
    assert users.get(ALICE).missed is None


def test_what_is_stale_by_then_is_not_told_later(buyer, run):
    buyer.person.user.blocked = True

    run("send_notice", ALICE, "restocked", {"product_id": 1, "name": "Netflix"})

    assert users.get(ALICE).missed is None
