"""Logging of every process: one JSON object a line on stdout, with nothing secret in it. What is worth
logging is decided where it happens."""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

import settings
from app.infra.logs import bounds

HIDDEN = "[hidden]"

# Whatever looks like one of these is hidden even if it is not configured here: a bot token, a QRIS payload
# (whole, or cut short somewhere) and the user part of an address.
SHAPES = (
    r"\d{5,}:[\w-]{30,}",
    r"000201\d\d[ -~]*6304[0-9A-Fa-f]{4}",
    r"000201\d{6}\S*",
    r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)",
)

# Their own level is too chatty, and httpx and httpcore write addresses that hold tokens and keys.
QUIET = ("httpx", "httpcore", "apscheduler", "asyncio", "telegram", "urllib3")
# These come with handlers of their own, which would write every line a second time.
ADOPTED = ("uvicorn", "uvicorn.error", "dramatiq")
#: Receivers log what came of a request. Uvicorn writes this one as soon as a handler can be found above it.
SILENT = "uvicorn.access"
#: Processes that strangers talk to.
OPEN = {"web"}


def setup(process: str, stream: TextIO | None = None) -> None:
    """Log as `process` ("web", "worker", …) from here on. Called once, before other modules log."""
    current = settings.current()
    level = logging.getLevelNamesMapping()[current.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            _hide_secrets,
            bounds.cut,
            *([bounds.Repeats()] if process in OPEN else []),
            partial(_stamp, process),
            _renderer(current.log_format),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stdout),
        cache_logger_on_first_use=True,
    )
    _adopt_stdlib(level)
    sys.excepthook = _log_crash
    threading.excepthook = lambda args: _log_crash(args.exc_type, args.exc_value, args.exc_traceback)


def redact(text: str) -> str:
    """The text without configured secrets, and without what looks like a bot token or a QRIS payload."""
    return _secrets_pattern().sub(HIDDEN, text)


@contextmanager
def correlated(correlation_id: str) -> Iterator[None]:
    """Every line logged inside carries this id."""
    with structlog.contextvars.bound_contextvars(correlation_id=correlation_id):
        yield


def correlation_id() -> str | None:
    """The id of the work in hand, if it has one."""
    return structlog.contextvars.get_contextvars().get("correlation_id")


def new_correlation_id() -> str:
    return uuid.uuid4().hex


_compiled: tuple[settings.Settings, re.Pattern[str]] | None = None


def _secrets_pattern() -> re.Pattern[str]:
    """Compiled once for each settings object: tests and the sandbox change settings while they run."""
    global _compiled
    current = settings.current()
    if _compiled is None or _compiled[0] is not current:
        known = sorted({secret for secret in current.secrets if len(secret) >= 4}, key=len, reverse=True)
        _compiled = current, re.compile("|".join([*map(re.escape, known), *SHAPES]))
    return _compiled[1]


def _hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    pattern = _secrets_pattern()
    for name, value in event.items():
        event[name] = pattern.sub(HIDDEN, value) if type(value) is str else _clean(value)
    return event


def _clean(value: Any) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return redact(value)
        case dict():
            return {redact(str(key)): _clean(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_clean(inner) for inner in value]
    return redact(str(value))


def _stamp(process: str, _logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    event["level"] = method
    event["timestamp"] = datetime.now(UTC).isoformat()
    # The number is asked for at every line, because dramatiq and uvicorn fork.
    event["process"], event["pid"] = process, os.getpid()
    return event


def _renderer(log_format: str) -> Processor:
    if log_format == "console":
        return structlog.dev.ConsoleRenderer(colors=False)
    return lambda _logger, _method, event: orjson.dumps(event, default=str).decode()


class _ToStructlog(logging.Handler):
    """Lines of libraries, in the same format: their text is the event."""

    def emit(self, record: logging.LogRecord) -> None:
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)
        structlog.get_logger().log(level, _text(record), logger=record.name, exc_info=record.exc_info)


def _text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (
        TypeError,
        ValueError,
    ):  # arguments that do not fit the format: a bug of the library, no crash of ours
        return str(record.msg)


def _adopt_stdlib(level: int) -> None:
    root = logging.getLogger()
    root.handlers[:] = [_ToStructlog()]
    root.setLevel(level)
    for name in ADOPTED:
        adopted = logging.getLogger(name)
        adopted.handlers.clear()
        adopted.propagate = True
    logging.getLogger(SILENT).handlers.clear()
    logging.getLogger(SILENT).propagate = False
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _log_crash(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    structlog.get_logger().critical("process or thread crashed", exc_info=(kind, error, trace))
