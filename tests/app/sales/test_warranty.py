"""Warranty: what can be claimed when, and the one answer that a claim gets."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.backoffice import bans, privacy
from app.catalogue import listings, products, stock, stockroom
from app.errors import AmountOutOfRange, OutOfStock, Unknown
from app.people import users
from app.sales import claims, delivery, goods, orders, refunds, settlement, warranty
from app.sales.claims import ClaimAnswered, NotClaimable
from models import Claim, Delivery, LedgerEntry, Order, Product, StockItem, User, utcnow
from tests.support import broken, claimed, given
from tests.support.given import ALICE, BOB, CHARLIE


def after(**time):
    return freeze_time(utcnow() + timedelta(**time))


def why(placed, number=1, user_id=ALICE):
    """What keeps the item from being claimed."""
    item = StockItem.select().where(StockItem.order == placed.id).order_by(StockItem.id)[number - 1]
    with pytest.raises(NotClaimable) as refused:
        warranty.claim(placed.id, item.id, "mati", user_id=user_id)
    return refused.value.why


def states(placed):
    rows = StockItem.select().where(StockItem.order == placed.id).order_by(StockItem.id)
    return [row.state for row in rows]


# What can be claimed


def test_a_claim_is_kept_in_the_buyer_s_words_and_told_to_the_admins():
    claim = claimed.opened(complaint="kata sandi <salah>")

    assert (claim.state, claims.complaint(claim)) == (Claim.OPEN, "kata sandi <salah>")
    assert b"sandi" not in bytes(Claim.get().complaint)
    assert given.told("claim_opened") == [BOB]
    told = given.audited("order.claim_opened")[0]
    assert (told["claim"], told["item"]) == (claim.id, claim.item_id)
    assert broken.breaches() == []


def test_the_warranty_is_that_of_the_sale():
    placed = claimed.order(days=30)
    listings.change(placed.product_id, warranty_days=None)

    with after(days=29):
        assert warranty.is_running(placed)
        assert claimed.opened(placed).state == Claim.OPEN
    assert given.audited("order.placed")[0]["warranty"] == 30


def test_what_was_sold_before_the_warranty_has_none():
    placed = claimed.order(days=None)
    listings.change(placed.product_id, warranty_days=30)

    assert why(placed) == "none"
    assert warranty.ends_at(orders.get(placed.id)) is None


def test_it_ends_to_the_second():
    placed = claimed.order(days=7)
    end = warranty.ends_at(placed)

    with freeze_time(end + timedelta(seconds=1)):
        assert (why(placed), warranty.is_running(placed)) == ("ended", False)
    with freeze_time(end):
        assert warranty.is_running(placed)
        assert claimed.opened(placed).opened_at == end


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "claim_open"),
        (lambda claim: warranty.replace(claim.id), "claim_replaced"),
        (lambda claim: warranty.refund(claim.id), "claim_refunded"),
        (lambda claim: warranty.refuse(claim.id, why="dipakai berdua"), "claim_refused"),
    ],
    ids=["open", "replaced", "refunded", "refused"],
)
def test_an_item_is_claimed_once(answer, reason):
    placed = claimed.order()
    claim = claimed.opened(placed)
    if answer:
        answer(claim)

    assert why(placed) == reason
    assert Claim.select().count() == 1


def test_what_replaced_an_item_may_be_claimed_too():
    placed = claimed.order(spare=2)
    warranty.replace(claimed.opened(placed).id)

    second = warranty.replace(claimed.opened(placed).id)

    assert second.part == goods.FIRST_REPLACEMENT + 1
    assert states(placed) == ["faulty", "faulty", "sold"]
    claimed.hand_over(placed)
    claims.mark_handed_over(placed.id)
    assert broken.breaches() == []


def test_an_order_takes_so_many_claims_and_no_more():
    placed = claimed.order(spare=0)
    for number in range(warranty.MOST_CLAIMS):
        stock.add(placed.product_id, [f"NEXT-{number}"])
        warranty.replace(claimed.opened(placed).id)

    with pytest.raises(NotClaimable) as refused:
        claimed.opened(placed)

    assert (refused.value.why, refused.value.facts) == ("limit", {"most": 5})


def test_a_refunded_order_is_not_claimed():
    placed = claimed.order()
    refunds.give(placed.id, 1_000, note="", actor_id=BOB)

    assert why(placed) == "refunded"


def test_an_order_whose_money_became_balance_is_not_claimed():
    placed = broken.credited()

    with pytest.raises(NotClaimable) as refused:
        warranty.claim(placed.id, 1, "mati", user_id=ALICE)

    assert refused.value.why == "credited"


@pytest.mark.parametrize("state", [given.order, broken.paid])
def test_what_was_not_delivered_is_not_claimed(state):
    placed = state()

    with pytest.raises(NotClaimable) as refused:
        warranty.claim(placed.id, 1, "mati", user_id=ALICE)

    assert refused.value.why == "undelivered"


def test_a_deposit_is_not_claimed():
    with pytest.raises(NotClaimable) as refused:
        warranty.claim(given.deposit().id, 1, "mati", user_id=ALICE)

    assert refused.value.why == "deposit"


def test_what_was_free_is_not_claimed():
    product = claimed.product()
    placed = claimed.delivered(ALICE, product, voucher=given.voucher(25_000))

    assert why(placed) == "free"


def test_a_copy_of_a_file_for_everybody_is_not_claimed():
    product = given.product(stock_lines=0).id
    listings.change(product, warranty_days=30)
    stockroom.share(product, StockItem.TEXT, "https://unduh.example/buku")

    assert why(claimed.delivered(ALICE, product)) == "unlimited"


def test_somebody_else_s_order_is_unknown():
    placed = claimed.order()
    given.person(CHARLIE, "Charlie")

    with pytest.raises(Unknown):
        warranty.claim(placed.id, claimed.item(placed), "mati", user_id=CHARLIE)
    assert not Claim.select().exists()


def test_an_item_of_another_order_is_unknown():
    mine, other = claimed.order(), claimed.order(CHARLIE)

    with pytest.raises(Unknown):
        warranty.claim(mine.id, claimed.item(other), "mati", user_id=ALICE)


def test_staff_may_claim_for_the_buyer_within_the_same_rules():
    placed = claimed.order()

    claim = warranty.claim(placed.id, claimed.item(placed), "katanya mati")

    assert claim.state == Claim.OPEN
    assert why(placed, user_id=None) == "claim_open"


# Replacing


def test_a_replacement_is_from_the_shelf_and_the_old_one_is_faulty():
    placed = claimed.order()
    claim = claimed.opened(placed)

    answered = warranty.replace(claim.id)

    assert states(placed) == ["faulty", "sold"]
    assert (answered.item_id, answered.replacement_id) == (claim.item_id, claim.item_id + 1)
    assert given.shelf(placed.product_id) == {"faulty": 1, "sold": 1}
    assert (Product.get().sold, User.get_by_id(ALICE).bought) == (1, 1)
    assert given.promised("deliver_order") == [[placed.id]]
    assert broken.breaches() == []


def test_the_replacement_goes_out_as_a_message_of_its_own():
    placed = claimed.order(quantity=2)
    claim = warranty.replace(claimed.opened(placed).id)

    parts = {part.number: goods.plain(part) for part in goods.parts(placed)}

    assert parts == {0: "akun2@contoh.com|sandi-2", claim.part: "SPARE-1"}
    assert delivery.sent_parts(placed.id) == {0}
    assert goods.as_text(placed).count("<code>") == 2


def test_files_keep_their_numbers_when_one_is_replaced():
    product = given.product(stock_lines=0).id
    for number in range(3):
        stock.add_file(product, StockItem.DOCUMENT, f"FILE-{number}", f"U{number}")
    listings.change(product, warranty_days=30)
    placed = claimed.delivered(ALICE, product, 2)

    claim = warranty.replace(claimed.opened(placed, 1).id)

    shown = [(part.number, part.content) for part in goods.parts(placed)]
    assert shown == [(1, "FILE-1"), (claim.part, "FILE-2")]


def test_replacing_needs_something_to_replace_with():
    placed = claimed.order(spare=0)
    claim = claimed.opened(placed)

    with pytest.raises(OutOfStock):
        warranty.replace(claim.id)

    assert claims.get(claim.id).state == Claim.OPEN
    assert states(placed) == ["sold"]
    assert orders.get(placed.id).claims == 0


def test_a_product_that_became_one_file_for_everybody_replaces_nothing():
    placed = claimed.order(spare=0)
    claim = claimed.opened(placed)
    stockroom.share(placed.product_id, StockItem.TEXT, "https://unduh.example/buku")

    with pytest.raises(OutOfStock):
        warranty.replace(claim.id)


def test_a_retired_product_replaces_from_what_it_has_left():
    placed = claimed.order()
    claim = claimed.opened(placed)
    products.retire(placed.product_id)

    assert warranty.replace(claim.id).state == Claim.REPLACED
    assert broken.breaches() == []


def test_a_claim_is_answered_once():
    claim = claimed.opened()
    warranty.replace(claim.id)

    for answer in (warranty.replace, warranty.refund, lambda id_: warranty.refuse(id_, why="x")):
        with pytest.raises(ClaimAnswered):
            answer(claim.id)
    assert given.balance() == 0


def test_what_was_replaced_is_not_missed_when_the_goods_are_sent_again():
    placed = claimed.order()
    warranty.replace(claimed.opened(placed).id)
    claimed.hand_over(placed)

    delivery.redeliver(placed.id)
    claimed.hand_over(placed)

    told = delivery.progress_of(placed)
    assert (told.messages, told.sent, told.unsure) == (1, 1, 0)


def test_what_replaces_one_of_several_lines_is_a_message_more():
    placed = claimed.order(quantity=2)
    warranty.replace(claimed.opened(placed).id)

    told = delivery.progress_of(placed)

    assert (told.messages, told.sent) == (2, 1)


def test_what_no_key_opens_is_claimed_and_replaced_like_other_goods():
    placed = claimed.order(quantity=2)
    StockItem.update(content=b"lost").where(StockItem.order == placed.id).execute()

    claim = warranty.replace(claimed.opened(placed).id)

    (part,) = goods.parts(placed, delivery.sent_parts(placed.id))
    assert (part.number, goods.plain(part)) == (claim.part, "SPARE-1")


# Giving money back


@pytest.mark.parametrize(("days", "amount"), [(0, 20_000), (7, 13_416)])
def test_a_refund_is_what_the_formula_says(days, amount):
    placed = claimed.order()
    claim = claimed.opened(placed)

    with after(days=days):
        answered = warranty.refund(claim.id, actor_id=BOB)

    assert (answered.amount, given.balance()) == (amount, amount)
    assert given.told("refunded") == [ALICE]
    assert states(placed) == ["sold"]


def test_the_formula_counts_claims_that_were_met_and_not_what_was_sent_again():
    placed = claimed.order()
    delivery.redeliver(placed.id)
    assert refunds.worth(orders.get(placed.id)).factor == 80

    warranty.replace(claimed.opened(placed).id)

    met = refunds.worth(orders.get(placed.id))
    assert (met.claims, met.factor) == (1, 60)


def test_of_several_items_one_is_given_back():
    placed = claimed.order(quantity=3)

    warranty.refund(claimed.opened(placed, 2).id)

    assert given.balance() == 20_000
    assert refunds.worth(orders.get(placed.id)).paid == 50_000
    refunds.give(placed.id, 50_000, note="", actor_id=BOB)
    assert broken.breaches() == []


def test_items_and_order_together_never_give_back_more_than_was_paid():
    placed = claimed.order(quantity=2)
    warranty.refund(claimed.opened(placed).id, 25_000)

    with pytest.raises(AmountOutOfRange):
        refunds.give(placed.id, 25_001, note="", actor_id=BOB)


@pytest.mark.parametrize("amount", [0, 25_001])
def test_an_item_is_worth_at_most_what_it_cost(amount):
    claim = claimed.opened()

    with pytest.raises(AmountOutOfRange):
        warranty.refund(claim.id, amount)
    assert not LedgerEntry.select().exists()


def test_what_is_worth_nothing_any_more_is_not_given_back_by_the_formula():
    placed = claimed.order(days=90)
    with after(days=60):
        claim = claimed.opened(placed)
        with pytest.raises(AmountOutOfRange):
            warranty.refund(claim.id)

        assert warranty.refund(claim.id, 5_000).amount == 5_000


# Refusing


def test_a_refusal_tells_the_buyer_why():
    claim = claimed.opened()

    answered = warranty.refuse(claim.id, why="kata sandinya kamu ganti")

    assert (answered.state, answered.note) == (Claim.REFUSED, "kata sandinya kamu ganti")
    assert given.told("claim_refused") == [ALICE]
    assert orders.get(claim.order_id).claims == 0
    assert broken.breaches() == []


# What happens meanwhile


def test_giving_the_order_s_money_back_ends_its_claims():
    claim = claimed.opened()

    refunds.give(claim.order_id, 1_000, note="", actor_id=BOB)

    assert claims.get(claim.id).state == Claim.DROPPED
    assert broken.breaches() == []


def test_the_forgotten_leave_no_claim_open_and_no_word():
    refused, placed = claimed.opened(), claimed.order()
    warranty.refuse(refused.id, why="Alice bohong")
    claim = claimed.opened(placed)

    privacy.forget(ALICE)

    assert claims.get(claim.id).state == Claim.DROPPED
    assert [(each.complaint, each.note) for each in Claim.select()] == [(None, None)] * 2
    assert broken.breaches() == []


def test_somebody_who_comes_back_may_claim_again():
    placed = claimed.order()
    claimed.opened(placed)
    privacy.forget(ALICE)

    assert claimed.opened(placed).state == Claim.OPEN


def test_a_ban_leaves_claims_open():
    claim = claimed.opened()

    bans.ban(ALICE)

    assert warranty.replace(claim.id).state == Claim.REPLACED


def test_a_replacement_that_could_not_be_sent_goes_out_when_the_buyer_writes_again():
    placed = claimed.order()
    warranty.replace(claimed.opened(placed).id)
    users.mark_unreachable(ALICE)
    broken.by_hand("DELETE FROM outbox WHERE actor = 'deliver_order'")
    assert broken.breaches() == []

    given.person(ALICE)

    assert given.promised("deliver_order") == [[placed.id]]


def test_a_replacement_that_arrived_is_not_sent_again():
    placed = claimed.order()
    claim = warranty.replace(claimed.opened(placed).id)
    claimed.hand_over(placed)
    claims.mark_handed_over(placed.id)
    users.mark_unreachable(ALICE)

    given.person(ALICE)

    assert claims.get(claim.id).handed_at is not None
    assert given.promised("deliver_order") == []
    assert Delivery.get(Delivery.part == claim.part).state == Delivery.SENT


def test_renumbering_the_product_takes_its_claims_along():
    claim = claimed.opened()
    listings.renumber(orders.get(claim.order_id).product_id, 777)

    assert warranty.replace(claim.id).state == Claim.REPLACED
    assert broken.breaches() == []


def test_what_is_still_sold_with_a_late_payment_has_its_warranty_from_the_delivery():
    product = claimed.product()
    placed = given.order(ALICE, product)
    settlement.expire(placed.id)

    with after(hours=5):
        settlement.settle(placed.id, given.status(placed))
        claimed.hand_over(placed)
        late = orders.get(placed.id)

    assert (late.state, warranty.ends_at(late)) == (Order.DELIVERED, late.delivered_at + timedelta(days=30))


def test_a_faulty_slot_is_replaced_by_one_of_another_account():
    product = given.product(stock_lines=0).id
    listings.set_slots(product, 2)
    stock.add(product, ["akun1@contoh.com|sandi", "akun2@contoh.com|sandi"])
    listings.change(product, warranty_days=30)
    placed = claimed.delivered(ALICE, product)

    warranty.replace(claimed.opened(placed).id)

    (kept,) = [each.content for each in stock.of_order(placed) if not each.is_faulty]
    assert kept.startswith("akun2@contoh.com")
    assert broken.breaches() == []
