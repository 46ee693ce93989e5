"""A product's page."""

from app.bot.toolkit.html import Text
from app.catalogue import waitlist

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

#: Answers to `Beri tahu saya`, by app.catalogue.waitlist's.
WAITING = {
    waitlist.NOTED: Text("Siap! Kamu dikabari begitu stoknya ada lagi."),
    waitlist.KNOWN: Text("Kamu sudah terdaftar. Tunggu kabarnya, ya."),
    waitlist.THERE: Text("Stoknya sudah ada lagi."),
}
