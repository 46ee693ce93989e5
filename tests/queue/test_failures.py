"""Every failure that shared experience names: killed, stalled, emptied, poisoned. Nothing may be lost."""

from __future__ import annotations

import os
import signal
import subprocess

import psycopg
import pytest
from psycopg import sql

from app.infra import redis_client, transactions
from app.infra.queue import dead, outbox
from models import DeadLetter, Outbox


def test_jobs_of_a_killed_worker_run_elsewhere(workers, enqueue, begun, done, own_valkey):
    first = workers.start()  # two of the default queue at once
    for name in ("a", "b", "c"):
        enqueue("wait_at_gate", name)
    begun.take(2)

    workers.kill(first)
    own_valkey.client.rpush("gate", *[1] * 8)  # the killed may still be served some
    workers.start()

    assert sorted(done.take(3)) == ["a", "b", "c"]


@pytest.mark.slow
def test_the_master_exits_when_a_child_dies(workers, enqueue):
    master = workers.start()

    enqueue("kill_worker")

    assert master.wait(90) != 0


@pytest.mark.slow
def test_a_job_that_kills_its_worker_becomes_a_dead_letter(workers, enqueue, own_valkey, done):
    job = enqueue("kill_worker")
    own_valkey.client.set(redis_client.key(f"starts:{job}"), 4)
    workers.start().wait(90)  # the fifth start, and the end of that worker

    with own_valkey.watch() as commands:
        workers.start()
        commands.until("hdel", job)

    assert "killed the worker" in DeadLetter.get_by_id(job).error


@pytest.mark.slow
def test_delayed_jobs_survive_a_restart_of_redis(workers, enqueue, done, own_valkey):
    workers.start()
    enqueue("note", "ready")
    done.next()
    for number in range(20):
        enqueue("note", str(number), delay_ms=2500)

    own_valkey.kill()
    own_valkey.start()

    assert sorted(map(int, done.take(20))) == list(range(20))


@pytest.mark.slow
def test_running_jobs_survive_a_restart_of_redis(workers, enqueue, begun, done, own_valkey):
    workers.start()  # two of the default queue at once
    for name in ("a", "b", "c", "d"):
        enqueue("wait_at_gate", name)
    begun.take(2)

    own_valkey.kill()
    own_valkey.start()
    own_valkey.client.rpush("gate", *[1] * 20)

    assert {"a", "b", "c", "d"} <= set(done.take(4))


@pytest.mark.slow
def test_a_stall_of_redis_ends_no_thread(workers, enqueue, done, own_valkey):
    master = workers.start()
    enqueue("note", "before")
    done.next()
    enqueue("note", "delayed", delay_ms=500)

    own_valkey.freeze()
    with pytest.raises(subprocess.TimeoutExpired):
        master.wait(4)  # longer than the workers' time-out
    own_valkey.thaw()
    enqueue("note", "after")
    enqueue("note", "delayed after", delay_ms=200)

    assert sorted(done.take(3)) == ["after", "delayed", "delayed after"]
    assert master.poll() is None


@pytest.mark.slow
def test_a_stall_of_redis_makes_nobody_dead(workers, enqueue, begun, done, own_valkey):
    first = workers.start()
    workers.start()
    enqueue("wait_at_gate", "a")
    begun.next()

    own_valkey.freeze()
    with pytest.raises(subprocess.TimeoutExpired):
        first.wait(4)  # longer than the heartbeat time-out
    own_valkey.thaw()
    enqueue("note", "time enough to take the job over", delay_ms=1000)
    done.next()

    assert begun.silent()


@pytest.mark.slow
@pytest.mark.parametrize("promised", [True, False])
def test_a_job_that_fails_while_redis_is_down_is_retried(
    workers, enqueue, begun, done, own_valkey, tmp_path, promised
):
    os.mkfifo(pipe := tmp_path / "pipe")
    orders = pipe.open("r+b", buffering=0)
    workers.start()
    if promised:
        with transactions.atomic():
            outbox.add("fail_after_pipe", str(pipe), "retried")
    else:
        enqueue("fail_after_pipe", str(pipe), "retried")
    begun.next()

    own_valkey.kill()
    orders.write(b"!")
    workers.until_logged("connection error")
    pipe.unlink()
    own_valkey.start()

    assert done.next() == "retried"


@pytest.mark.slow
def test_a_paused_worker_does_no_harm(workers, enqueue, begun, done, own_valkey):
    first = workers.start()
    enqueue("wait_at_gate", "a")
    begun.next()
    workers.kill(first, signal.SIGSTOP)
    workers.start()
    begun.next()  # taken over

    own_valkey.client.rpush("gate", 1, 1)
    done.next()
    workers.kill(first, signal.SIGCONT)

    done.next()  # run twice, which jobs must not mind
    enqueue("note", "fine")
    assert done.next() == "fine"
    assert own_valkey.client.hlen(redis_client.key("default.msgs")) <= 1  # the note may not be settled yet


def test_sigterm_finishes_what_runs_and_gives_back_the_rest(workers, enqueue, begun, done, own_valkey):
    first = workers.start(threads=1)
    enqueue("wait_at_gate", "running")
    begun.next()
    enqueue("note", "waiting")

    workers.kill(first, signal.SIGTERM)  # master and child alike, as some platforms do
    own_valkey.client.rpush("gate", 1)
    assert first.wait(90) == 0

    assert done.next() == "running"
    if done.silent():
        workers.start()
    assert done.next() == "waiting"


@pytest.mark.slow
def test_a_worker_that_hears_sigterm_twice_while_it_boots_drains(workers):
    workers.module = "tests.queue.signaled_jobs"

    assert workers.start(threads=1).wait(90) == 0


@pytest.mark.slow
def test_sigterm_gives_back_a_job_that_does_not_end(workers, enqueue, begun, done, own_valkey):
    first = workers.start(threads=1)
    enqueue("wait_at_gate", "slow")
    begun.next()

    first.terminate()
    assert first.wait(90) == 0
    assert own_valkey.client.keys(redis_client.key("starts:*")) == []  # not a start that counts
    own_valkey.client.rpush("gate", 1)
    workers.start()

    assert done.next() == "slow"


@pytest.mark.slow
def test_a_process_that_lost_a_thread_exits(workers, enqueue):
    master = workers.start()

    enqueue("kill_consumer")

    assert master.wait(90) == 1


@pytest.mark.slow
def test_a_process_with_a_stuck_job_exits_and_another_runs_it(workers, enqueue, done):
    master = workers.start()
    enqueue("stay_in_a_system_call")

    workers.until_logged("stuck, exiting")
    assert master.wait(90) == 1
    workers.start()

    assert done.next() == "run elsewhere"


def test_an_unreadable_message_harms_no_other(workers, enqueue, done, own_valkey):
    enqueue("note", "before")
    own_valkey.client.hset(redis_client.key("default.msgs"), "poison", b"\xff not json")
    own_valkey.client.rpush(redis_client.key("default"), "poison")
    enqueue("note", "after")

    with own_valkey.watch() as commands:
        workers.start()
        commands.until("hdel", "poison")

    assert sorted(done.take(2)) == ["after", "before"]
    letter = DeadLetter.get_by_id("poison")
    assert dead.args(letter) == [b"\xff not json"]
    assert b"not json" not in bytes(letter.args)


@pytest.mark.slow
def test_an_emptied_redis_loses_no_promise(workers, done, own_valkey):
    with transactions.atomic():
        for number in range(3):
            outbox.add("note", str(number))
    own_valkey.client.flushall()
    Outbox.update(due_at=Outbox.due_at - outbox.GRACE).execute()

    assert outbox.sweep() == 3
    workers.start()

    assert sorted(done.take(3)) == ["0", "1", "2"]


@pytest.mark.slow
def test_an_outage_of_postgres_loses_no_job(workers, enqueue, done, own_valkey, servers, fresh_database):
    url = fresh_database()
    workers.environment["DATABASE_URL"] = url
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(servers.postgres.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
        with own_valkey.watch() as commands:
            workers.start()
            job = enqueue("note", "after all")
            commands.until("zadd", redis_client.key("default.DQ"), job)
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(name)))

    assert done.next() == "after all"
