"""`/dead`: jobs that failed for good."""

from app.bot.toolkit.html import Text

DEAD = Text("☠️ <b>Pekerjaan yang gagal: {count}</b>\n\n{jobs}")
NO_DEAD = Text("✅ Tidak ada pekerjaan yang gagal.")
DEAD_LINE = Text("<b>{number}. {actor}</b> · {at} · {attempts}×\n{error}")
DEAD_JOB = Text(
    "☠️ <b>{actor}</b>\nGagal: {at}, setelah {attempts} percobaan\nJejak: <code>{trace}</code>\n\n"
    "<code>{error}</code>"
)
TRIED_AGAIN = Text("Pekerjaan itu dijalankan lagi.")
DEALT_WITH = Text("Pekerjaan itu sudah ditangani.")
