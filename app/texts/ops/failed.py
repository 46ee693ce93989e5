"""What failed for good: in groups, with what pressing means, and what came of it."""

from app.texts.html import Text

TITLE, SURE = Text("Yang gagal diproses"), Text("Yakin?")
GONE = Text("Kelompok itu sudah ditangani.")
DISCARDED = Text("{count} dibuang dan tidak dijalankan lagi.")
RETRIED = Text("{count} diulang.")
RETRIED_SO_FAR = Text("{count} diulang: {done} selesai, {running} masih antre, {dead} gagal lagi.")
NOTHING = Text("✅ Tidak ada yang gagal diproses.")
COUNT = Text("{count}×")
ONCE, BETWEEN = Text("{at}"), Text("{first} sampai {last}")
AGAIN = Text("gagal lagi setelah diulang {count}×")
CAUSE, TECHNICAL = Text("Sebabnya: {cause}."), Text("Pesan teknis:")
HINT = Text("Kalau diulang: {hint}")
SLOWLY = Text("Diulang pelan-pelan, jadi pembeli tidak ikut menunggu.")
HOURS = Text("Gagal per jam selama 24 jam terakhir, paling banyak {most} dalam satu jam")
HOUR = Text("{count}× sekitar {at}")
DAY_AGO, NOW = Text("24 jam lalu"), Text("sekarang")
RETRY, DISCARD = Text("🔁 Ulangi"), Text("🗑 Buang")
ASK_RETRY, ASK_DISCARD = Text("Ulangi?"), Text("Buang?")
PREVIEW = Text(
    "<b>{useful}</b> bisa diulang, <b>{pointless}</b> sudah tidak berguna, <b>{unreadable}</b> tak terbaca."
)
ALL_DISCARDED = Text("<b>{count}</b> dibuang dan tidak dijalankan lagi.")
YES_RETRY, YES_DISCARD, NO = Text("Ya, ulangi"), Text("Ya, buang"), Text("Tidak, kembali")
