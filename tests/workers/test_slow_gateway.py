"""What a buyer sees while there is no QR yet."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.infra.queue.retries import Later
from app.sales import orders, settlement
from models import Order, Payment, utcnow
from tests.support import given
from tests.support.moments import preparing


@pytest.fixture
def placed(buyer):
    return given.unopened(buyer.id)


def test_a_first_try_without_an_answer_has_the_reason_told(placed, run, pakasir):
    pakasir.fault("create", "down")

    with pytest.raises(Later):
        run("open_payment", placed.id)

    assert given.promised("show_slow") == [[placed.id]]


def test_the_reason_is_told_once(placed, run, pakasir):
    pakasir.fault("create", "down", times=3)

    for _ in range(3):
        with pytest.raises(Later):
            run("open_payment", placed.id)

    assert len(given.promised("show_slow")) == 1


def test_the_order_is_refused_after_ten_seconds(placed, run, pakasir):
    pakasir.fault("create", "down", times=None)
    with freeze_time(utcnow()) as clock:
        for _ in range(5):
            with pytest.raises(Later):
                run("open_payment", placed.id)
            clock.tick(timedelta(seconds=2))

        run("open_payment", placed.id)

    assert given.state(placed) == Order.CANCELED


def test_the_reason_takes_the_place_of_preparing(placed, buyer, run):
    preparing(placed)

    run("show_slow", placed.id)

    assert "Pakasir" in buyer.last_message.text
    assert "tidak ada yang ditagih" in buyer.last_message.text
    assert [button.label for button in buyer.last_message.buttons] == ["Batalkan"]
    assert buyer.last_message.id == orders.get(placed.id).message_id


def test_the_reason_waits_for_the_message_that_it_replaces(placed, buyer, run):
    with pytest.raises(Later):
        run("show_slow", placed.id)
    preparing(placed)

    run("show_slow", placed.id)

    assert "Pakasir" in buyer.last_message.text


def test_no_reason_is_told_once_the_qr_is_there_or_the_order_is_over(placed, buyer, run):
    preparing(placed)
    before = buyer.last_message.text
    Payment.update(state=Payment.OPEN).execute()
    run("show_slow", placed.id)
    Payment.update(state=Payment.OPENING).execute()
    settlement.cancel(placed.id, buyer.id)

    run("show_slow", placed.id)

    assert buyer.last_message.text == before
