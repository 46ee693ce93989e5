"""What the shop knows of a person, for them to take away, and to forget when they ask.

Forgetting takes what is personal. Orders, ledger and audit stay, tied to a number; so does the balance.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import Any

from peewee import fn

from app import audit
from app.errors import IsAdmin, Locked
from app.infra import crypto, times, transactions
from app.infra.queue import dead, outbox, sealing
from app.people import users
from app.sales import claims, orders, settlement, testimonials, warranty
from models import (
    BroadcastRecipient,
    Claim,
    Contradiction,
    DeadLetter,
    HandledUpdate,
    LedgerEntry,
    Order,
    Product,
    RestockWaiter,
    Stray,
    SupportMessage,
    Testimonial,
    User,
    Voucher,
    db,
    utcnow,
)

#: Jobs with the person as their subject that carry words or a file for them, or words of theirs.
_UPDATE = "handle_update"
_PERSONAL = ("send_pm", "head_answer", "send_answer", "send_my_data", _UPDATE)

#: Drawn again, such a reply is silence. Names are looked for as whole words, in any case.
_SILENCE = r"""
UPDATE handled_update
SET reply = reply || '{"screen": null, "args": [], "toast": null}'
WHERE concat(reply->>'args', ' ', reply->>'toast') ~* concat('(^|\W)(', %s::text, ')(\W|$)')
   OR id = ANY(%s::bigint[])
"""


def promise_export(user_id: int) -> None:
    """Promise the person a file with everything."""
    with transactions.atomic():
        audit.record("user.exported", f"user:{user_id}")
        outbox.add("send_my_data", user_id)


def export(user_id: int) -> dict[str, Any]:
    """Everything about a person as plain JSON: no goods, and nothing of anybody else. Raises Unknown."""
    person = users.get(user_id)
    claimed = claims.of_user(user_id)
    entries = LedgerEntry.select().where(LedgerEntry.user == user_id).order_by(LedgerEntry.id)
    return {
        "profile": _profile(person),
        "orders": [_order(order, claimed) for order in orders.history_with_products(user_id)],
        "ledger": [_entry(entry) for entry in entries],
        "vouchers": [
            _columns(each, "code", "amount", "state", "redeemed_at") for each in _of(Voucher, user_id)
        ],
        "waiting_for": [
            {"product": each.product_id, "since": _moment(each.at)} for each in _of(RestockWaiter, user_id)
        ],
        "testimonials": [_testimonial(each) for each in testimonials.of_user(user_id)],
        "messages_to_the_shop": sorted({_moment(each.at) for each in _of(SupportMessage, user_id)}),
        "broadcasts": [
            {"number": each.broadcast_id, "state": each.state} for each in _of(BroadcastRecipient, user_id)
        ],
    }


def forget(user_id: int) -> Order | None:
    """Take away what is personal; returns the unpaid order that was canceled for it.

    Until they write again nothing is sent to them, except what was paid for and is still on its way.
    Raises IsAdmin.
    """
    with transactions.atomic():
        person = users.lock(user_id)
        if users.is_admin(person):
            raise IsAdmin
        unpaid = orders.unpaid(user_id)
        if unpaid:
            settlement.cancel(unpaid.id, user_id)
        warranty.drop_of(user_id)
        SupportMessage.delete().where(SupportMessage.user == user_id).execute()
        RestockWaiter.delete().where(RestockWaiter.user == user_id).execute()
        users.make_reseller(user_id, reseller=False)
        _erase_traces(person)
        _anonymise(user_id)
        audit.record("user.forgotten", f"user:{user_id}", balance=person.balance)
        return unpaid


def _anonymise(user_id: int) -> None:
    now = utcnow()
    nothing: dict[str, Any] = {
        "username": None,
        "email": None,
        "whatsapp": None,
        "session": {},
        "language": None,
        "missed": None,
    }
    gone = {"name": users.NOBODY, "unreachable_at": now, "forgotten_at": now}
    User.update(gone | nothing).where(User.id == user_id).execute()


def _profile(person: User) -> dict[str, Any]:
    kept = _columns(
        person, "id", "name", "username", "email", "whatsapp", "language", "balance", "banned_at",
        "unreachable_at", "joined_at", "seen_at",
    )  # fmt: skip
    return kept | {
        "account_number": person.bank_id,
        "admin": users.is_admin(person),
        "reseller": bool(person.is_reseller),
        "items_bought": person.bought,
        "waiting_to_hear": person.session,
        "to_be_told": person.missed or [],
    }


def _order(order: Order, claimed: list[Claim]) -> dict[str, Any]:
    product: Product | None = order.product
    kept = _columns(
        order, "invoice", "kind", "quantity", "unit_price", "discount", "total", "method", "state", "reason",
        "note", "created_at", "paid_at", "delivered_at", "closed_at",
    )  # fmt: skip
    return kept | {
        "product": product.name if product else None,
        "voucher": order.voucher_id,
        "warranty_days": order.warranty_days,
        "warranty_claims": [_claim(claim) for claim in claimed if claim.order_id == order.id],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    kept = _columns(claim, "state", "opened_at", "answered_at", "handed_at", "amount", "note")
    return kept | {"complaint": claims.complaint(claim)}


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    """Notes are about the person where they are about an order; else they name the admin."""
    kind, _, rest = entry.reason.partition(":")
    return (
        {"at": _moment(entry.created_at)}
        | _columns(entry, "amount", "balance")
        | {
            "order": rest.partition(":")[0] if kind == "order" else None,
            "note": entry.note if kind == "order" else None,
        }
    )


def _testimonial(found: Testimonial) -> dict[str, Any]:
    kept = _columns(found, "stars", "text", "created_at", "hidden_at")
    return {"order": found.order.invoice} | kept | {"in_channel": found.message_id is not None}


def _columns(row: Any, *names: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: _moment(value) if isinstance(value, datetime) else value for name, value in values.items()}


def _of(table: Any, user_id: int) -> Any:
    return table.select().where(table.user == user_id)


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(times.WIB).isoformat(timespec="seconds") if at else None


def _erase_traces(person: User) -> None:
    """What rows about other things keep of a person: notes, replies to be drawn again, jobs that died.

    Call it before the person's own row is emptied: traces are found by what stands there.
    """
    mine = (LedgerEntry.user == person.id) | _names_admin(person.id)
    LedgerEntry.update(note=None).where(mine, LedgerEntry.note.is_null(False)).execute()
    _erase_decisions(person.id)
    testimonials.forget(person.id)
    names = _names(person)
    _silence_replies(names)
    _empty_letters(person.id, names)


def _names_admin(user_id: int) -> Any:
    """Entries that they made while they were an admin, whose note is their name: see wallet.set_to."""
    about_orders = LedgerEntry.reason.startswith("order:") | LedgerEntry.reason.startswith("stray:")
    return (LedgerEntry.actor_id == user_id) & ~about_orders


def _erase_decisions(user_id: int) -> None:
    """Why operators ended orders of theirs, or decided about payments as they did."""
    theirs = Order.select(Order.id).where(Order.user == user_id)
    orders.erase_notes(user_id)
    Contradiction.update(note=None).where(Contradiction.order.in_(theirs)).execute()
    credits = LedgerEntry.select(fn.SPLIT_PART(LedgerEntry.reason, ":", 2)).where(
        LedgerEntry.user == user_id, LedgerEntry.reason.startswith("stray:")
    )
    Stray.update(note=None).where(Stray.id.cast("text").in_(credits)).execute()


def _names(person: User) -> str:
    """What tells who they are, for a regular expression."""
    known = [str(person.id), person.name, person.username, person.email, person.whatsapp]
    return "|".join(_quoted(each) for each in known if each)


def _silence_replies(names: str) -> None:
    """Also those to admins who looked at the person: they are kept only for updates that come twice."""
    db.execute_sql(_SILENCE, (names, _encrypted_about(names)))


def _encrypted_about(names: str) -> list[int]:
    """Updates whose reply holds the names among what is encrypted of it, which PostgreSQL cannot read."""
    rows = HandledUpdate.select(HandledUpdate.id, HandledUpdate.reply["args"]).where(
        HandledUpdate.reply["args"].cast("text").contains('"sealed"')
    )
    sought = _sought(names)
    found = []
    for update_id, args in rows.tuples().iterator():
        with suppress(Locked):
            if sought.search(str(sealing.unseal(args))):
                found.append(update_id)
    return found


def _sought(names: str) -> re.Pattern[str]:
    return re.compile(rf"(^|\W)({names})(\W|$)", re.IGNORECASE)


def _empty_letters(user_id: int, names: str) -> None:
    """Nobody can run them again, and what was written to the person is gone."""
    emptied: dict[str, Any] = {"args": crypto.encrypt("[]"), "state": DeadLetter.DISCARDED}
    theirs = (DeadLetter.actor.in_(_PERSONAL)) & (DeadLetter.subject == str(user_id))
    held = dead.held(theirs | DeadLetter.id.in_(_updates_about(user_id, names)))
    rows = DeadLetter.update(emptied).where(DeadLetter.id.in_(held)).returning(DeadLetter)
    for letter in list(rows.execute()):
        audit.record("job.discarded", f"job:{letter.id}", actor=letter.actor)


def _updates_about(user_id: int, names: str) -> list[str]:
    """Letters from before updates were kept under who sent them, and those of others who answered what names
    the person, which Telegram repeats. What no key opens tells nobody anything."""
    sought, found = _sought(names), []
    for letter in DeadLetter.select().where(DeadLetter.actor == _UPDATE):
        with suppress(Locked):
            update = next(iter(dead.args(letter)), None)
            if isinstance(update, dict) and (
                dead.sender(update) == user_id or sought.search(str(_repeated(update)))
            ):
                found.append(letter.id)
    return found


def _repeated(update: dict[str, Any]) -> list[Any]:
    """What an update repeats of others: the message that is answered, quoted, or whose button was pressed."""
    parts = [part for part in update.values() if isinstance(part, dict)]
    return [part.get(name) for part in parts for name in ("reply_to_message", "quote", "message")]


def _quoted(text: str) -> str:
    """For a regular expression of PostgreSQL."""
    return "".join(letter if letter.isalnum() else f"\\{letter}" for letter in text)
