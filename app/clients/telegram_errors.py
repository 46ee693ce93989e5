"""What Bot API errors mean here: which are no errors, which are permanent, what may have been delivered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from app.clients.telegram_http import NotSent, NotTheApi, Throttled, TooLarge, UnknownBot
from app.errors import (
    Blocked,
    ChatMoved,
    ClientError,
    DeadFile,
    Flood,
    MaybeSent,
    Refused,
    TopicGone,
    TurnedAway,
    Unreachable,
)
from app.infra import logs

# The state that was asked for is there already, or nobody waits for the answer any more.
HARMLESS = (
    "message is not modified",
    "message to delete not found",
    "query is too old",
)
# 400s that say the same as a 403: the person is gone, or the bot may not write there. The Bot API's server
# passes on what TDLib and Telegram's own servers say, the latter in capitals, also what they meant as 403.
# Rights that only lack for pictures, files or stickers are about the message.
UNREACHABLE = re.compile(
    r"chat not found|\b((peer|chat)_id|chat|channel)_invalid|channel_private|channel_public_group_na"
    r"|chat_restricted|user_banned_in_channel|allow_payment_required|premium_required|chat_admin_required"
    r"|user_(is_)?(blocked|deleted|deactivated|bot)|user is (blocked|deleted|deactivated)"
    r"|(?<!button_)user_(id_)?invalid|\b(user|(basic |super)group) not found|to forward messages to not found"
    r"|chat_(write|send_plain|guest_send)_forbidden|chat_forbidden"
    r"|no(t enough)? (write access|access|rights) to (the (chat|user)|send (a message|(text )?messages))"
    r"|can't access the (chat|user)|need administrator rights|bot is not a member|bot was (kicked|blocked)"
    r"|(chat|bot) (was|is) (deleted|deactivated|inaccessible|not accessible)"
    r"|bot can't (initiate|send messages to)"
)
# A forum's topic, not the forum, or that the group is no forum any more.
TOPIC_GONE = re.compile(
    r"(topic|thread)_(closed|deleted|not_found|(id_)?invalid)|(topic|thread) (not found|is closed)"
    r"|(invalid|unknown) (message thread|forum topic|topic) identifier|doesn't have (threads|topics)"
    r"|(can't have|no) message threads|threads can't be used|to a specific message thread"
    r"|is not a (supergroup )?forum|channel_forum_missing|can't access the topic"
)
# About the file that a call names: none such, not ours, or of another kind.
DEAD_FILES = (
    "wrong file identifier",
    "wrong remote file identifier",
    "wrong file_id",
    "invalid file_id",
    "invalid file identifier",
    "invalid remote file identifier",
    "file identifier must be non-empty",
    "file_id is invalid",
    "unknown file identifier",
    "failed to reupload file",
    "can't upload file by url",
    "can't download or generate the file",
    "file_id_invalid",
    "file_content_type_invalid",
    "file_reference_",
    "file reference",
    "can't use file of type",
    "type of file mismatch",
    "wrong padding in the string",
    "wrong string length",
    "wrong character in the string",
    "can't unserialize it",
    "wrong type of the web page content",
    "failed to get http url content",
    "wrong http url",
    "photo_invalid",
    "photo_id_invalid",
    "photo_ext_invalid",
    "photo_content_",
    "photo_save_file_invalid",
    "media_file_invalid",
    "image_process_failed",
    "document_invalid",
    "sticker_id_invalid",
    "sticker_invalid",
    "media_empty",
    "media_invalid",
)
# A bot may fetch up to 20 MB.
TOO_BIG = ("file is too big",)
# A group whose members may write only so often, to a bot that is no admin there.
SLOW = re.compile(r"slowmode_wait_(\d{1,5})")
# What a server says of a bot that has left it (logOut), or that Telegram has frozen (FROZEN_METHOD_INVALID),
# with a status that is else about the message.
GONE_BOTS = ("logged out", "frozen_")
# 404 for a method that this server does not have, or not yet; else it is about the token.
UNKNOWN_METHOD = "method not found"


class SlowMode(Flood):
    """In this one group everybody may write only so often: no reason for anybody else to wait."""


def is_harmless(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and _says(error, HARMLESS)


def translate(error: TelegramError) -> ClientError:
    """The ClientError that callers act on. Its text is Telegram's own description, without any secret."""
    text = logs.redact(error.message)[:300]
    match error:
        case BadRequest() | Forbidden() if TOPIC_GONE.search(error.message.lower()):
            return TopicGone(400, text)
        case BadRequest() | Forbidden() if _says(error, GONE_BOTS):
            return TurnedAway(400, text)
        case BadRequest() if slow := SLOW.search(error.message.lower()):
            return SlowMode(float(slow[1]))
        case Throttled():
            return Flood(error.retry_after_s)
        case RetryAfter():  # not with status 429, so no limit of ours was met: an odd server
            return Flood(1.0)
        case ChatMigrated():
            return ChatMoved(error.new_chat_id)
        case Forbidden():
            return Blocked(text)
        case UnknownBot():
            about_method = _says(error, (UNKNOWN_METHOD,))
            return Refused(404, text) if about_method else TurnedAway(error.status, text)
        case NotTheApi():
            return TurnedAway(error.status, text)
        case Conflict():
            return Refused(409, text)
        case TooLarge():
            return Refused(413, text)
        case BadRequest() if _says(error, TOO_BIG):
            return Refused(413, text)
        case BadRequest():
            if UNREACHABLE.search(error.message.lower()):
                return Blocked(text)
            return DeadFile(400, text) if _says(error, DEAD_FILES) else Refused(400, text)
        case NotSent():
            return Unreachable(text, delivered="no")
        case NetworkError() | _:
            return Unreachable(text)


@contextmanager
def translated() -> Iterator[None]:
    """What is raised inside comes out as a ClientError."""
    try:
        yield
    except TelegramError as error:
        raise translate(error) from None


@contextmanager
def reading() -> Iterator[None]:
    """Around what reads an answer: one of another form tells nothing, and the call may have been done."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Unreachable(f"the answer cannot be read ({type(error).__name__})") from None


@contextmanager
def sending() -> Iterator[None]:
    """The same around a new message, which each further try may add to the chat."""
    try:
        with reading():
            yield
    except Unreachable as error:
        raise MaybeSent(str(error)) if error.delivered == "maybe" else error from None


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    return any(phrase in error.message.lower() for phrase in phrases)
