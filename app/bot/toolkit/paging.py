"""Long lists in pages: two queries, and a page that is gone becomes the nearest one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from peewee import ModelSelect

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`number` counts from 1; there is at least one page, perhaps empty. `count` is of all pages' items."""

    items: list[T]
    number: int
    pages: int
    count: int


def of_query(
    query: ModelSelect[Any], number: int, size: int, *, shown: ModelSelect[Any] | None = None
) -> Page[Any]:
    """Rows of a page are found by their keys alone, mostly in an index: the thousandth page is cheap, too.

    `shown`: the same rows with what is told beside them. Even an unused join would keep PostgreSQL from
    counting in the index, so that it reads every row of a long list.
    """
    count: int = query.order_by().count()
    number, pages = _within(number, count, size)
    key = query.model._meta.primary_key
    keys = query.select(key).paginate(number, size)
    rows = query if shown is None else shown
    return Page(list(rows.where(key.in_(keys))), number, pages, count)


def behind(before: ModelSelect[Any], size: int) -> int:
    """The page of a list on which something stands behind these: where its own page leads back to."""
    return int(before.order_by().count()) // size + 1


def of_list(items: list[T], number: int, size: int) -> Page[T]:
    number, pages = _within(number, len(items), size)
    return Page(items[(number - 1) * size : number * size], number, pages, len(items))


def _within(number: int, count: int, size: int) -> tuple[int, int]:
    pages = max(1, -(-count // size))
    return min(max(number, 1), pages), pages
