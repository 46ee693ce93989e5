"""The release before is brought up to date with all that it holds, and its code goes on meanwhile."""

import importlib.util
import uuid

import freezegun
import peewee
import psycopg
import pytest

from app import migrations
from app.ops import invariants, migrate
from models import db
from tests.releases import MODELS, SHOP, dump, life
from tests.support import databases

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'"


@pytest.fixture
def restore(servers):
    """Call it with what `dump` wrote, for the address of a database that is that."""

    def restored(statements):
        url = servers.postgres.ensure(f"restored_{uuid.uuid4().hex}")
        with psycopg.connect(url) as connection:
            connection.execute(statements.encode())
        return url

    return restored


@pytest.fixture
def shop_before(database, restore):
    """`models.db` is what the release before left, full of rows, for as long as the test."""
    url = restore(SHOP.read_text())
    with databases.connected(url):
        yield url


@pytest.fixture
def models_before():
    """The classes of the release before, on the database that `models.db` is on."""
    spec = importlib.util.spec_from_file_location("models_before", MODELS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tables = module.Table.__subclasses__()
    with db.bind_ctx(tables):
        yield tables


def contents():
    """Of each table, every row as a document."""
    names = [name for (name,) in db.execute_sql(TABLES).fetchall()]
    return {
        name: [row for (row,) in db.execute_sql(f'SELECT to_jsonb(t) FROM "{name}" t').fetchall()]
        for name in names
    }


def kept(before, after):
    """Whether each row is still there with all that it held; it may have got more columns."""
    return all(any(row.items() <= other.items() for other in after) for row in before)


def test_a_shop_of_the_release_before_keeps_all_it_has(shop_before):
    before = contents()

    migrate.apply()

    after = contents()
    assert all(before.values())
    assert [table for table, rows in before.items() if not kept(rows, after[table])] == []
    with freezegun.freeze_time(max(row["at"] for row in before["audit_event"])):
        assert invariants.run() == []


def test_it_ends_with_the_schema_of_a_new_shop(shop_before, fresh_database, restore):
    """Both have been dumped once: that words some conditions anew."""
    migrate.apply()

    new_shop = restore(dump(fresh_database()))
    migrated, new = (dump(url, "--schema-only").splitlines() for url in (shop_before, new_shop))
    assert sorted(line.rstrip(",") for line in migrated) == sorted(line.rstrip(",") for line in new)


def test_no_migration_of_the_release_before_is_gone(shop_before):
    applied = {name for (name,) in db.execute_sql(migrations.APPLIED).fetchall()}

    assert applied <= set(migrations.NAMES)


def read(tables):
    return {table.__name__: sorted(str(row.__data__) for row in table.select()) for table in tables}


def rewrite(tables):
    """Every row is read, deleted and inserted by these classes."""
    known = {table: [row.__data__ for row in table.select()] for table in peewee.sort_models(tables)}
    for table in reversed(known):
        table.delete().execute()
    for table, rows in known.items():
        table.insert_many(rows).execute()


def test_the_code_before_reads_and_writes_the_new_schema(shop_before, models_before):
    before = read(models_before)
    migrate.apply()

    rewrite(models_before)

    assert all(before.values())
    assert read(models_before) == before


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE product ADD COLUMN brand text NOT NULL DEFAULT ''; "
        "ALTER TABLE product ALTER COLUMN brand DROP DEFAULT",
        "ALTER TABLE product RENAME COLUMN name TO title",
        "ALTER TABLE product DROP COLUMN photo",
    ],
    ids=["required", "renamed", "dropped"],
)
def test_a_change_that_is_not_additive_stops_the_code_before(shop_before, models_before, change):
    db.execute_sql(change)

    with pytest.raises((peewee.IntegrityError, peewee.ProgrammingError)):
        rewrite(models_before)


def test_the_next_release_can_be_kept_as_well(database, valkey):
    life.fill()

    assert [table for table, rows in contents().items() if not rows] == []
    assert invariants.run() == []


def test_an_index_is_built_without_a_transaction(shop_before, tmp_path):
    (tmp_path / "9999_index.py").write_text(
        "atomic = False\n\n\ndef up(migrator, db):\n"
        "    db.execute_sql('CREATE INDEX CONCURRENTLY order_total ON \"order\" (total)')\n"
    )

    assert migrate._Patient(db, directory=str(tmp_path)).up() == ["9999_index"]

    assert "order_total" in {index.name for index in db.get_indexes("order")}
    assert db.execute_sql("SHOW lock_timeout").fetchone() == ("0",)
