"""`/dead`: jobs that failed for good."""

from app.texts.html import Label, Text

DEAD = Text("☠️ <b>Yang gagal diproses: {count}</b>\n\n{jobs}")
NO_DEAD = Text("✅ Tidak ada yang gagal diproses.")
DEAD_LINE = Text("<b>{number}. {what}</b>{order}\n{at}, setelah {attempts} percobaan: {cause}\n")
GROUP_LINE = Text("<b>{number}. {what}</b> {count} kali, terakhir {at}\n{cause}\n")
OF_ORDER = Text(" <code>{invoice}</code>")
GROUP = Text(
    "☠️ <b>{what}</b> {count} kali.\nPertama {first}, terakhir {last}.\n"
    "Gagal lagi setelah diulang: {again}×\n"
    "Sebabnya: {cause}.\nKalau diulang: {hint}\n\nPesan teknis: <code>{error}</code>"
)
HINTS = {
    "harmless": Label("aman, tidak ada yang terjadi dua kali."),
    "goods": Label("pembeli yang sama bisa menerima produk yang sama dua kali."),
    "message": Label("sebuah pesan bisa terkirim dua kali."),
    "pointless": Label("tidak berguna lagi, sistem sudah mengerjakannya sendiri."),
}
ASK_RETRY = Text(
    "🔁 <b>{what}</b>\n\n{can} bisa diulang, {pointless} sudah tidak berguna, {unreadable} tak terbaca."
)
ASK_DISCARD = Text("🗑 <b>{what}</b>\n\n{count} akan dibuang dan tidak dicoba lagi.")
GROUP_OUTCOME = Text("🔁 <b>{what}</b>\n\n{done} selesai, {running} masih antre, {dead} gagal lagi.")
RETRIED_TOAST, DISCARDED_TOAST = Text("{count} diulang."), Text("{count} dibuang.")
DEAD_JOB = Text(
    "☠️ <b>{what}</b>\nGagal {at}, setelah {attempts} percobaan\nSebabnya: {cause}.\n\n"
    "Nomor di log: <code>{trace}</code>\nPesan teknis: <code>{error}</code>"
)
TRIED_AGAIN = Text("Sedang dicoba lagi.")
DEALT_WITH = Text("Yang itu sudah ditangani.")
