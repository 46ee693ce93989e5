"""`/dead`: jobs that failed for good."""

from app.texts.html import Text

DEAD = Text("☠️ <b>Pekerjaan yang gagal: {count}</b>\n\n{jobs}")
NO_DEAD = Text("✅ Tidak ada pekerjaan yang gagal.")
DEAD_LINE = Text("<b>{number}. {actor}</b> · {at} · {attempts}×\n{error}")
GROUP_LINE = Text("<b>{number}. {actor}</b> · {count}×, terakhir {at}\n{error}")
GROUP = Text(
    "☠️ <b>{actor}</b> · {count} pekerjaan\nPertama {first}, terakhir {last}.\n"
    "Gagal lagi setelah diulang: {again}×\n"
    "Kalau diulang: {hint}\n\nContoh: <code>{error}</code>"
)
HINTS = {
    "harmless": "aman, tidak ada yang terjadi dua kali.",
    "goods": "pembeli yang sama bisa menerima produk yang sama dua kali.",
    "message": "sebuah pesan bisa terkirim dua kali.",
    "pointless": "tidak berguna lagi, sistem sudah mengerjakannya sendiri.",
}
ASK_RETRY = Text(
    "🔁 <b>{actor}</b>\n\n{can} bisa diulang, {pointless} sudah tidak berguna, {unreadable} tak terbaca."
)
ASK_DISCARD = Text("🗑 <b>{actor}</b>\n\n{count} pekerjaan akan dibuang dan tidak dijalankan lagi.")
GROUP_OUTCOME = Text("🔁 <b>{actor}</b>\n\n{done} selesai, {running} masih antre, {dead} gagal lagi.")
RETRIED_TOAST, DISCARDED_TOAST = Text("{count} diulang."), Text("{count} dibuang.")
DEAD_JOB = Text(
    "☠️ <b>{actor}</b>\nGagal: {at}, setelah {attempts} percobaan\nJejak: <code>{trace}</code>\n\n"
    "<code>{error}</code>"
)
TRIED_AGAIN = Text("Pekerjaan itu dijalankan lagi.")
DEALT_WITH = Text("Pekerjaan itu sudah ditangani.")
