"""`migrate` on real databases."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest

import models
from app import migrations
from app.ops import console, migrate
from tests.support import databases
from tests.support.programs import start_ops
from tests.support.stack import await_true


@pytest.fixture
def empty_database(servers, request):
    return servers.postgres.ensure(request.node.name)


def tables(url):
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in rows.fetchall()}


def test_an_empty_database_gets_every_table_once(ops, empty_database):
    with databases.connected(empty_database):
        first, again = ops("migrate"), ops("migrate")

    assert {"order", "payment", "stock_item", "outbox"} <= tables(empty_database)
    assert "applied 0001_initial" in first.out
    assert (again.code, again.out) == (0, "the database is up to date\n")


@pytest.mark.slow
def test_two_releases_at_once_take_turns(database, empty_database):
    both = [start_ops("migrate", database_url=empty_database) for _ in range(2)]
    answers = [process.communicate(timeout=90) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sum("applied 0001_initial" in out for out, _ in answers) == 1


@pytest.mark.slow
def test_a_migration_lets_others_pass_while_its_table_is_in_use(database, empty_database):
    with psycopg.connect(empty_database) as other:
        other.execute("CREATE TABLE setting ()")
        migrating = start_ops("migrate", database_url=empty_database)
        heard = next(line for line in migrating.stderr if "a table is in use" in line)
        other.rollback()

    out, _ = migrating.communicate(timeout=60)
    assert "0001_initial" in heard
    assert migrating.returncode == 0
    assert "applied 0001_initial" in out


TWO_TABLES = """
def up(migrator, db, fake=False):
    db.execute_sql("ALTER TABLE setting ADD COLUMN probe int")
    db.execute_sql("ALTER TABLE product ADD COLUMN probe int")
"""
WAITS = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'product'::regclass"


@pytest.mark.slow
def test_a_migration_that_deadlocks_with_the_shop_is_tried_again(database, fresh_database, tmp_path):
    url = fresh_database()
    (tmp_path / "0001_two_tables.py").write_text(TWO_TABLES)
    with databases.connected(url), psycopg.connect(url) as shop, ThreadPoolExecutor() as beside:
        shop.execute("LOCK TABLE product IN ACCESS SHARE MODE")
        with psycopg.connect(url, autocommit=True) as watching:
            runner = migrate._Patient(models.db, directory=str(tmp_path))
            migrating = beside.submit(runner.up)
            await_true(lambda: watching.execute(WAITS).fetchone(), "the migration's wait")
        with suppress(psycopg.errors.DeadlockDetected):
            shop.execute("LOCK TABLE setting IN ACCESS SHARE MODE")
        shop.rollback()

        assert migrating.result() == ["0001_two_tables"]


AN_INDEX = """
atomic = False

def up(migrator, db, fake=False):
    db.execute_sql("DROP INDEX CONCURRENTLY IF EXISTS probe")
    db.execute_sql("CREATE INDEX CONCURRENTLY probe ON setting (value)")
"""
IS_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'probe'::regclass"


@pytest.mark.slow
def test_an_index_that_a_reader_kept_back_is_made_by_the_next_release(database, fresh_database, tmp_path):
    url = fresh_database()
    (tmp_path / "0001_an_index.py").write_text(AN_INDEX)
    idle = migrate._alone()
    with databases.connected(url), idle, psycopg.connect(url, application_name="report") as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM product")

        with pytest.raises(
            console.Failure, match=rf"Open for longest: pid {reader.info.backend_pid} \(report"
        ):
            migrate._Patient(models.db, directory=str(tmp_path), tries=1).up()
        left_behind = models.db.execute_sql(IS_VALID).fetchone()
        reader.rollback()
        applied = migrate._Patient(models.db, directory=str(tmp_path)).up()

        assert (left_behind, applied) == ((False,), ["0001_an_index"])
        assert models.db.execute_sql(IS_VALID).fetchone() == (True,)


@pytest.mark.parametrize("name", migrations.NAMES)
def test_an_index_is_dropped_before_it_is_made_beside_others(name):
    """One that was given up half way is there, invalid: to make it again would fail for ever."""
    said = (migrations.FOLDER / f"{name}.py").read_text()

    made = re.findall(r"CREATE (?:UNIQUE )?INDEX CONCURRENTLY (\w+)", said)

    assert all(f"DROP INDEX CONCURRENTLY IF EXISTS {index}" in said for index in made)


@pytest.fixture
def unreleased_database(database, fresh_database):
    """`models.db` is as the migrations before the first release left it, being the same in the end."""
    with databases.connected(fresh_database()):
        names = "VALUES ('0002_prices', now()), ('0070_forgotten', now())"
        models.db.execute_sql(f"INSERT INTO schema_migration (name, applied) {names}")
        yield models.db


def test_migrations_that_are_no_more_do_no_harm(ops, unreleased_database):
    again = ops("migrate")

    assert (again.code, again.out) == (0, "the database is up to date\n")


@pytest.mark.parametrize("older", ['ALTER TABLE "user" DROP COLUMN forgotten_at', "DROP TABLE audit_lane"])
def test_an_unreleased_database_that_lacks_something_is_told_the_way_out(ops, unreleased_database, older):
    unreleased_database.execute_sql(older)

    answer = ops("migrate")

    assert answer.code == 2
    assert "make demo RESET=1" in answer.err
    assert older.split()[-1] in answer.err


@pytest.mark.parametrize("local", [True, False])
def test_a_migration_may_take_its_time_but_not_wait_for_tables(database, local):
    def limits():
        asked = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
        return models.db.execute_sql(asked).fetchone()

    with migrate._limits(local=local):
        assert limits() == ("0", "3s")
        assert models.db.connection().answer_s is None

    assert limits() == ("30s", "0")
    assert models.db.connection().answer_s == models.STATEMENT_S + models.MARGIN_S


#: Released with the same number; their order is that of their names, and neither needs the other.
TWINS = {"0008_languages", "0008_slots"}


def test_no_other_two_migrations_have_the_same_number():
    numbers = Counter(name.partition("_")[0] for name in migrations.NAMES if name not in TWINS)

    assert max(numbers.values()) == 1
