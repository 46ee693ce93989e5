"""The first screen: is all well, and if not, what to look at."""

from app.texts.html import Text

TITLE_WELL, TITLE_BAD = Text("Aman"), Text("Perlu dilihat")
MUTE = Text("🔕 Bisukan 1 jam")
WELL = Text("✅ Semua baik")
WELL_MEANS = Text("Pembayaran diproses, produk terkirim, tidak ada yang menunggu kamu.")
UNSURE = Text("🤔 Belum tahu pasti")
UNSURE_MEANS = Text("Pesanan dan pembayaran baik, tapi belum semuanya bisa dilihat.")
BAD = Text("⚠️ Ada yang perlu dilihat")
MISSING = Text("Proses yang tidak berjalan: <b>{names}</b>. Jalankan lagi di server.")
STUCK = Text("Sudah dibayar, produk belum terkirim: <b>{count}</b>")
STUCK_MANY = Text("Sudah dibayar, produk belum terkirim: <b>{count} atau lebih</b>")
FAILED = Text("Yang gagal diproses: <b>{count}</b>")
ALERTS = Text("Peringatan terbuka: <b>{count}</b>")
#: What app/backoffice/alerts/digest.py calls undecided.
UNDECIDED = {
    "contradictions": Text("Pembayaran tidak cocok, menunggu keputusanmu: <b>{count}</b>"),
    "strays": Text("Pembayaran tanpa pesanan: <b>{count}</b>"),
    "claims": Text("Klaim garansi menunggu jawaban: <b>{count}</b>. Jawab di chat bot lewat /klaim."),
}

DAY = Text("24 jam terakhir")
BOUGHT, DELIVERED = Text("Pesanan dibayar"), Text("Sudah terkirim")
QR, QR_PAID, PERCENT = Text("QR yang dibuat"), Text("QR dibayar"), Text("{percent}%")
SPEED, SECONDS = Text("Bayar sampai terkirim"), Text("{seconds} dtk")
SLOWER = Text("95%: {most} · 99%: {nearly_all}")

HELD, FAILING = Text("Tertahan"), Text("Yang gagal diproses")
COUNT, LAST = Text("{count}×"), Text("terakhir {at}")

MACHINE = Text("Mesin")
UNKNOWN = Text("belum diketahui")
QUEUE, OLDEST, PROMISED = Text("Antrean"), Text("tertua {seconds} dtk"), Text("Sudah waktunya dikerjakan")
PROCESSES, DOWN, BUSY = Text("Proses"), Text("mati"), Text("{busy}/{threads} sibuk")
GOOD, TROUBLED = Text("baik"), Text("terganggu")
BACKLOG = Text("Audit belum terkirim")
BACKUP, NO_BACKUP, HOURS = Text("Cadangan terakhir"), Text("belum ada"), Text("{hours} jam")
AGO, DRILLED, DRILL_FAILED = Text("lalu"), Text("lalu · uji berhasil"), Text("lalu · uji gagal")
