"""`webhook`: tell Telegram where to send updates, look at it, or go back to polling."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import settings
from app.infra import logs
from app.infra.health import webhooks
from app.ops import console
from app.people import menus

if TYPE_CHECKING:
    from app.clients.telegram import Telegram


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("webhook", help="where Telegram sends updates")
    actions = parser.add_subparsers(required=True, metavar="action")
    actions.add_parser("set", help="send them to PUBLIC_URL").set_defaults(run=set_)
    actions.add_parser("delete", help="keep them for the poller").set_defaults(run=delete)
    show = actions.add_parser("show", help="what Telegram says about it")
    console.add_json(show)
    show.set_defaults(run=show_)


def set_(_args: argparse.Namespace) -> int:
    current = settings.current()
    if not current.public_url or not current.telegram_webhook_secret:
        raise console.Failure("PUBLIC_URL is not set, so there is nowhere to send updates to")
    url = current.public_url + webhooks.PATH
    with _telegram() as bot:
        bot.set_webhook(url, current.telegram_webhook_secret.get_secret_value())
    menus.publish()
    print(f"Telegram sends updates to {url}; scale the poller to 0")
    return 0


def delete(_args: argparse.Namespace) -> int:
    with _telegram() as bot:
        bot.delete_webhook()
    print("Telegram keeps updates for the poller")
    return 0


def show_(args: argparse.Namespace) -> int:
    with _telegram() as bot:
        info = {name: _shown(name, value) for name, value in bot.webhook_info().items()}
    if args.json:
        console.document(info)
    elif not info.get("url"):
        print("no webhook is set: updates wait for the poller")
    else:
        console.facts(info)
    return 0


def _shown(name: str, value: Any) -> Any:
    if name.endswith("_date"):
        return datetime.fromtimestamp(value, UTC)
    return logs.redact(value) if isinstance(value, str) else value


@contextmanager
def _telegram() -> Iterator[Telegram]:
    from app.clients import telegram  # half a second that the other commands need not wait

    current = settings.current()
    bot = telegram.Telegram(current.telegram_bot_token.get_secret_value(), current.telegram_api_url)
    with closing(bot):
        yield bot
