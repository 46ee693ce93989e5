"""What a worker process needs before its first job: its log and its database."""

from __future__ import annotations

import os
import sys
from typing import Any

import peewee
import structlog
from dramatiq.middleware import Middleware

import models
import settings
from app.catalogue import stock_key
from app.infra import logs, startup
from app.infra.health import bots
from app.infra.queue.retries import DatabaseAway
from app.sales import sandbox_payments
from workers import schema

log = structlog.get_logger()

#: With one more to the audit database, one for the clock and one for `web`'s looks, the eight of the README.
#: Threads beyond these wait.
CONNECTIONS = 5


class Boot(Middleware):
    """Only the `dramatiq` command boots, once a process, before any thread starts. A database that is away
    then is asked before the first job: until it has answered, no job begins."""

    def __init__(self) -> None:
        self._unasked = False

    def after_process_boot(self, broker: Any) -> None:  # noqa: ARG002 (dramatiq names it)
        logs.setup("worker")
        startup.keep_small()
        startup.announce()
        models.connect(settings.current().database_url, max_connections=CONNECTIONS, process="worker")
        try:
            with models.db.connection_context():
                _ask()
        except (schema.Outdated, stock_key.WrongKey) as error:
            sys.exit(str(error))
        except peewee.PeeweeException as error:
            log.warning("the database was not checked, jobs wait for that", error=type(error).__name__)
            self._unasked = True
        startup.spare_what_is_loaded()

    def before_process_message(self, broker: Any, message: Any) -> None:  # noqa: ARG002
        if not self._unasked:
            return
        try:
            _ask()
        except (schema.Outdated, stock_key.WrongKey) as error:
            log.critical("exiting", why=str(error))
            os._exit(1)  # nobody hears an exception in this thread; what was begun here, others take over
        except peewee.PeeweeException as error:
            raise DatabaseAway(str(error)) from error
        self._unasked = False


def _ask() -> None:
    """Is the database as new as this release, and the key that of its goods? Else the worker would take money
    for what it cannot hand over. Raises Outdated, WrongKey."""
    schema.check()
    stock_key.check()
    sandbox_payments.announce()
    bots.announce()
