"""Products by any part of their names, whatever is typed. An index finds them: 0010_product_names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import OP, Expression, ModelSelect, fn

from app.catalogue import products
from models import Product

#: Shorter ones are in too many names to be looked for alone.
TELLING = 3

_SPECIAL = re.compile(r"[\\%_]")


def named(words: Sequence[str]) -> ModelSelect[Product]:
    """What has all of the words in its name, else any that tells something; what can be had first.

    Callers page.
    """
    every = _ordered(reduce(and_, map(_has, words)))
    telling = [word for word in words if len(word) >= TELLING]
    if len(words) == 1 or not telling or every.order_by().exists():
        return every
    return _ordered(reduce(or_, map(_has, telling)))


def _ordered(condition: Any) -> ModelSelect[Product]:
    can_be_had = (Product.available > 0) | Product.shared_kind.is_null(False)
    sold = Product.sold + Product.sold_offset
    return products.on_sale().where(condition).order_by(can_be_had.desc(), sold.desc(), Product.id)


def _has(word: str) -> Expression:
    """`%` and `_` are letters like others."""
    pattern = _SPECIAL.sub(r"\\\g<0>", word.lower())
    return Expression(fn.LOWER(Product.name), OP.LIKE, f"%{pattern}%")
