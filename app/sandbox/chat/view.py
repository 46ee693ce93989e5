"""What the page is shown: people, chats and messages as it draws them."""

from app.local import cast
from app.sandbox.chat import people
from app.sandbox.chat.feed import Json
from app.sandbox.pakasir import StandIn as Gateway
from app.sandbox.pakasir import page
from app.sandbox.telegram import StandIn, menus
from app.sandbox.telegram.records import Chat, Message, User

HISTORY = 200


def state(standin: StandIn) -> Json:
    """Everything there is."""
    memory = standin.state
    with memory.lock:
        return {
            "bot": {
                "id": memory.bot["id"],
                "name": memory.bot["first_name"],
                "username": memory.bot["username"],
            },
            "people": [person(each) for each in memory.users.values() if each.id not in cast.CUSTOMERS],
            "chats": [chat(standin, each) for each in memory.chats.values() if not each.migrated_to],
        }


def switches(gateway: Gateway) -> list[Json]:
    """How the gateway can misbehave, and whether it does."""
    return [
        {"name": name, "title": title, "hint": hint, "on": gateway.switched(name)}
        for name, (title, hint) in page.SWITCHES.items()
    ]


def person(user: User) -> Json:
    """A person to be."""
    return {
        "id": user.id,
        "name": user.first_name,
        "username": user.username,
        "role": people.role(user.id),
        "blocked": user.blocked,
    }


def chat(standin: StandIn, shown: Chat) -> Json:
    """A chat with its newest messages and the keyboard under its input field."""
    return {
        "id": shown.id,
        "type": shown.type,
        "title": shown.title,
        "members": shown.members,
        "commands": _commands(standin, shown),
        "keyboard": shown.keyboard,
        "messages": [message(each) for each in standin.messages(shown.id)[-HISTORY:]],
    }


def _commands(standin: StandIn, shown: Chat) -> dict[str, list[Json]]:
    """What each member's app offers after a `/`."""
    members = shown.members if shown.is_group else [shown.id]
    return {str(each): menus.shown(standin.state, shown, each) for each in members}


def message(shown: Message) -> Json:
    """A bubble."""
    api = shown.api
    return {
        "id": shown.id,
        "chat": shown.chat_id,
        "from": api["from"]["id"],
        "name": api["from"]["first_name"],
        "bot": shown.by_bot,
        "date": api["date"],
        "edited": "edit_date" in api,
        "kind": shown.kind,
        "text": shown.text,
        "entities": api.get("entities") or api.get("caption_entities") or [],
        "buttons": (shown.markup or {}).get("inline_keyboard", []),
        "file": _file(shown),
        "reply": _reply(api.get("reply_to_message")),
        "forwarded": "forward_origin" in api,
    }


def _file(shown: Message) -> Json | None:
    if shown.file_id is None:
        return None
    held = shown.api[shown.kind]
    held = held[-1] if isinstance(held, list) else held
    names = ("file_name", "file_size", "width", "height")
    return {"id": shown.file_id} | {name.removeprefix("file_"): held[name] for name in names if name in held}


def _reply(api: Json | None) -> Json | None:
    if api is None:
        return None
    text = api.get("text") or api.get("caption") or next((each for each in WORDS if each in api), "")
    return {"id": api["message_id"], "name": api["from"]["first_name"], "text": WORDS.get(text, text)}


WORDS = {"photo": "Foto", "document": "Dokumen", "sticker": "Stiker"}
