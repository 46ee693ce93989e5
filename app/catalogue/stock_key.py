"""Whether STOCK_ENCRYPTION_KEY is the key of this shop: something small, opened at boot."""

from __future__ import annotations

from app import audit
from app.audit import seals
from app.errors import Locked
from app.infra import crypto, fingerprints, transactions
from models import Product, Setting, StockItem

_KEY, _WORD = "key_canary", "quickcart"


class WrongKey(Exception):
    """What the shop has encrypted opens with none of the keys that this process was given."""

    def __init__(self) -> None:
        super().__init__(
            "STOCK_ENCRYPTION_KEY is not the key of this shop's goods: put that key back (a new one "
            "may stand before it), or, if it is lost for good, run: python -m app.ops keys abandon --yes"
        )


def check() -> None:
    """Open the canary; a shop that has none yet gets one, if what it has encrypted opens. Raises WrongKey."""
    known = _canary() or _sample()
    try:
        if known:
            crypto.decrypt(known)
    except Locked:
        raise WrongKey from None
    fresh = crypto.encrypt(_WORD).decode()
    Setting.insert(key=_KEY, value=fresh).on_conflict_ignore().execute()


def rotate() -> None:
    """Under the first key. Raises Locked."""
    if token := _canary():
        Setting.update(value=crypto.rotate(token).decode()).where(Setting.key == _KEY).execute()


def renew() -> None:
    """The former key is lost for good: from now on the first of these is the shop's."""
    with transactions.atomic():
        Setting.delete().where(Setting.key == _KEY).execute()
        Setting.insert(key=_KEY, value=crypto.encrypt(_WORD).decode()).execute()
        if fingerprints.renew():
            seals.start_anew()
        audit.record("keys.abandoned", "shop")


def _canary() -> bytes | None:
    row = Setting.get_or_none(Setting.key == _KEY)
    return row.value.encode() if row else None


def _sample() -> bytes | None:
    """Something that was encrypted before there were canaries."""
    row = Setting.get_or_none(Setting.key == fingerprints.KEY)
    if row:
        return bytes(row.value.encode())
    item = StockItem.select(StockItem.content).order_by(StockItem.id.desc()).first()
    if item:
        return bytes(item.content)
    shared = Product.select(Product.shared_content).where(Product.shared_content.is_null(False)).first()
    return bytes(shared.shared_content) if shared else None
