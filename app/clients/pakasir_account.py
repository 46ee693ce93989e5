"""What the gateway's clock shows. Its own calls are in pakasir_v1 and pakasir_v2."""

from __future__ import annotations

from datetime import datetime

import httpx

import settings
from app.clients import telegram_account
from app.errors import Unreachable
from app.infra import web_calls


def server_time(timeout_s: float) -> datetime | None:
    """Any answer tells, also a refusal. Raises Unreachable."""
    url = f"{settings.current().pakasir_base_url}/api/v2/payment-fee/10000"
    try:
        answer = web_calls.once("GET", url, timeout_s)
    except httpx.HTTPError as error:
        raise Unreachable(type(error).__name__) from None
    return telegram_account.server_time(answer)
