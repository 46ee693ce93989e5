"""What people are told without having asked."""

from app.bot.html import Text

ORDER_NEW = Text("🛒 <b>Pesanan baru</b>\n\n{order}")
ORDER_LATE = Text("⏰ <b>Pembayaran terlambat, tetap dikirim</b>\n\n{order}")
ORDER_LATE_CREDITED = Text("⏰ <b>Pembayaran terlambat, masuk saldo pembeli</b>\n\n{order}")
DEPOSIT_NEW = Text("💰 <b>Deposit masuk</b>\n\n{order}")
PAYMENT_MISMATCH = Text(
    "🚨 <b>Pembayaran tidak cocok dengan pesanan</b>\n\n{order}\n\nYang berbeda: {differs}\n"
    "Tidak ada yang dibukukan. Periksa di dasbor Pakasir."
)
BUYER_UNREACHABLE = Text(
    "📵 <b>Pembeli tidak bisa dihubungi</b>\n\n{order}\n\nProduknya dikirim begitu dia menulis lagi."
)
ORDERS_EXPIRED = Text("⌛ <b>{count} pesanan kedaluwarsa</b>\n\n{orders}{more}")
EXPIRED_LINE = Text("• <code>{invoice}</code> · {name} · {total}")
MORE = Text("\n… dan {count} lagi")
GATEWAY_DOWN = Text(
    "🚨 <b>QRIS tidak bisa dibuat</b>\n\nPesanan <code>{invoice}</code> dibatalkan. "
    "Pembayaran dengan saldo tetap berjalan."
)
ORDER = Text(
    "🧾 <code>{invoice}</code>\n👤 {buyer} (<code>{buyer_id}</code>)\n🏷 {name}\n🔢 {quantity} × {price}\n"
    "💰 {total} · {method}"
)
CREDITED = Text(
    "💰 <b>Dana masuk ke saldo</b>\n\nDana pesanan <code>{invoice}</code> sebesar <b>{total}</b> "
    "sudah dikembalikan ke saldomu."
)
REFUNDED = Text(
    "↩️ <b>Dana dikembalikan</b>\n\nPesanan <code>{invoice}</code>: <b>{amount}</b> sudah masuk ke saldomu."
)
BALANCE_CHANGED = Text("💰 <b>Saldo diubah admin</b>\n\n{amount}\nSaldo kamu sekarang: <b>{balance}</b>")
LATE_CREDITED = Text(
    "💰 <b>Pembayaranmu terlambat masuk</b>\n\nPesanan <code>{invoice}</code> sudah ditutup, jadi "
    "<b>{total}</b> masuk ke saldomu. Pakai <b>SALDO</b> untuk membeli lagi."
)
