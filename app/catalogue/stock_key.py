"""Whether STOCK_ENCRYPTION_KEY is the key of this shop: something small, opened at boot."""

from __future__ import annotations

from app import audit
from app.audit import seals
from app.infra import crypto, fingerprints, stored, transactions

_KEY, _WORD = "key_canary", "quickcart"


class WrongKey(Exception):
    """What the shop has encrypted opens with none of the keys that this process was given."""

    def __init__(self) -> None:
        super().__init__(
            "STOCK_ENCRYPTION_KEY is not the key of this shop's goods: put that key back (a new one "
            "may stand before it), or, if it is lost for good, run: python -m app.ops keys abandon --yes"
        )


def check() -> None:
    """Open the canary; a new shop gets one. Raises WrongKey."""
    stored.put_new(_KEY, crypto.encrypt(_WORD).decode())
    look()


def look() -> None:
    """The same without leaving anything behind. Raises WrongKey."""
    kept = stored.get(_KEY)
    if kept and not crypto.opens(kept.encode()):
        raise WrongKey


def rotate() -> None:
    """Under the first key, with the key of the marks. Raises Locked."""
    for key in (fingerprints.KEY, _KEY):
        if token := stored.get(key):
            stored.put(key, crypto.rotate(token.encode()).decode())


def renew() -> None:
    """The former key is lost for good: from now on the first of these is the shop's."""
    with transactions.atomic():
        stored.put(_KEY, crypto.encrypt(_WORD).decode())
        if fingerprints.renew():
            seals.start_anew()
        audit.record("keys.abandoned", "shop")
