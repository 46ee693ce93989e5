"""Queries that are put together once: that takes peewee longer than PostgreSQL takes to answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

from peewee import Model, ModelSelect, Value

M = TypeVar("M", bound=Model)

_MARK = object()
#: Stands in a query for what is given with each call. It is passed on as it is, without a field's conversion.
GIVEN: Any = Value(_MARK, converter=False)


class Prepared(Generic[M]):
    """`first` and `all` take what stands for each GIVEN, in the order in which the SQL has them.

    Which column is which field is found out once, too: that takes peewee longer than everything else.
    """

    def __init__(self, query: ModelSelect[M]) -> None:
        self._query, self._db = cast(Any, query), query.model._meta.database
        self._sql, self._values = query.sql()
        self._read: Callable[[Any], M] | None = None

    def all(self, *given: Any) -> list[M]:
        rest = iter(given)
        values = [next(rest) if value is _MARK else value for value in self._values]
        cursor = self._db.execute_sql(self._sql, values)
        read = self._read = self._read or self._reader(cursor)
        return [read(row) for row in cursor.fetchall()]

    def _reader(self, cursor: Any) -> Callable[[Any], M]:
        """What makes a row of the database one of the model."""
        rows = self._query._get_cursor_wrapper(cursor)
        rows.initialize()
        rows.cursor = None
        return cast("Callable[[Any], M]", rows.process_row)

    def first(self, *given: Any) -> M | None:
        return next(iter(self.all(*given)), None)


class PreparedUpdate(Generic[M]):
    """Changes of rows where all of `where` holds, put together once for each set of changed fields."""

    def __init__(self, model: type[M], *where: Any) -> None:
        self._model, self._where = cast(Any, model), where
        self._by_fields: dict[tuple[str, ...], Prepared[M]] = {}

    def all(self, changes: Mapping[str, Any], *given: Any) -> list[M]:
        """The changed rows. `changes`: values by field; `given`: what stands for each GIVEN of `where`."""
        known = self._model._meta.fields
        fields = sorted((known[name] for name in changes), key=attrgetter("_sort_key"))
        names = tuple(field.name for field in fields)
        if names not in self._by_fields:
            self._by_fields[names] = self._prepare(fields)
        values = [field.db_value(changes[field.name]) for field in fields]
        return self._by_fields[names].all(*values, *given)

    def _prepare(self, fields: list[Any]) -> Prepared[M]:
        """PostgreSQL has the fields in the order of the model, as peewee does."""
        update = self._model.update(dict.fromkeys(fields, GIVEN))
        return Prepared(update.where(*self._where).returning(self._model))
