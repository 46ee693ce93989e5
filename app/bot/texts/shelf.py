"""Prices, discounts and stock, wherever they are shown."""

from app.bot.toolkit.html import Text
from app.catalogue import waitlist

WAS = Text("<s>{full}</s> ")
PRICE = Text("{was}{price}")
DISCOUNT = Text("Diskon: -{discount}\nSetelah diskon: {total}\n")

IN_STOCK = Text("stok {available}")
OUT_OF_STOCK = Text("habis")
ENDLESS = "tanpa batas"

#: Answers to `Beri tahu saya`, by app.catalogue.waitlist's.
WAITING = {
    waitlist.NOTED: Text("Siap! Kamu dikabari begitu stoknya ada lagi."),
    waitlist.KNOWN: Text("Kamu sudah terdaftar. Tunggu kabarnya, ya."),
    waitlist.THERE: Text("Stoknya sudah ada lagi."),
}
RESTOCKED = Text("🎉 <b>{name}</b> sudah ada lagi!\n\nAmbil sebelum habis, ya.")
SEE = "Lihat"
STOCK_LOW = Text("📉 <b>Stok menipis</b>\n\n<b>{product_id}</b> · {name}: sisa <b>{left}</b>")
STOCK_OUT = Text(
    "📭 <b>Stok habis</b>\n\n<b>{product_id}</b> · {name}\nIsi lagi: <code>/addstock {product_id}|…</code>"
)
