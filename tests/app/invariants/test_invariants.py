"""The whole of app/ops/invariants: healthy shops, at rest and in motion."""

from __future__ import annotations

import threading
from collections import Counter

import models
from app.catalogue import products
from app.ops import invariants
from app.people import users
from app.sales import settlement
from models import Order
from tests.support import broken, given
from tests.support.given import ALICE, CHARLIE, RINA


def test_what_several_checks_need_to_know_is_asked_once(caplog):
    caplog.set_level("DEBUG", "peewee")

    invariants.run()

    asked = Counter(str(line.msg) for line in caplog.records if line.name == "peewee")
    assert [each for each, times in asked.items() if "dead_letter" in each and times > 1] == []


def test_a_shop_with_orders_in_every_state_is_healthy():
    (
        broken.delivered(10),
        broken.credited(11),
        broken.paid(12),
        broken.bought_with_balance(13),
        given.order(14),
        given.unopened(15),
    )
    settlement.expire(given.order(16).id)
    ended = given.order(17)
    settlement.settle(ended.id, given.status(ended, "canceled"))
    settlement.cancel(given.order(18).id, 18)
    settlement.cancel_without_qr(given.unopened(19).id, "gateway")
    settlement.credit(broken.bought_with_balance(20).id)
    users.make_admin(20, admin=True)
    users.make_admin(20, admin=False)
    users.make_reseller(20, reseller=True)
    products.retire(given.product(stock_lines=3).id)

    assert broken.breaches() == []


def test_a_busy_shop_looks_healthy_at_every_moment():
    item = given.product(stock_lines=60).id
    buyers = [given.person(number, balance=500_000).id for number in (ALICE, CHARLIE, RINA)]

    def buy(buyer: int) -> None:
        with models.db.connection_context():
            for _ in range(20):
                broken.hand_over(given.buy_with_balance(buyer, item, 1))

    threads = [threading.Thread(target=buy, args=(buyer,)) for buyer in buyers]
    for thread in threads:
        thread.start()
    looks = []
    while any(thread.is_alive() for thread in threads):
        looks.append(broken.breaches())

    assert looks
    assert not any(looks)
    assert Order.select().where(Order.state == Order.DELIVERED).count() == 60
