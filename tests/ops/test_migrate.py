"""`migrate` on real databases."""

from __future__ import annotations

import psycopg
import pytest

from tests.ops.conftest import start


@pytest.fixture
def empty_database(servers, request):
    return servers.postgres.ensure(request.node.name)


def tables(url):
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in rows.fetchall()}


def test_an_empty_database_gets_every_table_once(shell, empty_database):
    first = shell("migrate", database_url=empty_database)
    again = shell("migrate", database_url=empty_database)

    assert {"order", "payment", "stock_item", "outbox"} <= tables(empty_database)
    assert "applied 0001_initial" in first.out
    assert (again.code, again.out) == (0, "the database is up to date\n")


def test_two_releases_at_once_take_turns(database, empty_database):
    both = [start("migrate", database_url=empty_database) for _ in range(2)]
    answers = [process.communicate(timeout=30) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sum("applied 0001_initial" in out for out, _ in answers) == 1
