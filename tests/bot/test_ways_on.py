"""No screen of a buyer's is a dead end: from each, buttons alone lead home, and one of them leads back."""

from __future__ import annotations

import pytest

from app.bot import notices, router, routes
from app.bot.screens import orders as order_screens
from app.bot.toolkit.reply import show
from app.bot.toolkit.screen import Screen
from app.people import users
from app.sales import orders, settlement, testimonials, warranty
from models import Order, Product
from tests.support import given
from tests.support.bought import buys
from tests.support.chatter import Chatter
from tests.support.shops import Shop
from tests.support.walks import ELSEWHERE, SCREENS, buttons, looks

BACK = {
    "Kembali",
    "KEMBALI",
    "Batalkan",
    "BATALKAN",
    "Lewati",
    "Lihat Pesanan",
    "Belanja Lagi",
    "Semua Produk",
}
#: So many presses away from Home at most.
FAR = 6

NOTICES = ("credited", "late_credited", "delivery_stuck")


@pytest.fixture
def known(buyer: Chatter, made_once) -> Chatter:
    """Alice, who has bought something."""
    made_once(bought_and_claimed)
    return buyer


def bought_and_claimed() -> None:
    shop = Shop()
    shop.sells("Netflix 1M", number=101, stock=["K1", "K2", "K3", "K4"])
    shop.sells("Spotify", number=102)
    Product.update(warranty_days=30).where(Product.id == 101).execute()
    order = buys(1, 101)
    testimonials.give(1, order.id, 5)
    warranty.claim(order.id, warranty.items(order)[0].id, "Tidak bisa masuk", user_id=1)


def is_home(screen: Screen | None) -> bool:
    return screen is not None and screen.first is not None and screen.first.menu is not None


def leads_home(person: Chatter, screen: Screen | None) -> bool:
    """By buttons that only look, whichever way is shortest."""
    seen: set[str] = set()
    edge: list[Screen | None] = [screen]
    for _ in range(FAR):
        if any(map(is_home, edge)):
            return True
        new = list(dict.fromkeys(data for each in edge for data in looks(each) if data not in seen))
        seen.update(new)
        edge = [person.presses(data).screen for data in new]
    return any(map(is_home, edge))


@pytest.mark.parametrize(("name", "args"), SCREENS, ids=str)
def test_every_screen_leads_home_and_back(known: Chatter, name, args):
    screen = router.render(users.get(known.id), show(name, *args))

    assert leads_home(known, screen)
    assert is_home(screen) or BACK & {button.label for button in buttons(screen)}


def test_the_list_above_names_all_screens_of_buyers():
    buyers = {
        name for name, render in routes.SCREENS.items() if render.__module__.startswith("app.bot.screens")
    }

    assert buyers - {name for name, _ in SCREENS} - ELSEWHERE == set()


@pytest.mark.parametrize(
    "end", [settlement.expire, settlement.cancel_by_operator, lambda id_: settlement.cancel(id_, 1)]
)
@pytest.mark.parametrize("kind", [Order.PURCHASE, Order.DEPOSIT])
def test_an_order_that_ended_leads_back_to_what_it_was_for(known: Chatter, end, kind):
    placed = given.order(1, 101) if kind == Order.PURCHASE else given.deposit()
    end(placed.id)

    screen = order_screens.closed(placed.id)
    back = known.presses(next(button.data for button in buttons(screen) if button.label == "Kembali"))

    assert ("Netflix 1M" if kind == Order.PURCHASE else "Deposit") in screen.text
    assert ("Netflix 1M" if kind == Order.PURCHASE else "Pilih jumlahnya") in back.screen.text
    assert leads_home(known, back.screen)


def test_an_order_without_a_qr_leads_to_the_balance_and_back(known: Chatter):
    placed = given.unopened(1, 101)
    settlement.cancel_without_qr(placed.id, Order.NO_QR)

    screen = order_screens.closed(placed.id)

    assert [button.label for button in buttons(screen)] == ["SALDO", "Kembali"]
    assert leads_home(known, screen)


def test_while_it_waits_for_money_an_order_can_be_canceled(known: Chatter):
    waiting = router.render(users.get(1), show("preparing", given.unopened(1, 101).id))

    assert [button.label for button in buttons(waiting)] == ["Batalkan"]
    canceled = known.presses(buttons(waiting)[0].data)
    assert canceled.screen is None or leads_home(known, canceled.screen)


@pytest.mark.parametrize("kind", NOTICES)
def test_notices_about_money_lead_on_and_stay(known: Chatter, kind):
    order = Order.get()
    screen = notices.render(kind, {"order_id": order.id})

    for button in buttons(screen):
        outcome = known.presses(button.data)
        assert outcome.reply.below
        assert leads_home(known, outcome.screen)
    assert len(buttons(screen)) == 2


def test_goods_lead_to_their_order_and_stay(known: Chatter):
    order = orders.get(1)
    *_stars, row = order_screens.goods_buttons(order)

    outcomes = [known.presses(button.data) for button in row]

    assert all(outcome.reply.below and leads_home(known, outcome.screen) for outcome in outcomes)
    assert order.invoice in outcomes[0].screen.text


@pytest.mark.parametrize(
    "typed", ["/refund", "/refund apa", "/refund TRX20260101ABCDEF", "/entah", "999999", "…"]
)
def test_what_is_not_understood_leads_on(known: Chatter, typed):
    assert leads_home(known, known.says(typed).screen)
