"""Whoever runs the shop has more than one door to it: a change promises and audits the same through each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import httpx
import pytest
import redis
from freezegun import freeze_time

from app.infra.queue import dead
from app.people import users
from app.sales import delivery, settlement, strays
from models import AuditEvent, Claim, Contradiction, LedgerEntry, Order, Outbox, Stray
from tests.support import broken, claimed, given
from tests.support.chatter import Chatter
from tests.support.databases import Resettable
from tests.support.given import ALICE, BOB
from tests.support.operator import Operator

Ops = Callable[..., Any]

WHY = "seen in the dashboard"
#: What differs each time: invoices and moments.
INVOICE, MOMENT = re.compile(r"TRX\d{8}\w{6}"), re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")


@dataclass(frozen=True)
class Change:
    """`before` makes what is to change; every other field is a door, and how it is asked for the change."""

    before: Callable[[], Any]
    chat: Callable[[Chatter, Any], object]
    shell: Callable[[Ops, Any], object] | None = None
    page: Callable[[Operator, Any], object] | None = None


DOORS = [field.name for field in fields(Change) if field.name != "before"]


def admin_alice() -> None:
    given.person()
    users.make_admin(ALICE, admin=True)


def risky() -> Order:
    """Paid, and perhaps delivered."""
    order = broken.paid()
    delivery.begin(order.id, 0)
    delivery.doubt(order.id, 0)
    return order


def contradicted() -> Order:
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))
    return order


def stray() -> Stray:
    given.person()
    strays.note("TRX20260301LOST22", "PKS1")
    return Stray.get()


def dead_job() -> None:
    dead.record("job-1", "deliver_order", "money", [broken.paid().id], "Telegram is on fire")


def says(text: str) -> Callable[[Chatter, Any], object]:
    return lambda bob, _: bob.says(text)


def taps(label: str, *, answers: str = "", confirms: str = "") -> Callable[[Chatter, Order], object]:
    """A button on the order's page; then what is typed, and the button under "is that meant?"."""

    def ask(bob: Chatter, order: Order) -> None:
        page = bob.taps(bob.says(f"/order {order.invoice}"), label)
        if confirms:
            bob.taps(bob.says(answers) if answers else page, confirms)

    return ask


def credits_stray(bob: Chatter, found: Stray) -> None:
    bob.presses(f"stray_credit:{found.id}")
    bob.taps(bob.says(f"@alice|25000|{WHY}"), "Ya, Masukkan")


def dismisses_stray(bob: Chatter, found: Stray) -> None:
    bob.presses(f"stray_close:{found.id}")
    bob.says(WHY)


def answers_claim(label: str, *, typed: str = "", confirms: str = "") -> Callable[[Chatter, Claim], object]:
    """A button of a claim; then what is typed, or the button under "is that meant?"."""

    def ask(bob: Chatter, claim: Claim) -> None:
        page = bob.taps(bob.presses(f"claim_page:{claim.id}"), label)
        if typed:
            bob.says(typed)
        if confirms:
            bob.taps(page, confirms)

    return ask


def runs(*words: str) -> Callable[[Ops, Any], object]:
    """A command; `{}` is the order's invoice, or the number of the stray or claim."""

    def ask(ops: Ops, subject: Any) -> None:
        name = subject.id if isinstance(subject, Stray | Claim) else getattr(subject, "invoice", "")
        answer = ops(*[word.format(name) for word in words])
        assert answer.code == 0, answer.err

    return ask


def submits(act: str, **typed: str) -> Callable[[Operator, Order], object]:
    """A form on the order's page, with what is typed into it."""

    def ask(bob: Operator, order: Order) -> None:
        bob.opens(f"/ops/orders/{order.invoice}").presses(act, **typed)
        assert bob.status == 200, bob.text

    return ask


def on_stray(act: str, **typed: str) -> Callable[[Operator, Stray], object]:
    """The same on the page of a stray; what it asks once more is confirmed."""

    def ask(bob: Operator, found: Stray) -> None:
        bob.opens(f"/ops/strays/{found.id}").presses(act, **typed)
        if "sure" in bob.answer.text:
            bob.presses(act)
        assert bob.status == 200, bob.text

    return ask


def november() -> None:
    with freeze_time("2026-11-02 05:00"):
        order = given.order()
        settlement.settle(order.id, given.status(order))


CHANGES = {
    "an admin is added": Change(given.person, says(f"/addadmin {ALICE}"), runs("admin", "add", f"{ALICE}")),
    "an admin is removed": Change(
        admin_alice, says(f"/rmadmin {ALICE}"), runs("admin", "remove", f"{ALICE}")
    ),
    "a dead job runs again": Change(
        dead_job, lambda bob, _: bob.taps(bob.says("/dead"), "Coba Lagi"), runs("dead", "retry", "job-1")
    ),
    "the gateway is asked": Change(
        given.order, taps("Cek Pembayaran"), runs("order", "{}", "--recheck"), submits("recheck")
    ),
    "the gateway's word is known": Change(
        broken.paid, taps("Cek Pembayaran"), runs("order", "{}", "--recheck")
    ),
    "delivered goods go out again": Change(
        broken.delivered,
        taps("Kirim Ulang", confirms="Hanya Kirim Lagi"),
        runs("order", "{}", "--redeliver"),
        submits("resend"),
    ),
    "paid goods go out again": Change(
        broken.paid, taps("Kirim Ulang"), runs("order", "{}", "--redeliver"), submits("resend")
    ),
    "money goes back": Change(
        broken.paid,
        taps("Kembalikan ke Saldo", answers=WHY, confirms="Ya, Kembalikan"),
        runs("order", "{}", "--credit", "--reason", WHY),
        submits("credit", amount="25000", reason=WHY),
    ),
    "money goes back although goods may be there": Change(
        risky,
        taps("Kembalikan ke Saldo", answers=WHY, confirms="Ya, Kembalikan"),
        runs("order", "{}", "--credit", "--anyway", "--reason", WHY),
        submits("credit", amount="25000", reason=WHY, anyway="yes"),
    ),
    "an unpaid order ends": Change(
        given.order, taps("Batalkan"), runs("order", "{}", "--cancel"), submits("cancel")
    ),
    "an unpaid deposit ends": Change(
        given.deposit, taps("Batalkan"), runs("order", "{}", "--cancel"), submits("cancel")
    ),
    "a payment is accepted": Change(
        contradicted,
        taps("Terima", answers=f"30000|{WHY}", confirms="Ya, Terima"),
        runs("order", "{}", "--accept", "30000", "--reason", WHY),
        submits("accept", amount="30000", reason=WHY),
    ),
    "a payment is refused": Change(
        contradicted,
        taps("Tolak", answers=WHY, confirms="Ya, Tolak"),
        runs("order", "{}", "--refuse", "--reason", WHY),
        submits("refuse", reason=WHY),
    ),
    "the gateway is asked about a stray": Change(
        stray,
        lambda bob, found: bob.presses(f"stray_ask:{found.id}"),
        runs("stray", "look", "{}"),
        on_stray("ask"),
    ),
    "a stray is credited": Change(
        stray,
        credits_stray,
        runs("stray", "credit", "{}", f"{ALICE}", "25000", "--reason", WHY),
        on_stray("credit", person="@alice", amount="25000", reason=WHY),
    ),
    "a stray is dismissed": Change(
        stray,
        dismisses_stray,
        runs("stray", "dismiss", "{}", "--reason", WHY),
        on_stray("close", reason=WHY),
    ),
    "a claimed item is replaced": Change(
        claimed.opened, answers_claim("Ganti"), runs("claim", "replace", "{}")
    ),
    "a claimed item's money goes back": Change(
        claimed.opened,
        answers_claim("Kembalikan Dana", confirms="Ya, Kembalikan"),
        runs("claim", "refund", "{}"),
    ),
    "a claim is refused": Change(
        claimed.opened, answers_claim("Tolak", typed=WHY), runs("claim", "refuse", "{}", "--reason", WHY)
    ),
    "a month is exported": Change(
        november,
        says("/export 2026-11"),
        page=lambda bob, _: bob.posts("/ops/money/export", {"month": "2026-11"}),
    ),
}

#: What changes nothing, in no door.
NOTHING = {"the gateway's word is known"}


@pytest.fixture
def through(
    ops: Ops, web: httpx.Client, valkey: redis.Redis, _shop_database: Resettable
) -> Callable[[str, Change], list[str]]:
    """What is promised and noted when a change comes through a door, in a shop made anew for it."""

    def come(door: str, change: Change) -> list[str]:
        _shop_database.reset()
        valkey.flushall()
        bob = Chatter(BOB, "Bob", "bob")
        bob.says("/start")
        page = Operator(web).logs_in() if door == "page" else None
        subject = change.before()
        Outbox.delete().execute()
        AuditEvent.delete().execute()
        LedgerEntry.update(note="before").execute()
        getattr(change, door)({"chat": bob, "shell": ops, "page": page}[door], subject)
        return sorted(noted())

    return come


def noted() -> list[str]:
    """Promises, audit events, ledger entries and reasons; who did it is the one thing that may differ."""
    audited = [(row.action, row.entity, row.data | {"by": "whoever"}) for row in AuditEvent.select()]
    booked = [(row.user_id, row.amount, row.reason, row.note) for row in LedgerEntry.select()]
    reasons = [row.note for table in (Contradiction, Order, Stray) for row in table.select() if row.note]
    told = [str(each) for each in [*given.promised(), *audited, *booked, *reasons]]
    return [MOMENT.sub("then", INVOICE.sub("TRX", each)) for each in told]


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_the_same_through_every_door(name: str, through: Callable[[str, Change], list[str]]):
    change = CHANGES[name]
    first, *others = [through(door, change) for door in DOORS if getattr(change, door)]

    assert bool(first) == (name not in NOTHING)
    assert others == [first] * len(others)
