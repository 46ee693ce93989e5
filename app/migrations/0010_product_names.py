"""Products are found by any part of their names, among very many too.

The index is made of three letters at a time, by an extension of PostgreSQL's own. Where it is not installed,
or not to be had for this role, the search reads all names: slower, and no worse.
"""

INDEX = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX product_name ON product USING gin (lower(name) gin_trgm_ops) WHERE retired_at IS NULL;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'no index on the names of products: %%', SQLERRM;
END $$
"""


def up(migrator, db):
    db.execute_sql(INDEX)
