"""Races about what is endless, what is back, and what it costs."""

import pytest

from app.catalogue import listings, stock, stockroom, waitlist
from app.catalogue.prices import Discount
from app.ops import invariants
from app.sales import checkout, delivery, settlement
from models import Order, Product, RestockWaiter, StockItem, User
from tests.support import given, racing
from tests.support.given import ALICE, CHARLIE


def ebook():
    made = given.product("E-book", stock_lines=0)
    stockroom.share(made.id, StockItem.DOCUMENT, "FILE")
    return made


def test_everybody_gets_copies_of_their_own():
    made = ebook()
    people = list(range(1001, 1021))
    for who in people:
        given.person(who, f"Buyer {who}")

    results = racing.together(*[lambda who=who: checkout.place(who, made.id, 2) for who in people])

    assert racing.kinds(results) == ["ok"] * 20
    assert given.shelf(made.id) == {"reserved": 40}
    assert invariants.run() == []


def test_taking_the_file_away_leaves_nobody_half_served():
    made = ebook()
    people = list(range(1001, 1011))
    for who in people:
        given.person(who, f"Buyer {who}")

    racing.together(
        lambda: stockroom.remove_all(made.id, 0),
        *[lambda who=who: checkout.place(who, made.id, 3) for who in people],
    )

    assert given.shelf(made.id).get("reserved", 0) == 3 * Order.select().count()
    assert invariants.run() == []


def test_one_copy_for_two_orders_would_be_noticed():
    made = ebook()
    first, second = given.order(ALICE, made.id), given.order(CHARLIE, made.id)

    StockItem.delete().where(StockItem.order == second.id).execute()  # what sharing one row would look like

    assert [breach.subject for breach in invariants.run()] == [second.invoice]
    assert [each.content for each in stock.of_order(first)] == ["FILE"]


def test_who_asks_while_goods_arrive_is_told_one_way_or_the_other():
    given.person()
    for _ in range(10):
        made = given.product(stock_lines=0)

        answer, _ = racing.together(
            lambda made=made: waitlist.ask(made.id, ALICE), lambda made=made: stock.add(made.id, ["KEY"])
        )

        promised = [made.id] in given.promised("tell_waiters")
        assert (answer == waitlist.THERE) != promised


def test_without_the_lock_who_asks_would_wait_for_ever():
    given.person()
    made = given.product(stock_lines=0)

    racing.overtaken(
        lambda: waitlist.ask(made.id, ALICE), lambda: stock.add(made.id, ["KEY"]), racing.lock("product")
    )

    assert RestockWaiter.select().exists()
    assert given.promised("tell_waiters") == []


def test_two_workers_tell_each_waiter_once():
    made = given.product(stock_lines=0)
    for who in range(1001, 1031):
        given.person(who, f"Buyer {who}")
        waitlist.ask(made.id, who)
    stock.add(made.id, ["KEY"])

    racing.together(*[lambda: waitlist.notify_some(made.id)] * 4)

    assert sorted(given.told("restocked")) == list(range(1001, 1031))


def test_telling_without_forgetting_would_tell_twice():
    given.person()
    made = given.product(stock_lines=0)
    waitlist.ask(made.id, ALICE)
    stock.add(made.id, ["KEY"])
    forgetting = racing.Guard(
        r"DELETE FROM restock_waiter w USING product p (.*) RETURNING w.user_id, p.name",
        r"SELECT w.user_id, p.name FROM restock_waiter w, product p \1",
    )

    def tell():
        return waitlist.notify_some(made.id)

    racing.overtaken(tell, tell, racing.Guard(" FOR UPDATE SKIP LOCKED"), forgetting)

    assert given.told("restocked") == [ALICE, ALICE]


def test_the_last_item_alarms_once():
    made = given.product(stock_lines=5)
    people = list(range(1001, 1011))
    for who in people:
        given.person(who, f"Buyer {who}")

    racing.together(*[lambda who=who: checkout.place(who, made.id, 1) for who in people])

    assert (len(given.told("stock_low")), len(given.told("stock_out"))) == (1, 1)


@pytest.mark.parametrize("agreed", [25_000, None])
def test_a_price_that_changes_meanwhile_is_never_charged_unseen(agreed):
    """Without an agreed total, as the second round shows, the buyer would pay what was never shown."""
    given.person()
    made = given.product(stock_lines=1)
    seen, changed = racing.Meeting(), racing.Meeting()

    def buy():
        seen()
        changed()
        return checkout.place(ALICE, made.id, 1, agreed=agreed)

    def reprice():
        seen()
        listings.change(made.id, price=99_000)
        changed()

    bought, _ = racing.together(buy, reprice)

    if agreed:
        assert racing.kinds([bought]) == ["PriceChanged"]
    else:
        assert bought.total == 99_000


def test_a_new_number_and_buyers_do_not_lock_each_other_out():
    made = given.product(stock_lines=6)
    paid = [given.order(who, made.id) for who in (ALICE, CHARLIE)]

    results = racing.together(
        lambda: listings.renumber(made.id, 777),
        *[lambda each=each: settlement.expire(each.id) for each in paid],
    )

    assert racing.kinds(results) == ["ok"] * 3
    assert given.shelf(777) == {"available": 6}
    assert invariants.run() == []


def test_a_new_number_waits_for_who_is_buying():
    for number in range(4):
        people = [given.person(1000 + 20 * number + n).id for n in range(12)]
        made = given.product(stock_lines=12, number=500 + number)

        results = racing.together(
            lambda made=made, number=number: listings.renumber(made.id, 700 + number),
            *[lambda who=who, made=made: _buys_and_leaves(who, made.id) for who in people],
        )

        assert set(racing.kinds(results)) <= {"ok", "Unknown"}
        assert results[0] is None
    assert invariants.run() == []


def _buys_and_leaves(who, product_id):
    order = checkout.place(who, product_id, 1)
    settlement.cancel(order.id, who)


def test_a_late_payment_and_a_new_number_do_not_lock_each_other_out():
    for number in range(5):
        made = given.product(stock_lines=2, number=800 + number)
        placed = given.order(ALICE, made.id)
        settlement.expire(placed.id)

        results = racing.together(
            lambda made=made, number=number: listings.renumber(made.id, 900 + number),
            lambda placed=placed: given.settlement.settle(placed.id, given.status(placed)),
        )

        assert racing.kinds(results) == ["ok", "ok"]


def test_two_products_that_want_one_number_do_not_both_get_it():
    for free in range(700, 710):
        made = [given.product(stock_lines=1) for _ in range(2)]

        results = racing.together(
            *[lambda each=each, free=free: listings.renumber(each.id, free) for each in made]
        )

        assert sorted(racing.kinds(results)) == ["NumberTaken", "ok"]


def test_two_discounts_of_one_category_take_turns():
    given.product(category="Film")
    for _ in range(10):
        discounts = [Discount(percent=percent) for percent in (10, 20, 30)]

        results = racing.together(
            *[lambda each=each: listings.discount_category("Film", each) for each in discounts]
        )

        assert racing.kinds(results) == ["ok"] * 3
        listings.discount_category("Film", Discount())
    assert invariants.run() == []


def test_two_edits_at_once_are_both_audited():
    made = given.product()

    racing.together(*[lambda n=n: listings.change(made.id, price=1_000 + n) for n in range(4)])

    told = given.audited("product.changed")
    assert [each["before"]["price"] for each in told[1:]] == [each["after"]["price"] for each in told[:-1]]
    assert Product.get_by_id(made.id).price == told[-1]["after"]["price"]


def test_bought_counts_every_delivery():
    given.person()
    bought = []
    for _ in range(3):
        order = given.order(ALICE)
        given.settlement.settle(order.id, given.status(order))
        bought.append(order.id)

    racing.together(*[lambda order_id=order_id: delivery.mark_delivered(order_id) for order_id in bought * 2])

    assert User.get_by_id(ALICE).bought == 3
