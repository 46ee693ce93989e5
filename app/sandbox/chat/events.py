"""Turns what happens in the stand-in into events for the page, and into the first line of each trail."""

import time
from datetime import UTC, datetime

from app.sandbox.chat import view
from app.sandbox.chat.feed import Feed, Json, Trail
from app.sandbox.telegram import StandIn
from app.sandbox.telegram.taps import Tap

MEMBERSHIP = {"kicked": "blocked the bot", "member": "let the bot in"}


class Narrator:
    """Listens to the stand-in; `feed` is what browsers follow."""

    def __init__(self, standin: StandIn, trail: Trail) -> None:
        self.standin, self.trail = standin, trail
        self.feed = Feed()
        standin.state.listen(self._heard)

    def _heard(self, happened: Json) -> None:
        tell = getattr(self, f"_on_{happened['kind']}", None)
        if tell:
            tell(happened)

    def _on_message(self, happened: Json) -> None:
        self._message("message", happened)

    def _on_edit(self, happened: Json) -> None:
        self._message("edit", happened)

    def _message(self, kind: str, happened: Json) -> None:
        message = self.standin.state.message(happened["chat_id"], happened["message_id"])
        if message:
            self.feed.push({"kind": kind, "message": view.message(message)})

    def _on_delete(self, happened: Json) -> None:
        self.feed.push({"kind": "delete", "chat": happened["chat_id"], "id": happened["message_id"]})

    def _on_keyboard(self, happened: Json) -> None:
        chat = self.standin.state.chats[happened["chat_id"]]
        self.feed.push({"kind": "keyboard", "chat": chat.id, "keyboard": chat.keyboard})

    def _on_answer(self, happened: Json) -> None:
        tap: Tap = happened["tap"]
        self.feed.push(
            {
                "kind": "answer",
                "tap": tap.id,
                "person": tap.user_id,
                "toast": tap.toast,
                "alert": tap.alert,
                "url": tap.url,
            }
        )

    def _on_action(self, happened: Json) -> None:
        self.feed.push({"kind": "action", "chat": happened["chat_id"], "action": happened["action"]})

    def _on_chat(self, _: Json) -> None:
        self.feed.push({"kind": "reload"})

    _on_person = _on_commands = _on_chat

    def _on_update(self, happened: Json) -> None:
        """The first line of a chain; the shop calls the chain `tg-` and the update's number."""
        number = happened["update_id"]
        update = self.standin.updates.pending[number].body
        way = "webhook" if self.standin.updates.webhook.url else "long polling"
        self.trail.push(
            {
                "event": "update sent",
                "level": "info",
                "timestamp": datetime.fromtimestamp(time.time(), UTC).isoformat(),
                "process": "telegram",
                "correlation_id": f"tg-{number}",
                "update_id": number,
                "way": way,
            }
            | self._told(update)
        )

    def _told(self, update: Json) -> Json:
        """Who did what, in a few words."""
        kind = next(name for name in update if name != "update_id")
        body = update[kind]
        words: Json = {"person": body["from"]["first_name"], "kind": kind}
        if kind == "callback_query":
            return words | {"did": f"[{self.standin.taps.open[body['id']].button.label}]"}
        if kind == "message":
            return words | {"did": body.get("text") or _file_words(body) or "service message"}
        did = MEMBERSHIP.get(body["new_chat_member"]["status"], "changed the bot's membership")
        return words | {"did": did if body["chat"]["type"] == "private" else f"{did} (group)"}


def _file_words(message: Json) -> str:
    part = next((each for each in ("photo", "document", "sticker") if each in message), "")
    held = message.get(part)
    name = held.get("file_name", "") if isinstance(held, dict) else ""
    return " ".join(filter(None, [part, name, message.get("caption", "")]))
