"""Lists of products and buyers."""

from app.texts.html import Label, Text

CATEGORIES = Text("🗂 <b>Kategori</b>\nPilih salah satu, ya.")
CATEGORY = Text("🗂 <b>{name}</b>\nTekan produk untuk melihat rinciannya.")
NO_CATEGORY = Label("Tanpa Kategori")
BEST = Text("🔥 <b>Terlaris</b>\nUrut dari yang paling banyak terjual.")
BUYERS = Text("🏆 <b>Top Buyers</b>")
BUYER = Text("{place}. {name} · <b>{bought}</b> item")
EVERYTHING = Text("🛍 <b>Semua Produk</b>\nTekan produk untuk melihat rinciannya.")
STOCK = Text("📦 <b>Stok</b>\nKetik nomor produk untuk membukanya.")
LIST = Text("{title}\n\n{products}")
EMPTY = Text("{title}\n\nBelum ada produk di sini.")
NOTHING_SOLD = Text("{title}\n\nBelum ada yang terjual. Jadilah pembeli pertama!")

FOUND = Text("🔎 Hasil pencarian <b>{words}</b>{more}")
FOUND_MORE = Text("\nMasih ada {count} lagi: ketik namanya lebih lengkap, ya.")
NOT_FOUND = Text(
    "🤔 Aku belum mengerti <b>{words}</b>, dan tidak ada produk dengan nama itu.\n\n"
    "Ketik nama atau nomor produk, atau lihat daftarnya di bawah. Panduannya ada di /order."
)

STOCK_LINE = Text("<b>{number}</b> · {name}: <b>{available}</b>")
