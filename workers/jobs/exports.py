"""Files for whoever keeps the books: read, written and sent here and now, and kept nowhere."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import dramatiq

from app.backoffice import exports
from app.bot.operators import exports as screens
from app.clients import telegram
from app.errors import Blocked
from app.infra.queue import lanes
from app.people import users
from workers.jobs import show

LONGEST_MS = 20 * 60 * 1000
#: Telegram takes 50 MB of a bot.
MOST_BYTES = 45_000_000


@dramatiq.actor(queue_name=lanes.BULK, max_retries=50, max_backoff=60_000, time_limit=LONGEST_MS)
def send_export(admin_id: int, kind: str, month: str) -> None:
    """One of a month's sheets. Who is no admin any more gets none."""
    of = exports.month(month)
    if of is None or not users.is_admin_id(admin_id):
        return
    with tempfile.TemporaryDirectory(prefix="quickcart-export-") as folder:
        file = Path(folder) / exports.file_name(kind, of)
        written = exports.write(kind, of, file)
        sent = _small_enough(file)
        try:
            with show.for_reader(admin_id):
                caption = screens.caption(kind, of, written)
            telegram.client().send_document(admin_id, sent.read_bytes(), sent.name, caption)
        except Blocked:
            users.mark_unreachable(admin_id)


def _small_enough(file: Path) -> Path:
    if file.stat().st_size <= MOST_BYTES:
        return file
    packed = file.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, file.name)
    return packed
