"""People who talk to the bot without a messenger in between: what it decides, and what it draws."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import redis

from app.infra import transactions
from app.people import users
from tests.support.chatter import Chatter
from tests.support.queries import Queries


@pytest.fixture
def buyer(database: object, valkey: redis.Redis) -> Chatter:
    """Alice, who has been here before."""
    with transactions.atomic():
        users.meet(1, "Alice", "alice")
    return Chatter(1, "Alice", "alice")


@pytest.fixture
def admin(database: object, valkey: redis.Redis) -> Chatter:
    return Chatter(2, "Bob", "bob")


@pytest.fixture
def stranger(database: object, valkey: redis.Redis) -> Chatter:
    return Chatter(3, "Charlie")


@pytest.fixture
def queries(database: object) -> Iterator[Queries]:
    counted = Queries()
    logger = logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(counted)
    logger.setLevel(logging.DEBUG)
    yield counted
    logger.removeHandler(counted)
    logger.setLevel(level)
