"""Pressed inline buttons: each spins until the bot answers it or until nobody would wait any longer."""

import secrets
from dataclasses import dataclass, field

from app.sandbox import clock
from app.sandbox.telegram.params import Json
from app.sandbox.telegram.records import Button, Message
from app.sandbox.telegram.state import State
from app.sandbox.telegram.updates.queue import Updates

ANSWERABLE_S = 15.0


@dataclass
class Tap:
    """One press. `answered` is set by the bot, with a toast or an alert if it has something to say."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    button: Button
    update: Json = field(default_factory=dict)
    at: float = field(default_factory=clock.monotonic)
    answered: bool = False
    toast: str = ""
    alert: bool = False
    url: str = ""

    @property
    def expired(self) -> bool:
        """Too late to answer."""
        return clock.monotonic() - self.at > ANSWERABLE_S


class Taps:
    """The presses that wait for an answer."""

    def __init__(self, state: State, updates: Updates) -> None:
        self.state, self.updates = state, updates
        self.open: dict[str, Tap] = {}

    def press(self, user: Json, message: Message, button: Button) -> Tap:
        """A person pressed a button with callback data."""
        with self.state.lock:
            self.open = {key: each for key, each in self.open.items() if not each.expired}
            tap = Tap(str(secrets.randbits(62)), user["id"], message.chat_id, message.id, button)
            self.open[tap.id] = tap
            query = {
                "id": tap.id,
                "from": user,
                "message": message.api,
                "chat_instance": str(abs(message.chat_id) * 7919),
                "data": button.data,
            }
            tap.update = self.updates.add("callback_query", query, lane=user["id"])
            self.state.tell("tap", chat_id=tap.chat_id, message_id=tap.message_id, tap=tap)
            return tap

    def answer(self, query_id: str, toast: str, alert: bool, url: str) -> bool:
        """The bot answers; False when nobody waits for it."""
        with self.state.lock:
            tap = self.open.pop(query_id, None)
            if tap is None or tap.expired:
                return False
            tap.answered, tap.toast, tap.alert, tap.url = True, toast, alert, url
            self.state.tell("answer", chat_id=tap.chat_id, message_id=tap.message_id, tap=tap)
            return True
