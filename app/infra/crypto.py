"""Goods at rest: encryption that can change keys, and fingerprints that find duplicates without them."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

import settings
from app.errors import Locked


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current() -> MultiFernet:
    return _fernet(tuple(settings.current().stock_keys))


def encrypt(plain: str) -> bytes:
    return _current().encrypt(plain.encode())


def decrypt(token: bytes) -> str:
    """Raises Locked when none of the keys fits."""
    with _opening():
        return _current().decrypt(bytes(token)).decode()


def opens(token: bytes | None) -> bool:
    try:
        decrypt(token or b"")
    except Locked:
        return False
    return True


def rotate(token: bytes) -> bytes:
    """The same goods under the first key. Raises Locked."""
    with _opening():
        return _current().rotate(bytes(token))


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except InvalidToken:
        raise Locked("none of the keys in STOCK_ENCRYPTION_KEY opens it") from None


def signing_pads() -> list[tuple[bytes, bytes]]:
    """Inner and outer key of the HMAC-SHA256 that ends what `encrypt` makes, for each key: RFC 2104, Fernet.

    With them PostgreSQL can tell what none of the keys opens, without seeing what is inside.
    """
    signing = [urlsafe_b64decode(key)[:16].ljust(64, b"\0") for key in settings.current().stock_keys]
    return [(bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)) for key in signing]


def fingerprint(key: bytes, plain: str) -> bytes:
    """16 bytes that are equal for equal goods and say nothing without `key`."""
    return hmac.new(key, plain.encode(), hashlib.sha256).digest()[:16]


def marks() -> list[str]:
    """What tells this process's keys from others without telling them; the one that encrypts first."""
    keys = settings.current().stock_keys
    return [hashlib.sha256(f"quickcart stock key {key}".encode()).hexdigest()[:12] for key in keys]
