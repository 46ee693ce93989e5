"""Broadcasts on the wire: who gets what, what Telegram's answers mean, and who decides when it ends."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.bot.admin import broadcast as screens
from app.clients import telegram_limits
from app.errors import Flood
from app.infra.queue import broker
from app.infra.queue.retries import Later
from app.ops import invariants
from app.people import broadcasts, recipients
from models import Broadcast, BroadcastRecipient, User, db, utcnow
from tests.support import given
from tests.support.pictures import picture

PEOPLE = range(101, 106)
GROUP, MOVED = -500, -1_001_234


@pytest.fixture
def crowd(telegram, run):
    """Five people who wrote to the bot."""
    people = [telegram.person(number, f"P{number}") for number in PEOPLE]
    for each in people:
        each.user.started = True
        given.person(each.id, each.user.first_name)
    return people


@pytest.fixture
def started(crowd, run):
    """A text that is being sent, nobody has it yet."""
    return start(run, broadcasts.draft_text("Halo <b>semua</b>", 2))


def start(run, draft):
    one = broadcasts.confirm(draft.id, 2, None)
    run("list_recipients", one.id, one.run)
    return broadcasts.get(one.id)


def send(run, one, times=20, lane=0):
    """Runs of one lane, until it has nothing more to do."""
    for _ in range(times):
        try:
            return run("send_broadcast", one.id, one.run, lane)
        except (Flood, Later):
            continue
    return None


def run_by_the_limits(one):
    """Runs of one lane, without forgetting what Telegram asked for."""
    for _ in range(20):
        with suppress(Later):
            broker.setup().get_actor("send_broadcast").fn(one.id, one.run, 0)


def run_once(run, one):
    with pytest.raises((Flood, Later)):
        run("send_broadcast", one.id, one.run, 0)


def states(one):
    rows = BroadcastRecipient.select().where(BroadcastRecipient.broadcast == one.id)
    return {row.user_id: row.state for row in rows}


def got(person, text="Halo semua"):
    return len([each for each in person.messages() if each.by_bot and text in each.text])


def counts(one):
    fresh = broadcasts.get(one.id)
    return {name: getattr(fresh, name) for name in broadcasts.COUNTS if getattr(fresh, name)}


def test_everybody_gets_it_once(started, crowd, run):
    send(run, started)
    send(run, started, lane=1)

    assert [got(person) for person in crowd] == [1] * 5
    assert counts(started) == {"total": 5, "sent": 5}
    assert broadcasts.get(started.id).state == Broadcast.DONE


def test_the_banned_and_the_unreachable_are_left_out(crowd, run):
    User.update(banned_at=utcnow()).where(User.id == 101).execute()
    User.update(unreachable_at=utcnow()).where(User.id == 102).execute()

    assert broadcasts.reachable() == 3
    assert states(start(run, broadcasts.draft_text("Halo", 2))).keys() == {103, 104, 105}


def test_who_is_banned_meanwhile_gets_nothing(started, crowd, run):
    User.update(banned_at=utcnow()).where(User.id == 103).execute()

    send(run, started)

    assert got(crowd[2]) == 0
    assert counts(started) == {"total": 5, "sent": 4, "blocked": 1}


def test_blocked_people_are_counted_and_remembered(started, crowd, run):
    crowd[1].block()

    send(run, started)

    assert counts(started) == {"total": 5, "sent": 4, "blocked": 1}
    assert broadcasts.reachable() == 4


def test_a_message_is_copied_with_its_picture_and_another_caption(crowd, run, telegram, admin):
    source = admin.person.send_photo(picture(), "/broadcast Promo")
    one = start(run, broadcasts.draft_copy(admin.id, source.id, admin.id, caption="<b>Promo</b>"))

    send(run, one)

    copy = crowd[0].messages()[-1]
    assert (copy.kind, copy.text) == ("photo", "Promo")


def test_a_pause_takes_effect_before_the_next_message(started, crowd, run):
    run_once(run, started)
    before = counts(started)

    broadcasts.pause(started.id)
    send(run, started)

    assert counts(started) == before
    assert 0 < before["sent"] < 5


def test_it_goes_on_where_it_stood(started, crowd, run):
    run_once(run, started)
    broadcasts.pause(started.id)

    resumed = broadcasts.resume(started.id)
    send(run, started)
    assert broadcasts.get(started.id).sent < 5  # jobs of the first run are over
    send(run, resumed)

    assert [got(person) for person in crowd] == [1] * 5


def test_nobody_gets_it_twice_when_a_worker_is_killed(started, crowd, run):
    lost = recipients.claim(started.id, started.run, 0)
    run_once(run, started)
    send(run, started)

    assert got(crowd[0]) == 0
    assert states(started)[lost.user_id] == "unknown"
    assert counts(started) == {"total": 5, "sent": 4, "unknown": 1}
    assert broadcasts.get(started.id).state == Broadcast.DONE


def test_it_is_not_done_while_somebody_is_written_to(started, crowd, run):
    recipients.claim(started.id, started.run, 3)

    send(run, started)

    assert broadcasts.get(started.id).state == Broadcast.RUNNING
    send(run, started, lane=3)
    assert broadcasts.get(started.id).state == Broadcast.DONE


def test_whose_lane_only_seemed_dead_is_counted_as_sent_after_all(started, run):
    alive = recipients.claim(started.id, started.run, 0)
    recipients.give_up_lost(started.id, 0)
    recipients.settle(started.id, alive.user_id, "sent")

    assert counts(started) == {"total": 5, "sent": 1}


def test_telegram_s_pause_loses_nobody(started, crowd, run, telegram):
    telegram.fault("sendMessage", "flood", times=2, retry_after_s=7)

    with pytest.raises(Flood) as told:
        run_by_the_limits(started)

    assert 6 < told.value.retry_after_s <= 7
    assert set(states(started).values()) == {"waiting"}
    send(run, started)
    with freeze_time(utcnow() + timedelta(seconds=8)):
        send(run, started)
    assert [got(person) for person in crowd] == [1] * 5


def test_who_hears_a_429_holds_nobody_up_and_gets_it_in_the_end(started, crowd, run, telegram):
    telegram.fault("sendMessage", "flood", retry_after_s=30)

    send(run, started)
    assert [got(person) for person in crowd] == [0, 1, 1, 1, 1]
    assert (broadcasts.get(started.id).state, invariants.run()) == (Broadcast.RUNNING, [])

    with freeze_time(utcnow() + timedelta(seconds=31)):
        send(run, started)
    assert counts(started) == {"total": 5, "sent": 5}
    assert broadcasts.get(started.id).state == Broadcast.DONE


@pytest.mark.parametrize("retry_after_s", [1, 3_600])
def test_who_always_hears_a_429_is_counted_as_failed(started, crowd, run, telegram, admin, retry_after_s):
    telegram.fault("sendMessage", "flood", None, chat_id=103, retry_after_s=retry_after_s)

    send(run, started)
    with freeze_time(utcnow() + timedelta(seconds=61)):
        send(run, started)

    assert states(started)[103] == "failed"
    assert broadcasts.get(started.id).state == Broadcast.DONE
    summary = screens.broadcast(None, started.id).text
    assert "Terkirim: 4" in summary
    assert "Gagal: 1" in summary


def test_a_stopped_broadcast_does_not_wait_for_those_put_aside(started, crowd, run, telegram):
    telegram.fault("sendMessage", "flood", retry_after_s=30)
    send(run, started)

    broadcasts.stop(started.id)

    assert run("send_broadcast", started.id, started.run, 0) is None


def test_without_an_answer_nobody_is_written_to_again(started, crowd, run, telegram):
    telegram.fault("sendMessage", "5xx")

    run_once(run, started)
    send(run, started)

    assert counts(started) == {"total": 5, "sent": 4, "unknown": 1}


def test_an_outage_does_not_use_up_the_list(started, crowd, run, telegram):
    telegram.fault("sendMessage", "5xx")
    run_once(run, started)

    with pytest.raises(Flood):
        telegram_limits.take_bulk()

    assert sorted(states(started).values()) == ["unknown"] + ["waiting"] * 4


def test_a_refusal_about_a_person_is_a_failure(started, crowd, run, telegram):
    telegram.fault("sendMessage", "5xx", status=400)

    send(run, started)

    assert counts(started) == {"total": 5, "sent": 4, "failed": 1}


def test_a_source_that_is_gone_stops_it(crowd, run, telegram, admin):
    source = admin.person.send_text("Hai")
    one = start(run, broadcasts.draft_copy(admin.id, source.id, admin.id))
    telegram.state.messages[admin.id][source.id].deleted = True

    send(run, one)

    stopped = broadcasts.get(one.id)
    assert (stopped.state, stopped.sent) == (Broadcast.STOPPED, 0)
    assert "copy" in stopped.problem
    assert "waiting" in set(states(one).values())


@pytest.mark.parametrize(
    "wording",
    [
        "FILE_REFERENCE_EXPIRED",
        "wrong file identifier/HTTP URL specified",
        "MEDIA_CAPTION_TOO_LONG",
        "chat to copy message from not found",
        "ENTITY_TEXTURL_INVALID",
        "can't parse MessageEntity: type is unsupported",
    ],
)
def test_what_everybody_would_be_refused_stops_it(started, crowd, run, telegram, wording):
    telegram.fault("sendMessage", "says", status=400, description=f"Bad Request: {wording}")

    send(run, started)

    stopped = broadcasts.get(started.id)
    assert (stopped.state, stopped.failed) == (Broadcast.STOPPED, 0)
    assert wording.lower() in stopped.problem.lower()


def test_a_source_in_a_group_without_the_bot_says_nothing_of_people(crowd, run, telegram, admin):
    telegram.group(GROUP, "Staf", [admin.person], supergroup=True)
    source = admin.person.send_text("Halo semua", chat_id=GROUP)
    one = start(run, broadcasts.draft_copy(GROUP, source.id, admin.id))
    telegram.remove_bot(GROUP, admin.person)

    send(run, one)

    stopped = broadcasts.get(one.id)
    assert (stopped.state, stopped.blocked, stopped.failed) == (Broadcast.STOPPED, 0, 0)
    assert "kicked" in stopped.problem
    assert not User.select().where(User.unreachable_at.is_null(False))


def test_the_progress_follows_a_group_that_moved(started, crowd, run, telegram, admin):
    telegram.group(GROUP, "Staf", [admin.person])
    shown = admin.person.send_text("progress", chat_id=GROUP)
    Broadcast.update(progress_chat_id=GROUP, progress_message_id=shown.id).execute()
    telegram.migrate(GROUP, MOVED, admin.person)

    for _ in range(3):
        Broadcast.update(progress_at=None).execute()
        with pytest.raises(Later):
            run("show_broadcast", started.id, started.run)

    assert len([each for each in telegram.messages(MOVED) if each.by_bot]) == 1


def test_many_people_are_listed_part_by_part(crowd, run):
    db.execute_sql(
        """
        INSERT INTO "user" (id, name, bank_id, joined_at, seen_at)
        SELECT id, 'x', id, now(), now() FROM generate_series(1001, 21000) AS id
        """
    )
    one = broadcasts.confirm(broadcasts.draft_text("Halo", 2).id, 2, None)

    with pytest.raises(Later):
        run("list_recipients", one.id, one.run)
    assert not broadcasts.get(one.id).listed_at
    run("list_recipients", one.id, one.run)

    assert broadcasts.get(one.id).total == 20_005
    assert given.promised("send_broadcast") == [[one.id, one.run, lane] for lane in range(broadcasts.LANES)]


def test_nothing_is_broken_at_any_moment(started, crowd, run):
    assert invariants.run() == []
    recipients.claim(started.id, started.run, 1)
    run_once(run, started)
    assert invariants.run() == []
    broadcasts.stop(started.id)
    send(run, started, lane=1)
    assert invariants.run() == []
