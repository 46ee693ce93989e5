"""Keyed marks of secrets: equal for equal ones, telling nothing. Their key outlives those of the goods."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from peewee import fn

from app.infra import crypto
from models import AuditEvent, Setting

KEY = "fingerprint_key"


def of(secret: str) -> str:
    """How audit events name a voucher's code, or what a file is, without telling it."""
    return of_each([secret])[0]


def of_each(secrets_: Iterable[str]) -> list[str]:
    known = key()
    return [crypto.fingerprint(known, secret).hex() for secret in secrets_]


def renew() -> None:
    """If the key is lost: duplicates of what was added until now are no longer found."""
    if not is_readable():
        Setting.delete().where(Setting.key == KEY).execute()
        key()


def known_since() -> int:
    """The audit event after which marks are of the present key: before it, one was lost."""
    lost = AuditEvent.select(fn.MAX(AuditEvent.id)).where(AuditEvent.action == "keys.abandoned")
    return int(lost.scalar() or 0)


def is_readable() -> bool:
    """Whether there is a key, and one of the goods' keys opens it."""
    row = Setting.get_or_none(Setting.key == KEY)
    return row is not None and crypto.opens(row.value.encode())


def key() -> bytes:
    """Made once and kept encrypted: a stolen database must not allow guessing at goods. Raises Locked."""
    row = Setting.get_or_none(Setting.key == KEY)
    if row is None:
        fresh = crypto.encrypt(secrets.token_hex(32)).decode()
        Setting.insert(key=KEY, value=fresh).on_conflict_ignore().execute()
        row = Setting.get(Setting.key == KEY)
    return bytes.fromhex(crypto.decrypt(row.value.encode()))
