"""Our own limits, shared by all processes through Redis."""

from __future__ import annotations

import itertools

import pytest
import redis

import settings
from app.clients import telegram_limits
from app.errors import Flood, Unreachable
from app.infra import redis_client

GROUP = -100


def allowed(call, at_most: int) -> int:
    """How many of so many calls in a row find room."""
    for done in range(at_most):
        try:
            call()
        except Flood:
            return done
    return at_most


def refused(call, at_most: int = 1_000) -> Flood:
    """What the first call hears that finds no room: on a slow machine there is some again in between."""
    for _ in range(at_most):
        try:
            call()
        except Flood as flood:
            return flood
    raise AssertionError("there was always room")


def test_a_chat_takes_a_short_burst(client, alice):
    sent = allowed(lambda: client.send_text(alice.id, "Halo"), at_most=100)

    assert 5 <= sent < 100
    assert len([message for message in alice.messages() if message.by_bot]) == sent


def test_a_group_takes_fewer_than_twenty_a_minute(client, alice, messenger):
    messenger.group(GROUP, "Staf", [alice])

    assert 1 <= allowed(lambda: client.send_text(GROUP, "Halo"), at_most=20) < 20


def test_edits_in_a_group_count(client, alice, messenger):
    messenger.group(GROUP, "Staf", [alice])
    message_id = client.send_text(GROUP, "Kemajuan")

    assert allowed(lambda: client.edit_text(GROUP, message_id, "Kemajuan"), at_most=20) < 20


def test_edits_in_a_private_chat_do_not_count(client, alice):
    message_id = client.send_text(alice.id, "Menu")

    assert allowed(lambda: client.edit_text(alice.id, message_id, "Menu"), at_most=30) == 30


def test_all_chats_together_stay_below_thirty_at_once(valkey):
    chats = iter(range(1000, 1100))

    assert allowed(lambda: telegram_limits.take(next(chats), message=True), at_most=100) < 30


def test_without_room_nothing_is_sent(client, alice, messenger):
    sent = []

    flood = refused(lambda: sent.append(client.send_text(alice.id, "Halo")))

    assert 0 < flood.retry_after_s <= 1
    assert len(messenger.called("sendMessage")) == len(sent)


def test_when_telegram_asks_for_a_pause_in_a_chat_every_process_makes_it(client, elsewhere, alice, messenger):
    messenger.fault("sendMessage", "flood", retry_after_s=30)
    with pytest.raises(Flood):
        client.send_text(alice.id, "Halo")

    with pytest.raises(Flood) as flood:
        elsewhere.edit_text(alice.id, 1, "Halo")

    assert 20 < flood.value.retry_after_s <= 30


def test_a_pause_of_one_chat_is_no_pause_of_another(client, elsewhere, alice, rina, messenger):
    hears_429(client, alice, messenger, seconds=90)

    elsewhere.send_text(rina.id, "Halo")

    with pytest.raises(Flood) as flood:
        elsewhere.send_text(alice.id, "Halo")
    assert 80 < flood.value.retry_after_s <= 90


def test_when_a_second_chat_hears_it_everyone_pauses_but_not_for_long(client, alice, rina, messenger):
    hears_429(client, alice, messenger, seconds=90)
    hears_429(client, rina, messenger, seconds=90)

    with pytest.raises(Flood) as flood:
        telegram_limits.take(3, message=True)

    assert 20 < flood.value.retry_after_s <= 30


def test_groups_in_slow_mode_hold_up_nobody_else(client, alice, rina, messenger):
    for chat in (alice, rina):
        messenger.mute_bot(chat.id, "SLOWMODE_WAIT_17")
        with pytest.raises(Flood):
            client.send_text(chat.id, "Halo")

    telegram_limits.take(3, message=True)

    with pytest.raises(Flood) as flood:
        telegram_limits.take(alice.id, message=True)
    assert 10 < flood.value.retry_after_s <= 17


def test_what_one_chat_alone_is_told_does_not_hold_everyone_up(client, alice, rina, messenger, valkey):
    hears_429(client, alice, messenger, seconds=1)
    forget_pauses(valkey)
    hears_429(client, rina, messenger, seconds=90)

    with pytest.raises(Flood) as flood:
        telegram_limits.take(3, message=True)

    assert flood.value.retry_after_s <= 2


def test_one_chat_that_hears_it_twice_pauses_alone(client, alice, valkey, messenger):
    hears_429(client, alice, messenger, seconds=1)
    forget_pauses(valkey)
    hears_429(client, alice, messenger, seconds=1)

    telegram_limits.take(3, message=True)


def test_a_call_about_no_chat_that_hears_it_pauses_everyone(client, messenger):
    messenger.fault("answerCallbackQuery", "flood", retry_after_s=90)
    with pytest.raises(Flood):
        client.answer("1")

    with pytest.raises(Flood) as flood:
        telegram_limits.take(3, message=True)

    assert flood.value.retry_after_s <= 30


def test_after_the_pause_of_everyone_one_call_a_second_probes(valkey):
    telegram_limits.throttled(90, None)
    valkey.delete(redis_client.key("limit", "telegram:calls", "pause"))  # its time is over

    assert allowed(lambda: telegram_limits.take(3, message=True), at_most=5) == 1


def test_a_probe_that_hears_it_again_pauses_everyone_again(client, alice, messenger, valkey):
    telegram_limits.throttled(90, None)
    valkey.delete(redis_client.key("limit", "telegram:calls", "pause"))
    hears_429(client, alice, messenger, seconds=90)

    with pytest.raises(Flood) as flood:
        telegram_limits.take(3, message=True)

    assert 20 < flood.value.retry_after_s <= 30


def test_menus_pause_alone(client, alice, messenger):
    messenger.fault("setMyCommands", "flood", retry_after_s=90)
    with pytest.raises(Flood):
        client.set_commands([("start", "Mulai")])
    with pytest.raises(Flood):
        client.set_commands([("start", "Mulai")], chat_id=alice.id)

    client.send_text(alice.id, "Halo")

    assert len(messenger.called("setMyCommands")) == 1


def test_broadcasts_pause_alone(client, alice, rina, messenger):
    for person in (alice, rina):
        messenger.fault("sendMessage", "flood", retry_after_s=90)
        with pytest.raises(Flood):
            client.send_text_in_bulk(person.id, "Promo")

    telegram_limits.take(3, message=True)

    assert allowed(telegram_limits.take_bulk, at_most=1) == 0


def hears_429(client, person, messenger, seconds):
    messenger.fault("sendMessage", "flood", retry_after_s=seconds)
    with pytest.raises(Flood):
        client.send_text(person.id, "Halo")


def forget_pauses(valkey):
    for key in valkey.keys(redis_client.key("limit", "*:pause")):
        valkey.delete(key)


def test_without_redis_nothing_is_sent(client, alice, messenger):
    with settings.override(redis_url="redis://127.0.0.1:9/0"), pytest.raises(Unreachable) as failure:
        client.send_text(alice.id, "Halo")

    assert failure.value.delivered == "no"
    assert isinstance(failure.value.__cause__, redis.RedisError)
    assert not messenger.called("sendMessage")


def test_broadcasts_take_at_most_twenty_a_second(valkey):
    rate = telegram_limits.BULK

    assert rate.count / rate.period_s + rate.burst <= 20
    assert 1 <= allowed(telegram_limits.take_bulk, at_most=30) <= rate.burst


def test_a_broadcast_leaves_room_for_others(valkey):
    allowed(telegram_limits.take_bulk, at_most=30)

    assert allowed(lambda: telegram_limits.take(1, message=True), at_most=3) == 3


def test_a_broadcast_waits_while_others_send(valkey):
    chats = iter(range(1000, 1100))
    allowed(lambda: telegram_limits.take(next(chats), message=True), at_most=100)

    assert allowed(telegram_limits.take_bulk, at_most=1) == 0


def test_those_who_wait_for_a_broadcast_hold_nobody_up(valkey):
    chats = itertools.count(1000)
    for _ in range(50):
        allowed(telegram_limits.take_bulk, at_most=10)

    flood = refused(lambda: telegram_limits.take(next(chats), message=True))

    assert flood.retry_after_s <= 0.2


def test_a_broadcast_that_rests_stops_nobody_else(valkey):
    telegram_limits.pause_bulk(30)

    assert allowed(telegram_limits.take_bulk, at_most=1) == 0
    telegram_limits.take(1, message=True)
