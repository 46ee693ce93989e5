"""Queries that are put together once: that takes peewee longer than PostgreSQL takes to answer them."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, cast

from peewee import Model, ModelSelect, Value

M = TypeVar("M", bound=Model)

_MARK = object()
#: Stands in a query for what is given with each call. It is passed on as it is, without a field's conversion.
GIVEN: Any = Value(_MARK, converter=False)


class Prepared(Generic[M]):
    """`first` and `all` take what stands for each GIVEN, in the order in which the SQL has them."""

    def __init__(self, query: ModelSelect[M]) -> None:
        self._query, self._db = cast(Any, query), query.model._meta.database
        self._sql, self._values = query.sql()

    def all(self, *given: Any) -> list[M]:
        rest = iter(given)
        values = [next(rest) if value is _MARK else value for value in self._values]
        return list(self._query._get_cursor_wrapper(self._db.execute_sql(self._sql, values)))

    def first(self, *given: Any) -> M | None:
        return next(iter(self.all(*given)), None)
