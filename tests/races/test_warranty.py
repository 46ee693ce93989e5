"""A claim is made once and answered once, whoever presses what; nobody gets two replacements."""

import pytest

from app.backoffice import privacy
from app.catalogue import stock
from app.sales import claims, orders, refunds, warranty
from app.sales.claims import ClaimAnswered
from models import Claim, LedgerEntry, Order, StockItem
from tests.support import broken, claimed, given, racing
from tests.support.given import ALICE, BOB

ANSWERS = {
    "replace": lambda claim: warranty.replace(claim.id),
    "refund": lambda claim: warranty.refund(claim.id, actor_id=BOB),
    "refuse": lambda claim: warranty.refuse(claim.id, why="x"),
}


def given_for(claim):
    """(replacements, refunds) that came of a claim."""
    theirs = StockItem.order == claim.order_id
    extra = StockItem.select().where(theirs).count() - orders.get(claim.order_id).quantity
    return extra, LedgerEntry.select().where(LedgerEntry.reason.contains(":warranty:")).count()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("replace", "replace"),
        ("replace", "refund"),
        ("refund", "refund"),
        ("replace", "refuse"),
        ("refund", "refuse"),
    ],
)
def test_two_admins_at_once_and_one_wins(one, other):
    claim = claimed.opened(claimed.order(spare=2))

    results = racing.together(lambda: ANSWERS[one](claim), lambda: ANSWERS[other](claim))

    assert racing.kinds(results) == ["ClaimAnswered", "ok"]
    answered = claims.get(claim.id).state
    assert given_for(claim) == (int(answered == Claim.REPLACED), int(answered == Claim.REFUNDED))
    assert broken.breaches() == []


#: What keeps two answers apart: the order's lock, and a claim that is moved only from `open`.
LOCK, COMPARE = racing.lock("order"), racing.compare("claim", "state")


def test_without_lock_and_compare_only_the_table_s_own_checks_are_left():
    claim = claimed.opened(claimed.order(spare=2))

    results = racing.overtaken(
        lambda: ANSWERS["refund"](claim),
        lambda: ANSWERS["replace"](claim),
        LOCK,
        COMPARE,
        at=r'^UPDATE "order"',
    )

    assert racing.kinds(results) == ["IntegrityError", "ok"]


def test_without_the_lock_the_compare_still_lets_one_win():
    claim = claimed.opened(claimed.order(spare=2))

    results = racing.overtaken(
        lambda: ANSWERS["refund"](claim), lambda: ANSWERS["replace"](claim), LOCK, at=r'^UPDATE "order"'
    )

    assert isinstance(results[0], ClaimAnswered)
    assert given_for(claim) == (1, 0)
    assert broken.breaches() == []


@pytest.mark.parametrize("count", racing.CROWDS)
def test_many_claims_get_exactly_the_replacements_that_there_are(count):
    spares = count // 4
    product = claimed.product(quantity=count, spare=0, price=1_000)
    people = [2_000 + number for number in range(count)]
    for who in people:
        given.person(who, f"Buyer {who}", balance=1_000)
    placed = {who: given.buy_with_balance(who, product, 1) for who in people}
    for order in placed.values():
        broken.hand_over(order)
    broken.by_hand("DELETE FROM outbox")
    stock.add(product, [f"SPARE-{number}" for number in range(spares)])

    opened = racing.crowd(lambda who: claimed.opened(orders.get(placed[who].id)), people)
    results = racing.crowd(lambda claim: warranty.replace(claim.id), [*opened, *opened])

    assert racing.kinds(results).count("ok") == spares
    assert Claim.select().where(Claim.state == Claim.REPLACED).count() == spares
    assert (
        Claim.select(Claim.replacement).where(Claim.replacement.is_null(False)).distinct().count() == spares
    )
    assert given.shelf(product) == {"sold": count, "faulty": spares}
    assert broken.breaches() == []


def test_two_claims_go_for_the_last_replacement_and_one_stays_open():
    product = claimed.product(quantity=2, spare=1)
    one, other = (claimed.delivered(who, product) for who in (ALICE, 5))
    opened = [claimed.opened(one), claimed.opened(other)]

    results = racing.together(*[lambda claim=claim: warranty.replace(claim.id) for claim in opened])

    assert racing.kinds(results) == ["OutOfStock", "ok"]
    assert sorted(claims.get(claim.id).state for claim in opened) == [Claim.OPEN, Claim.REPLACED]
    assert broken.breaches() == []


def test_an_item_is_claimed_once_however_often_it_is_pressed():
    placed = claimed.order()
    item = claimed.item(placed)

    results = racing.together(
        *[lambda: warranty.claim(placed.id, item, "mati", user_id=ALICE) for _ in range(8)]
    )

    assert racing.kinds(results) == ["NotClaimable"] * 7 + ["ok"]
    assert Claim.select().count() == 1


def test_without_the_index_and_the_lock_it_is_claimed_twice():
    placed = claimed.order()
    item = claimed.item(placed)

    def press():
        return warranty.claim(placed.id, item, "mati", user_id=ALICE)

    with racing.without_index("claim_item"):
        results = racing.overtaken(press, press, LOCK, at=r'^INSERT INTO "claim"')
        assert Claim.select().count() == 2

    assert racing.kinds(results) == ["ok", "ok"]


def test_a_buyer_and_a_replacement_do_not_get_the_same_item():
    claim = claimed.opened()
    product = orders.get(claim.order_id).product_id
    given.person(5, balance=25_000)

    results = racing.together(
        lambda: warranty.replace(claim.id), lambda: given.buy_with_balance(5, product, 1)
    )

    assert racing.kinds(results) == ["OutOfStock", "ok"]
    assert given.shelf(product).get("available", 0) == 0
    assert broken.breaches() == []


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda order: refunds.give(order.id, 1_000, note="", actor_id=BOB),
        lambda order: privacy.forget(ALICE),
    ],
    ids=["refunded", "forgotten"],
)
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_claim_is_answered_or_dropped(answer, meanwhile):
    claim = claimed.opened()

    racing.together(lambda: ANSWERS[answer](claim), lambda: meanwhile(Order.get_by_id(claim.order_id)))

    assert claims.get(claim.id).state != Claim.OPEN
    assert broken.breaches() == []


def test_a_claim_and_the_order_s_refund_at_once_leave_none_open():
    placed = claimed.order()
    item = claimed.item(placed)

    racing.together(
        lambda: warranty.claim(placed.id, item, "mati", user_id=ALICE),
        lambda: refunds.give(placed.id, 1_000, note="", actor_id=BOB),
    )

    assert not Claim.select().where(Claim.state == Claim.OPEN).exists()
    assert broken.breaches() == []


def test_an_order_and_one_of_its_items_give_back_no_more_than_was_paid():
    claim = claimed.opened(claimed.order(quantity=2))

    results = racing.together(lambda: _item_back(claim), lambda: _order_back(claim))

    assert racing.kinds(results) in (["AmountOutOfRange", "ok"], ["ClaimAnswered", "ok"])
    assert given.balance() in (25_000, 50_000)
    assert broken.breaches() == []


def test_without_the_lock_they_give_back_more():
    claim = claimed.opened(claimed.order(quantity=2))

    results = racing.overtaken(
        lambda: _order_back(claim), lambda: _item_back(claim), LOCK, at=r'COUNT.* FROM "claim"'
    )

    assert racing.kinds(results) == ["ok", "ok"]
    assert given.balance() == 75_000
    assert "refunds of together 75000 went to user 1" in str(broken.breaches())


def _item_back(claim):
    return warranty.refund(claim.id, 25_000, actor_id=BOB)


def _order_back(claim):
    return refunds.give(claim.order_id, 50_000, note="", actor_id=BOB)
