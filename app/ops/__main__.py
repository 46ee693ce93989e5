"""`python -m app.ops`: reads the command, runs it, and says in one line what stops it.

Exit codes: 0 done, 1 `verify` found something, 2 wrong usage, not found, or something is down.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys

import peewee
import redis
import structlog

import models
import settings
from app import audit
from app.errors import ClientError, Locked
from app.infra import logs
from app.ops import (
    admin,
    backup,
    claim,
    dead,
    doctor,
    export,
    keys,
    migrate,
    order,
    seed,
    stats,
    stray,
    verify,
    webhook,
)
from app.ops import audit as audit_log
from app.ops.console import Failure

GROUPS = (
    migrate,
    webhook,
    dead,
    order,
    stray,
    claim,
    verify,
    audit_log,
    admin,
    seed,
    stats,
    keys,
    backup,
    doctor,
    export,
)

UNDEFINED = ("42P01", "42703")  # SQLSTATE of a table, of a column that is not there


def main() -> int:
    """Be the process of one command; wrong usage is said before wrong settings."""
    args = parse(sys.argv[1:])
    try:
        _prepare()
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        code = execute(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    return code


def parse(argv: list[str]) -> argparse.Namespace:
    """Exits with 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m app.ops", description="Operate the shop.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for group in GROUPS:
        group.register(commands)
    if any("\x00" in word or word != word.encode("utf-8", "ignore").decode() for word in argv):
        parser.error("what was typed is no text in UTF-8")
    return parser.parse_args(argv)


def execute(args: argparse.Namespace) -> int:
    """Run a command on the database that `models` is connected to; its exit code."""
    try:
        with audit.acting_as("ops"), logs.correlated(logs.new_correlation_id()):
            return int(args.run(args))
    except Failure as failure:
        return _say(str(failure))
    except peewee.PeeweeException as error:
        return _say(_about_database(error))
    except redis.RedisError as error:
        return _say(f"Redis does not answer: {error}")
    except ClientError as error:
        return _say(f"Telegram: {type(error).__name__}: {error}")
    except Locked:
        return _say("none of the keys in STOCK_ENCRYPTION_KEY can read this")
    except KeyboardInterrupt:
        return _say("interrupted")


def _prepare() -> None:
    """Settings, logs, database. Only warnings are logged: a command says itself what it did."""
    current = settings.current()
    logs.setup("ops", sys.stderr)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.getLogger().setLevel(logging.WARNING)
    models.connect(current.database_url, max_connections=2)


def _about_database(error: peewee.PeeweeException) -> str:
    if getattr(error.__context__, "sqlstate", None) in UNDEFINED:
        return "the database lacks tables of this release; run: python -m app.ops migrate"
    return f"the database does not answer as it should: {error}"


def _say(text: str) -> int:
    """One line, whatever the libraries wrote; exit code 2."""
    print("error: " + " ".join(logs.redact(text).split()), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
