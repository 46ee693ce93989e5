"""Handing over the goods: always these, to this buyer, whatever Telegram and the machine do meanwhile."""

import importlib

import pytest

from app.errors import Doubtful, Flood, MaybeDelivered, MayHaveGoods, Refused, Unreachable
from app.infra.queue import broker
from app.infra.queue.retries import Later
from app.infra.transactions import atomic
from app.people import users
from app.sales import claims, delivery, orders, settlement, warranty
from models import DeadLetter, Delivery, Order, Outbox, StockItem
from tests.support import claimed, given
from tests.support.given import ALICE, BOB
from tests.support.pictures import picture


@pytest.fixture
def paid(buyer, run):
    """Her paid order of so many lines."""

    def paid(*lines):
        product = given.product(price=1_000, stock_lines=list(lines or ["KEY-1"]))
        order = given.order(buyer.id, product.id, len(lines) or 1)
        settlement.settle(order.id, given.status(order))
        return orders.get(order.id)

    return paid


def texts(buyer):
    return [message.text for message in buyer.received]


def test_the_goods_arrive_and_the_order_is_done(buyer, run, paid):
    order = paid("KEY-1", "KEY-2")

    run("deliver_order", order.id)

    message = buyer.last_message
    assert message.monospace[-2:] == ["KEY-1", "KEY-2"]
    assert order.invoice in message.text
    assert given.state(order) == Order.DELIVERED
    assert given.shelf(order.product_id) == {"sold": 2}


def test_goods_look_as_they_are(buyer, run, paid):
    run("deliver_order", paid("a<b>&amp;|p_w*`[x](y)").id)

    assert buyer.last_message.monospace[-1] == "a<b>&amp;|p_w*`[x](y)"


def test_a_delivered_order_is_not_delivered_again(buyer, run, paid):
    order = paid()
    run("deliver_order", order.id)
    run("deliver_order", order.id)

    assert len(buyer.received) == 1


def test_an_unpaid_order_gets_nothing(buyer, run):
    order = given.order(buyer.id)

    run("deliver_order", order.id)

    assert buyer.received == []


def test_an_answer_that_was_lost_repeats_the_same_goods(buyer, run, paid, telegram):
    order = paid("KEY-1")
    given.stock.add(order.product_id, ["KEY-2"])
    telegram.fault("sendMessage", "dropped")

    with pytest.raises(Unreachable):
        run("deliver_order", order.id)
    assert Delivery.get().state == Delivery.UNKNOWN
    run("deliver_order", order.id)

    assert len(texts(buyer)) == 2
    assert len(set(texts(buyer))) == 1
    assert given.shelf(order.product_id) == {"sold": 1, "available": 1}


def test_a_crash_between_the_answer_and_our_record_repeats_the_same_goods(buyer, run, paid):
    order = paid("KEY-1")
    given.stock.add(order.product_id, ["KEY-2"])
    run("deliver_order", order.id)
    Delivery.update(state=Delivery.SENDING, message_id=None).execute()  # what a killed worker leaves
    Order.update(state=Order.PAID, delivered_at=None).execute()
    StockItem.update(state=StockItem.RESERVED).where(StockItem.order == order.id).execute()

    run("deliver_order", order.id)

    assert len(set(texts(buyer))) == 1
    assert given.state(order) == Order.DELIVERED
    assert "KEY-2" not in texts(buyer)[0]


@pytest.mark.parametrize("kind", ["5xx", "html", "refused"])
def test_a_telegram_that_stumbles_is_tried_again(buyer, run, paid, telegram, kind):
    order = paid()
    telegram.fault("sendMessage", kind)

    with pytest.raises(Unreachable):
        run("deliver_order", order.id)
    run("deliver_order", order.id)

    assert len(buyer.received) == 1
    assert given.state(order) == Order.DELIVERED


def test_being_asked_to_slow_down_holds_the_goods_back(buyer, run, paid, telegram):
    order = paid()
    telegram.fault("sendMessage", "flood", retry_after_s=3)

    with pytest.raises(Flood) as flood:
        run("deliver_order", order.id)

    assert flood.value.retry_after_s == 3
    assert not Delivery.select().exists()
    run("deliver_order", order.id)
    assert given.state(order) == Order.DELIVERED


def test_a_429_in_one_chat_holds_up_nobody_else(buyer, admin, run, paid, telegram):
    first, second = paid("KEY-1"), given.product("Spotify")
    given.person(BOB, "Bob", balance=25_000)
    other = given.buy_with_balance(BOB, second.id, 1)
    telegram.fault("sendMessage", "flood", retry_after_s=90)
    with pytest.raises(Flood):
        run("deliver_order", first.id)

    broker.setup().get_actor("deliver_order").fn(other.id)  # `run` would forget the limits

    assert given.state(other) == Order.DELIVERED
    with pytest.raises(Flood):
        broker.setup().get_actor("deliver_order").fn(first.id)
    assert len(telegram.called("sendMessage", first.user_id)) == 1


@pytest.mark.parametrize("status", [401, 404])
def test_goods_outlive_a_bot_that_is_turned_away(buyer, order, drain, telegram, status):
    telegram.fault("sendMessage", "says", times=None, for_s=60, status=status, description="Unauthorized")
    settlement.settle(order.id, given.status(order, txn_id=given.payment(order).txn_id))

    drain()

    assert not DeadLetter.select().exists()
    assert {row.attempt for row in Outbox.select().where(Outbox.actor == "deliver_order")} == {0}


def test_a_buyer_who_blocked_the_bot_keeps_the_goods(buyer, run, paid, telegram):
    order = paid()
    buyer.person.user.blocked = True

    run("deliver_order", order.id)

    assert given.state(order) == Order.PAID
    assert users.get(ALICE).unreachable_at is not None
    assert given.told("buyer_unreachable") == [BOB]
    assert not DeadLetter.select().exists()


def test_goods_of_a_buyer_who_blocked_the_bot_can_be_sold_after_a_credit(buyer, run, paid):
    order = paid()
    buyer.person.user.blocked = True
    run("deliver_order", order.id)

    settlement.credit(order.id)

    assert given.shelf(order.product_id) == {"available": 1}


def test_goods_that_were_sent_again_to_who_had_blocked_the_bot_wait_for_them(buyer, run, paid):
    order = paid("KEY-1")
    run("deliver_order", order.id)
    buyer.person.user.blocked = True
    delivery.redeliver(order.id)
    run("deliver_order", order.id)
    buyer.person.user.blocked = False
    promised = len(given.promised("deliver_order"))

    for _ in range(2):
        with atomic():
            users.meet(ALICE, "Alice", "alice")

    assert len(given.promised("deliver_order")) == promised + 1
    run("deliver_order", order.id)
    assert sum("KEY-1" in each.text for each in buyer.received) == 2


def test_who_comes_back_does_not_get_again_what_has_arrived(buyer, run, paid):
    order = paid("KEY-1")
    run("deliver_order", order.id)
    users.mark_unreachable(ALICE)
    promised = len(given.promised("deliver_order"))

    with atomic():
        users.meet(ALICE, "Alice", "alice")

    assert len(given.promised("deliver_order")) == promised


def test_who_comes_back_gets_the_goods(buyer, run, paid):
    order = paid("KEY-1")
    buyer.person.user.blocked = True
    run("deliver_order", order.id)
    buyer.person.user.blocked = False
    with atomic():
        users.meet(ALICE, "Alice", "alice")

    assert given.promised("deliver_order")[-1] == [order.id]
    run("deliver_order", order.id)

    assert "KEY-1" in buyer.last_message.text
    assert given.state(order) == Order.DELIVERED


def test_goods_too_long_for_a_message_come_as_a_file(buyer, run, paid):
    lines = [f"user{n}@example.com|<päss>&{n}" + "x" * 60 for n in range(60)]
    order = paid(*lines)

    run("deliver_order", order.id)

    assert (buyer.last_message.kind, buyer.last_message.file_name) == ("document", f"{order.invoice}.txt")
    assert buyer.downloads().decode().splitlines() == lines
    assert order.invoice in buyer.last_message.text


def test_goods_with_a_long_name_fit_their_message(buyer, run):
    product = given.product("N" * 4_000, price=1_000, stock_lines=["x" * 3_498])
    order = given.order(buyer.id, product.id)
    settlement.settle(order.id, given.status(order))

    run("deliver_order", order.id)

    assert given.state(order) == Order.DELIVERED


def test_only_the_parts_that_are_missing_go_out_again(buyer, run, paid, telegram):
    order = paid("KEY-1", "STICKER")
    telegram.sticker("STICKER", picture(kind="webp"))
    StockItem.update(kind=StockItem.STICKER).where(StockItem.id == 2).execute()
    telegram.fault("sendSticker", "5xx")
    with pytest.raises(Unreachable):
        run("deliver_order", order.id)

    run("deliver_order", order.id)

    assert [message.kind for message in buyer.received] == ["text", "sticker"]
    assert given.state(order) == Order.DELIVERED


def test_file_goods_come_as_the_files_they_are(buyer, run, paid, telegram):
    admin_copy = buyer.person.send_document("guide.pdf", b"%PDF-1.4 guide")
    order = paid("DOCUMENT")
    document = StockItem.get(StockItem.order == order.id)
    content = given.stock.crypto.encrypt(admin_copy.file_id)
    StockItem.update(kind=StockItem.DOCUMENT, content=content).where(StockItem.id == document.id).execute()

    run("deliver_order", order.id)

    assert buyer.downloads() == b"%PDF-1.4 guide"


@pytest.mark.parametrize(("kind", "refused"), [("document", "sendDocument"), ("sticker", "sendSticker")])
def test_a_file_that_is_refused_as_what_it_is_goes_out_as_the_other(
    buyer, run, paid, telegram, kind, refused
):
    telegram.sticker("STICKER", picture(kind="webp"))
    order = paid("STICKER")
    StockItem.update(kind=kind).where(StockItem.order == order.id).execute()
    telegram.fault(refused, "says", status=400, description="Bad Request: wrong file identifier")

    run("deliver_order", order.id)

    calls = [call.method for call in telegram.calls if call.method in {"sendDocument", "sendSticker"}]
    assert calls[0] == refused
    assert len(calls) == 2
    assert calls[1] != refused
    assert given.state(order) == Order.DELIVERED


def test_text_that_is_refused_goes_out_as_a_file(buyer, run, paid, telegram):
    order = paid("a<b>&c")
    telegram.fault("sendMessage", "says", status=400, description="Bad Request: can't parse entities")

    run("deliver_order", order.id)

    assert buyer.downloads() == b"a<b>&c"
    assert order.invoice in buyer.last_message.text


def test_one_refused_part_keeps_back_none_of_the_others(buyer, run, paid):
    order = paid("KEY-1", "DEAD-FILE-ID", "KEY-2")
    StockItem.update(kind="document").where(StockItem.id == 2).execute()

    with pytest.raises(Refused):
        run("deliver_order", order.id)

    assert buyer.last_message.monospace[-2:] == ["KEY-1", "KEY-2"]
    assert given.state(order) == Order.PAID


def test_a_replacement_is_known_to_be_there_though_another_part_is_refused(buyer, run):
    order = claimed.order(quantity=2)
    claim = warranty.replace(claimed.opened(order).id)
    StockItem.update(kind="document").where(StockItem.id == claimed.item(order)).execute()
    delivery.redeliver(order.id)

    with pytest.raises(Refused):
        run("deliver_order", order.id)

    assert claims.get(claim.id).handed_at is not None


def test_a_worker_killed_before_the_claim_was_told_tells_it_with_its_next_run(buyer, run):
    order = claimed.order()
    claim = warranty.replace(claimed.opened(order).id)
    delivery.note(order.id, claim.part, Delivery.SENT, 700)

    run("deliver_order", order.id)

    assert claims.get(claim.id).handed_at is not None


def test_after_a_try_that_may_have_arrived_a_refusal_does_not_put_the_goods_back(buyer, run, paid, telegram):
    order = paid("KEY-1")
    telegram.fault("sendMessage", "dropped")
    with pytest.raises(Unreachable):
        run("deliver_order", order.id)
    telegram.fault("sendMessage", "flood", retry_after_s=1)
    with pytest.raises(Flood):
        run("deliver_order", order.id)

    with pytest.raises(MayHaveGoods):
        settlement.credit(order.id)
    settlement.credit(order.id, anyway=True)

    assert given.shelf(order.product_id) == {"sold": 1}


def test_goods_that_may_have_arrived_do_not_go_out_for_ever(buyer, run, paid, telegram):
    order = paid("KEY-1")
    telegram.fault("sendMessage", "dropped", times=None, for_s=60, delay_s=0)
    waits = []
    for _ in range(9):
        with pytest.raises(Doubtful) as doubt:
            run("deliver_order", order.id)
        waits.append(doubt.value.wait_s)

    with pytest.raises(MaybeDelivered) as end:
        run("deliver_order", order.id)

    assert end.value.permanent
    assert waits == sorted(waits)
    assert len(buyer.received) == 10


def test_sending_again_sends_the_same_goods(buyer, run, paid):
    order = paid("KEY-1")
    run("deliver_order", order.id)
    delivery.redeliver(order.id)

    run("deliver_order", order.id)

    assert texts(buyer)[0] == texts(buyer)[1]
    assert given.shelf(order.product_id) == {"sold": 1}


def test_goods_of_an_order_credited_meanwhile_stay_here(buyer, run, paid):
    order = paid("KEY-1")
    settlement.credit(order.id)

    run("deliver_order", order.id)

    assert buyer.received == []


@pytest.fixture
def postpone(run):
    """What the worker does when the buyer blocked the bot; modules of workers are imported with a broker."""
    return importlib.import_module("workers.jobs.deliveries").postpone_until_they_write


def test_who_lets_the_bot_write_again_while_goods_are_refused_gets_them(buyer, run, paid, postpone):
    order = paid("KEY-1")
    before = users.get(buyer.id).seen_at
    with atomic():
        users.meet(buyer.id, "Alice", "alice", returns=True)

    with pytest.raises(Later):
        postpone(order, before)
    assert not users.get(buyer.id).unreachable_at
    assert not given.told("buyer_unreachable")
    run("deliver_order", order.id)
    assert given.state(order) == Order.DELIVERED


def test_who_does_not_come_back_meanwhile_is_waited_for(buyer, paid, postpone):
    order = paid("KEY-1")

    postpone(order, users.get(buyer.id).seen_at)

    assert users.get(buyer.id).unreachable_at
    assert given.told("buyer_unreachable") == [BOB]
