"""Questions to Telegram about the bot itself, asked once each with a short time-out, for who looks after it.

Nothing is limited or repeated here; the shop's own calls go through telegram.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import orjson

import settings
from app.errors import ClientError, Malformed, Refused, TurnedAway, Unreachable
from app.infra import web_calls


@dataclass(frozen=True)
class Answer:
    """`at`: what the other side's clock showed; None when it did not say."""

    result: Any
    at: datetime | None


def ask(method: str, timeout_s: float, **params: Any) -> Answer:
    """Raises TurnedAway (the token), Refused (the call), Unreachable, Malformed; none names the URL."""
    current = settings.current()
    url = f"{current.telegram_api_url}/bot{current.telegram_bot_token.get_secret_value()}/{method}"
    try:
        response = web_calls.once("POST", url, timeout_s, json=params)
    except httpx.HTTPError as error:
        raise Unreachable(type(error).__name__) from None
    return Answer(_result(response), server_time(response))


def server_time(response: web_calls.Answer) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return None


def _result(response: web_calls.Answer) -> Any:
    try:
        answer = orjson.loads(response.body)
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict):
        raise Malformed(f"answered {response.status} with something that is not the Bot API's JSON")
    if answer.get("ok") and "result" in answer:
        return answer["result"]
    raise _refusal(response.status, str(answer.get("description", "")))


def _refusal(status: int, words: str) -> ClientError:
    if status >= 500:
        return Unreachable(f"{status}: {words}")
    return (TurnedAway if status in {401, 404} else Refused)(status, words)
