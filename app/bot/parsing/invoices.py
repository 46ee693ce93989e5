"""An order as people type it after a command: `TRX…`."""

from __future__ import annotations

import re

from app import typed
from app.errors import Unknown, WrongFormat
from app.sales import orders
from models import Order

_SHAPE = re.compile(r"TRX[A-Z0-9_-]{1,60}", re.ASCII)


def read(text: str, command: str) -> Order:
    """Whoever it belongs to. `command` chooses the example for a wrong format.

    Raises WrongFormat, Unknown.
    """
    invoice = typed.seen(text).upper()
    if not _SHAPE.fullmatch(invoice):
        raise WrongFormat(f"{command}.invoice")
    order = orders.by_invoice(invoice)
    if order is None:
        raise Unknown("order", invoice)
    return order
