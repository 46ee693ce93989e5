"""`dramatiq` with the shop's actors for tests that kill it: a dead worker is noticed sooner.

`send_unmarked` is how broadcasts must not be sent: it notes who has the message after the call only.
"""

from __future__ import annotations

import dramatiq

from app.infra.queue import broker

broker.setup(heartbeat_timeout_ms=3000, timeout_s=1.5, drain_s=2.0)

import workers.actors  # noqa: E402, F401
from app.clients import telegram  # noqa: E402
from app.people import broadcasts  # noqa: E402
from models import BroadcastRecipient  # noqa: E402


@dramatiq.actor(queue_name="bulk")
def send_unmarked(broadcast_id: int) -> None:
    waiting = BroadcastRecipient.broadcast == broadcast_id, BroadcastRecipient.state == "waiting"
    text = broadcasts.get(broadcast_id).text or ""
    for person in BroadcastRecipient.select().where(*waiting).order_by(BroadcastRecipient.user):
        telegram.client().send_text_in_bulk(person.user_id, text)
        BroadcastRecipient.update(state="sent").where(
            BroadcastRecipient.broadcast == broadcast_id, BroadcastRecipient.user == person.user_id
        ).execute()
