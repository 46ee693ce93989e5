"""What buyers are told without having asked."""

from app.texts.html import Text

DELIVERY_STUCK = Text(
    "🛠 <b>Produkmu belum bisa kami kirim</b>\n\nPembayaran pesanan <code>{invoice}</code> sudah kami terima, "
    "tapi produknya belum bisa dikirim ke chat ini. Penjual sudah diberi tahu dan sedang mengurusnya. "
    "Produknya menyusul di sini, atau uangmu kembali ke saldo."
)
CREDITED = Text(
    "💰 <b>Dana masuk ke saldo</b>\n\nDana pesanan <code>{invoice}</code> sebesar <b>{total}</b> "
    "sudah dikembalikan ke saldomu."
)
LATE_CREDITED = Text(
    "💰 <b>Pembayaranmu terlambat masuk</b>\n\nPesanan <code>{invoice}</code> ({quantity} × {name}) sudah "
    "ditutup sebelum itu, jadi produknya tidak dikirim dan <b>{total}</b> masuk ke saldomu.\n\nMasih mau? "
    "Ketik <code>{number}</code> untuk membuka produknya lagi, lalu bayar dengan <b>SALDO</b>."
)
DEPOSITED_LATE = Text(
    "💰 <b>Depositmu terlambat masuk</b>\n\nDeposit <code>{invoice}</code> sudah ditutup, tapi uangnya aman: "
    "<b>{total}</b> masuk ke saldomu."
)
REFUNDED = Text(
    "↩️ <b>Dana dikembalikan</b>\n\nPesanan <code>{invoice}</code>: <b>{amount}</b> sudah masuk ke saldomu."
)
CLAIM_REFUSED = Text(
    "🛡 <b>Klaim garansi ditolak</b>\n\nPesanan <code>{invoice}</code>\nAlasan: {note}\n\n"
    "Tidak setuju? Tekan <b>Balas</b> dan jelaskan, ya."
)
BALANCE_CHANGED = Text("💰 <b>Saldo diubah admin</b>\n\n{amount}\nSaldo kamu sekarang: <b>{balance}</b>")
RESTOCKED = Text("🎉 <b>{name}</b> sudah ada lagi!\n\nAmbil sebelum habis, ya.")
UNBANNED = Text("✅ Blokirmu sudah dibuka. Selamat datang kembali, silakan belanja lagi!")
