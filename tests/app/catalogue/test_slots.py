"""One account for several buyers: a line becomes its slots, and buyers get different accounts."""

import pytest

from app.catalogue import listings, products, replacements, stock, stockroom
from app.errors import Endless, StillStocked
from app.infra import transactions
from app.sales import checkout, goods, orders, settlement
from models import Product, StockItem
from tests.support import bought, broken, given
from tests.support.given import ALICE, BOB, CHARLIE


def accounts_of(user_id):
    return [account for account, _ in given.slots_of(user_id)]


def buys(user_id, product_id, quantity=1):
    given.person(user_id, f"Buyer {user_id}", balance=1_000_000)
    return bought.buys(user_id, product_id, quantity)


def contents(product_id):
    return [content for _, _, content in stockroom.export(product_id)]


def test_a_line_becomes_its_slots_each_with_its_label():
    netflix = given.shared(["mail|sandi"], 3)

    assert contents(netflix.id) == ["mail|sandi|profil 1", "mail|sandi|profil 2", "mail|sandi|profil 3"]
    assert netflix.available == 3
    assert given.audited("stock.added")[-1]["count"] == 3
    assert broken.breaches() == []


def test_what_is_added_counts_lines():
    netflix = given.shared(0, 5)

    assert stock.add(netflix.id, ["A", "B", "A"]) == 2
    assert products.get(netflix.id).available == 10


def test_a_line_that_was_sold_is_no_news():
    netflix = given.shared(["A"], 2)
    buys(ALICE, netflix.id)

    assert stock.add(netflix.id, ["A"]) == 0
    assert products.get(netflix.id).available == 1


def test_a_line_that_was_sold_whole_is_not_sold_again_in_slots():
    netflix = given.product(stock_lines=["A"])
    buys(ALICE, netflix.id)
    listings.set_slots(netflix.id, 5)

    assert stock.add(netflix.id, ["A"]) == 0


def test_a_line_that_was_sold_in_slots_is_not_sold_whole():
    """Also when the slot that is known by the line was taken away."""
    netflix = given.shared(["A"], 2)
    first = StockItem.get(StockItem.slot == 1)
    stockroom.remove(netflix.id, first.id)
    buys(ALICE, netflix.id)
    listings.set_slots(netflix.id, 1)

    assert stock.add(netflix.id, ["A"]) == 0


def test_what_was_taken_away_whole_may_come_again():
    netflix = given.shared(["A"], 2)
    stockroom.remove_all(netflix.id, stockroom.unsold(netflix.id).last_id)

    assert stock.add(netflix.id, ["A"]) == 1
    assert products.get(netflix.id).available == 2


def test_accounts_are_filled_one_after_the_other():
    netflix = given.shared(2, 2)

    for who in (11, 12, 13, 14):
        buys(who, netflix.id)

    held = [given.slots_of(who)[0] for who in (11, 12, 13, 14)]
    assert [slot for _, slot in held] == [1, 2, 1, 2]
    assert [account for account, _ in held] == [held[0][0]] * 2 + [held[2][0]] * 2


def test_a_buyer_gets_another_account_with_every_order():
    netflix = given.shared(3, 4)
    for _ in range(3):
        buys(ALICE, netflix.id)

    assert len(set(accounts_of(ALICE))) == 3


def test_one_order_is_of_different_accounts():
    netflix = given.shared(3, 4)
    buys(ALICE, netflix.id, 3)

    assert len(set(accounts_of(ALICE))) == 3


def test_two_of_one_account_only_when_nothing_else_is_left():
    netflix = given.shared(2, 3)
    buys(ALICE, netflix.id, 5)

    held = accounts_of(ALICE)
    assert sorted(held.count(account) for account in set(held)) == [2, 3]
    assert len(held) == 5


def test_what_another_has_does_not_count():
    netflix = given.shared(2, 2)
    for who in (ALICE, CHARLIE):
        buys(who, netflix.id)

    assert accounts_of(ALICE) == accounts_of(CHARLIE)


def test_the_same_account_in_another_product_is_another():
    first, second = given.shared(["A"], 2), given.shared(["A"], 2)
    buys(ALICE, first.id)
    buys(ALICE, second.id)

    assert [slot for _, slot in given.slots_of(ALICE)] == [1, 1]


def test_a_slot_that_was_not_paid_comes_back():
    netflix = given.shared(1, 2)
    order = given.order(ALICE, netflix.id)

    settlement.expire(order.id)

    assert given.shelf(netflix.id) == {"available": 2}
    assert broken.breaches() == []


def test_a_late_payment_takes_a_slot_of_an_account_that_the_buyer_has_none_of():
    netflix = given.shared(2, 2)
    order = given.order(ALICE, netflix.id)
    settlement.expire(order.id)
    buys(ALICE, netflix.id)

    settlement.settle(order.id, given.status(order))

    assert len(set(accounts_of(ALICE))) == 2


def test_what_replaces_a_slot_is_of_another_account():
    netflix = given.shared(2, 3)
    order = buys(ALICE, netflix.id)
    faulty = StockItem.get(StockItem.order == order.id)

    with transactions.atomic():
        replacements.swap(orders.lock(order.id), faulty.id)

    assert len(set(accounts_of(ALICE))) == 2


def test_the_goods_of_an_order_name_the_slot():
    netflix = given.shared(["mail|sandi"], 2)
    order = buys(ALICE, netflix.id)

    assert goods.as_text(orders.get(order.id)) == "<code>mail|sandi|profil 1</code>"


def test_files_are_never_split():
    netflix = given.shared(0, 5)

    assert stock.add_file(netflix.id, StockItem.DOCUMENT, "FILE", "u") == 1

    assert products.get(netflix.id).available == 1
    assert broken.breaches() == []


@pytest.mark.parametrize("wanted", [1, 3])
def test_the_split_stays_while_slots_are_unsold(wanted):
    netflix = given.shared(1, 2)
    buys(ALICE, netflix.id)

    with pytest.raises(StillStocked) as refusal:
        listings.set_slots(netflix.id, wanted)

    assert (refusal.value.left, refusal.value.ordered) == (1, 0)
    assert products.get(netflix.id).slots == 2


def test_the_split_stays_while_a_slot_may_come_back():
    netflix = given.shared(1, 1)
    given.order(ALICE, netflix.id)

    with pytest.raises(StillStocked) as refusal:
        listings.set_slots(netflix.id, 4)

    assert (refusal.value.left, refusal.value.ordered) == (0, 1)


def test_the_split_changes_once_all_is_sold():
    netflix = given.shared(1, 2)
    buys(ALICE, netflix.id, 2)

    listings.set_slots(netflix.id, 3)

    assert given.audited("product.changed")[-1] == {"before": {"slots": 2}, "after": {"slots": 3}}
    assert stock.add(netflix.id, ["B"]) == 1
    assert products.get(netflix.id).available == 3
    assert broken.breaches() == []


def test_the_same_split_again_changes_nothing():
    netflix = given.shared(1, 2)

    listings.set_slots(netflix.id, 2)

    assert len(given.audited("product.changed")) == 1


def test_a_file_for_everybody_has_no_slots():
    shared = given.product(stock_lines=0)
    stockroom.share(shared.id, StockItem.DOCUMENT, "FILE")

    with pytest.raises(Endless):
        listings.set_slots(shared.id, 2)


def test_a_renumbered_product_keeps_its_slots():
    netflix = given.shared(2, 2)
    buys(ALICE, netflix.id)

    listings.renumber(netflix.id, 777)
    buys(ALICE, 777)

    assert len(set(accounts_of(ALICE))) == 2
    assert stock.add(777, [f"AKUN-{netflix.id}-0"]) == 0
    assert broken.breaches() == []


def test_low_stock_counts_slots():
    netflix = given.shared(1, 5)
    buys(ALICE, netflix.id, 2)

    assert given.told("stock_low") == [BOB]


def test_many_slots_of_many_accounts_are_found_among_the_oldest():
    """However many the buyer has: it is enough to look at the first rows, and all that is there is found."""
    netflix = given.shared(12, 3)

    for quantity in (4, 5, 3):
        buys(ALICE, netflix.id, quantity)
    assert len(set(accounts_of(ALICE))) == 12

    buys(ALICE, netflix.id, 12)
    held = accounts_of(ALICE)
    assert {held.count(account) for account in held} == {2}


def test_a_checkout_of_more_than_is_left_takes_nothing():
    netflix = given.shared(1, 2)
    given.person(ALICE, balance=1_000_000)

    with pytest.raises(Exception, match="has 2 left"):
        checkout.place(ALICE, netflix.id, 3)

    assert Product.get_by_id(netflix.id).available == 2
