"""`migrate` on real databases."""

from __future__ import annotations

import psycopg
import pytest
from playhouse.migrations import Runner

import models
from app import migrations
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


@pytest.fixture
def old_database(empty_database):
    """As the first release left it."""
    old = models.Database(None)
    old.init(empty_database, max_connections=1, statement_s=30.0, **models.DIAL)
    with old.connection_context():
        Runner(old, migrations.__path__[0]).up("0001_initial")
    old.close_all()
    return empty_database


def test_a_migration_lets_others_pass_while_its_table_is_in_use(old_database):
    with psycopg.connect(old_database) as reader:
        reader.execute("SELECT 1 FROM product")
        migrating = start("migrate", database_url=old_database)
        heard = next(line for line in migrating.stderr if "a table is in use" in line)

    out, _ = migrating.communicate(timeout=60)
    assert "0002_prices" in heard
    assert migrating.returncode == 0
    assert "applied 0002_prices" in out


@pytest.mark.parametrize("local", [True, False])
def test_a_migration_may_take_its_time_but_not_wait_for_tables(database, local):
    def limits():
        asked = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
        return models.db.execute_sql(asked).fetchone()

    with migrations._limits(local=local):
        assert limits() == ("0", "3s")
        assert models.db.connection().answer_s is None

    assert limits() == ("30s", "0")
    assert models.db.connection().answer_s == models.STATEMENT_S + models.MARGIN_S
