"""What processes count, together in Redis: after restarts, lost answers, an emptied Redis, with odd times."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from freezegun import freeze_time
from prometheus_client import CollectorRegistry, Counter, Histogram

import models
import settings
from app.infra import redis_client
from app.infra.metrics import counters, gauges, ledger, processes, reporter, windows

CALLS = "quickcart_api_call_seconds"


def report(kind="worker", *, ends=False) -> None:
    reporter.Thread(reporter.Reporter(kind, lambda: (2, 12)), redis_client.shared()).report(ends=ends)


def call(times=1, seconds=0.02, outcome="ok", api="pakasir") -> None:
    for _ in range(times):
        counters.API_CALLS.labels(api, "status", outcome).observe(seconds)


@pytest.fixture
def redis(valkey):
    """An emptied Redis that has been there for an hour, and this process has counted nothing."""
    report()
    valkey.flushall()
    valkey.hset(reporter.key("totals"), reporter.SINCE, int(time.time()) - 3600)
    return valkey


def beaten(redis, minutes: int) -> None:
    """Somebody reported in each of the minutes before this one."""
    this = int(time.time()) // 60
    for minute in range(this - minutes, this + 1):
        redis.hincrby(reporter.key("minute", str(minute)), reporter.BEAT, 1)


def totals(redis) -> dict[str, float]:
    known = redis.hgetall(reporter.key("totals"))
    return {name.decode(): float(value) for name, value in known.items() if name.startswith(b"[")}


def within_20_ms(redis) -> float:
    return totals(redis).get(ledger.field(f"{CALLS}_bucket", "pakasir", "status", "ok", "0.025"), 0)


def test_what_was_counted_is_added_once(redis):
    call(3)
    report()
    report()

    assert within_20_ms(redis) == 3


def test_two_processes_and_a_third_after_a_restart_are_one_sum(redis):
    count = (
        "import settings, redis; from app.infra import redis_client; "
        "from app.infra.metrics import counters, reporter\n"
        "counters.API_CALLS.labels('pakasir', 'status', 'ok').observe(0.02)\n"
        "reporter.Thread(reporter.Reporter('web'), redis_client.shared()).report()"
    )
    environment = {
        name.upper(): value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
        for name, value in settings.current()
        if value not in {None, ""} and name != "admin_ids"
    }
    for _ in range(3):
        subprocess.run([sys.executable, "-c", count], env=environment, check=True, timeout=60)
    call()
    report()

    assert within_20_ms(redis) == 4


def test_whoever_reported_just_now_is_known_by_its_kind(redis):
    for kind in ("worker", "web", "clock", "web"):
        report(kind)

    assert [process.kind for process in processes.alive()] == ["clock", "web", "web", "worker"]


def test_an_emptied_redis_looks_like_a_counter_that_began_anew(redis):
    call(5)
    report()
    redis.flushall()
    call(2)
    report()

    assert within_20_ms(redis) == 2


def test_a_batch_whose_answer_was_lost_counts_once(redis):
    call(4)
    batch = ledger.own.batch()
    arguments = reporter.Reporter("worker").arguments(batch, ends=False)
    redis.register_script(reporter.REPORT)(**arguments)  # and the answer never came: it is not booked
    call(1)
    report()
    report()

    assert within_20_ms(redis) == 5


def test_while_redis_is_away_nothing_is_lost(redis, closed_port):
    call(3)
    with settings.override(redis_url=f"redis://127.0.0.1:{closed_port}/0"):
        report()
    call(1)
    report()
    report()

    assert within_20_ms(redis) == 4


def test_a_child_does_not_count_what_its_parent_has():
    registry = CollectorRegistry()
    counter = Counter("things", "Things.", registry=registry)
    counter.inc(7)
    book = ledger.Ledger(registry)  # as after a fork
    counter.inc(2)

    assert book.batch().totals == {'["things_total"]': 2.0}


def test_one_observation_changes_one_bucket_and_the_sum():
    registry = CollectorRegistry()
    times = Histogram("times_seconds", "Times.", buckets=(1, 2, 3), registry=registry)
    book = ledger.Ledger(registry)
    times.observe(1.5)

    assert book.batch().totals == {'["times_seconds_bucket","2.0"]': 1.0, '["times_seconds_sum"]': 1.5}


def test_processes_are_listed_until_they_end(redis):
    ending = reporter.Thread(reporter.Reporter("worker", lambda: (2, 12)), redis_client.shared())
    ending.report()
    report("clock")

    clock, worker = processes.alive()
    assert (clock.kind, worker.kind, worker.busy, worker.threads) == ("clock", "worker", 2, 12)
    ending.report(ends=True)
    assert [process.kind for process in processes.alive()] == ["clock"]


def test_a_killed_process_is_gone_soon(redis):
    report()
    (name,) = redis.hkeys(reporter.key("processes"))
    long_ago = int(time.time()) - reporter.GONE_AFTER_S - 1
    about = redis.hget(reporter.key("processes"), name).partition(b" ")[2]
    redis.hset(reporter.key("processes"), name, f"{long_ago} ".encode() + about)

    assert processes.alive() == []
    report("clock")
    assert len(redis.hkeys(reporter.key("processes"))) == 1


def test_a_window_adds_up_what_is_asked_for(redis):
    beaten(redis, 5)
    call(6)
    call(2, outcome="silent")
    call(1, outcome="unreachable")
    call(9, outcome="silent", api="telegram")
    report()

    assert windows.total(CALLS, 5, api="pakasir") == 9
    assert windows.total(CALLS, 5, api="pakasir", outcome=counters.BAD_OUTCOMES) == 3
    assert windows.by_minute(CALLS, 3, api="telegram")[-2:] in ([0, 9], [9, 0])


def test_a_window_after_redis_was_emptied_is_unknown(redis):
    beaten(redis, 5)
    call(6)
    report()
    redis.flushall()
    beaten(redis, 5)
    report()

    assert windows.total(CALLS, 5, api="pakasir") is None


def test_a_window_in_which_nobody_counted_is_unknown(redis):
    beaten(redis, 2)

    assert windows.total(CALLS, 2) == 0
    assert windows.total(CALLS, 5) is None


def test_a_machine_whose_clock_is_wrong_counts_in_the_same_minute(redis):
    beaten(redis, 5)
    with freeze_time(models.utcnow() + timedelta(hours=3)):
        call(3)
        report()
    call(1)
    report()

    assert windows.total(CALLS, 2, api="pakasir") == 4


def test_minutes_are_kept_for_three_days(redis):
    call()
    report()

    (minute,) = redis.keys(reporter.key("minute", "*"))
    assert 3 * 86_400 - 60 < redis.ttl(minute) <= 3 * 86_400


def test_a_quantile_is_within_its_bucket(redis):
    beaten(redis, 3)
    call(90, seconds=0.03)
    call(10, seconds=0.4)
    report()

    assert 0.025 < windows.quantile(CALLS, 0.5, 3, api="pakasir") <= 0.05
    assert 0.25 < windows.quantile(CALLS, 0.99, 3, api="pakasir") <= 0.5
    assert windows.quantile(CALLS, 0.99, 3, api="telegram") is None


def test_gauges_are_replaced_all_at_once_and_know_their_age(redis):
    gauges.put(redis, [("quickcart_dead_letters", (), 3), ("quickcart_orders", ("paid",), 1)])
    gauges.put(redis, [("quickcart_dead_letters", (), 2)])

    measured = gauges.read()
    assert measured.get("quickcart_dead_letters") == 2
    assert measured.get("quickcart_orders", "paid") is None
    assert 0 <= measured.age_s < 30
