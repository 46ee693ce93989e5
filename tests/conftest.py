"""What every test stands on: real PostgreSQL and Valkey of its own session, stand-ins on loopback, one drain.

Nothing is shared with another run: every server has its own folder and port and ends with this process.
"""

from __future__ import annotations

import gc
import importlib
import os
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import freezegun.api
import pytest
import redis

import models
import settings
from app.clients import telegram as telegram_client
from app.infra.metrics import counters, ledger
from app.infra.queue import broker
from app.local import embedded
from app.ops import migrate
from app.people import users
from app.sales import quotes
from tests.support import databases, draining, people, shops, stage
from tests.support.house import House

#: Libraries that wait with real time-outs; under a frozen clock they would wait for ever.
REAL_TIME = [
    "queue",
    "selectors",
    "concurrent",
    "asyncio",
    "anyio",
    "httpx",
    "httpcore",
    "uvicorn",
    "redis",
    "psycopg",
    "app.infra.watchdog",
    "app.infra.clock_skew",
    "playhouse",
    "dramatiq.brokers",
    "dramatiq.cli",
    "selenium",
    "_pytest",
]
freezegun.configure(default_ignore_list=REAL_TIME)  # type: ignore[attr-defined]


def _shape(module: ModuleType) -> str:
    """Whether a module is as it was. Freezegun sorts the names of all two thousand, at every start."""
    return f"{id(module)}-{len(vars(module))}"


freezegun.api._get_module_attributes_hash = _shape

gc.disable()  # until all tests are collected: next to nothing of that is garbage

# Plugins that libraries bring are left alone here too.
os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"

# What is compiled is kept, for the processes that tests start and for the next run, though the environment
# forbids it: they would compile the shop anew, a second of processor time each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

for _name in settings.Settings.model_fields:  # a developer's own environment must not change a test
    os.environ.pop(_name.upper(), None)

#: Settings of every test; `with settings.override(late_payment="credit"):` changes some for a while.
TEST_SETTINGS = {
    "telegram_bot_token": "100000001:test-token-0123456789abcdefghijk",
    "telegram_api_url": "http://127.0.0.1:9/telegram",
    "telegram_webhook_secret": "telegram-webhook-secret",
    "pakasir_project": "quickcart-test",
    "pakasir_api_key": "pakasir-api-key",
    "pakasir_webhook_secret": "pakasir-webhook-secret",
    "pakasir_base_url": "http://127.0.0.1:9/pakasir",
    "pakasir_public_url": "http://127.0.0.1:9/pakasir",
    "pakasir_sandbox": True,
    "admin_ids": "2",
    "store_name": "Toko Uji",
    "stock_encryption_key": "dGhlIHRlc3RzJyBvd24ga2V5LCBub3QgYSBzZWNyZXQ=",
    "ops_password": "ops-password",
    "log_level": "warning",
}


#: For so long an answer of Redis is waited for: longer than any test waits for a job.
LONGEST_S = 90

#: Folders whose tests wait more than they work, and files of few tests that take long.
LONG = {"webhooks", "queue", "processes", "browser", "races", "flows", "test_english.py", "test_breaches.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They go first, and other files of few tests last, so that no process is busy alone in the end."""
    tests = Counter(item.path for item in items)

    def turn(item: pytest.Item) -> tuple[bool, int, Path]:
        takes_long = not LONG.isdisjoint((item.path.parent.name, item.path.name))
        return not takes_long, -tests[item.path], item.path

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What stands now stays to the end: the collector of garbage need not look through it again and again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def servers() -> Iterator[databases.Servers]:
    """PostgreSQL and Valkey of this session, the database migrated once."""
    with (
        databases.short_lived_folder() as home,
        embedded.postgres(home / "pg", **databases.FAST) as postgres,
        embedded.valkey(home / "valkey") as redis_url,
    ):
        template = postgres.ensure("template")
        models.connect(template)
        migrate.apply()
        models.db.close_all()
        yield databases.Servers(postgres, redis_url)


@pytest.fixture(scope="session", autouse=True)
def _settings(servers: databases.Servers) -> Iterator[settings.Settings]:
    addresses = {
        "database_url": servers.postgres.ensure("shop", "template"),
        "audit_database_url": servers.postgres.ensure("audit"),
        "redis_url": servers.redis_url,
    }
    with settings.override(**TEST_SETTINGS, **addresses) as values:
        yield values


# Tests ask more different questions than a process of the shop: none is to be planned again and again.
models.MOST_PREPARED = 1_000


@pytest.fixture(scope="session")
def _shop_database(
    _settings: settings.Settings, servers: databases.Servers
) -> Iterator[databases.Resettable]:
    models.connect(_settings.database_url, max_connections=40)
    with databases.Resettable(servers.postgres.url("shop", "postgres")) as resettable:
        yield resettable
    models.db.close_all()


@pytest.fixture
def database(_shop_database: databases.Resettable) -> Iterator[object]:
    """`models.db` with every table as the migrations left it; each thread connects on first use."""
    _shop_database.reset()
    quotes.known.clear()
    yield models.db
    models.db.close()


@pytest.fixture(scope="session")
def _made() -> dict[object, tuple[Any, databases.Kept]]:
    return {}


@pytest.fixture
def made_once(
    database: object, _shop_database: databases.Resettable, _made: dict[object, tuple[Any, databases.Kept]]
) -> Callable[[Callable[[], Any]], Any]:
    """Call it with a function of a module that fills the database. The next test gets copies of all rows that
    the first one had then, and what the function returned."""

    def made_once(fill: Callable[[], Any]) -> Any:
        if fill in _made:
            _shop_database.put_back(_made[fill][1])
        else:
            _made[fill] = fill(), _shop_database.kept()
        return _made[fill][0]

    return made_once


@pytest.fixture
def fresh_database(servers: databases.Servers) -> databases.Clones:
    """Call it for the address of one more migrated, empty database: for processes started by a test."""
    return databases.Clones(servers.postgres)


@pytest.fixture
def folder() -> Iterator[Path]:
    """For embedded servers: root lends PostgreSQL to another user, to whom pytest closes `tmp_path`."""
    with databases.short_lived_folder() as path:
        yield path


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        yield silent.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return closed.getsockname()[1]


@pytest.fixture(scope="session")
def _valkey(_settings: settings.Settings) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(_settings.redis_url, socket_timeout=LONGEST_S) as client:
        yield client


@pytest.fixture
def valkey(_valkey: redis.Redis) -> redis.Redis:
    """A client of the session's Valkey, emptied."""
    _valkey.flushall()
    return _valkey


def _count_anew() -> None:
    """Every worker's first and last report look through all that its process has ever counted."""
    for counted in (counters.API_CALLS, counters.REQUESTS, counters.JOBS, counters.GOODS):
        counted.clear()
    ledger.own.forget()


@pytest.fixture
def drain(database: object, valkey: redis.Redis) -> Iterator[draining.Drain]:
    """Call it to run every job that is due, in a real worker; see tests/support/draining.py."""
    importlib.import_module("workers.actors")
    _count_anew()
    drain = draining.Drain(broker.setup())
    yield drain
    drain.stop()


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """For stand-ins of a test's own, at an address that stays."""
    with House.built() as built:
        yield built


@pytest.fixture(scope="session")
def _stage(_settings: settings.Settings) -> Iterator[stage.Stage]:
    with stage.opened() as opened:
        opened.open_receivers()
        yield opened
        with settings.override(**opened.addresses):
            telegram_client.client().close()


@pytest.fixture
def on_stage(_stage: stage.Stage) -> Iterator[stage.Stage]:
    """Clients of the shop find the stand-ins; for the tests that ask for them, and no longer."""
    with settings.override(**_stage.addresses):
        yield _stage


@pytest.fixture
def telegram(on_stage: stage.Stage, drain: draining.Drain) -> Iterator[stage.Messenger]:
    """The stand-in messenger. What people do there reaches the queue through the real receiver."""
    with on_stage.telegram() as standin:
        drain.sources.append(lambda: standin.delivered(LONGEST_S))
        yield standin


@pytest.fixture
def pakasir(on_stage: stage.Stage, drain: draining.Drain) -> Iterator[stage.Gateway]:
    """The stand-in gateway. Its webhooks reach the queue through the real receiver."""
    with on_stage.pakasir() as standin:
        drain.sources.append(lambda: standin.delivered(LONGEST_S))
        yield standin


@pytest.fixture
def shop(database: object) -> shops.Shop:
    """What staff did before the test."""
    return shops.Shop()


@pytest.fixture
def alice(telegram: stage.Messenger, pakasir: stage.Gateway, drain: draining.Drain) -> people.Someone:
    """A buyer."""
    return people.Someone(telegram, 1, "Alice", "alice", drain)


@pytest.fixture
def bob(telegram: stage.Messenger, pakasir: stage.Gateway, drain: draining.Drain) -> people.Someone:
    """The admin, named in ADMIN_IDS."""
    return people.Someone(telegram, 2, "Bob", "bob", drain)


@pytest.fixture
def charlie(telegram: stage.Messenger, pakasir: stage.Gateway, drain: draining.Drain) -> people.Someone:
    """A stranger."""
    return people.Someone(telegram, 3, "Charlie", None, drain)


@pytest.fixture
def rina(
    telegram: stage.Messenger, pakasir: stage.Gateway, drain: draining.Drain, shop: shops.Shop
) -> people.Someone:
    """A reseller, who therefore has written to the bot before."""
    shop.knows(4, "Rina", "rina")
    users.make_reseller(4, reseller=True)
    return people.Someone(telegram, 4, "Rina", "rina", drain)
