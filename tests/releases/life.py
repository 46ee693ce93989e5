"""A shop that has lived: made by its services, healthy, with a row or more in every table."""

from __future__ import annotations

from app.backoffice.alerts import incidents, jobs, rules
from app.catalogue import batches, listings, stockroom, waitlist
from app.catalogue.prices import Discount
from app.infra.queue import dead
from app.people import broadcasts, groups, recipients, support, users
from app.sales import quotes, settlement, strays, testimonials
from models import HandledUpdate, StockItem
from tests.support import broken, claimed, given
from tests.support.given import ALICE, BOB, CHARLIE, RINA

GROUP = -100


def fill() -> None:
    """A table that is new gets its rows here."""
    _people()
    _shelves()
    _orders()
    _gateway()
    _staff()
    HandledUpdate.insert(id=1, reply={"text": "Halo"}).execute()
    dead.record("a-job", "send_notice", "default", [ALICE, "welcome"], "Telegram is on fire")
    incidents.judge(rules.BY_NAME["dead_letters"], jobs.dead_letters())


def _people() -> None:
    given.person(ALICE, balance=60_000)
    given.person(CHARLIE, "Charlie")
    given.person(RINA, "Rina")
    users.make_reseller(RINA, reseller=True)
    support.remember_message(BOB, 500, CHARLIE)


def _shelves() -> None:
    given.product("Netflix 1M", stock_lines=3, category="Streaming", description="1 layar")
    listings.discount_category("Streaming", Discount(percent=10))
    stockroom.share(given.product("E-book", stock_lines=0).id, StockItem.DOCUMENT, "FILE")
    empty = given.product("Spotify 1M", stock_lines=0).id
    waitlist.ask(empty, CHARLIE)
    batches.begin(empty, ["KEY-A", "KEY-B"], batches.Origin(BOB, BOB, update_id=7))


def _orders() -> None:
    """One in each state."""
    testimonials.give(10, broken.delivered(10).id, 5)
    broken.credited(11)
    broken.paid(12)
    broken.bought_with_balance(13)
    given.order(14, voucher=given.voucher())
    given.unopened(15)
    settlement.expire(given.order(16).id)
    settlement.cancel(given.order(17).id, 17)
    claimed.opened(claimed.order(19))


def _gateway() -> None:
    quotes.note(25_000, 485)
    strays.note("TRXLOST", "PKS1")
    strays.dismiss(strays.waiting().get().id, why="seen in the dashboard")
    other = given.order(18)
    settlement.settle(other.id, given.status(other, amount=20_000))
    settlement.accept(other.id, 20_000, why="seen in the dashboard")


def _staff() -> None:
    groups.add(GROUP, "Tim", BOB, 7)
    sending = broadcasts.confirm(broadcasts.draft_text("Halo", BOB).id, BOB, None)
    broadcasts.list_recipients(sending.id, sending.run)
    person = recipients.claim(sending.id, sending.run, 0)
    recipients.settle(sending.id, person.user_id, "sent")
