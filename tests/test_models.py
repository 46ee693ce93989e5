"""`models.py` says of every table what the migrations have made of it."""

import pytest

import models
from models import db

TABLES = {table._meta.table_name: table for table in models.Table.__subclasses__()}

COLUMNS = """
SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = %s::regnamespace AND t.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
#: Partial ones are rules that only the schema knows.
INDEXES = """
SELECT t.relname, array(
    SELECT a.attname::text FROM pg_attribute a
    WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
    ORDER BY a.attname
)
FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid
WHERE t.relnamespace = %s::regnamespace AND i.indpred IS NULL
    AND pg_get_indexdef(i.indexrelid) LIKE '%%USING btree%%'
"""
UNIQUE = f"{INDEXES} AND i.indisunique"
PRIMARY = f"{INDEXES} AND i.indisprimary"
REFERENCES = """
SELECT t.relname, a.attname, other.relname
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_class other ON other.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (k.conkey)
WHERE k.connamespace = %s::regnamespace AND k.contype = 'f'
"""
#: The schema says why it does not look whether a recipient exists.
UNCHECKED = ("broadcast_recipient", "user_id", "user")
DEFAULTS = """
SELECT t.relname, a.attname, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attrdef d
JOIN pg_class t ON t.oid = d.adrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.adnum
WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'schema_migration'
"""


@pytest.fixture
def declared(database):
    """A schema of this name, with the tables as peewee makes them of the models; gone after the test."""
    with db.atomic() as transaction:
        db.execute_sql("CREATE SCHEMA declared")
        db.execute_sql("SET LOCAL search_path = declared")
        db.create_tables(TABLES.values(), safe=False)
        yield
        transaction.rollback()


def facts(query, schema):
    rows = {(name, *map(str, row)) for name, *row in db.execute_sql(query, [schema]).fetchall()}
    return {row for row in rows if row[0] != "schema_migration" and row != UNCHECKED}


@pytest.mark.parametrize(
    "query", [COLUMNS, PRIMARY, UNIQUE, REFERENCES], ids=["columns", "primary", "unique", "references"]
)
def test_the_models_are_the_schema(declared, query):
    assert facts(query, "declared") == facts(query, "public")


def test_what_the_models_index_is_indexed(declared):
    """But for what peewee would index by itself: references, and (not as trees) documents."""
    references = {(table, str([column])) for table, column, _ in facts(REFERENCES, "declared") | {UNCHECKED}}

    assert facts(INDEXES, "declared") - references <= facts(INDEXES, "public")


def test_a_default_of_the_schema_is_that_of_the_model(database):
    found = {
        (table, column): db.execute_sql(f"SELECT {expression}").fetchone()[0]
        for table, column, expression in db.execute_sql(DEFAULTS).fetchall()
        if "nextval" not in expression and "random" not in expression
    }

    assert found == {key: default(*key) for key in found}


def default(table, column):
    value = TABLES[table]._meta.columns[column].default
    return value() if callable(value) else value
