"""Vouchers: single-use reductions, one an order. Reserved while it is unpaid, freed or spent with it.

A voucher changes hands by comparing and setting its row, which is locked after the order's payment and before
the product. Freed ones keep who redeemed them last and when, for the pause between two redemptions.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from app import audit
from app.errors import VoucherExpired, VoucherPaused, VoucherUnknown, VoucherUsed
from app.infra import fingerprints, transactions
from app.money.typed import READABLE, UNSEEN
from models import Order, Voucher, utcnow

LEAST, MOST = 1_000, 1_000_000
MOST_AT_ONCE = 100
LASTS = timedelta(days=30)
#: Between two redemptions of a person.
PAUSE = timedelta(minutes=5)

_LENGTH = 10  # 32 to the power of 10: nobody guesses one
_BASE = len(READABLE)
#: How many codes there can be.
COUNT = _BASE**_LENGTH


def create(amount: int, count: int, created_by: int) -> list[Voucher]:
    """So many vouchers of the same worth. The audit does not tell the codes: whoever reads one has it."""
    now = utcnow()
    made = [
        Voucher(
            code=_show("".join(secrets.choice(READABLE) for _ in range(_LENGTH))),
            amount=amount,
            state=Voucher.AVAILABLE,
            created_by=created_by,
            created_at=now,
            expires_at=now + LASTS,
        )
        for _ in range(count)
    ]
    with transactions.atomic():
        Voucher.insert_many([each.__data__ for each in made]).execute()
        audit.record(
            "vouchers.created", f"user:{created_by}", amount=amount, count=count,
            expires=(now + LASTS).isoformat(), marks=fingerprints.of_each(each.code for each in made),
        )  # fmt: skip
    return made


def find(typed: str, user_id: int) -> Voucher:
    """The voucher that a person typed, if it is theirs to use now; case, spaces and hyphens do not matter.

    Raises VoucherUnknown, VoucherUsed, VoucherExpired, VoucherPaused.
    """
    letters = re.sub(rf"[\s{UNSEEN}-]", "", typed[:100]).upper()
    if len(letters) != _LENGTH or not set(letters) <= set(READABLE):
        raise VoucherUnknown(typed)
    return usable(_show(letters), user_id)


def usable(code: str, user_id: int) -> Voucher:
    """Reads only: another buyer may be faster. Raises as `find`."""
    voucher: Voucher | None = Voucher.get_or_none(Voucher.code == code)
    if voucher is None:
        raise VoucherUnknown(code)
    if voucher.state != Voucher.AVAILABLE:
        raise VoucherUsed
    now = utcnow()
    if voucher.expires_at <= now:
        raise VoucherExpired
    _must_have_paused(voucher, user_id, now)
    return voucher


def less(total: int, voucher: Voucher | None) -> int:
    """What is left to pay, never below zero: the rest of a voucher that is worth more is lost."""
    return max(0, total - voucher.amount) if voucher else total


def reserve(code: str, user_id: int) -> Voucher:
    """Take it for the order that is being placed, which is to `note` it; the person's row is locked.

    Raises as `find`.
    """
    voucher = usable(code, user_id)
    if not _move(code, Voucher.AVAILABLE, Voucher.RESERVED, user=user_id, redeemed_at=utcnow()):
        raise VoucherUsed
    return voucher


def take_again(order: Order) -> bool:
    """For a late payment; False if somebody else has it. One that expired meanwhile was redeemed in time."""
    if order.voucher_id is None:
        return True
    who = {"user": order.user_id, "redeemed_at": order.created_at}
    taken = _move(order.voucher_id, Voucher.AVAILABLE, Voucher.RESERVED, **who)
    if taken:
        note(order, Voucher.RESERVED)
    return taken


def spend(order: Order) -> None:
    """Its order is paid. Nothing happens for an order without one."""
    if order.voucher_id is None:
        return
    if not _move(order.voucher_id, Voucher.RESERVED, Voucher.SPENT):
        raise RuntimeError(f"the voucher of {order.invoice} is not reserved")
    note(order, Voucher.SPENT)


def free(order: Order, *, forget: bool = False) -> None:
    """The order that holds it ended otherwise. `forget`: through no fault of the buyer, so no pause."""
    if order.voucher_id is None:
        return
    who = {"user": None, "redeemed_at": None} if forget else {}
    (
        Voucher.update(state=Voucher.AVAILABLE, **who)
        .where(Voucher.code == order.voucher_id, Voucher.state != Voucher.AVAILABLE)
        .execute()
    )
    note(order, "freed")


def note(order: Order, what: str) -> None:
    """For the audit, which learns the order and not the code."""
    audit.record(f"voucher.{what}", f"order:{order.invoice}")


def number(code: str) -> int:
    """A code as buttons carry it."""
    value = 0
    for letter in code.replace("-", ""):
        value = value * _BASE + READABLE.index(letter)
    return value


def code(number: int) -> str:
    """Back from `number`. Raises VoucherUnknown for one that no code has."""
    letters: list[str] = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, _BASE)
        letters.append(READABLE[digit])
    if number:
        raise VoucherUnknown
    return _show(letters[::-1])


def _must_have_paused(voucher: Voucher, user_id: int, now: datetime) -> None:
    """Redeeming the same one again, after its order was canceled, needs no pause."""
    latest: datetime | None = (
        Voucher.select(Voucher.redeemed_at)
        .where(Voucher.user == user_id, Voucher.code != voucher.code, Voucher.redeemed_at > now - PAUSE)
        .order_by(Voucher.redeemed_at.desc())
        .limit(1)
        .scalar()
    )
    if latest:
        raise VoucherPaused(latest + PAUSE)


def _move(code: str, before: str, after: str, **changes: object) -> bool:
    moved: int = (
        Voucher.update(state=after, **changes).where(Voucher.code == code, Voucher.state == before).execute()
    )
    return moved == 1


def _show(letters: Sequence[str]) -> str:
    """`ABCDE-FGHJK`: how codes are written and kept."""
    text = "".join(letters)
    return f"{text[: _LENGTH // 2]}-{text[_LENGTH // 2 :]}"
