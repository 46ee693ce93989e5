"""The doctor's questions to Telegram: the bot, its webhook, its menu, who can be written to."""

from __future__ import annotations

from collections.abc import Iterator

import settings
from app.clients import telegram_account
from app.errors import ClientError, Refused, TurnedAway
from app.infra import redis_client
from app.infra.health import webhooks
from app.ops.doctor.line import Line, clock, ok, warning, wrong
from models import NotifyGroup, User, db

TIMEOUT_S = 4.0
#: So many updates waiting are more than a moment's.
MANY_WAIT = 100
MOST_ASKED = 20
_TOKEN = "get the token from @BotFather (/mybots) and set TELEGRAM_BOT_TOKEN"  # noqa: S105
_WEBHOOK = "python -m app.ops webhook set"


def token() -> Iterator[Line]:
    try:
        answer = telegram_account.ask("getMe", TIMEOUT_S)
    except TurnedAway:
        yield wrong("bot", "Telegram does not know TELEGRAM_BOT_TOKEN: nothing can be sent or heard", _TOKEN)
    except ClientError as error:
        yield wrong("bot", f"Telegram cannot be asked ({error})", "see whether this machine may reach it")
    else:
        yield ok("bot", f"the token is that of @{answer.result.get('username', '?')}")
        yield clock("Telegram", answer.at)


def webhook() -> Iterator[Line]:
    """Whether updates arrive, by what Telegram itself reports; also whether it can reach us from outside."""
    try:
        info = telegram_account.ask("getWebhookInfo", TIMEOUT_S).result
    except ClientError as error:
        yield warning(
            "updates", f"Telegram does not tell ({type(error).__name__})", "mend the bot's line first"
        )
        return
    polled = bool(redis_client.shared().exists(redis_client.heartbeat_key("poller")))
    if complaint := webhooks.complaint(info, polled=polled, since=0):
        yield wrong("updates", f"{complaint.partition('; ')[0]}: nobody can buy", _remedy(complaint))
    elif info.get("url"):
        yield ok("updates", f"Telegram reaches {info['url']} from outside")
    else:
        yield ok("updates", "a poller fetches them")
    waiting = info.get("pending_update_count", 0)
    if waiting > MANY_WAIT:
        yield warning(
            "waiting updates", f"{waiting} wait at Telegram: people wait for answers", "see `web`'s log"
        )
    if not info.get("url") and not polled:
        yield from _other_poller()


def _remedy(complaint: str) -> str:
    return complaint.partition("; ")[2] or f"is PUBLIC_URL reachable from outside? then: {_WEBHOOK}"


def _other_poller() -> Iterator[Line]:
    """Nobody of ours fetches: a conflict is with another's. Confirms nothing, takes nothing."""
    try:
        telegram_account.ask("getUpdates", TIMEOUT_S, timeout=2, limit=1)
    except Refused as refusal:
        if refusal.status == 409:
            yield wrong(
                "poller",
                "another program fetches the updates of this bot: taps get lost there",
                "end it (another copy of the shop?), or make a new token with @BotFather",
            )
    except ClientError:
        return  # the other lines say that Telegram is away


#: Groups are shown no menu, so nothing is in the default scope.
BUYERS = {"type": "all_private_chats"}


def menu() -> Iterator[Line]:
    try:
        commands = telegram_account.ask("getMyCommands", TIMEOUT_S, scope=BUYERS).result
        described = telegram_account.ask("getMyDescription", TIMEOUT_S).result
    except ClientError as error:
        yield warning("menu", f"Telegram does not tell ({type(error).__name__})", "mend the bot's line first")
        return
    if commands:
        yield ok("menu", f"{len(commands)} commands beside the input field")
    else:
        yield warning(
            "menu",
            "there are no commands beside the input field",
            "every release sets them; is a worker running?",
        )
    if described.get("description"):
        yield ok("description", "newcomers read what the bot is for")
    else:
        yield warning(
            "description", "newcomers see an empty chat", "every release writes it; is a worker running?"
        )


def admins() -> Iterator[Line]:
    """Each must have written to the bot once: it cannot begin a chat."""
    with db.connection_context():
        ids = settings.current().admin_ids | {row.id for row in User.select(User.id).where(User.is_admin)}
    if not ids:
        yield wrong("admins", "there is none: nobody reads alarms or adds products", "set ADMIN_IDS")
    for admin_id in sorted(ids)[:MOST_ASKED]:
        try:
            telegram_account.ask("sendChatAction", TIMEOUT_S, chat_id=admin_id, action="typing")
        except Refused:
            yield wrong(
                f"admin {admin_id}",
                "the bot cannot write there: no alarm or order arrives",
                "that person sends /start to the bot, or correct ADMIN_IDS",
            )
        except ClientError:
            return
        else:
            yield ok(f"admin {admin_id}", "can be written to")


def groups() -> Iterator[Line]:
    with db.connection_context():
        found = list(NotifyGroup.select().order_by(NotifyGroup.chat_id).limit(MOST_ASKED))
    for group in found:
        name = f"group {group.title or group.chat_id}"
        try:
            telegram_account.ask("sendChatAction", TIMEOUT_S, chat_id=group.chat_id, action="typing")
        except Refused as refusal:
            yield wrong(
                name,
                f"the bot may not write there ({refusal.message})",
                f"let it in again, or take the group off: /rm {group.chat_id}",
            )
        except ClientError:
            return
        else:
            yield ok(name, "the bot may write there")


PROBES = (token, webhook, menu, admins, groups)
