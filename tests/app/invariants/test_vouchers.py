"""Each check of vouchers, refunds and deposits finds its breach."""

from app.sales import refunds, settlement, wallet
from models import Voucher
from tests.support import broken, given
from tests.support.given import BOB, CHARLIE


def shown(code):
    return f"voucher {code[:4]}…"


def bought():
    order = given.order(voucher=given.voucher(10_000))
    settlement.settle(order.id, given.status(order))
    return order


def test_vouchers_in_every_state_are_in_order():
    bought()
    given.order(CHARLIE, voucher=given.voucher())
    given.voucher()

    assert broken.breaches() == []


def test_a_spent_voucher_without_a_paid_order():
    order = given.order(voucher=given.voucher())
    Voucher.update(state=Voucher.SPENT).execute()

    found = broken.breaches()
    assert (
        f"invariant 3: {shown(order.voucher_id)}: is spent, but 0 paid and 1 unpaid orders have it"
    ) in found


def test_a_voucher_that_stays_reserved_after_its_order():
    order = given.order(voucher=given.voucher())
    settlement.expire(order.id)
    broken.by_hand("UPDATE voucher SET state = 'reserved'")

    found = broken.breaches()
    assert (
        f"invariant 3: {shown(order.voucher_id)}: is reserved, but 0 paid and 0 unpaid orders have it"
    ) in found


def test_a_voucher_of_a_paid_order_that_is_free_again():
    order = bought()
    broken.by_hand("UPDATE voucher SET state = 'available'")

    found = broken.breaches()
    assert (
        f"invariant 3: {shown(order.voucher_id)}: is available, but 1 paid and 0 unpaid orders have it"
    ) in found


def test_a_voucher_that_somebody_else_redeemed():
    order = bought()
    given.person(CHARLIE, "Charlie")
    broken.by_hand("UPDATE voucher SET user_id = %s", CHARLIE)

    (found,) = broken.breaches()

    assert found.startswith(
        f"invariant 3: {order.invoice}: the order is user 1's, its voucher was redeemed by"
    )


def test_a_voucher_that_was_redeemed_too_late():
    order = bought()
    broken.by_hand("UPDATE voucher SET expires_at = created_at")

    found = broken.breaches()

    assert any(line.startswith(f"invariant 3: {order.invoice}: the order is user 1's") for line in found)


def test_two_redemptions_without_a_pause():
    first, second = bought(), given.voucher()
    broken.by_hand(
        "UPDATE voucher SET user_id = %s, redeemed_at = now() + interval '1 minute' WHERE code = %s",
        first.user_id,
        second,
    )

    (found,) = broken.breaches()

    assert found.startswith("invariant 3: user 1: redeemed vouchers at")


def test_a_refused_order_that_was_paid_all_the_same_may_lie_beside_another():
    refused = given.unopened(product_id=given.product(stock_lines=2).id, voucher=given.voucher())
    settlement.cancel_without_qr(refused.id, "gateway")
    another = given.order(product_id=refused.product_id, voucher=given.voucher())
    settlement.settle(another.id, given.status(another))
    settlement.note_opened(refused.id, given.answer(refused))

    assert settlement.settle(refused.id, given.status(refused)) == settlement.LATE_PAID
    assert broken.breaches() == []


def test_an_order_that_a_voucher_reduced_by_less():
    order = bought()
    broken.by_hand('UPDATE "order" SET discount = 5000, unit_price = 20000')

    found = broken.breaches()
    assert (
        f"invariant 3: {order.invoice}: 1 times 20000 less 5000 makes 15000, with a voucher of 10000"
    ) in found


def test_a_refund_of_more_than_was_paid():
    order = broken.delivered()
    wallet.post(order.user_id, 30_000, f"order:{order.invoice}:refund")

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the order is delivered and cost 25000, "
        "but 1 refunds of together 30000 went to user 1"
    ) in found


def test_two_refunds_of_one_order():
    order = broken.delivered()
    refunds.give(order.id, 5_000, note="", actor_id=BOB)
    wallet.post(order.user_id, 5_000, f"order:{order.invoice}:refund again")

    assert len(broken.breaches()) == 1


def test_a_refund_of_an_order_that_was_not_delivered():
    order = broken.paid()
    wallet.post(order.user_id, 5_000, f"order:{order.invoice}:refund")

    assert len(broken.breaches()) == 1


def test_a_deposit_with_a_discount():
    order = given.deposit(50_000)
    broken.by_hand('UPDATE "order" SET discount = 1000, unit_price = 51000')

    found = broken.breaches()
    assert (
        f"invariant 1: {order.invoice}: the deposit is pending, of 1 times 51000, with a discount of 1000"
    ) in found
