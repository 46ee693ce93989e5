"""People met for the first time in several places, roles, products and reports made at once."""

import settings
from app.catalogue import products
from app.infra.transactions import atomic
from app.people import notices, users
from app.sales import payments, settlement
from models import Order, Outbox, Payment, User, utcnow
from tests.support import given, racing
from tests.support.given import ALICE, BOB, CHARLIE


def meet(user_id):
    with atomic():
        return users.meet(user_id, "Alice", "alice")[1]


def test_somebody_who_writes_twice_at_once_is_met_once():
    assert sorted(racing.together(*[lambda: meet(ALICE)] * 6)) == [False] * 5 + [True]
    assert (User.select().count(), users.count()) == (1, 1)


def test_account_numbers_given_at_once_differ():
    assert racing.crowd(meet, range(1, 61)) == [True] * 60
    assert len({person.bank_id for person in User.select()}) == users.count() == 60


def test_who_comes_back_gets_the_goods_promised_once():
    order = given.order()
    given.settlement.settle(order.id, given.status(order))
    users.mark_unreachable(ALICE)
    Outbox.delete().execute()

    racing.together(*[lambda: meet(ALICE)] * 4)

    assert given.promised("deliver_order") == [[order.id]]


def rivals():
    """Two admins, and nobody else who could run the shop."""
    for user_id in (ALICE, CHARLIE):
        meet(user_id)
        users.make_admin(user_id, admin=True)
    return [ALICE, CHARLIE]


def test_the_last_two_admins_are_not_both_removed():
    with settings.override(admin_ids=""):
        results = racing.crowd(lambda user_id: users.make_admin(user_id, admin=False), rivals())

    assert racing.kinds(results) == ["LastAdmin", "ok"]
    assert User.select().where(User.is_admin).count() == 1


def test_without_the_lock_on_all_admins_nobody_would_be_left():
    with settings.override(admin_ids=""):
        racing.overtaken(
            *[lambda who=who: users.make_admin(who, admin=False) for who in rivals()], racing.lock("user")
        )

    assert User.select().where(User.is_admin).count() == 0


def test_one_number_is_given_to_one_product():
    results = racing.together(*[lambda: products.add("Netflix", 500, number=7)] * 4)

    assert racing.kinds(results) == ["NumberTaken"] * 3 + ["ok"]


def test_two_sweeps_do_not_look_at_the_same_payment():
    orders_ = [given.order(user_id) for user_id in range(1, 9)]
    Payment.update(next_check_at=utcnow()).execute()

    claimed = racing.together(*[payments.claim_due] * 4)

    assert sorted(order_id for one in claimed for order_id in one) == [order.id for order in orders_]


def test_two_reports_do_not_tell_of_the_same_order():
    order = given.unopened()
    settlement.expire(order.id)
    given.Order.update(closed_at=utcnow() - notices.QUIET).execute()

    counts = racing.together(*[notices.report_expired] * 4)

    assert sorted(counts) == [0, 0, 0, 1]
    assert given.told("orders_expired") == [BOB]


def test_an_alarm_raised_everywhere_is_told_once():
    def raise_alarm():
        with atomic():
            return notices.alarm("goods_locked")

    assert sorted(racing.together(*[raise_alarm] * 6)) == [False] * 5 + [True]


def test_rows_about_somebody_do_not_hold_them_up():
    """As when a broadcast to everybody is being written: its rows refer to them."""
    order = given.order()
    written, locked = racing.Meeting(), racing.Meeting()

    def write_about_her():
        with atomic():
            Order.insert(
                invoice="TRX-OTHER", user=ALICE, product=order.product_id, unit_price=1, total=1,
                method=Order.BALANCE, state=Order.CREDITED,
            ).execute()  # fmt: skip
            written()
            locked()  # she must be served before this ends

    def serve_her():
        written()
        meet(ALICE)
        given.stock.add(order.product_id, ["KEY-NEW"])
        settlement.settle(order.id, given.status(order))
        locked()

    assert racing.kinds(racing.together(write_about_her, serve_her)) == ["ok", "ok"]
