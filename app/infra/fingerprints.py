"""Keyed marks of secrets: equal for equal ones, telling nothing. Their key outlives those of the goods."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from peewee import fn

from app.infra import crypto, stored
from models import AuditEvent

KEY = "fingerprint_key"
#: For words that were written while the key was lost.
UNMARKED = "unmarked"


def of(secret: str) -> str:
    """How audit events name a voucher's code, or what a file is, without telling it."""
    return of_each([secret])[0]


def of_words(words: str) -> str:
    """The same for what people write, which is kept although the key is lost."""
    return of(words) if kept() is None or is_readable() else UNMARKED


def of_each(secrets_: Iterable[str]) -> list[str]:
    known = key()
    return [crypto.fingerprint(known, secret).hex() for secret in secrets_]


def key() -> bytes:
    """Made once and kept encrypted: a stolen database must not allow guessing at goods. Raises Locked."""
    return opened(token())


def token() -> str:
    """The key as it is kept, made if there is none."""
    if kept() is None:
        stored.put_new(KEY, crypto.encrypt(secrets.token_hex(32)).decode())
    known = kept()
    assert known is not None
    return known


def kept() -> str | None:
    known: str | None = stored.get(KEY)
    return known


def opened(encrypted: str) -> bytes:
    """Raises Locked."""
    return bytes.fromhex(crypto.decrypt(encrypted.encode()))


def renew() -> bool:
    """If the key is lost, another: duplicates of what was added before are not found. Whether it was lost."""
    if is_readable():
        return False
    stored.drop(KEY)
    token()
    return True


def known_since() -> int:
    """The audit event after which marks are of the present key: before it, one was lost."""
    lost = AuditEvent.select(fn.MAX(AuditEvent.id)).where(AuditEvent.action == "keys.abandoned")
    return int(lost.scalar() or 0)


def is_readable() -> bool:
    """Whether there is a key, and one of the goods' keys opens it."""
    known = kept()
    return known is not None and crypto.opens(known.encode())
