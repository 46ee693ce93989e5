"""Whether the database is as new as this release: the first thing that a process asks."""

from __future__ import annotations

import sys

import peewee
import structlog

import models
import settings
from app.infra.health import version

log = structlog.get_logger()


class Outdated(Exception):
    """The database lacks migrations of this release."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            f"The database lacks {missing} migrations of this release: run python -m app.ops migrate"
        )


def check() -> None:
    """Raises Outdated."""
    missing = version.schema().missing
    if missing:
        raise Outdated(missing)


def exit_if_outdated() -> None:
    """End the process, in one sentence, where migrations are missing: nothing that it does would work.

    A database that is away is no reason. Connects `models` for a moment.
    """
    models.connect(settings.current().database_url, max_connections=1)
    try:
        with models.db.connection_context():
            check()
    except Outdated as error:
        sys.exit(str(error))
    except peewee.PeeweeException as error:
        log.warning("the schema was not checked", error=type(error).__name__)
    finally:
        models.db.close_all()
