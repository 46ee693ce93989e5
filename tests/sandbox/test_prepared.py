"""What the stand-ins know before the demo's visitor comes."""

from __future__ import annotations

import pytest

from app.local import cast
from app.sandbox import prepared
from app.sandbox.chat import people, view
from app.sandbox.pakasir import StandIn as Gateway
from app.sandbox.telegram import StandIn as Messenger

TOKEN = "123456789:standin-token-of-the-tests-0123456"


@pytest.fixture
def messenger():
    messenger = Messenger(TOKEN)
    people.add_all(messenger)
    yield messenger
    messenger.close()


@pytest.fixture
def gateway():
    gateway = Gateway("quickcart-demo", "a-key", None)
    yield gateway
    gateway.close()


def test_the_payment_that_contradicts_was_paid_without_a_webhook(messenger, gateway):
    known = prepared.fill(messenger, gateway)

    paid = gateway.find(known.invoice)
    assert (paid.txn_id, paid.amount, paid.status) == (known.txn_id, cast.PAID, "completed")
    assert gateway.webhooks == []


def test_a_second_start_prepares_nothing_new(messenger, gateway):
    first = prepared.fill(messenger, gateway)
    prepared.begin(messenger)
    waiting = len(messenger.updates.pending)

    assert prepared.fill(messenger, gateway) == first
    prepared.begin(messenger)
    assert len(messenger.updates.pending) == waiting


def test_pictures_goods_and_customers_are_known_to_telegram(messenger, gateway):
    prepared.fill(messenger, gateway)

    wanted = {*map(cast.picture, cast.PICTURES), cast.DOCUMENT, *cast.STICKERS}
    assert wanted <= messenger.state.files.keys()
    assert all(messenger.state.users[customer].started for customer in cast.CUSTOMERS)


def test_nobody_is_asked_to_be_one_of_the_customers(messenger, gateway):
    prepared.fill(messenger, gateway)

    assert {each["name"] for each in view.state(messenger)["people"]} == {"Pembeli", "Reseller", "Admin"}
