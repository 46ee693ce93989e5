"""What a worker process needs before its first job: its log and its database."""

from __future__ import annotations

import sys
from typing import Any

import peewee
import structlog
from dramatiq.middleware import Middleware

import models
import settings
from app.catalogue import stock_key
from app.infra import logs, startup
from app.sales import sandbox_payments
from workers import schema

log = structlog.get_logger()

#: With one more for the clock and one for `web`'s looks: the ten of the contract. Threads beyond these wait.
CONNECTIONS = 8


class Boot(Middleware):
    """Only the `dramatiq` command calls this, once a process, before any thread starts."""

    def after_process_boot(self, broker: Any) -> None:  # noqa: ARG002 (dramatiq names it)
        logs.setup("worker")
        startup.announce()
        schema.insist()
        models.connect(settings.current().database_url, max_connections=CONNECTIONS, process="worker")
        _must_have_the_key()
        _tell_of_trial()


def _tell_of_trial() -> None:
    try:
        with models.db.connection_context():
            sandbox_payments.tell()
    except peewee.PeeweeException as error:
        log.warning("the admins were not told of the sandbox", error=type(error).__name__)


def _must_have_the_key() -> None:
    """A worker without the key would take money for goods that it cannot hand over."""
    try:
        with models.db.connection_context():
            stock_key.check()
    except stock_key.WrongKey as error:
        sys.exit(str(error))
    except peewee.PeeweeException as error:
        # The database is away, or not migrated yet: jobs wait for it as well.
        log.warning("the key of the goods was not checked", error=type(error).__name__)
