"""Goods as messages: what fits one, what becomes a file, and what is known of each part."""

import pytest

from app.errors import OrderClosed
from app.sales import delivery, goods, orders, settlement
from models import Delivery, StockItem
from tests.support import given


def paid(lines):
    """An order that bought exactly these lines."""
    given.person()
    product = given.product(price=1_000, stock_lines=lines)
    order = given.order(product_id=product.id, quantity=len(lines))
    settlement.settle(order.id, given.status(order))
    return orders.get(order.id)


def test_short_goods_are_one_message_with_each_item_copyable():
    (part,) = goods.parts(paid(["KEY-1", "KEY-2"]))

    assert part == goods.Part(0, goods.TEXT, "<code>KEY-1</code>\n\n<code>KEY-2</code>")


def test_goods_are_escaped_for_telegram():
    (part,) = goods.parts(paid(["a<b>&c|p_w*"]))

    assert part.content == "<code>a&lt;b&gt;&amp;c|p_w*</code>"


def test_long_goods_are_a_file_as_they_are():
    lines = [f"user{n}@example.com|pass&word<{n}>" for n in range(99)] + ["x" * 1_000]

    (part,) = goods.parts(paid(lines))

    assert (part.kind, part.content) == (goods.FILE, "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("line", "kind"),
    [("x" * 3_498, "text"), ("x" * 3_499, "file"), ("😀" * 1_749, "text"), ("😀" * 1_750, "file")],
)
def test_telegram_counts_utf_16_units(line, kind):
    (part,) = goods.parts(paid([line]))

    assert part.kind == kind


@pytest.mark.parametrize(("count", "kind"), [(90, goods.TEXT), (91, goods.FILE)])
def test_telegram_marks_up_only_so_many_pieces(count, kind):
    (part,) = goods.parts(paid([f"K{n}" for n in range(count)]))

    assert part.kind == kind


def test_the_parts_are_the_same_every_time():
    order = paid([f"KEY-{n}" for n in range(20)])

    assert goods.parts(order) == goods.parts(order)


def test_files_go_out_one_by_one_after_the_text():
    order = paid(["KEY-1", "DOCUMENT", "STICKER"])
    StockItem.update(kind=StockItem.DOCUMENT).where(StockItem.id == 2).execute()
    StockItem.update(kind=StockItem.STICKER).where(StockItem.id == 3).execute()

    parts = [(part.number, part.kind, part.content) for part in goods.parts(order)]

    text, *files = parts
    assert text == (0, "text", "<code>KEY-1</code>")
    assert files == [(1, "document", "DOCUMENT"), (2, "sticker", "STICKER")]


def test_only_what_is_surely_there_counts_as_sent():
    order = paid(["KEY-1"])
    for part, state in enumerate([Delivery.SENT, Delivery.UNKNOWN]):
        delivery.begin(order.id, part)
        delivery.note(order.id, part, state, message_id=part)
    delivery.begin(order.id, 2)

    assert delivery.sent_parts(order.id) == {0}


def test_a_part_begun_before_may_be_out():
    order = paid(["KEY-1"])
    delivery.begin(order.id, 0)
    delivery.begin(order.id, 0)

    delivery.withdraw(order.id, 0)

    assert (Delivery.get().state, Delivery.get().doubts) == (Delivery.UNKNOWN, 1)


def test_what_is_on_the_wire_again_says_so():
    order = paid(["KEY-1"])
    delivery.begin(order.id, 0)
    delivery.doubt(order.id, 0)

    delivery.begin(order.id, 0)

    assert (Delivery.get().state, Delivery.get().doubts) == (Delivery.SENDING, 1)


def test_beginning_again_does_not_undo_what_another_run_has_surely_sent():
    order = paid(["KEY-1"])
    delivery.begin(order.id, 0)
    delivery.note(order.id, 0, Delivery.SENT, 700)

    delivery.begin(order.id, 0)

    assert delivery.sent_parts(order.id) == {0}


def test_beginning_again_does_not_forget_what_may_be_out():
    order = paid(["KEY-1"])
    delivery.begin(order.id, 0)
    delivery.note(order.id, 0, Delivery.UNKNOWN)

    delivery.begin(order.id, 0)
    delivery.withdraw(order.id, 0)

    assert Delivery.get().state == Delivery.UNKNOWN


def test_a_doubt_about_one_try_does_not_undo_what_another_has_surely_sent():
    order = paid(["KEY-1"])
    delivery.begin(order.id, 0)
    delivery.note(order.id, 0, Delivery.SENT, 700)

    delivery.doubt(order.id, 0)

    assert delivery.sent_parts(order.id) == {0}


def test_a_part_that_surely_failed_leaves_the_goods_sellable():
    order = paid(["KEY-1"])
    delivery.begin(order.id, 0)
    delivery.withdraw(order.id, 0)

    settlement.credit(order.id)

    assert given.shelf(order.product_id) == {"available": 1}


def test_goods_of_a_credited_order_do_not_go_out():
    order = paid(["KEY-1"])
    settlement.credit(order.id)

    with pytest.raises(OrderClosed):
        delivery.begin(order.id, 0)
