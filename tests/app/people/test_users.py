"""People: met once, reachable or not, their roles and what the bot waits to hear."""

import pytest

import settings
from app.errors import Unknown
from app.infra.transactions import atomic
from app.people import users
from app.sales import settlement
from models import AuditEvent, Order, Outbox, User
from tests.support import given
from tests.support.given import ALICE, BOB, CHARLIE


def meet(user_id=ALICE, name="Alice", username="alice"):
    with atomic():
        return users.meet(user_id, name, username)


def test_the_first_meeting_is_told_from_the_next():
    assert [meet()[1], meet()[1]] == [True, False]
    assert users.count() == 1


def test_a_name_once_given_is_kept_and_the_username_follows():
    meet()
    person, _ = meet(name="Alicia", username="alice_new")

    assert (person.name, person.username) == ("Alice", "alice_new")
    assert User.get().username == "alice_new"


def test_somebody_without_a_name_gets_one():
    person, _ = meet(name="", username=None)

    assert person.name


def test_account_numbers_have_six_digits_and_never_repeat():
    numbers = [meet(user_id)[0].bank_id for user_id in range(1, 301)]

    assert len(set(numbers)) == 300
    assert {len(number) for number in numbers} == {6}


def test_account_numbers_go_on_when_six_digits_are_used_up():
    given.users.db.execute_sql("SELECT setval('user_number', 900000)")

    assert [meet(user_id)[0].bank_id for user_id in (1, 2)] == ["1000001", "1000002"]


def test_who_comes_back_gets_the_goods_paid_meanwhile():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    users.mark_unreachable(ALICE)
    Outbox.delete().execute()

    person, _ = meet()

    assert person.unreachable_at is None
    assert given.promised() == [("deliver_order", [order.id])]


def test_who_never_left_gets_nothing_twice():
    order = given.order()
    settlement.settle(order.id, given.status(order))
    Outbox.delete().execute()

    meet()

    assert given.promised() == []


def test_who_comes_back_without_a_paid_order_gets_nothing():
    given.order()
    users.mark_unreachable(ALICE)
    Outbox.delete().execute()

    meet()

    assert given.promised() == []
    assert Order.get().state == Order.PENDING


def test_the_first_block_is_the_one_remembered():
    meet()
    users.mark_unreachable(ALICE)
    first = users.get(ALICE).unreachable_at
    users.mark_unreachable(ALICE)

    assert users.get(ALICE).unreachable_at == first


def test_nobody_is_found_before_they_wrote():
    with pytest.raises(Unknown):
        users.get(CHARLIE)


@pytest.mark.parametrize("change", [users.make_admin, users.make_reseller])
def test_roles_are_given_and_taken_once(change):
    meet()
    role = {users.make_admin: "admin", users.make_reseller: "reseller"}[change]

    answers = [change(ALICE, **{role: wanted}) for wanted in (True, True, False, False)]

    assert answers == [True, False, True, False]
    assert len(given.audited(f"user.{role}_added")) == len(given.audited(f"user.{role}_removed")) == 1


@pytest.mark.parametrize("change", [users.make_admin, users.make_reseller])
def test_roles_are_not_given_to_strangers(change):
    role = {users.make_admin: "admin", users.make_reseller: "reseller"}[change]

    with pytest.raises(Unknown):
        change(99, **{role: True})


def test_admins_are_named_by_the_settings_or_by_an_admin():
    for user_id in (ALICE, BOB, CHARLIE):
        meet(user_id)
    users.make_admin(CHARLIE, admin=True)

    with settings.override(admin_ids="2"):
        assert not users.is_admin(users.get(ALICE))
        assert users.is_admin(users.get(BOB))
        assert users.admin_ids() == [BOB, CHARLIE]


def test_a_shop_without_admins_works():
    with settings.override(admin_ids=""):
        assert users.admin_ids() == []


def test_what_the_bot_waits_for_is_kept_until_it_is_heard():
    person, _ = meet()

    users.await_input(person, {"await": "email"})
    assert users.get(ALICE).session == {"await": "email"}

    users.await_input(person, {})
    assert users.get(ALICE).session == {}


def test_nobody_fills_the_audit_with_changes_of_their_profile():
    meet()
    before = AuditEvent.select().count()

    for number in range(30):
        users.meet(ALICE, f"Alice {number}", f"alice_{number}")
        users.set_profile(ALICE, email=f"alice{number}@example.com", name=f"Alice {number}")

    assert AuditEvent.select().count() == before
    assert users.get(ALICE).email == "alice29@example.com"


def test_who_may_buy_again_is_told_once():
    given.person()
    users.ban(ALICE)

    assert [users.unban(ALICE), users.unban(ALICE)] == [True, False]
    assert given.told("unbanned") == [ALICE]
