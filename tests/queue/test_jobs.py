"""The ordinary life of a job, in worker threads of this process."""

from __future__ import annotations

from datetime import timedelta

import dramatiq
import orjson
import pytest
from freezegun import freeze_time

import models
import settings
from app.infra import call_hooks, logs, redis_client, transactions
from app.infra.queue import dead, lanes, outbox, waiting, wire
from models import DeadLetter, Outbox


def promise(actor, *args, **options):
    with transactions.atomic():
        outbox.add(actor, *args, **options)


def send(valkey, actor, *args, options=None, queue="default", due_ms=0):
    job = wire.message(actor, args, queue=queue, options=options)
    wire.send(valkey, [(job, due_ms)])
    return job["message_id"]


def test_a_promised_job_runs_after_the_commit(worker, results):
    promise("note", "paid")

    assert results.next() == "paid"


def test_a_job_holds_no_connection_while_it_waits_for_an_answer(broker, start_worker, results, valkey):
    @dramatiq.actor(broker=broker)
    def call():
        held = not models.db.is_closed()
        call_hooks.begin()
        valkey.rpush("results", f"{held} {not models.db.is_closed()}")

    start_worker()
    send(valkey, "call")

    assert results.next() == "True False"


def test_a_job_knows_its_lane_and_since_when_somebody_waits(broker, start_worker, results, valkey):
    @dramatiq.actor(broker=broker)
    def tell():
        valkey.rpush("results", f"{lanes.current()} {waiting.since_ms()}")

    start_worker()
    send(valkey, "tell", options={"since": 7})

    assert results.next() == "default 7"


def test_a_promise_rolled_back_is_none(worker, results):
    with pytest.raises(ZeroDivisionError), transactions.atomic():
        _promise_and_fail()
    promise("note", "kept")

    assert results.next() == "kept"
    assert Outbox.select().count() <= 1


def test_the_row_goes_when_the_job_is_done(worker, results):
    promise("note", "paid")
    results.next()
    worker.join()

    assert Outbox.select().count() == 0


def test_redis_keeps_nothing_of_a_job_that_is_done(worker, commands, valkey):
    job = send(valkey, "note", "done")
    commands.until("hdel", redis_client.key("default.msgs"), job)

    assert valkey.keys(redis_client.key("default*")) + valkey.keys(redis_client.key("starts*")) == []


def test_a_delayed_job_waits_in_redis_until_it_is_due(broker, start_worker, results, valkey):
    promise("note", "delayed", delay_ms=3_600_000)
    promise("note", "now")
    start_worker()

    assert results.next() == "now"
    assert valkey.zcard(redis_client.key("default.DQ")) == 1
    with freeze_time(models.utcnow() + timedelta(hours=1)):
        broker.store.promote("default")
    assert results.next() == "delayed"


def test_a_job_that_was_fetched_and_lost_on_the_way_runs(broker, start_worker, results, valkey):
    send(valkey, "note", "lost")
    broker.store.fetch("default", 1)  # an answer that never arrived
    start_worker()

    assert results.next() == "lost"


def test_far_delays_do_not_hold_up_a_near_one(broker, worker, results, valkey):
    now = broker.store.now_ms()
    wire.send(valkey, [(wire.message("note", ["far"]), now + 3_600_000 + n) for n in range(1000)])

    send(valkey, "note", "near", due_ms=now + 200)

    assert results.next() == "near"


def test_a_sleeping_worker_wakes_for_an_earlier_job(broker, start_worker, results, valkey):
    send(valkey, "note", "second", due_ms=broker.store.now_ms() + 700)
    start_worker()

    send(valkey, "note", "first", due_ms=broker.store.now_ms() + 50)

    assert results.take(2) == ["first", "second"]


def test_a_failing_job_is_tried_again(worker, results):
    promise("fail", 2, "twice")

    assert results.next() == "done at try 3"


def test_a_job_that_keeps_failing_becomes_a_dead_letter(worker, valkey, buried):
    job = send(valkey, "fail", 99, "always")

    letter = buried(job)
    assert (letter.actor, letter.state, letter.attempts) == ("fail", "dead", 3)
    assert dead.args(letter) == [99, "always"]
    assert letter.error == "Failed: always"
    assert "raise Failed(message)" in letter.traceback


def test_a_dead_promise_is_a_letter_and_no_row(worker, buried):
    promise("fail", 99, "always")
    job = str(Outbox.get().id)

    assert buried(job).state == DeadLetter.DEAD
    assert Outbox.get_or_none(id=job) is None


def test_a_dead_job_stays_alive_until_it_is_on_record(start_worker, valkey, commands, no_dead_letters):
    job = send(valkey, "give_up")

    with no_dead_letters():
        start_worker()
        commands.until("zadd", redis_client.key("default.DQ"), job)

    assert valkey.hexists(redis_client.key("default.DQ.msgs"), job)
    assert valkey.get(redis_client.key("starts", job)) == b"1"


def test_somebody_is_told_of_a_dead_letter(worker, valkey, buried):
    buried(send(valkey, "give_up"))

    assert Outbox.get().actor == dead.REPORT


def test_what_an_actor_throws_on_purpose_is_final(worker, valkey, buried):
    wire.send(valkey, [(wire.message("give_up", [], queue="default", message_id="tg-7"), 0)])

    assert buried("tg-7").attempts == 1  # an update, which no promise stands behind
    assert valkey.get("tries") == b"1"


def test_waiting_is_no_failure(worker, results):
    promise("wait_for", 12)  # no retries allowed

    assert results.next() == "done at try 13"


def test_waiting_uses_up_no_tries(broker, start_worker, commands):
    promise("wait_for_long")
    job = str(Outbox.get().id)
    start_worker()
    commands.until("zadd", redis_client.key("default.DQ"), job)

    assert Outbox.get().attempt == 0
    stored = broker.store.client.hget(redis_client.key("default.DQ.msgs"), job)
    assert orjson.loads(stored)["options"]["retries"] == 0


def test_a_job_remembers_how_often_its_message_may_have_arrived(broker, start_worker, commands):
    promise("send_in_doubt")
    job = str(Outbox.get().id)
    start_worker()
    commands.until("zadd", redis_client.key("default.DQ"), job)

    stored = broker.store.client.hget(redis_client.key("default.DQ.msgs"), job)
    assert orjson.loads(stored)["options"]["unsure"] == 1


def test_a_row_moves_on_with_its_job(broker, start_worker, commands):
    promise("fail_for_long")
    job = str(Outbox.get().id)
    start_worker()
    commands.until("zadd", redis_client.key("default.DQ"), job)

    row = Outbox.get()
    assert row.attempt == 1
    assert row.due_at > models.utcnow() + timedelta(seconds=30)


def test_a_job_of_an_unknown_actor_is_tried_again_and_counts_that(worker, valkey, commands):
    job = send(valkey, "not_deployed_yet")

    commands.until("zadd", redis_client.key("default.DQ"), job)
    stored = orjson.loads(valkey.hget(redis_client.key("default.DQ.msgs"), job))
    assert (stored["options"]["retries"], DeadLetter.select().count()) == (1, 0)


def test_bulk_leaves_threads_to_the_rest(start_worker, results, valkey):
    for _ in range(4):
        send(valkey, "hold", queue="bulk")
    start_worker(threads=4)
    valkey.blpop(["begun"], timeout=60)

    send(valkey, "note", "not held up")

    assert results.next() == "not held up"
    valkey.rpush("gate", 1, 1, 1, 1)


def test_the_correlation_id_reaches_the_job(worker, results):
    with logs.correlated("TRX1"):
        promise("tell_correlation")

    assert results.next() == "TRX1"


def test_a_dead_letter_holds_no_secret(worker, valkey, buried):
    token = settings.current().telegram_bot_token.get_secret_value()
    job = send(valkey, "fail", 99, f"call to /bot{token}/sendMessage failed")

    letter = buried(job)
    assert token not in letter.error + letter.traceback
    assert token.encode() not in bytes(letter.args)


def test_retrying_a_dead_letter_runs_the_job_once(broker, start_worker, results, valkey):
    with models.db.connection_context():
        dead.record("gone", "note", "default", ["again"], "no reason")

    assert [dead.retry("gone"), dead.retry("gone")] == [True, False]
    worker = start_worker()

    assert results.next() == "again"
    worker.join()
    assert results.silent()


def test_a_letter_is_run_again_once_whoever_presses(database, valkey):
    dead.record("a", "note", "default", ["x"], "broken")

    assert (dead.rerun({"a": ["x"]}), dead.rerun({"a": ["x"]})) == (1, 0)
    assert Outbox.select().count() == 1


def test_a_discarded_letter_cannot_be_retried(broker):
    dead.record("gone", "note", "default", ["again"], "no reason")

    assert dead.discard("gone")
    assert not dead.retry("gone")
    assert Outbox.select().count() == 0


def test_arguments_of_an_unreadable_message_are_kept_as_they_were(broker):
    dead.record_unreadable("poison", "default", b"\xff\x00")

    assert dead.args(DeadLetter.get_by_id("poison")) == [b"\xff\x00"]
    assert not dead.retry("poison")


def _promise_and_fail():
    outbox.add("note", "rolled back")
    raise ZeroDivisionError
