"""A month of the shop as files."""

from app.texts.html import Text

COMING = Text("📤 Penjualan, buku saldo, dan ringkasan harian <b>{month}</b> dikirim ke chat pribadimu.")
NO_SALES = Text(
    "Tidak ada penjualan atau deposit di <b>{month}</b>. Coba bulan lain, misalnya "
    "<code>/export {other}</code>."
)
NOTHING_SOLD = Text("Belum ada penjualan atau deposit di toko ini, jadi belum ada laporan yang bisa dikirim.")
#: By the sheet.
CAPTIONS = {
    "sales": Text("📄 Penjualan {month}: {rows} pesanan, {jumlah} item, total {total}"),
    "ledger": Text("📄 Buku saldo {month}: {rows} catatan, jumlah {jumlah}"),
    "days": Text(
        "📄 Ringkasan harian {month}: {pesanan} pesanan, pendapatan {pendapatan}, deposit {deposit}"
    ),
}
