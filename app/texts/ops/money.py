"""The money of the shop: books, days, payments that fit nothing, and files for whoever keeps the books."""

from app.texts.html import Text

TITLE = Text("Uang")
BOOKS = Text("Saldo dan buku saldo")
BALANCES, LEDGER, DIFFERENCE = Text("Saldo semua pengguna"), Text("Menurut buku saldo"), Text("Selisih")
EVEN = Text("✅ Cocok")
SUMMED = Text("dihitung {ago}")
NEVER_SUMMED = Text("Belum pernah dihitung. Dihitung setiap malam, atau sekarang:")
SUM_NOW = Text("🔎 Periksa sekarang")
SUMMING = Text("⏳ Sedang dihitung. Hasilnya muncul di sini.")

DAYS = Text("Per hari (WIB)")
DAY, ORDERS, ITEMS = Text("Hari"), Text("Pesanan"), Text("Item")
REVENUE, DEPOSITS = Text("Pendapatan"), Text("Deposit")
ORDERS_OF, ITEMS_OF, DEPOSITS_OF = Text("{count} pesanan"), Text("{count} item"), Text("deposit {amount}")
TOTAL = Text("7 hari")
EARLIER, LATER, CSV = Text("← Minggu sebelumnya"), Text("Minggu berikutnya →"), Text("Unduh CSV")

CONTRADICTIONS = Text("Pembayaran tidak cocok")
NO_CONTRADICTIONS = Text("✅ Tidak ada pembayaran yang tidak cocok.")
ORDER, TOLD, SINCE = Text("No. pesanan"), Text("Kata Pakasir"), Text("Sejak")

STRAYS = Text("Pembayaran tanpa pesanan")
NO_STRAYS = Text("✅ Setiap pembayaran punya pesanannya.")
INVOICE, AMOUNT, TIMES = Text("Nomor"), Text("Jumlah"), Text("Diberi tahu")
TOLD_TIMES = Text("diberi tahu {count}×")
AMOUNT_UNKNOWN = Text("jumlah belum diketahui")
MORE = Text("Yang terlama {shown} dari {count} ditampilkan.")

EXPORT = Text("Laporan bulanan")
EXPORT_ABOUT = Text("Penjualan, buku saldo, dan ringkasan harian sebagai berkas CSV ke chat pribadimu.")
MONTH = Text("Bulan")
SEND = Text("📤 Kirim ke chatku")
COMING = Text("📤 Berkas {month} sedang disiapkan dan dikirim ke chat pribadimu.")
NO_SALES = Text(
    "Tidak ada penjualan atau deposit di {month}, jadi tidak ada berkas yang dikirim. Coba bulan lain, "
    "misalnya {other}."
)
NOTHING_SOLD = Text("Belum ada penjualan atau deposit di toko ini, jadi belum ada berkas yang bisa dikirim.")
NO_MONTH = Text("“{given}” bukan bulan. Tulis tahun, tanda -, lalu bulan dua angka: {example}.")
WHICH_MONTH = Text("Bulan yang mana? Tulis seperti {example}.")

#: Columns of the files.
COLUMNS = {
    "days": ("tanggal", "pesanan", "item", "pendapatan", "deposit"),
    "contradictions": ("pesanan", "total", "beda", "jumlah", "status", "transaksi", "sejak"),
    "strays": ("nomor", "transaksi", "jumlah", "status", "diberi_tahu", "sejak"),
}
