"""The gateway's fee for what somebody looks at: asked beside the conversation, so nobody waits for it."""

from __future__ import annotations

from contextlib import suppress

from dramatiq.errors import BrokerConnectionError

from app.bot.toolkit.screen import Screen
from app.clients import pakasir
from app.sales import quotes
from workers.policies import unhurried


@unhurried
def quote_fee(amount: int) -> None:
    """Remember what the gateway answers; where it does not, the estimate goes on being shown."""
    if quotes.fee(amount) is not None:
        return
    fee = pakasir.client().fee(amount)
    if not fee.estimated:
        quotes.note(amount, fee.amount)


def request_fee(screen: Screen) -> None:
    """Have the fee asked that this page or the one after it shows, unless it is known."""
    if screen.amount and quotes.fee(screen.amount) is None:
        message = quote_fee.message_with_options(args=(screen.amount,))
        with suppress(BrokerConnectionError):  # nobody's answer depends on it
            quote_fee.broker.enqueue(message.copy(message_id=f"quote-{screen.amount}"))
