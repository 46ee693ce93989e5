"""`python -m tests.releases`: this release becomes the one before."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import models
import settings
from app.local import embedded
from app.ops import migrate
from tests import conftest
from tests.releases import MODELS, SHOP, dump, life


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="quickcart-release-") as folder,
        embedded.postgres(Path(folder) / "postgres") as server,
        embedded.valkey(Path(folder) / "valkey") as redis_url,
        settings.override(
            **conftest.TEST_SETTINGS,
            database_url=server.ensure("shop"),
            audit_database_url=server.ensure("audit"),
            redis_url=redis_url,
        ),
    ):
        models.connect(settings.current().database_url)
        migrate.apply()
        with models.db.connection_context():
            life.fill()
        models.db.close_all()
        MODELS.parent.mkdir(exist_ok=True)
        SHOP.write_text(dump(settings.current().database_url))
        shutil.copy(models.__file__, MODELS)


if __name__ == "__main__":
    main()
