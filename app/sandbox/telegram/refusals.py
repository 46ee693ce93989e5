"""The ways in which the Bot API says no, with the words that clients match on."""

from typing import Any


class Refusal(Exception):
    """A call was refused; it becomes the JSON error answer."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refusal:
    """The request itself is wrong; repeating it will not help."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """The receiver does not want to hear from the bot."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """Somebody else is already receiving the updates."""
    return Refusal(409, f"Conflict: {reason}")


def flood(retry_after_s: int) -> Refusal:
    """Too fast; `retry_after` says for how long to be quiet."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s)
