"""How a Bot API call is made: begun and ended in one thread, with its line in the log and the pause that
Telegram may ask for. Which calls there are is decided elsewhere."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Generator
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError
from telegram.warnings import PTBUserWarning

from app.clients import telegram_errors, telegram_limits
from app.clients.telegram_http import Plain, Request, run
from app.errors import Flood, TurnedAway
from app.infra import calls

log = structlog.get_logger()

COMPLAIN_EVERY_S = 60.0

#: Waits for a call that is under way: what it answers, or why not.
Begun = Callable[[], Any]

# do_api_request recommends the typed methods. They build objects of every answer, of which we read one
# number: that halves the calls a second.
warnings.filterwarnings("ignore", message=r"Please use 'Bot\.", category=PTBUserWarning)


class Caller:
    """One `Bot`, for all threads."""

    def __init__(self, token: str, api_url: str) -> None:
        self._files_url = f"{api_url}/file/bot{token}/"
        self._request = Request(api_url)
        self._bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )
        self._complained_at = -COMPLAIN_EVERY_S

    def close(self) -> None:
        """Let go of connections. A process that ends need not."""
        run(self._request.shutdown())

    def _call(self, method: str, *, bulk: bool = False, **params: Any) -> Any:
        return self._begin(method, params, bulk=bulk)()

    def _begin(self, method: str, params: dict[str, Any], *, bulk: bool = False) -> Begun:
        """The result waits for the answer: None for an error that changes nothing."""
        exchange = self._exchange(method, given(**params))
        next(exchange)

        def end() -> Any:
            try:
                next(exchange)
            except StopIteration as answered:
                return answered.value
            except telegram_errors.SlowMode as slow:
                telegram_limits.pause_chat(slow.retry_after_s, params["chat_id"])
                raise
            except Flood as flood:
                telegram_limits.heed(flood.retry_after_s, method, params.get("chat_id"), bulk=bulk)
                raise
            except TurnedAway as refusal:
                self._complain(refusal)
                raise

        return end

    def _exchange(self, method: str, params: dict[str, Any]) -> Generator[None, None, Any]:
        """One call with its log line; pauses once, while it is under way."""
        with calls.recorded("telegram", method, chat_id=params.get("chat_id")) as call:
            try:
                return (yield from self._post(method, params))
            except TelegramError as error:
                if not telegram_errors.is_harmless(error):
                    raise telegram_errors.translate(error) from None
                call.outcome = "harmless"
                return None

    def _post(self, method: str, params: dict[str, Any]) -> Generator[None, None, Any]:
        try:
            plain = Plain(params)
        except TypeError:  # files among them
            yield
            return run(self._bot.do_api_request(method, api_kwargs=params))
        under_way: Any = self._request.begin(self._url(method), plain)
        yield
        return run(self._request.post(self._url(method), request_data=under_way))

    def _url(self, method: str) -> str:
        return f"{self._bot.base_url}/{method}"

    def _complain(self, error: TurnedAway) -> None:
        """Once a minute: every job meets the same."""
        if time.monotonic() - self._complained_at >= COMPLAIN_EVERY_S:
            self._complained_at = time.monotonic()
            log.error("telegram turns the bot away: check TELEGRAM_BOT_TOKEN", status=error.status)


def given(**params: Any) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value is not None}
