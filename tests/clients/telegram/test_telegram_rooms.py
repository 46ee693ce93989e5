"""Whose message finds room: goods before screens, screens before what goes to many."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count

import pytest

from app.clients import telegram_limits
from app.errors import Flood
from app.infra import limits
from app.infra.queue import lanes

CHATS = count(1000)


@contextmanager
def job_of(lane):
    """Calls inside are those of a job of this queue."""
    lanes.enter(lane)
    try:
        yield
    finally:
        lanes.enter(None)


def sends(lane, most=1, chat_id=None):
    """How many messages of such a job find room at once."""
    with job_of(lane):
        for done in range(most):
            try:
                telegram_limits.take(chat_id or next(CHATS), message=True)
            except Flood:
                return done
        return most


def told(lane):
    """How long the first such message without room is told to wait."""
    with job_of(lane):
        while True:
            try:
                telegram_limits.take(next(CHATS), message=True)
            except Flood as flood:
                return flood.retry_after_s


def test_goods_find_room_where_screens_have_none_left(valkey):
    assert sends(lanes.DEFAULT, most=100) < 100

    assert sends(lanes.MONEY) == 1


def test_whoever_presses_finds_room_where_those_who_type_have_none_left(valkey):
    sends(lanes.DEFAULT, most=100)

    assert sends(lanes.PRESSED) == 1


def test_goods_find_room_where_those_who_press_have_none_left(valkey):
    sends(lanes.PRESSED, most=100)

    assert sends(lanes.MONEY) == 1


def test_goods_do_not_wait_in_the_line_of_screens(valkey):
    assert max(told(lanes.DEFAULT) for _ in range(200)) > 5

    assert told(lanes.MONEY) < 0.5


def test_what_goes_to_many_waits_while_screens_are_sent(valkey):
    sends(lanes.DEFAULT, most=100)

    assert sends(lanes.BULK) == 0


def test_who_yields_is_not_put_before_where_their_job_is(valkey):
    with job_of(lanes.BULK), lanes.yielding():
        assert lanes.room() == lanes.BULK
    with job_of(lanes.MONEY), lanes.yielding(lanes.PRESSED):
        assert lanes.room() == lanes.PRESSED


def test_notices_to_many_share_the_room_of_broadcasts(valkey):
    while sends(lanes.BULK):
        pass

    with pytest.raises(Flood):
        telegram_limits.take_bulk()


def test_a_person_who_hammers_a_button_still_gets_goods(valkey):
    with job_of(lanes.DEFAULT):
        while not limits.take(telegram_limits._chat(7)):
            pass

    assert sends(lanes.MONEY, chat_id=7) == 1


def test_a_429_to_one_person_pauses_neither_goods_nor_the_others(client, alice, messenger):
    messenger.fault("sendMessage", "flood", retry_after_s=90)
    with job_of(lanes.BULK), pytest.raises(Flood):
        client.send_text(alice.id, "Stok kembali")

    assert sends(lanes.BULK) == 1
    assert sends(lanes.MONEY) == 1
