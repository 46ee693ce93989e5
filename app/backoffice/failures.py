"""Who is told of orders whose jobs failed for good, and how often: admins once a kind, buyers once an order.

A kind of failure is told when it is new, when it comes back after all of it was dealt with, when it has grown
a lot, and when somebody's money or goods have waited for a while without being told. Of all other jobs tells
app/backoffice/alerts.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from app import audit
from app.infra import transactions
from app.infra.queue import dead, outbox
from app.people import notices
from app.sales import orders
from models import DeadLetter, Order, db, utcnow

#: Jobs that money or goods wait for. The subject of each is an order.
URGENT = ("deliver_order", "settle_payment", "send_qr", "open_payment", "expire_order", "check_payment")
#: What a notice of failures is called (app/bot/notices.py).
NOTICE = "jobs_failed"

#: So many times as many as are known already is news; so long one may wait untold where money or goods do.
A_LOT, UNTOLD = 10, timedelta(minutes=5)
MOST_NAMED = 10

_LOCK = 7_203_040


def report() -> int:
    """Tell what nobody was told yet; how many kinds of failure were told. Two at once take turns."""
    with transactions.atomic():
        db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        fresh = defaultdict(list)
        urgent = DeadLetter.actor.in_(URGENT)
        for letter in dead.waiting().where(urgent, DeadLetter.told_at.is_null()):
            _tell_buyer(letter)
            fresh[letter.kind].append(letter)
        return sum(_tell(kind, letters) for kind, letters in fresh.items())


def _tell(kind: str, letters: list[DeadLetter]) -> bool:
    if not _is_news(kind, letters):
        return False
    ids = [letter.id for letter in letters]
    count = dead.of_kind(kind).count()
    notices.to_admins(NOTICE, letters=ids[:MOST_NAMED], count=count)
    DeadLetter.update(told_at=utcnow()).where(DeadLetter.id.in_(dead.held(DeadLetter.id.in_(ids)))).execute()
    return True


def _is_news(kind: str, letters: list[DeadLetter]) -> bool:
    known = dead.of_kind(kind).where(DeadLetter.told_at.is_null(False)).count()
    return not known or len(letters) >= known * A_LOT or letters[0].died_at < utcnow() - UNTOLD


def _tell_buyer(letter: DeadLetter) -> None:
    """Whose goods wait reads once that the shop is on it."""
    order = order_of(letter)
    if letter.actor != "deliver_order" or order is None or letter.buyer_told_at:
        return
    same = (DeadLetter.actor == letter.actor, DeadLetter.subject == letter.subject)
    if not DeadLetter.select().where(*same, DeadLetter.buyer_told_at.is_null(False)).exists():
        outbox.add(dead.NOTICE, order.user_id, "delivery_stuck", {"order_id": order.id})
    DeadLetter.update(buyer_told_at=utcnow()).where(DeadLetter.id == letter.id).execute()


def retry(letter_id: str) -> bool:
    """Run the job once more, as a new one; False when it is not waiting, or was never readable."""
    with transactions.atomic():
        again = dead.retry(letter_id)
        if again:
            _note("job.retried", letter_id)
        return again


def discard(letter_id: str) -> bool:
    """Never run it; False when it is not waiting."""
    with transactions.atomic():
        gone = bool(dead.discard(letter_id))
        if gone:
            _note("job.discarded", letter_id)
        return gone


def _note(action: str, letter_id: str) -> None:
    audit.record(action, f"job:{letter_id}", actor=DeadLetter.get_by_id(letter_id).actor)


def order_of(letter: DeadLetter) -> Order | None:
    """The order that a job was about, if it was about one that there is."""
    return _order(letter.subject) if letter.actor in URGENT and letter.subject else None


def orders_of(letters: list[DeadLetter]) -> dict[str, Order]:
    """The same of several, by the id of the letter."""
    subjects = {letter.id: letter.subject for letter in letters if letter.actor in URGENT and letter.subject}
    names = set(subjects.values())
    ids = {int(name) % 2**63 for name in names if name.isdecimal() and name.isascii()}
    found = Order.select().where(Order.id.in_(ids) | Order.invoice.in_(names)) if names else []
    known = {key: order for order in found for key in (str(order.id), order.invoice)}
    return {letter: known[name] for letter, name in subjects.items() if name in known}


def _order(subject: str) -> Order | None:
    """By its id or its invoice."""
    if subject.isdecimal() and subject.isascii():
        found: Order | None = Order.get_or_none(Order.id == int(subject) % 2**63)
        return found
    return orders.by_invoice(subject)


def named(ids: list[str]) -> list[DeadLetter]:
    """The letters that a notice is about, also those dealt with meanwhile, oldest first."""
    return list(DeadLetter.select().where(DeadLetter.id.in_(ids)).order_by(DeadLetter.died_at))
