"""How the gateway says no."""

from __future__ import annotations


class Refusal(Exception):
    """It becomes an answer with this HTTP status and message, and `Retry-After` where there is a time."""

    def __init__(self, status: int, message: str, retry_after_s: int | None = None) -> None:
        super().__init__(f"{status}: {message}")
        self.status, self.message, self.retry_after_s = status, message, retry_after_s
