"""A bot that calls the stand-in Telegram over HTTP with nothing in between."""

from __future__ import annotations

from typing import Any

import httpx

from app.infra import web_calls
from app.sandbox.telegram import StandIn

TOKEN = "123456:sandbox-token"


class Bot:
    """`bot.sendMessage(chat_id=1, text="Hi")` is one POST; the answer is the JSON body."""

    def __init__(self, standin: StandIn, token: str = TOKEN) -> None:
        self.http = httpx.Client(
            base_url=f"{standin.url}/bot{token}", timeout=60, verify=web_calls.certificates()
        )

    def __getattr__(self, method: str) -> Any:
        return lambda **params: self.http.post(f"/{method}", json=params).json()

    def uploads(self, method: str, field: str, name: str, content: bytes, **params: Any) -> Any:
        """The same with a file, as multipart."""
        return self.http.post(f"/{method}", data=params, files={field: (name, content)}).json()


def refusal(answer: dict[str, Any]) -> str:
    """The words of an answer that says no."""
    assert answer["ok"] is False
    return answer["description"]
