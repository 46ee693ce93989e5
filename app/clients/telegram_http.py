"""How Bot API calls travel: python-telegram-bot's request interface over aiohttp. Which calls exist and what
their errors mean is decided elsewhere.

aiohttp instead of httpx, because a call then costs a quarter of the processor time.
"""

from __future__ import annotations

import ssl
from functools import lru_cache
from typing import Any

import aiohttp
import orjson
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

JSON = {"Content-Type": "application/json"}

CONNECT_TIMEOUT_S = 5.0
CALL_TIMEOUT_S = 10.0
UPLOAD_TIMEOUT_S = 30.0
#: A backup takes its time on a slow line: so much longer for its size.
SLOWEST_UPLOAD_BYTES_S = 250_000
LONGEST_WAIT_S = 3600.0
#: No answer is longer, but a hundred updates at once may be.
ANSWER_CAP, UPDATES_CAP = 1024 * 1024, 32 * 1024 * 1024

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
    """Belongs to the event loop that ran `initialize`. Uses no proxies and follows no redirects."""

    def __init__(self, connections: int, answer_cap: int = ANSWER_CAP) -> None:
        self._connections, self._answer_cap = connections, answer_cap
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return CALL_TIMEOUT_S

    async def initialize(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ssl=_trusted(), keepalive_timeout=30)
        )

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()

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

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Plain | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """One exchange of at most `read_timeout` seconds in all; the other time-outs are fixed."""
        if read_timeout is BaseRequest.DEFAULT_NONE:
            read_timeout = _timeout_s(request_data)
        body = _body(request_data) if request_data else None
        try:
            status, payload = await self._exchange(method, url, body, read_timeout, self._answer_cap)
        except TooLarge:
            raise NetworkError("the answer is too long") from None
        status = _meant(status, payload)
        _raise_what_ptb_does_not_tell_apart(status, payload)
        return status, payload

    async def fetch(self, url: str, max_bytes: int) -> bytes:
        """The content at an address; reading stops with TooLarge beyond `max_bytes`."""
        status, payload = await self._exchange("GET", url, None, UPLOAD_TIMEOUT_S, max_bytes)
        if status == 429:
            raise Throttled(1.0)
        if status in {401, 403, 407}:
            raise NotTheApi(status)
        if status >= 500:
            raise NetworkError(f"the file answered {status}")
        if status != 200:
            raise BadRequest(f"the file answered {status}")
        return payload

    async def _exchange(
        self,
        method: str,
        url: str,
        body: aiohttp.FormData | bytes | None,
        timeout_s: float,
        max_bytes: int,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("not initialized")
        headers = JSON if isinstance(body, bytes) else None
        # `connect` is all that comes before the first byte: a free place, the name, the line.
        timeout = aiohttp.ClientTimeout(total=timeout_s, connect=CONNECT_TIMEOUT_S)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await _read(answer, max_bytes)
        # Only the kind of error is told on: aiohttp's texts may hold the address, and that holds the token.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NetworkError(type(error).__name__) from None


async def _read(answer: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) > max_bytes:
            raise TooLarge(f"more than {max_bytes} bytes")
    return bytes(content)


def _body(data: RequestData | Plain) -> aiohttp.FormData | bytes:
    if isinstance(data, Plain):
        return data.body
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    if data.contains_files:
        for name, (filename, content, kind) in data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _timeout_s(request_data: RequestData | Plain | None) -> float:
    if request_data is None or isinstance(request_data, Plain) or not request_data.contains_files:
        return CALL_TIMEOUT_S
    files: dict[str, Any] = request_data.multipart_data or {}
    size = sum(len(content) for _, content, _ in files.values())
    return UPLOAD_TIMEOUT_S + size / SLOWEST_UPLOAD_BYTES_S


def _meant(status: int, payload: bytes) -> int:
    """A proxy in between may say 200 to whatever the Bot API answers: then its own words count."""
    if status != 200 or not payload.lstrip().startswith(b'{"ok":false'):
        return status
    code = _error_of(payload).get("error_code")
    return code if isinstance(code, int) and 400 <= code < 600 else status


def _raise_what_ptb_does_not_tell_apart(status: int, payload: bytes) -> None:
    """python-telegram-bot believes a proxy's 403 page that a person blocked the bot, would try an upload that
    is too large (413) again for ever, and does not tell an unknown token from an unknown method."""
    if not 400 <= status < 500:
        return
    answer = _error_of(payload)
    if status == 429:
        raise Throttled(_retry_after_s(answer))
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


def _retry_after_s(answer: dict[str, Any]) -> float:
    """At most LONGEST_WAIT_S: then it is asked again."""
    try:
        return min(max(0.1, float(answer["parameters"]["retry_after"])), LONGEST_WAIT_S)
    except (ValueError, TypeError, KeyError, OverflowError):
        return 1.0
