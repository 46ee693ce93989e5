"""The audit database of a test: emptied, broken by its owner, away for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

import settings
from app import audit
from app.audit import shipping
from app.infra.transactions import atomic
from tests.support.proxy import Proxy


def _owner() -> psycopg.Connection[Any]:
    return psycopg.connect(settings.current().audit_database_url, autocommit=True)


def forget() -> None:
    """As it was made: without a table."""
    with _owner() as owner:
        owner.execute("DROP TABLE IF EXISTS audit_chain")


def rows(query: str = "SELECT seq, source, payload, hash FROM audit_chain ORDER BY seq") -> list[Any]:
    with _owner() as owner:
        return owner.execute(query.encode()).fetchall()


def by_owner(*statements: str) -> None:
    """What only somebody can do who takes the guard away first."""
    with _owner() as owner:
        owner.execute("ALTER TABLE audit_chain DISABLE TRIGGER ALL")
        owner.execute("GRANT ALL ON audit_chain TO CURRENT_USER")
        for statement in statements:
            owner.execute(statement.encode())
        owner.execute("ALTER TABLE audit_chain ENABLE ALWAYS TRIGGER audit_chain_only_grows")


@contextmanager
def behind_proxy() -> Iterator[Proxy]:
    """The way to it leads through a proxy meanwhile, which can be away."""
    proxy, url = Proxy.before_postgres(settings.current().audit_database_url)
    with proxy, settings.override(audit_database_url=url):
        yield proxy


def happens(*numbers: int) -> None:
    """Something, to each of these."""
    for number in numbers:
        with atomic():
            audit.record("test.happened", f"test:{number}", number=number)


def shipped(*numbers: int) -> None:
    happens(*numbers)
    assert shipping.ship() == len(numbers)
