"""Goods at rest: encryption that can change keys, and fingerprints that find duplicates without them."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet

import settings


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current() -> MultiFernet:
    return _fernet(tuple(settings.current().stock_keys))


def encrypt(plain: str) -> bytes:
    return _current().encrypt(plain.encode())


def decrypt(token: bytes) -> str:
    """Raises cryptography.fernet.InvalidToken when none of the keys fits."""
    return _current().decrypt(bytes(token)).decode()


def rotate(token: bytes) -> bytes:
    """The same goods under the first key."""
    return _current().rotate(bytes(token))


def fingerprint(key: bytes, plain: str) -> bytes:
    """16 bytes that are equal for equal goods and say nothing without `key`."""
    return hmac.new(key, plain.encode(), hashlib.sha256).digest()[:16]
