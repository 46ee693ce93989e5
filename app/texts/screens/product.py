"""A product's page."""

from app.texts.html import Label, Text

PRODUCT = Text(
    "🏷 <b>{name}</b>\nNomor {number}\n\n{description}"
    "💵 {label}: {was}<b>{price}</b>\n📦 Stok: {available}\n🔥 Terjual: {sold}\n{rating}{warranty}{shared}"
)
SHARED = Text("👥 Akun berbagi: kamu dapat satu dari {slots} profil\n")
RATING = Text("⭐ {whole},{tenth} dari {count} penilaian\n")
WARRANTY = Text("🛡 Garansi: {days} hari sejak dikirim\n")
PRICE, RESELLER_PRICE = Label("Harga"), Label("Harga reseller")
DESCRIPTION = Text("{text}\n\n")
AMOUNT = Text("\n🔢 Jumlah: <b>{quantity}</b>\n💰 Total: <b>{total}</b>{note}")
ALL_THAT_IS_LEFT = Text("\n\n⚠️ Stok tinggal {most}.")
ONLY_SO_MANY = Text("\n\n⚠️ Paling banyak {most} sekali beli.")
SHARE_ONLY = Text("\n\n⚠️ Sebelum pembayaran pertamamu, paling banyak {most}: separuh dari stok yang tersisa.")
SOLD_OUT = Text("\n😔 Stok sedang habis.")

WAITING_NOTED = Text("Siap! Kamu dikabari begitu stoknya ada lagi.")
WAITING_KNOWN = Text("Kamu sudah terdaftar. Tunggu kabarnya, ya.")
WAITING_THERE = Text("Stoknya sudah ada lagi.")
