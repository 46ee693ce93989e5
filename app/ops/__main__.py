"""`python -m app.ops`: reads the command, runs it, and says in one line what stops it.

Exit codes: 0 done, 1 `verify` found something, 2 wrong usage, not found, or something is down.
"""

from __future__ import annotations

import argparse
import logging
import sys

import peewee
import redis
import structlog
from cryptography.fernet import InvalidToken

import models
import settings
from app import audit
from app.errors import ClientError
from app.infra import logs
from app.ops import admin, dead, keys, migrate, order, seed, stats, verify, webhook
from app.ops.console import Failure

GROUPS = (migrate, webhook, dead, order, verify, admin, seed, stats, keys)

UNDEFINED = ("42P01", "42703")  # SQLSTATE of a table, of a column that is not there


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(argv)
    try:
        return _run(args)
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
    except Failure as failure:
        _say(str(failure))
    except peewee.PeeweeException as error:
        _say(_about_database(error))
    except redis.RedisError as error:
        _say(f"Redis does not answer: {error}")
    except ClientError as error:
        _say(f"Telegram: {type(error).__name__}: {error}")
    except InvalidToken:
        _say("none of the keys in STOCK_ENCRYPTION_KEY can read this")
    except KeyboardInterrupt:
        _say("interrupted")
    return 2


def _run(args: argparse.Namespace) -> int:
    current = settings.current()
    _log_warnings_only()
    models.connect(current.database_url, max_connections=2)
    try:
        with audit.acting_as("ops"), logs.correlated(logs.new_correlation_id()):
            return int(args.run(args))
    finally:
        models.db.close_all()


def _log_warnings_only() -> None:
    """The command itself says what it did; the audit keeps it."""
    logs.setup("ops", sys.stderr)
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # sessions that end with the process
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.ops", description="Operate the shop.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for group in GROUPS:
        group.register(commands)
    return parser


def _about_database(error: peewee.PeeweeException) -> str:
    if getattr(error.__cause__, "sqlstate", None) in UNDEFINED:
        return "the database lacks tables of this release; run: python -m app.ops migrate"
    return f"the database does not answer as it should: {error}"


def _say(text: str) -> None:
    """One line, whatever the libraries wrote."""
    print("error: " + " ".join(logs.redact(text).split()), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
