"""The updates waiting for the bot, in order, and the webhook they go to if one is set."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from app.sandbox import clock
from app.sandbox.telegram.faults import Faults
from app.sandbox.telegram.params import Json
from app.sandbox.telegram.state import State

OPTIONAL = {"chat_member", "message_reaction", "message_reaction_count"}  # sent only to who asks for them


@dataclass
class Webhook:
    """Where updates are pushed; no url means that they are polled for."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed: list[str] = field(default_factory=list)
    last_error_at: int = 0
    last_error: str = ""


@dataclass
class Pending:
    """An update on its way; `lane` is the chat or user within which order is kept."""

    id: int
    body: Json
    lane: int
    copies: int = 1
    due_at: float = 0.0
    failures: int = 0


class Updates:
    """Numbers updates, keeps them until they are confirmed, and survives a restart with them."""

    def __init__(self, state: State, faults: Faults) -> None:
        self.state, self.faults = state, faults
        self.webhook = Webhook(**(state.store.one("webhook", "") or {}))
        self.pending: dict[int, Pending] = {}
        for each in sorted(state.store.all("update"), key=lambda stored: int(stored["id"])):
            self.pending[each["id"]] = Pending(each["id"], each["body"], each["lane"])
        self.in_flight: dict[int, Pending] = {}
        self.delayed: dict[int, Pending] = {}
        self.poll = 0  # the number of the newest poll; an older one has to give way

    def add(self, kind: str, payload: Json, lane: int) -> Json:
        """Queue an update, unless the bot did not ask for its kind. The update is returned either way."""
        with self.state.lock:
            number = self.state.count("update", 100_000)
            body: Json = {"update_id": number, kind: payload}
            if not self._wanted(kind):
                return body
            update = Pending(number, body, lane)
            fault = self.faults.take("push")
            if fault and fault.kind == "lost":
                return body
            if fault and fault.kind == "doubled":
                update.copies = 2
            if fault and fault.kind == "late":
                self.delay(update, fault.delay_s)
                update.lane = -update.id  # what is late holds nobody else up
            self.pending[update.id] = update
            self.state.store.put("update", update.id, {"id": update.id, "body": body, "lane": lane})
            self.state.tell("update", update_id=update.id)
            return body

    def _wanted(self, kind: str) -> bool:
        return kind in self.webhook.allowed if self.webhook.allowed else kind not in OPTIONAL

    def visible(self) -> list[Pending]:
        """What may be handed out now."""
        now = clock.monotonic()
        return [each for each in self.pending.values() if each.due_at <= now]

    def take(self, offset: int, limit: int) -> list[Json]:
        """Confirm all before the offset, return what follows; a negative one counts from the end."""
        with self.state.lock:
            visible = self.visible()
            if offset < 0:
                offset = visible[offset:][0].id if len(visible) >= -offset else 0
            self.confirm(each.id for each in visible if each.id < offset)
            waiting = [each for each in visible if each.id >= offset]
            return [each.body for each in waiting for _ in range(each.copies)][:limit]

    def confirm(self, ids: Iterable[int]) -> None:
        """The bot has these."""
        with self.state.lock:
            confirmed = list(ids)
            if not confirmed:
                return  # saying so would wake the very poll that asked, for ever
            for update_id in confirmed:
                self.pending.pop(update_id, None)
                self.state.store.drop("update", update_id)
            self.state.tell("confirmed")

    def ready(self) -> list[Pending]:
        """What may be pushed now: one at a time in each lane, no more than the webhook has connections."""
        now = clock.monotonic()
        room = self.webhook.max_connections - len(self.in_flight)
        lanes = {each.lane for each in self.in_flight.values()}
        found: list[Pending] = []
        for each in self.pending.values():
            if len(found) >= room:
                break
            if each.lane in lanes:
                continue
            lanes.add(each.lane)  # also when it is not due yet: those behind it wait as well
            if each.due_at <= now:
                found.append(each)
        return found

    def next_due_s(self) -> float | None:
        """How long until something waiting becomes due; None when nothing is waiting for its time."""
        now = clock.monotonic()
        self.delayed = {each.id: each for each in self.delayed.values() if each.due_at > now}
        later = [each.due_at - now for each in self.delayed.values() if each.id in self.pending]
        return min(later, default=None)

    def delay(self, update: Pending, seconds: float) -> None:
        """Not before that many seconds from now."""
        update.due_at = clock.monotonic() + seconds
        self.delayed[update.id] = update

    def set_webhook(self, webhook: Webhook) -> None:
        """Push to another place from now on, or nowhere."""
        with self.state.lock:
            self.webhook = webhook
            self.poll += 1
            for each in self.pending.values():
                if each.failures:
                    each.due_at, each.failures = 0.0, 0
            self.keep()
            self.state.tell("webhook")

    def keep(self) -> None:
        """Write the webhook down."""
        self.state.store.put("webhook", "", asdict(self.webhook))
