"""How Bot API calls travel: python-telegram-bot's request interface over connections that the calling thread
writes and reads itself. Which calls exist and what their errors mean is decided elsewhere.

No event loop, and not httpx: a call then costs a tenth of the processor time.
"""

from __future__ import annotations

import ssl
from collections.abc import Coroutine
from contextlib import suppress
from functools import lru_cache
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

import httpx
import orjson
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from app.clients import http_client
from app.clients.http_client import Answer, Exchange

T = TypeVar("T")

JSON = {"Content-Type": "application/json"}

CONNECT_TIMEOUT_S = 5.0
CALL_TIMEOUT_S = 10.0
UPLOAD_TIMEOUT_S = 30.0
#: A backup takes its time on a slow line: so much longer for its size.
SLOWEST_UPLOAD_BYTES_S = 250_000
LONGEST_WAIT_S = 3600.0
#: No answer is longer, but a hundred updates at once may be.
ANSWER_CAP, UPDATES_CAP = 1024 * 1024, 32 * 1024 * 1024
#: Idle connections are used again for so long.
KEPT_S = 30.0

#: What the Bot API answers to a call that it understood and does not do.
ABOUT_THE_CALL = {400, 403, 409}


class NotSent(NetworkError):
    """No connection was made: the call surely had no effect."""


class Throttled(TelegramError):
    """429. python-telegram-bot's own RetryAfter needs a field that proxies in between do not send."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("Too Many Requests")
        self.retry_after_s = retry_after_s


class NotTheApi(TelegramError):
    """A 4xx that the Bot API did not write: a proxy in between refused, so the call never got there."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answered {status}, but not as the Bot API does")
        self.status = status


class UnknownBot(TelegramError):
    """401, 404 or any other 4xx that is not about the one call: about the token, the server, or the method.
    python-telegram-bot forgets what the server said."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status


class TooLarge(TelegramError):
    """A file is larger than the caller takes."""


class Plain:
    """Parameters without files, cheaper than python-telegram-bot's form: each as text, what is none as JSON.
    Raises TypeError for what JSON cannot carry."""

    def __init__(self, params: dict[str, Any]) -> None:
        texts = {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in params.items()
        }
        self.body = orjson.dumps(texts)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's certificates, read once a process: that takes 30 ms."""
    tls = ssl.create_default_context()
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    return tls


class Request(BaseRequest):
    """Its methods wait where they say `await`: see `run`. Uses no proxies and follows no redirects."""

    def __init__(self, api_url: str) -> None:
        self._server = http_client.Server(
            api_url, connect_s=CONNECT_TIMEOUT_S, kept_s=KEPT_S, trusted=_trusted
        )
        self._root = api_url.rstrip("/")

    @property
    def read_timeout(self) -> float | None:
        return CALL_TIMEOUT_S

    async def initialize(self) -> None:
        """Connections are made when they are needed."""

    async def shutdown(self) -> None:
        self._server.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is not an object")
        answer.setdefault("result", None)  # python-telegram-bot takes for granted that it is there
        return answer

    def begin(
        self, url: str, data: Plain, timeout_s: float = CALL_TIMEOUT_S, longest: int = ANSWER_CAP
    ) -> Exchange:
        """Ask without waiting for the answer; `post` does, given the result as its `request_data`."""
        return self._begin("POST", url, data.body, JSON, timeout_s, longest)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Exchange | None = None,
        *_timeouts: Any,
        **_more_timeouts: Any,
    ) -> tuple[int, bytes]:
        """One exchange. How long it may take in all depends on what is sent; the time-outs are not ours."""
        if not isinstance(request_data, Exchange):
            body, headers = _form(request_data) if request_data else (b"", {})
            request_data = self._begin(method, url, body, headers, _timeout_s(request_data))
        try:
            answer = _end(request_data)
        except TooLarge:
            raise NetworkError("the answer is too long") from None
        status = _meant(answer.status, answer.body)
        _raise_what_ptb_does_not_tell_apart(status, answer)
        return status, answer.body

    def fetch(self, url: str, max_bytes: int) -> bytes:
        """The content at an address; reading stops with TooLarge beyond `max_bytes`."""
        answer = _end(self._begin("GET", url, b"", {}, UPLOAD_TIMEOUT_S, max_bytes))
        if answer.status == 429:
            raise Throttled(1.0)
        if answer.status in {401, 403, 407}:
            raise NotTheApi(answer.status)
        if answer.status >= 500:
            raise NetworkError(f"the file answered {answer.status}")
        if answer.status != 200:
            raise BadRequest(f"the file answered {answer.status}")
        return answer.body

    def _begin(
        self,
        method: str,
        url: str,
        body: bytes,
        headers: dict[str, str],
        timeout_s: float,
        longest: int = ANSWER_CAP,
    ) -> Exchange:
        path = quote(url.removeprefix(self._root), safe="/:%")
        try:
            return self._server.begin(method, path, body, headers, timeout_s=timeout_s, longest=longest)
        except http_client.Failed as error:
            _raise(error)


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of what python-telegram-bot made for an event loop: over this transport it never leaves its
    thread."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise RuntimeError("it waits for an event loop")


def _end(exchange: Exchange) -> Answer:
    try:
        return exchange.end()
    except http_client.Failed as error:
        _raise(error)


def _raise(error: http_client.Failed) -> NoReturn:
    """Its text tells no address: that holds the token."""
    if isinstance(error, http_client.TooLong):
        raise TooLarge(str(error)) from None
    raise (NotSent if isinstance(error, http_client.NotConnected) else NetworkError)(str(error)) from None


def _form(data: RequestData) -> tuple[bytes, dict[str, str]]:
    """Body and headers of what holds files."""
    form = httpx.Request("POST", "http://", data=data.json_parameters, files=data.multipart_data or None)
    return form.read(), {"Content-Type": form.headers["Content-Type"]}


def _timeout_s(request_data: RequestData | None) -> float:
    if request_data is None or not request_data.contains_files:
        return CALL_TIMEOUT_S
    files: dict[str, Any] = request_data.multipart_data or {}
    size = sum(len(content) for _, content, _ in files.values())
    return UPLOAD_TIMEOUT_S + size / SLOWEST_UPLOAD_BYTES_S


def _meant(status: int, payload: bytes) -> int:
    """A proxy in between may say 200 to whatever the Bot API answers: then its own words count."""
    if status != 200 or payload.startswith(b'{"ok":true'):
        return status
    answer = _error_of(payload)
    if answer.get("ok") is not False:
        return status
    code = answer.get("error_code")
    return code if isinstance(code, int) and 400 <= code < 600 else 502


def _raise_what_ptb_does_not_tell_apart(status: int, raw: Answer) -> None:
    """python-telegram-bot believes a proxy's 403 page that a person blocked the bot, would try an upload that
    is too large (413) again for ever, and does not tell an unknown token from an unknown method."""
    if not 400 <= status < 500:
        return
    answer = _error_of(raw.body)
    if status == 429:
        raise Throttled(_retry_after_s(answer, raw.headers.get("retry-after")))
    if status == 413:
        raise BadRequest("the upload is too large")
    if "description" not in answer or answer.get("ok", False):
        raise NotTheApi(status)
    if status not in ABOUT_THE_CALL:
        raise UnknownBot(status, str(answer["description"]))


def _error_of(payload: bytes) -> dict[str, Any]:
    """The Bot API's error object; {} for anything else."""
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _retry_after_s(answer: dict[str, Any], header: str | None) -> float:
    """At most LONGEST_WAIT_S: then it is asked again. A proxy in between may say it in the header alone."""
    parameters = answer.get("parameters")
    said = parameters.get("retry_after") if isinstance(parameters, dict) else None
    for seconds in (said, header):
        with suppress(ValueError, TypeError, OverflowError):
            return min(max(0.1, float(seconds)), LONGEST_WAIT_S)  # type: ignore[arg-type]
    return 1.0
