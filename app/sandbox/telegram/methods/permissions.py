"""Whom the bot may write to and which messages it may touch."""

import time

from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.records import Chat, Message
from app.sandbox.telegram.refusals import Refusal, bad_request, forbidden
from app.sandbox.telegram.state import State

DELETABLE_S = 48 * 3600


def chat(state: State, params: Params) -> Chat:
    """The chat a call names; it exists, which does not mean that the bot may write there."""
    found = _known(state, params.text("chat_id"))
    if found.migrated_to:
        raise Refusal(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=found.migrated_to,
        )
    return found


def readable(state: State, params: Params, name: str = "from_chat_id") -> Chat:
    """The chat that a call copies from or asks about. What a group said before it moved can still be read."""
    found = _known(state, params.text(name))
    if found.type in {"supergroup", "channel"} and not found.has_bot:
        raise forbidden(f"bot was kicked from the {found.type} chat")
    return found


def _known(state: State, given: str) -> Chat:
    if not given:
        raise bad_request("chat_id is empty")
    found = _named(state, given)
    if found is None:
        raise bad_request("chat not found")
    return found


def _named(state: State, given: str) -> Chat | None:
    """By its id, or the `@name` of a channel."""
    if given.startswith("@"):
        name = given[1:].lower()
        return next((each for each in state.chats.values() if (each.username or "").lower() == name), None)
    try:
        return state.chats.get(int(given))
    except ValueError:
        return None


def writable(state: State, params: Params) -> Chat:
    """The chat a call names, if the bot may write there."""
    found = chat(state, params)
    if found.is_group and not found.has_bot:
        raise forbidden(f"bot was kicked from the {found.type} chat")
    if found.type == "channel" and not found.bot_is_admin:
        raise forbidden("bot is not a member of the channel chat")
    if found.type == "channel" and not found.bot_may_post:
        raise bad_request("need administrator rights in the channel chat")
    if found.muted:
        raise bad_request(found.muted)
    if not found.is_group:
        _check_person(state, found)
    return found


GENERAL = 1


def topic(where: Chat, params: Params) -> Json:
    """The topic that a message goes to, as it shows on it. Outside of forums there is none."""
    thread_id = params.integer("message_thread_id")
    if not where.topics or not thread_id:
        return {}
    state = where.topics.get(str(thread_id))
    if state in {None, "deleted"} or thread_id == GENERAL:
        raise bad_request("message thread not found")
    if state == "closed" and not where.bot_is_admin:
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread_id, "is_topic_message": True}


def _check_person(state: State, private: Chat) -> None:
    user = state.users[private.id]
    if user.deactivated:
        raise forbidden("user is deactivated")
    if user.blocked:
        raise forbidden("bot was blocked by the user")
    if not user.started:
        raise forbidden("bot can't initiate conversation with a user")


def message(state: State, params: Params, to: str) -> Message:
    """The message a call names, or "message to {edit, delete, …} not found"."""
    where = readable(state, params) if to in {"copy", "forward"} else chat(state, params)
    number = params.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified")
    found = state.message(where.id, number)
    if found is None:
        raise bad_request(f"message to {to} not found")
    return found


MOST_NUMBERS = 100


def numbers(params: Params) -> list[int]:
    """The messages that a call names, as it names them."""
    given = params.array("message_ids", "message identifiers", "message_ids")
    if not given:
        raise bad_request("message identifiers are not specified")
    if len(given) > MOST_NUMBERS:
        raise bad_request("too many message identifiers specified")
    return [_number(each) for each in given]


def _number(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise bad_request("message identifier must be a Number")
    try:
        number = int(str(given))
    except ValueError:
        raise bad_request("can't parse message identifier as a Number") from None
    if number <= 0:
        raise bad_request("invalid message identifier specified")
    return number


def editable(state: State, params: Params) -> Message:
    """A message of the bot's own, without a keyboard that lies under the input field."""
    writable(state, params)
    found = message(state, params, "edit")
    if not found.by_bot or (found.markup and "inline_keyboard" not in found.markup):
        raise bad_request("message can't be edited")
    return found


def check_deletable(state: State, found: Message) -> None:
    """Bots delete what is younger than two days and their own, or in a private chat, or where they rule."""
    where = state.chats[found.chat_id]
    if where.is_group and not where.has_bot:
        raise forbidden(f"bot was kicked from the {where.type} chat")
    foreign = where.is_group and not found.by_bot and not where.bot_is_admin
    if foreign or found.api["date"] < time.time() - DELETABLE_S:
        raise bad_request(
            "message can't be deleted for everyone" if not foreign else "message can't be deleted"
        )


def replied(state: State, where: Chat, params: Params) -> Message | None:
    """The message that a new one answers, if it answers one."""
    given = params.object("reply_parameters")
    number = Params(given).integer("message_id") or params.integer("reply_to_message_id")
    if not number:
        return None
    found = state.message(where.id, number)
    lenient = given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found
