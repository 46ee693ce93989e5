"""Numbers that no screen made, in buttons, after commands, as answers: all are answered, none breaks."""

from __future__ import annotations

import itertools

import pytest
import redis

from app.bot import routes
from app.bot.toolkit.handlers import Press
from models import AuditEvent, Order, User
from tests.support import given
from tests.support.chatter import Chatter
from tests.support.shops import Shop

#: What is in the shop, and where a column of either width ends: what lies between is like its neighbours.
EDGES = [0, 1, 2, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**19 - 1]
PRESSES = routes.PRESSES | routes.ADMIN_PRESSES
TYPED = ["9223372036854775808", "9" * 4000, "-1", "0", "1e9", "١٢٣", "²", "１０１", "1\u00a0000", "NaN"]

FORMS = ["{0}", "{0}|{0}", "@alice|{0}", "1|{0}"]


@pytest.fixture
def open_shop(admin: Chatter, buyer: Chatter, made_once) -> None:
    made_once(opened)


def opened() -> None:
    Shop().sells("Netflix", number=1, stock=["K1", "K2", "K3"])
    given.order(1, 1)
    given.person(2, "Bob")


@pytest.mark.parametrize("name", sorted(PRESSES))
def test_no_number_in_a_button_breaks_anything(admin: Chatter, open_shop, valkey: redis.Redis, name: str):
    for numbers in odd(PRESSES[name]):
        valkey.flushall()
        assert admin.presses(":".join([name, *map(str, numbers)])).reply


def odd(press: Press) -> list[list[int]]:
    """Every edge in all its places; too few or too many numbers reach nothing, whatever they are."""
    few, many = len(press.numbers), len(press.numbers + press.optional)
    right = [[edge] * count for count in range(max(few, 1), many + 1) for edge in EDGES]
    return right + [[1] * count for count in range(many + 2) if [1] * count not in right]


@pytest.mark.parametrize("number", [2**31, 2**63 - 1])
@pytest.mark.parametrize("name", ["wait", "purge", "product"])
def test_no_product_has_a_number_beyond_its_column(admin: Chatter, open_shop, name: str, number: int):
    numbers = [number] * len(PRESSES[name].numbers)

    outcome = admin.presses(":".join([name, *map(str, numbers)]))

    assert outcome.reply.toast == "Tombol ini tidak berlaku."
    assert outcome.screen is None


@pytest.mark.parametrize("amount", [0, 10_000_001, 2**63 - 1])
def test_no_deposit_is_beyond_what_qris_takes(buyer: Chatter, amount: int):
    outcome = buyer.presses(f"deposit_of:{amount}:0")

    assert "Rp500 sampai Rp10.000.000" in outcome.reply.toast
    assert not Order.select().exists()


@pytest.mark.parametrize(
    "data", ["product:0101:1", "product:101:01", "order:00", "order:9223372036854775808"]
)
def test_what_no_screen_packs_is_no_button(buyer: Chatter, data: str):
    assert buyer.presses(data).reply.toast == "Tombol ini tidak berlaku."


def test_no_number_after_a_command_breaks_anything(admin: Chatter, open_shop):
    """Every command gets every number, in one form after another."""
    commands = routes.ADMIN_COMMANDS | routes.COMMANDS
    for (first, typed), (second, command) in itertools.product(enumerate(TYPED), enumerate(commands)):
        said = f"/{command} {FORMS[(first + second) % len(FORMS)].format(typed)}"
        assert admin.says(said).reply, said


@pytest.mark.parametrize("question", ["home", "deposit", "edit:0", "edit:1", "edit:2", "voucher:1:1"])
def test_no_number_as_an_answer_breaks_anything(
    buyer: Chatter, open_shop, valkey: redis.Redis, question: str
):
    given.settlement.expire(given.orders.unpaid(1).id)
    for typed in TYPED:
        valkey.flushall()
        buyer.presses(question)

        assert buyer.says(typed).screen
        assert buyer.says(f"/start p_{typed}").screen
        assert buyer.says(f"/refund TRX{typed}").screen


def test_odd_numbers_change_nobodys_role_or_balance(admin: Chatter, open_shop):
    before = AuditEvent.select().count()
    for typed in TYPED:
        for command in ("ban", "addadmin", "rmadmin", "addreseller"):
            admin.says(f"/{command} {typed}")
        admin.says(f"/transfer {typed}|{typed}")

    assert AuditEvent.select().count() == before
    assert User.get_by_id(1).balance == 0
