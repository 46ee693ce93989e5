"""What happens to one person, product or voucher leaves all others as they were."""

from __future__ import annotations

import pytest

from app.errors import Unknown, VoucherUsed
from app.sales import delivery, settlement, vouchers, wallet
from models import Product, StockItem, Voucher
from tests.support import broken, given
from tests.support.given import ALICE, CHARLIE


def test_one_balance_moves_and_no_other():
    given.person(ALICE, balance=1_000)
    given.person(CHARLIE, "Charlie", balance=7_000)

    wallet.post(ALICE, 500, "gift")

    assert (given.balance(ALICE), given.balance(CHARLIE)) == (1_500, 7_000)


def test_nobody_has_no_balance_to_set():
    with pytest.raises(Unknown):
        wallet.set_to(404, 1_000, seen=0, reason="edit:1", admin=given.person(given.BOB, "Bob"))


@pytest.mark.parametrize("is_paid", [True, False])
def test_goods_of_one_product_move_and_no_others(is_paid):
    other = given.product("Spotify", stock_lines=3).id
    order = broken.paid() if is_paid else given.order()

    if is_paid:
        broken.hand_over(order)
    else:
        settlement.expire(order.id)

    row = Product.get_by_id(other)
    assert (row.available, row.sold) == (3, 0)
    given.shelf(order.product_id)


def test_added_goods_are_counted_on_their_own_product():
    first, other = given.product(stock_lines=1).id, given.product("Spotify", stock_lines=2).id

    given.stock.add(first, ["ONE", "TWO"])

    assert [Product.get_by_id(each).available for each in (first, other)] == [3, 2]


def test_goods_that_were_sold_before_are_not_counted_again():
    """A credit after a part went out: the goods stay sold, once."""
    order = broken.paid()
    delivery.redeliver(order.id)
    StockItem.update(state=StockItem.SOLD).where(StockItem.order == order.id).execute()
    Product.update(sold=1).where(Product.id == order.product_id).execute()

    given.stock.sell(order)

    assert Product.get_by_id(order.product_id).sold == 1


def test_a_voucher_that_somebody_else_has_is_not_taken_again():
    order = given.order(voucher=given.voucher(5_000))
    settlement.expire(order.id)
    other = given.order(CHARLIE, voucher=order.voucher_id)

    assert vouchers.take_again(order) is False

    assert Voucher.get_by_id(order.voucher_id).user_id == CHARLIE
    assert {each["voucher"] for each in given.audited("order.placed")} != {None}
    with pytest.raises(VoucherUsed):
        vouchers.usable(other.voucher_id, ALICE)


def test_every_step_of_a_voucher_is_audited():
    kept, freed = (
        given.order(voucher=given.voucher(5_000)),
        given.order(CHARLIE, voucher=given.voucher(5_000)),
    )

    settlement.settle(kept.id, given.status(kept))
    settlement.expire(freed.id)

    steps = {action: len(given.audited(f"voucher.{action}")) for action in ("reserved", "spent", "freed")}
    assert steps == {"reserved": 2, "spent": 1, "freed": 1}
