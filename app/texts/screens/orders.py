"""From the product to the money."""

from app.texts.html import Label, Text
from models import Order

#: Four lines that do not break on a phone, where the QR above them is to be seen whole. What was bought
#: stands on the card.
QR = Text(
    "🧾 <code>{invoice}</code> · {amount}\n{bill}\n⏰ Sebelum <b>{deadline}</b> ({left} menit lagi)\n{below}"
)
BILL = Text("💰 Total: <b>{total}</b> (biaya {fee})")
BILL_ALONE = Text("💰 Total: <b>{total}</b>")
SAME_PHONE = Text("📱 Simpan gambar, buka dari app bank")
CHECKED = Text("🔎 Dicek {at}: belum dibayar")
#: On the order's page.
PAGE_CHECKED = Text("\n\n🔎 Dicek {at} WIB: pembayaran belum masuk.")

PAID = Text(
    "✅ <b>Pembayaran diterima</b>\n\n🧾 <code>{invoice}</code>\n🏷 {quantity} × {name}\n{paid}\n\n"
    "Terima kasih! Produkmu segera dikirim."
)
LATE = Text(
    "✅ <b>Pembayaran terlambat diterima</b>\n\n🧾 <code>{invoice}</code>\n🏷 {quantity} × {name}\n{paid}\n\n"
    "Stoknya masih ada, jadi produkmu segera dikirim."
)
LATE_SENT = Text(
    "✅ <b>Pembayaran terlambat diterima</b>\n\n🧾 <code>{invoice}</code>\n🏷 {quantity} × {name}\n{paid}\n\n"
    "Stoknya masih ada, jadi produkmu sudah dikirim."
)
PAID_WITH_FEE = Text("💰 Dibayar: {amount} (termasuk biaya {fee})")
PAID_ALONE = Text("💰 Dibayar: {amount}")
PAID_BY_BALANCE = Text("💰 Dibayar dari saldo: {amount}")
PAID_BY_VOUCHER = Text("🎁 Gratis dengan voucher <code>{code}</code>")
DEPOSITED = Text(
    "✅ <b>Deposit diterima</b>\n\n🧾 <code>{invoice}</code>\n💰 {total} masuk ke saldomu, "
    "sekarang <b>{balance}</b>."
)
EXPIRED = Text(
    "⌛ <b>Waktu pembayaran habis</b>\n\nPesanan <code>{invoice}</code> ({quantity} × {name}) ditutup "
    "dan QR-nya tidak berlaku lagi.\n\nMasih mau? <b>Kembali</b> membuka produknya lagi."
)
CANCELED = Text(
    "✖️ <b>Pesanan dibatalkan</b>\n\nPesanan <code>{invoice}</code> ({quantity} × {name}) sudah kamu "
    "batalkan.\n\nBerubah pikiran? <b>Kembali</b> membuka produknya lagi."
)
CANCELED_BY_SHOP = Text(
    "✖️ <b>Pesanan dibatalkan admin</b>\n\nPesanan <code>{invoice}</code> ({quantity} × {name}) ditutup dan "
    "QR-nya tidak berlaku lagi, jadi jangan dibayar, ya. Kamu bisa memesan lagi lewat <b>Kembali</b>, atau "
    "tanya lewat <b>KIRIM PESAN</b>."
)
GATEWAY = Text(
    "😔 <b>QRIS sedang terganggu</b>\n\nPesanan <code>{invoice}</code> ({quantity} × {name}) dibatalkan dan "
    "tidak ada yang ditagih. Coba lagi nanti, atau bayar dengan saldo."
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
DEPOSIT = Label("Deposit saldo")

HISTORY = Text("🧾 <b>Riwayat Transaksi</b>\nTekan pesanan untuk melihat rinciannya.")
NO_HISTORY = Text("🧾 <b>Riwayat Transaksi</b>\n\nBelum ada transaksi.")
PAGE = Text(
    "🧾 <b>{invoice}</b>\n{state}\n\n🏷 {name}\n🔢 {quantity} × {price}\n{discount}💰 Total: <b>{total}</b>\n"
    "💳 {method}\n{warranty}\n{timeline}"
)
DISCOUNT = Text("Diskon: -{discount}{voucher}\n")
WITH_VOUCHER = Text(" (voucher <code>{code}</code>)")

STATE = Text("{mark} {state}")
REFUNDED_STATE = Text("{mark} dana dikembalikan: {amount} masuk saldo")
REFUND_MARK = "↩️"
MARKS = {
    Order.PENDING: "⏳",
    Order.PAID: "💳",
    Order.DELIVERED: "✅",
    Order.EXPIRED: "⌛",
    Order.CANCELED: "✖️",
    Order.CREDITED: "💰",
}
STATES = {
    Order.PENDING: Label("menunggu pembayaran"),
    Order.PAID: Label("dibayar, sedang dikirim"),
    Order.DELIVERED: Label("selesai"),
    Order.EXPIRED: Label("kedaluwarsa"),
    Order.CANCELED: Label("dibatalkan"),
    Order.CREDITED: Label("dana masuk saldo"),
}
METHODS = {Order.QRIS: Label("QRIS"), Order.BALANCE: Label("Saldo")}
BY_VOUCHER = Label("Voucher")

PLACED, SENT, DEADLINE = Text("dibuat"), Text("produk dikirim"), Text("batas pembayaran")
PAYMENT, REFUNDED = Text("dibayar"), Text("dana dikembalikan ke saldo")
CLOSED = {
    Order.EXPIRED: Text("kedaluwarsa"),
    Order.CANCELED: Text("dibatalkan"),
    Order.CREDITED: Text("dana masuk saldo"),
}
