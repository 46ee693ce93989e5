"""Whether the database is as new as this release: the first thing that a process asks."""

from __future__ import annotations

import sys

import peewee
import structlog

import models
import settings
from app import version

log = structlog.get_logger()


def insist() -> None:
    """End the process, in one sentence, where migrations are missing: every job would fail, one by one.

    A database that is away is no reason: jobs wait for it as well. Connects `models` for a moment.
    """
    models.connect(settings.current().database_url, max_connections=1)
    try:
        with models.db.connection_context():
            missing = version.schema().missing
    except peewee.PeeweeException as error:
        log.warning("the schema was not checked", error=type(error).__name__)
        return
    finally:
        models.db.close_all()
    if missing:
        sys.exit(f"The database lacks {missing} migrations of this release: run python -m app.ops migrate")
