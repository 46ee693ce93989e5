"""From the product to the money."""

from app.texts.html import Text
from models import Order

QR = Text(
    "🧾 <code>{invoice}</code>\n🏷 {name}\n🔢 {quantity} × {price}\n\nSubtotal: {subtotal}\n"
    "{discount}Biaya QRIS: {fee}\n💰 <b>Total: {total}</b>\n\n⏰ Bayar sebelum <b>{deadline}</b>\n"
    "Pindai QR dengan aplikasi bank atau e-wallet. Produk dikirim otomatis.{checked}"
)
CHECKED = Text("\n\n🔎 Dicek {at}: pembayaran belum masuk.")

PAID = Text(
    "✅ <b>Pembayaran diterima</b>\n\n🧾 <code>{invoice}</code>\n🏷 {name}\n🔢 Jumlah: {quantity}\n"
    "💰 {total}\n\nTerima kasih! Produkmu segera dikirim."
)
LATE = Text(
    "✅ <b>Pembayaran terlambat diterima</b>\n\n🧾 <code>{invoice}</code>\n🏷 {name}\n🔢 Jumlah: {quantity}\n"
    "💰 {total}\n\nStoknya masih ada, jadi produkmu segera dikirim."
)
DEPOSITED = Text("✅ <b>Deposit diterima</b>\n\n🧾 <code>{invoice}</code>\n💰 {total} masuk ke saldomu.")
EXPIRED = Text(
    "⌛ <b>Waktu pembayaran habis</b>\n\nPesanan <code>{invoice}</code> ditutup "
    "dan QR-nya tidak berlaku lagi."
)
CANCELED = Text("✖️ <b>Pesanan dibatalkan</b>\n\nPesanan <code>{invoice}</code> sudah kamu batalkan.")
CANCELED_BY_SHOP = Text(
    "✖️ <b>Pesanan dibatalkan admin</b>\n\nPesanan <code>{invoice}</code> ditutup dan QR-nya tidak berlaku "
    "lagi, jadi jangan dibayar, ya. Kamu bisa memesan lagi, atau tanya lewat <b>KIRIM PESAN</b>."
)
GATEWAY = Text(
    "😔 <b>QRIS sedang terganggu</b>\n\nPesanan <code>{invoice}</code> dibatalkan dan tidak ada yang "
    "ditagih. Coba lagi nanti, atau bayar dengan saldo."
)
CREDITED = Text(
    "💰 <b>Dana masuk ke saldo</b>\n\nPesanan <code>{invoice}</code>: {total} sudah ditambahkan ke saldomu."
)
GOODS = Text("📦 <b>{name}</b>\n🧾 <code>{invoice}</code> · {quantity} item")
REPLACEMENT = Text("🛡 <b>Pengganti garansi: {name}</b>\n🧾 <code>{invoice}</code>")
#: Followed by the goods themselves.
GOODS_AGAIN = Text("{heading}\n\n{goods}")
SENT_AGAIN = Text("Produkmu sedang dikirim lagi.")
NO_GOODS = Text("Pesanan ini belum punya produk untuk dilihat.")
DEPOSIT = "Deposit saldo"

HISTORY = Text("🧾 <b>Riwayat Transaksi</b>\nTekan pesanan untuk melihat rinciannya.")
NO_HISTORY = Text("🧾 <b>Riwayat Transaksi</b>\n\nBelum ada transaksi.")
PAGE = Text(
    "🧾 <b>{invoice}</b>\n{state}\n\n🏷 {name}\n🔢 {quantity} × {price}\n{discount}💰 Total: <b>{total}</b>\n"
    "💳 {method}\n{warranty}\n{timeline}"
)
DISCOUNT = Text("Diskon: -{discount}{voucher}\n")
WITH_VOUCHER = Text(" (voucher <code>{code}</code>)")
EVENT = Text("• {at} · {what}")

MARKS = {
    Order.PENDING: "⏳",
    Order.PAID: "💳",
    Order.DELIVERED: "✅",
    Order.EXPIRED: "⌛",
    Order.CANCELED: "✖️",
    Order.CREDITED: "💰",
}
STATES = {
    Order.PENDING: "menunggu pembayaran",
    Order.PAID: "dibayar, sedang dikirim",
    Order.DELIVERED: "selesai",
    Order.EXPIRED: "kedaluwarsa",
    Order.CANCELED: "dibatalkan",
    Order.CREDITED: "dana masuk saldo",
}
METHODS = {Order.QRIS: "QRIS", Order.BALANCE: "Saldo"}
BY_VOUCHER = "Voucher"

PLACED, SENT, DEADLINE = Text("dibuat"), Text("produk dikirim"), Text("batas pembayaran")
PAYMENT = Text("dibayar")
CLOSED = {
    Order.EXPIRED: Text("kedaluwarsa"),
    Order.CANCELED: Text("dibatalkan"),
    Order.CREDITED: Text("dana masuk saldo"),
}
