"""What fails for good is kept where an operator sees it, and runs again when they say so."""

import pytest

import settings
from app.backoffice import failures
from app.catalogue import products, stock, stockroom
from app.errors import Refused
from app.infra.queue import dead
from app.ops import invariants
from app.sales import settlement
from models import DeadLetter, Order, Outbox
from tests.support import given


def test_goods_that_telegram_refuses_for_good_wait_for_an_operator(order, buyer, drain, telegram):
    break_goods(order)
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()

    letter = DeadLetter.get()
    assert (letter.actor, letter.state) == ("deliver_order", DeadLetter.DEAD)
    assert dead.args(letter) == [order.id]
    assert given.state(order) == Order.PAID
    assert "deliver_order" not in [row.actor for row in Outbox.select()]


def test_a_retried_letter_delivers_the_goods(order, buyer, drain):
    break_goods(order)
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()
    repair_goods(order)

    assert dead.retry(DeadLetter.get().id)
    drain()

    assert given.state(order) == Order.DELIVERED
    assert DeadLetter.get().state == DeadLetter.RETRIED


def test_retrying_a_letter_twice_is_harmless(order, buyer, drain):
    break_goods(order)
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()
    repair_goods(order)

    letter = DeadLetter.get().id
    assert [dead.retry(letter), dead.retry(letter)] == [True, False]
    drain()

    assert len([each for each in buyer.received if "KEY-1-0" in each.text]) == 1


def test_an_order_may_be_credited_instead(order, buyer, drain):
    break_goods(order)
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))
    drain()

    settlement.credit(order.id)
    dead.retry(DeadLetter.get().id)
    drain()

    assert given.balance() == order.total
    assert not [each for each in buyer.received if "KEY-1-0" in each.text]


def test_admins_read_of_dead_goods_at_once_with_what_they_can_do(order, buyer, admin, drain):
    break_goods(order)
    settle(order)
    drain()

    notice = admin.sees("Produk belum terkirim")
    assert order.invoice in notice.text
    labels = [button.label for button in notice.buttons]
    assert labels == ["Kirim Ulang", "Kembalikan ke Saldo", "Coba Lagi", "Lihat Semua"]


def test_the_buyer_reads_once_that_the_shop_is_on_it(order, buyer, admin, drain):
    break_goods(order)
    settle(order)
    drain()
    dead.retry(DeadLetter.get().id)
    drain()

    assert len([each for each in buyer.received if "sedang mengurusnya" in each.text]) == 1


def test_a_press_on_the_notice_sends_the_mended_goods(order, buyer, admin, drain):
    break_goods(order)
    settle(order)
    drain()
    repair_goods(order)

    admin.taps_on(admin.sees("Produk belum terkirim"), "Coba Lagi")

    assert given.state(order) == Order.DELIVERED
    assert not dead.waiting().exists()


def test_goods_sent_again_otherwise_settle_the_dead_job(order, buyer, admin, drain):
    break_goods(order)
    settle(order)
    drain()
    repair_goods(order)

    admin.taps_on(admin.sees("Produk belum terkirim"), "Kirim Ulang")

    assert given.state(order) == Order.DELIVERED
    assert not dead.waiting().exists()


def test_verify_names_the_order_until_its_delivery_is_dealt_with(order, buyer, drain):
    break_goods(order)
    settle(order)
    drain()
    named = {breach.subject for breach in invariants.run()}
    settlement.credit(order.id)

    changed_behind_the_services = f"product {order.product_id}"
    assert named == {order.invoice, changed_behind_the_services}
    assert {breach.subject for breach in invariants.run()} == {changed_behind_the_services}


def test_one_admin_who_cannot_be_told_keeps_it_from_no_other(admin, drain, telegram):
    says = {"status": 400, "description": "Bad Request"}
    telegram.fault("sendMessage", "says", times=None, for_s=60, chat_id=77, **says)
    dead.record("job-1", "deliver_order", "money", [1], "broken")
    with settings.override(admin_ids="2,77"):
        failures.report()
        drain()

    assert "belum terkirim ke pembeli" in admin.last_message.text
    assert [letter.kind for letter in dead.waiting()][1:] == [
        "send_notice/jobs_failed Refused app/clients/telegram_calls.py:_exchange"
    ]


def test_a_file_for_everybody_that_is_gone_is_not_sold_on(buyer, admin, drain, telegram):
    product, order = shared_and_paid(buyer)
    drain()

    assert stock.left(products.get(product.id)) == 0
    assert given.told("file_lost") or f"/addfile {product.id}|" in admin.sees("Berkas produk").text
    assert not [breach for breach in invariants.run() if breach.subject != order.invoice]


def test_a_file_for_everybody_that_is_refused_for_another_reason_is_sold_on(buyer, run, telegram):
    product, order = shared_and_paid(buyer)
    for method in ("sendDocument", "sendSticker"):
        telegram.fault(method, "says", status=400, description="Bad Request: not today")

    with pytest.raises(Refused):
        run("deliver_order", order.id)

    assert stock.left(products.get(product.id)) == stock.ENDLESS


def test_who_paid_for_a_file_that_was_gone_gets_the_new_one(buyer, admin, drain, telegram):
    product, order = shared_and_paid(buyer)
    drain()
    upload = admin.person.send_document("guide.pdf", b"%PDF-1.4 guide").file_id

    stockroom.share(product.id, "document", upload)
    dead.retry(dead.waiting().get().id)
    drain()

    assert buyer.downloads() == b"%PDF-1.4 guide"
    assert given.state(order) == Order.DELIVERED


def shared_and_paid(buyer):
    product = given.product(stock_lines=0)
    stockroom.share(product.id, "document", "FILE-OF-ANOTHER-BOT")
    order = given.order(buyer.id, product.id)
    settlement.settle(order.id, given.status(order))
    return product, order


def settle(order):
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))


def break_goods(order):
    """A file id that Telegram does not know."""
    given.StockItem.update(kind="document").where(given.StockItem.order == order.id).execute()


def repair_goods(order):
    given.StockItem.update(kind="text").where(given.StockItem.order == order.id).execute()
