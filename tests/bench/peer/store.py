"""The peer's tables and its few connections to them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

CONNECTIONS = 8

SCHEMA = """
DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer;
SET search_path TO peer;
CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL, seen_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE product (
    id integer PRIMARY KEY, name text NOT NULL, price bigint NOT NULL, available integer NOT NULL,
    sold integer NOT NULL DEFAULT 0
);
CREATE TABLE purchase (
    id bigserial PRIMARY KEY, invoice text NOT NULL UNIQUE, person bigint NOT NULL REFERENCES person,
    product integer NOT NULL REFERENCES product, total bigint NOT NULL, state text NOT NULL DEFAULT 'pending',
    txn_id text, message_id bigint, placed_at timestamptz NOT NULL DEFAULT now(), paid_at timestamptz
);
CREATE TABLE item (
    id bigserial PRIMARY KEY, product integer NOT NULL REFERENCES product, content text NOT NULL,
    purchase bigint REFERENCES purchase
);
CREATE INDEX ON item (product, id) WHERE purchase IS NULL;
CREATE INDEX ON item (purchase);
"""

Row = dict[str, Any]


class Store:
    """Each method is one transaction."""

    def __init__(self) -> None:
        self._free: asyncio.LifoQueue[AsyncConnection[Row]] = asyncio.LifoQueue()

    async def open(self, url: str) -> None:
        for _ in range(CONNECTIONS):
            connection = await AsyncConnection.connect(url, autocommit=True, row_factory=dict_row)
            await connection.execute("SET search_path TO peer")
            self._free.put_nowait(connection)

    async def create(self, product: int, goods: list[str]) -> None:
        async with self._connection() as db:
            await db.execute(SCHEMA)
            await db.execute("INSERT INTO product VALUES (%s, 'Bench', 25000, %s)", [product, len(goods)])
            await db.execute(
                "INSERT INTO item (product, content) SELECT %s, unnest(%s::text[])", [product, goods]
            )

    async def meet(self, person: int, name: str) -> None:
        async with self._connection() as db:
            await db.execute(
                "INSERT INTO person (id, name) VALUES (%s, %s)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, seen_at = now()",
                [person, name],
            )

    async def product(self, product: int) -> Row | None:
        return await self._one("SELECT * FROM product WHERE id = %s", [product])

    async def place(self, person: int, product: int, quantity: int) -> Row | None:
        """A new purchase with its goods set aside; None when there are too few."""
        async with self._connection() as db, db.transaction():
            taken = await db.execute(
                "UPDATE product SET available = available - %s WHERE id = %s AND available >= %s"
                " RETURNING price",
                [quantity, product, quantity],
            )
            row = await taken.fetchone()
            if row is None:
                return None
            placed = await db.execute(
                "INSERT INTO purchase (invoice, person, product, total) VALUES (%s, %s, %s, %s) RETURNING *",
                [f"TRX{secrets.token_hex(6).upper()}", person, product, row["price"] * quantity],
            )
            purchase = await placed.fetchone()
            assert purchase is not None
            await db.execute(
                "UPDATE item SET purchase = %s WHERE id IN (SELECT id FROM item WHERE product = %s"
                " AND purchase IS NULL ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)",
                [purchase["id"], product, quantity],
            )
            return purchase

    async def opened(self, purchase: int, txn_id: str, message_id: int) -> None:
        async with self._connection() as db:
            await db.execute(
                "UPDATE purchase SET txn_id = %s, message_id = %s WHERE id = %s",
                [txn_id, message_id, purchase],
            )

    async def purchase(self, invoice: str) -> Row | None:
        return await self._one("SELECT * FROM purchase WHERE invoice = %s", [invoice])

    async def pay(self, purchase: int) -> list[str] | None:
        """The goods of a purchase that has just been paid; None when it had been before."""
        async with self._connection() as db, db.transaction():
            moved = await db.execute(
                "UPDATE purchase SET state = 'paid', paid_at = now() WHERE id = %s AND state = 'pending'"
                " RETURNING product",
                [purchase],
            )
            row = await moved.fetchone()
            if row is None:
                return None
            items = await db.execute("SELECT content FROM item WHERE purchase = %s ORDER BY id", [purchase])
            goods = [item["content"] for item in await items.fetchall()]
            await db.execute(
                "UPDATE product SET sold = sold + %s WHERE id = %s", [len(goods), row["product"]]
            )
            return goods

    async def delivered(self, purchase: int) -> None:
        async with self._connection() as db:
            await db.execute("UPDATE purchase SET state = 'delivered' WHERE id = %s", [purchase])

    async def _one(self, query: str, values: list[Any]) -> Row | None:
        async with self._connection() as db:
            return await (await db.execute(query, values)).fetchone()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[Row]]:
        connection = await self._free.get()
        try:
            yield connection
        finally:
            self._free.put_nowait(connection)
