"""What failed alike is decided on together, as it was seen."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

import settings
from app.backoffice import failed_jobs, failures
from app.infra import crypto
from app.infra.queue import dead, lanes, sealing
from app.sales import warranty
from models import DeadLetter, Order, Outbox, db, utcnow
from tests.support import broken, claimed, given
from tests.support.racing import together

KIND = "send_pm ValueError"


@pytest.fixture
def clock(database, valkey):
    with freeze_time("2026-11-23 12:00") as frozen:
        yield frozen


def die(number, actor="send_pm", subject=1, error=None):
    dead.record(f"job-{number}", actor, "default", [subject], error or ValueError("no"), attempts=3)


def waiting():
    return [letter.id for letter in dead.waiting()]


def test_what_failed_alike_is_one_group(clock):
    for number in range(3):
        die(number)
        clock.tick(60)
    die(9, error=KeyError("no"))

    last, first = failed_jobs.groups()
    assert (last.kind, last.count, first.kind, first.count) == ("send_pm KeyError", 1, KIND, 3)
    assert first.last_at - first.first_at == timedelta(minutes=2)
    assert first.hint == "message"


def test_the_place_in_our_code_tells_groups_apart(clock):
    for number, wrong in enumerate((lambda: given.orders.get(-1), lambda: crypto.decrypt(b"x"))):
        try:
            wrong()
        except Exception as error:
            die(number, error=error)

    assert {group.kind.split(" ")[2] for group in failed_jobs.groups()} == {
        "app/sales/orders.py:get",
        "app/infra/crypto.py:_opening",
    }


def test_who_dies_after_the_group_was_seen_stays(clock):
    die(1)
    seen = utcnow()
    clock.tick(1)
    die(2)

    assert failed_jobs.retry(KIND, seen) == 1
    assert waiting() == ["job-2"]
    assert failed_jobs.discard(KIND, seen) == 0


def test_a_preview_says_what_would_become_of_each(clock):
    paid, over = given.order(), given.order(3)
    Order.update(state=Order.PAID).where(Order.id == paid.id).execute()
    for number, order in enumerate((paid, over)):
        die(number, "deliver_order", order.id)
    with settings.override(stock_encryption_key="b3RoZXIga2V5IG9mIHRoZSB0ZXN0cywgbm8gc2VjcmU="):
        die(3, "deliver_order", "TRX")

    seen = failed_jobs.preview("deliver_order ValueError", utcnow())

    assert (list(seen.useful), seen.pointless, seen.unreadable) == (["job-0"], ["job-1"], ["job-3"])
    assert failed_jobs.retry("deliver_order ValueError", utcnow()) == 1


def test_what_replaces_an_item_is_of_use_until_it_has_arrived(clock):
    placed = claimed.order()
    warranty.replace(claimed.opened(placed).id)
    die(1, "deliver_order", placed.id)

    before = failed_jobs.preview("deliver_order ValueError", utcnow())
    broken.hand_over(placed)
    after = failed_jobs.preview("deliver_order ValueError", utcnow())

    assert (list(before.useful), after.pointless) == (["job-1"], ["job-1"])


def test_whatever_doors_are_pressed_at_once_each_is_run_or_thrown_away_once(database, valkey):
    for number in range(30):
        die(number)
    until = utcnow()

    counts = together(
        *[lambda: failed_jobs.retry(KIND, until)] * 2,
        lambda: failed_jobs.discard(KIND, until),
        lambda: failures.retry("job-7"),
        lambda: failures.discard("job-8"),
    )

    retried = DeadLetter.select().where(DeadLetter.state == DeadLetter.RETRIED).count()
    noted = sum(event["count"] for event in given.audited("jobs.retried"))
    assert sum(map(int, counts)) == 30
    assert waiting() == []
    assert len(given.promised("send_pm")) == retried == noted + len(given.audited("job.retried"))


def test_many_are_spread_and_give_way(clock):
    for number in range(60):
        die(number)

    failed_jobs.retry(KIND, utcnow())

    rows = list(Outbox.select().where(Outbox.actor == "send_pm").order_by(Outbox.due_at))
    assert {row.queue for row in rows[: dead.AT_ONCE]} == {"default"}
    assert {row.queue for row in rows[dead.AT_ONCE :]} == {lanes.BULK}
    assert rows[-1].due_at - utcnow() == timedelta(seconds=4)


def test_of_many_those_that_wait_longest_run_first(clock):
    for number in reversed(range(60)):
        die(number, subject=number)
        clock.tick(1)

    failed_jobs.retry(KIND, utcnow())

    rows = Outbox.select().where(Outbox.actor == "send_pm", Outbox.queue == lanes.BULK)
    later = [sealing.unseal(row.args)[0] for row in rows.order_by(Outbox.due_at)]
    assert later == [*reversed(range(60 - dead.AT_ONCE))]


def test_an_act_is_one_event(clock):
    for number in range(3):
        die(number)

    failed_jobs.discard(KIND, utcnow())

    assert [event["count"] for event in given.audited("jobs.discarded")] == [3]
    assert failed_jobs.groups() == []


def test_a_letter_keeps_its_history_when_its_job_dies_again(clock):
    die(1, error=ValueError("first"))
    failed_jobs.retry(KIND, utcnow())
    (row,) = Outbox.select().where(Outbox.actor == "send_pm")
    clock.tick(60)
    dead.record(str(row.id), "send_pm", "default", [1], ValueError("second"), attempts=2)

    (letter,) = DeadLetter.select()
    assert (letter.id, letter.state, letter.deaths) == ("job-1", DeadLetter.DEAD, 2)
    assert [death["error"] for death in letter.history] == ["ValueError: first"]
    assert failed_jobs.groups()[0].again == 1


def test_the_outcome_says_what_is_done_what_waits_and_what_died_again(clock):
    for number in range(3):
        die(number)
    began = utcnow()
    failed_jobs.retry(KIND, began)
    done, again, _waits = Outbox.select().where(Outbox.actor == "send_pm").order_by(Outbox.id)
    Outbox.delete().where(Outbox.id.in_([done.id, again.id])).execute()
    dead.record(str(again.id), "send_pm", "default", [1], ValueError("no"))

    came = failed_jobs.outcome(KIND, began)

    assert (came.done, came.running, came.dead) == (1, 1, 1)


def test_thousands_are_one_act(clock):
    die(0)
    copied = ", ".join(f'"{column}"' for column in DeadLetter._meta.columns if column != "id")
    db.execute_sql(
        f"INSERT INTO dead_letter (id, {copied})"
        f" SELECT 'job-' || n, {copied} FROM dead_letter, generate_series(1, 2099) AS n"
    )

    assert failed_jobs.retry(KIND, utcnow()) == 2_100
    assert Outbox.select().where(Outbox.actor == "send_pm").count() == 2_100
