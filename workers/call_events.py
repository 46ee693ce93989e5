"""Calls that moved money or goods are audited, also where nothing else of the job is."""

from __future__ import annotations

from typing import Any

from dramatiq.middleware import Middleware

from app import audit


class Calls(Middleware):
    """Calls that no event followed are written when the job ends."""

    def after_process_message(
        self,
        broker: Any,  # noqa: ARG002 (dramatiq names it)
        message: Any,  # noqa: ARG002
        *,
        result: Any = None,  # noqa: ARG002
        exception: BaseException | None = None,  # noqa: ARG002
    ) -> None:
        audit.write_calls()
