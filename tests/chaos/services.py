"""All services at random for a minute, eight at once: the long form of tests/races/test_fuzz.py."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import models
import settings
from app.infra import logs
from app.local import embedded
from app.ops import invariants, migrate
from tests.bench import grown
from tests.support import fuzz

NAME, SECONDS = "all services at random", 60.0


def hold(wanted: list[str]) -> bool:
    """Whether nothing was wrong afterwards; true as well when this was not wanted."""
    if wanted and not any(word in NAME for word in wanted):
        return True
    seed = random.randrange(10**6)
    print(f"… {NAME}, seed {seed}", flush=True)
    with _shop():
        fuzz.prepare()
        happened = fuzz.run(seed, SECONDS)
        wrong = [*happened.failed, *fuzz.own_sums(), *fuzz.unexplained(invariants.run())]
    print(f"{sum(happened.done.values())} acts, {len(wrong)} of them or of what they left wrong")
    for line in wrong:
        print(f"{NAME}: {line}")
    return not wrong


@contextmanager
def _shop() -> Iterator[None]:
    with (
        tempfile.TemporaryDirectory(prefix="quickcart-chaos-") as folder,
        embedded.postgres(Path(folder) / "postgres", fsync="off", max_connections="60") as server,
        embedded.valkey(Path(folder) / "valkey") as redis_url,
        settings.override(**grown.values(server.ensure("shop"), redis_url)),
    ):
        models.connect(settings.current().database_url, max_connections=20)
        logs.setup("chaos")
        migrate.apply()
        with models.db.connection_context():
            yield
        models.db.close_all()
