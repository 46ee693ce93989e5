"""The list of orders."""

from app.texts.html import Label, Text

TITLE, LISTS = Text("Pesanan"), Text("Daftar")
#: By the word in the address.
NAMES = {
    "all": Text("Semua"),
    "stuck": Text("Tertahan"),
    "contradicting": Text("Tidak cocok"),
    "unpaid": Text("Belum dibayar"),
    "paid_late": Text("Terlambat"),
}
NOT_FOUND = Text(
    "Tidak ada yang cocok dengan <b>{wanted}</b>. Tulis nomor pesanan (TRX…) atau nomor transaksi lengkap, "
    "ID Telegram, atau @nama pembelinya."
)
#: Of an order that is paid and whose delivery failed for good.
FAILED_MARK, FAILED = "❌", Label("dibayar, gagal dikirim")
#: Of one whose payment somebody has to decide about.
DOUBTED_MARK, DOUBTED = "⚠️", Label("pembayaran tidak cocok")
NONE = Text("Tidak ada pesanan di daftar ini. 👍")
