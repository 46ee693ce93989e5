"""What a process does once, when it starts: it keeps its heap small, and says what deserves a word."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterator
from itertools import combinations

import structlog

import settings

log = structlog.get_logger()

#: The gateway gives this secret, so its length is not for us to refuse.
SHORT = 16
#: Secrets of our own making, and those that others gave us: none may stand for another.
OURS = ("telegram_webhook_secret", "ops_password", "metrics_token", "stock_encryption_key")
THEIRS = ("telegram_bot_token", "pakasir_api_key", "pakasir_webhook_secret")
#: A secret with fewer different characters is a pattern, however long.
DIFFERENT = 6
#: mallopt(3). By itself glibc gives each thread a heap of its own, eight for every core, and keeps pictures
#: of some MiB in them once it has seen a few.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
LARGE_BYTES, HEAPS = 128 * 1024, 2


def keep_small() -> None:
    """Before any thread starts. Elsewhere than with glibc there is nothing to set."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(AttributeError):  # musl has no such function
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, HEAPS)
        mallopt(_MMAP_THRESHOLD, LARGE_BYTES)


def spare_what_is_loaded() -> None:
    """Once everything is imported: it stays, so the collector need not look through all of it again and
    again. Each time everybody would wait for a tenth of a second, whoever pays just then too."""
    gc.collect()
    gc.freeze()


def announce() -> None:
    """Settings that are allowed and still deserve a word."""
    current = settings.current()
    secret = current.pakasir_webhook_secret
    if current.pakasir_sandbox:
        log.warning("PAKASIR_SANDBOX=1: payments of a sandbox project count, goods go out without money")
    if secret and len(secret.get_secret_value()) < SHORT:
        log.warning("PAKASIR_WEBHOOK_SECRET is short: whoever guesses it may send notifications")
    if current.public_url and current.pakasir_api_version == 2 and secret is None:
        log.warning("PAKASIR_WEBHOOK_SECRET is not set: notifications of payments are refused")
    for line in weak_secrets():
        log.warning(line)


def weak_secrets() -> Iterator[str]:
    """Those that are long enough, and still known to others or soon guessed."""
    current = settings.current()
    known = {name: value.get_secret_value() for name in OURS + THEIRS if (value := getattr(current, name))}
    for name in OURS:
        if len(set(known.get(name, ""))) in range(1, DIFFERENT):
            yield f"{name.upper()} is a pattern: whoever tries a few finds it"
    for one, other in combinations(known, 2):
        if known[one] == known[other] and one in OURS:
            yield f"{one.upper()} and {other.upper()} are the same: whoever knows one has both"
