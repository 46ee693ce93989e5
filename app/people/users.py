"""The people: who they are, what the bot waits to hear from them, what they may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

import settings
from app import audit
from app.errors import IsAdmin, IsBanned, LastAdmin, Unknown
from app.infra import stored, transactions
from app.infra.prepared import GIVEN, Prepared
from app.infra.queue import outbox
from app.people import menus
from models import Claim, Delivery, Order, StockItem, User, db, utcnow

#: A full cycle modulo the number of six-digit account numbers, so that consecutive people look unrelated.
_STRIDE, _SIX_DIGITS = 514_229, 900_000
#: What is shown for somebody who asked to be forgotten. Others may have it as their name.
NOBODY = "•••"
#: `seen_at` is this exact: a write for every tap would cost more than it tells.
_SEEN_AGAIN = timedelta(minutes=1)

#: So much is told to somebody who is back; more is in their history.
_MISSED_MOST = 20
_LOCKED = Prepared(User.select().where(User.id == GIVEN).for_update(transactions.LOCK))


def meet(
    user_id: int,
    first_name: str,
    username: str | None,
    *,
    language: str | None = None,
    returns: bool = False,
    locked: User | None = None,
) -> tuple[User, bool]:
    """The person, locked until the transaction ends, and whether this is the first meeting.

    A person who had blocked the bot is reachable again: goods that were paid meanwhile go out, and what they
    missed of their money is told. `returns`: Telegram says that they let the bot write again, which may be
    news to whoever is writing right now. `language` is somebody's first, until they choose. `locked`: their
    row, if it is locked already.
    """
    person = _seen(locked or _LOCKED.first(user_id), username, returns=returns)
    if person:
        return person, False
    created = (
        User.insert(
            id=user_id,
            name=first_name or "Anonymous",
            username=username,
            bank_id=_next_bank_id(),
            language=language,
        )
        .on_conflict_ignore()
        .returning(User.id)
    )
    is_new = bool(list(created.execute()))
    person = _seen(_LOCKED.first(user_id), username)
    assert person is not None
    if is_new:
        count_joined(1)
    return person, is_new


def _seen(person: User | None, username: str | None, *, returns: bool = False) -> User | None:
    if person is None or is_forgotten(person):
        return person
    changes: dict[str, Any] = {}
    is_back = returns or person.unreachable_at is not None
    if is_back or person.username != username or utcnow() - person.seen_at > _SEEN_AGAIN:
        changes = {"seen_at": utcnow(), "username": username}
    if person.unreachable_at:
        changes |= {"unreachable_at": None, "missed": None}
        for actor, args in person.missed or []:
            outbox.add(actor, *args)
        for order in Order.select(Order.id).where(Order.user == person.id, _waits_for_goods()):
            outbox.add("deliver_order", order.id)
    if changes:
        User.update(changes).where(User.id == person.id).execute()
    for name, value in changes.items():
        setattr(person, name, value)
    return person


def _waits_for_goods() -> Any:
    """Goods that were paid, that replace others, or that were to go out once more, could not be sent."""
    replaced = (
        Claim.select(Claim.order)
        .join(StockItem, on=(Claim.replacement == StockItem.id))
        .where(Claim.handed_at.is_null(), StockItem.state == StockItem.SOLD)
    )
    not_there = Delivery.select(Delivery.part).where(
        Delivery.order == Order.id, Delivery.state != Delivery.SENT
    )
    sent_again = (Order.state == Order.DELIVERED) & fn.EXISTS(not_there)
    return (Order.state == Order.PAID) | Order.id.in_(replaced) | sent_again


def is_forgotten(person: User) -> bool:
    return person.forgotten_at is not None


def come_back(person: User, first_name: str, username: str | None, language: str) -> User:
    """Somebody who was forgotten writes again: like someone new, under the old number."""
    known = {"name": first_name or "Anonymous", "language": language, "forgotten_at": None}
    User.update(known).where(User.id == person.id).execute()
    audit.record("user.came_back", f"user:{person.id}")
    returned = _seen(_LOCKED.first(person.id), username)
    assert returned is not None
    return returned


def count_bought(user_id: int, items: int) -> User:
    """Delivered to them, once more."""
    counted = User.update(bought=User.bought + items).where(User.id == user_id).returning(User)
    buyer: User = next(iter(counted.execute()))
    return buyer


def lock(user_id: int) -> User:
    """The row, locked: first in the lock order user, order, payment, product, stock.

    Raises Unknown for someone who never wrote to the bot.
    """
    person = _LOCKED.first(user_id)
    if person is None:
        raise Unknown("person", user_id)
    return person


def get(user_id: int) -> User:
    """Raises Unknown for someone who never wrote to the bot."""
    person = User.get_or_none(User.id == user_id)
    if person is None:
        raise Unknown("person", user_id)
    return person


def names(user_ids: Iterable[int]) -> dict[int, str]:
    """Of those whom we know."""
    wanted = list(user_ids)
    if not wanted:
        return {}
    return {each.id: each.name for each in User.select(User.id, User.name).where(User.id.in_(wanted))}


def known(user_id: int) -> User:
    """The same for an id that an admin typed. Raises Unknown."""
    person: User | None = User.get_or_none(User.id == user_id)
    if person is None:
        raise Unknown("name", str(user_id))
    return person


def by_username(username: str) -> User:
    """Whoever was last seen with this name, in any case: names pass from one to another unnoticed.

    Raises Unknown.
    """
    named = User.select().where(fn.LOWER(User.username) == username.lower())
    person: User | None = named.order_by(User.seen_at.desc()).first()
    if person is None:
        raise Unknown("name", f"@{username}")
    return person


def is_admin(person: User) -> bool:
    return bool(person.is_admin) or person.id in settings.current().admin_ids


def is_admin_id(user_id: int) -> bool:
    """Also for someone we never met."""
    admins = User.select(User.id).where(User.id == user_id, User.is_admin)
    return user_id in settings.current().admin_ids or bool(admins.exists())


def exists(user_id: int) -> bool:
    return bool(User.select(User.id).where(User.id == user_id).exists())


def admin_ids() -> list[int]:
    """Everyone who gets the shop's notices, without those who cannot be reached."""
    named = settings.current().admin_ids
    rows = db.execute_sql(
        'SELECT id, unreachable_at FROM "user" WHERE is_admin OR id = ANY(%s)', [list(named)]
    )
    known = dict(rows.fetchall())
    return sorted(person for person in named | known.keys() if not known.get(person))


def make_admin(user_id: int, *, admin: bool) -> bool:
    """Give or take the role, with its menu, and tell who gets it; False when nothing changed.

    Raises Unknown for a person we never met, IsBanned, LastAdmin.
    """
    with transactions.atomic():
        others = set() if admin else _other_admins(user_id)
        person = lock(user_id)
        if bool(person.is_admin) == admin:
            return False
        if admin and person.banned_at:
            raise IsBanned
        if not admin and not others:
            raise LastAdmin
        User.update(is_admin=admin).where(User.id == user_id).execute()
        action = "user.admin_added" if admin else "user.admin_removed"
        audit.record(action, f"user:{user_id}", before=not admin, after=admin)
        menus.offer(user_id)
        if admin and not is_admin(person):
            _congratulate(user_id, "admin")
        return True


def _other_admins(user_id: int) -> set[int]:
    """All but this one. All are locked, so that the last two cannot both be taken away at once."""
    rows = User.select(User.id).where(User.is_admin).order_by(User.id).for_update(transactions.LOCK)
    return ({row.id for row in rows} | settings.current().admin_ids) - {user_id}


def ban(user_id: int) -> bool:
    """Serve them no more; False when they were banned before. What they paid for is still delivered.

    Raises Unknown, IsAdmin.
    """
    with transactions.atomic():
        person = lock(user_id)
        if is_admin(person):
            raise IsAdmin
        return _set_ban(person, utcnow())


def unban(user_id: int) -> bool:
    """They are told, and may buy again; False when they were not banned. Raises Unknown."""
    with transactions.atomic():
        return _set_ban(lock(user_id), None)


def _set_ban(person: User, at: datetime | None) -> bool:
    """The bot waits for nothing more, and forgets that it has told them."""
    if bool(person.banned_at) == bool(at):
        return False
    User.update(banned_at=at, session={}).where(User.id == person.id).execute()
    action = "user.banned" if at else "user.unbanned"
    audit.record(action, f"user:{person.id}", before=not at, after=bool(at))
    if at is None:
        outbox.add("send_notice", person.id, "unbanned", {})
    return True


def make_reseller(user_id: int, *, reseller: bool) -> bool:
    """Give or take reseller prices, and tell who gets them; False when nothing changed. Raises Unknown."""
    with transactions.atomic():
        person = lock(user_id)
        if bool(person.is_reseller) == reseller:
            return False
        User.update(is_reseller=reseller).where(User.id == user_id).execute()
        action = "user.reseller_added" if reseller else "user.reseller_removed"
        audit.record(action, f"user:{user_id}", before=not reseller, after=reseller)
        if reseller:
            _congratulate(user_id, "reseller")
        return True


def _congratulate(user_id: int, role: str) -> None:
    outbox.add("send_notice", user_id, "promoted", {"role": role})


def await_input(person: User, session: dict[str, Any]) -> None:
    """Remember what the next typed message answers; {} forgets. Writes only if something changes."""
    if person.session != session:
        User.update(session=session).where(User.id == person.id).execute()
        person.session = session


def language(user_id: int) -> str | None:
    """The one they read; None for somebody unknown, or from before there were several."""
    found: str | None = User.select(User.language).where(User.id == user_id).scalar()
    return found


def choose_language(user_id: int, wanted: str) -> None:
    """From now on, wherever they meet the shop. Their menu of commands follows."""
    with transactions.atomic():
        before = lock(user_id).language
        User.update(language=wanted).where(User.id == user_id).execute()
        if before != wanted:
            audit.record("user.language", f"user:{user_id}", before=before, after=wanted)
            menus.offer(user_id)


def set_profile(user_id: int, **fields: str | None) -> None:
    """Change `name`, `email` or `whatsapp`. No audit event: nothing is decided by them, and anybody could
    write events without end."""
    User.update(**fields).where(User.id == user_id).execute()


def mark_unreachable(user_id: int) -> None:
    """The person blocked the bot or is gone; nothing is sent until they write again."""
    User.update(unreachable_at=utcnow()).where(User.id == user_id, User.unreachable_at.is_null()).execute()


def tell_later(user_id: int, actor: str, *args: Any) -> bool:
    """Keep a job that could not reach them for when they are back; False when they are: it can try again."""
    with transactions.atomic():
        person = lock(user_id)
        if person.unreachable_at is None:
            return False
        missed = [*(person.missed or []), [actor, list(args)]]
        User.update(missed=missed[-_MISSED_MOST:]).where(User.id == user_id).execute()
        return True


def mark_unreachable_unless_back(user_id: int, seen_at: datetime) -> bool:
    """False when they came back since `seen_at` was this: a refusal is old news then."""
    with transactions.atomic():
        if lock(user_id).seen_at != seen_at:
            return False
        mark_unreachable(user_id)
        return True


def top_buyers(most: int) -> list[User]:
    """Who bought most items, from the index on the counter; without those who asked to be forgotten."""
    return list(
        User.select(User.id, User.name, User.bought)
        .where(User.bought > 0, User.forgotten_at.is_null())
        .order_by(User.bought.desc(), User.id)
        .limit(most)
    )


def count() -> int:
    """People who joined, from a counter: counting rows would read the whole table."""
    return int(stored.get("users_joined", 0))


def count_joined(more: int) -> None:
    stored.add("users_joined", more)


def _next_bank_id() -> str:
    number: int = db.execute_sql("SELECT nextval('user_number')").fetchone()[0]
    if number <= _SIX_DIGITS:
        return str(100_000 + number * _STRIDE % _SIX_DIGITS)
    return str(1_000_000 + number - _SIX_DIGITS)
