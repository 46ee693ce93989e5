"""The fee shown before checkout: asked for and remembered, estimated while the gateway cannot be asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.clients import pakasir_answers as answers
from app.errors import ClientError

TIMEOUT_S = 2.0
REMEMBERED_S = 600.0
GIVEN_UP_S = 30.0
MOST = 1000


class Fees:
    """Somebody waits for the screen, so a gateway that failed is left alone for GIVEN_UP_S."""

    def __init__(self, ask: Callable[[int], int]) -> None:
        self._ask = ask
        self._known: dict[int, tuple[float, answers.Fee]] = {}
        self._ask_again_at = 0.0

    def of(self, amount: int) -> answers.Fee:
        """Never raises a ClientError: an estimate says that it is one."""
        now = time.monotonic()
        forget_at, fee = self._known.get(amount, (0.0, None))
        if fee and now < forget_at:
            return fee
        if now < self._ask_again_at:
            return answers.estimated_fee(amount)
        try:
            fee = answers.Fee(self._ask(amount), estimated=False)
        except ClientError:
            self._ask_again_at = now + GIVEN_UP_S
            return answers.estimated_fee(amount)
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[amount] = (now + REMEMBERED_S, fee)
        return fee
