"""`/add` and `/del`."""

from app.texts.html import Text

ADDED = Text(
    "✅ Produk <b>{number}</b> ditambahkan.\n\n🏷 {name}\n🗂 {category}\n💵 {price}\n\n"
    "Isi stoknya: <code>/addstock {number}|…</code>"
)
NUMBER_RETIRED = Text(
    "Nomor <b>{number}</b> milik produk yang sudah tidak dijual: {name}.\n\n"
    "Jual lagi produk itu, atau simpan yang baru dengan nomor <b>{free}</b>?"
)
RETIRED = Text("🗑 Produk <b>{number}</b> ({name}) tidak dijual lagi. Riwayat dan stok sisanya tetap ada.")
