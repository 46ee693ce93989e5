"""Home, lists and the product's page."""

from app.bot.toolkit.html import Text

HOME = Text(
    "👋 Halo, <b>{name}</b>!\nSelamat datang di <b>{store}</b>.\n\n"
    "👥 {users} pengguna\n🛒 {sales} produk terjual\n\n"
    "Mau cari apa hari ini?"
)
MENU = Text("Menu ada di bawah. Ketik atau tekan <b>nomor produk</b> untuk langsung membukanya.")

CATEGORIES = Text("🗂 <b>Kategori</b>\nPilih salah satu, ya.")
CATEGORY = Text("🗂 <b>{name}</b>")
NO_CATEGORY = "Tanpa Kategori"
BEST = Text("🔥 <b>Terlaris</b>")
BUYERS = Text("🏆 <b>Top Buyers</b>")
BUYER = Text("{place}. {name} · <b>{bought}</b> item")
EVERYTHING = Text("🛍 <b>Semua Produk</b>")
STOCK = Text("📦 <b>Stok</b>")
LIST = Text("{title}\n\n{products}")
EMPTY = Text("{title}\n\nBelum ada produk di sini.")
NOTHING_SOLD = Text("{title}\n\nBelum ada yang terjual. Jadilah pembeli pertama!")

LINE = Text("<b>{number}</b> · {name}\n      {price} · {stock}")
BEST_LINE = Text("<b>{number}</b> · {name}\n      {price} · {stock} · terjual {sold}")
STOCK_LINE = Text("<b>{number}</b> · {name}: <b>{available}</b>")

PRODUCT = Text(
    "🏷 <b>{name}</b>\nNomor {number}\n\n{description}"
    "💵 {label}: {was}<b>{price}</b>\n📦 Stok: {available}\n🔥 Terjual: {sold}\n"
)
PRICE, RESELLER_PRICE = "Harga", "Harga reseller"
DESCRIPTION = Text("{text}\n\n")
AMOUNT = Text("\n🔢 Jumlah: <b>{quantity}</b>\n💰 Total: <b>{total}</b>{note}")
ONLY_SO_MANY = Text("\n\n⚠️ Paling banyak {most} sekali beli.")
SHARE_ONLY = Text("\n\n⚠️ Sebelum pembayaran pertamamu, paling banyak {most}: separuh dari stok yang tersisa.")
SOLD_OUT = Text("\n😔 Stok sedang habis.")
