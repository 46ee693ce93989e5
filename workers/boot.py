"""What a worker process needs before its first job: its log and its database."""

from __future__ import annotations

from typing import Any

from dramatiq.middleware import Middleware

import models
import settings
from app.infra import logs

#: With one more for the clock and one for `web`'s looks: the ten of the contract. Threads beyond these wait.
CONNECTIONS = 8


class Boot(Middleware):
    """Only the `dramatiq` command calls this, once a process, before any thread starts."""

    def after_process_boot(self, broker: Any) -> None:  # noqa: ARG002 (dramatiq names it)
        logs.setup("worker")
        models.connect(settings.current().database_url, max_connections=CONNECTIONS)
