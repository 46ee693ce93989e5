"""Lists of products and buyers."""

from app.texts.html import Text

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
