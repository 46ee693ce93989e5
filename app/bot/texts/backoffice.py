"""What admins read about money: orders, refunds, balances, vouchers, and jobs that died."""

from app.bot.toolkit.html import Text
from models import Payment

#: The right form of a command with an example, by the command's name.
FORMATS = {
    "order": Text("Format: <code>/order TRX…</code>\nContoh: <code>/order TRX20260301ABC234</code>"),
    "refund": Text("Format: <code>/refund TRX…</code>\nContoh: <code>/refund TRX20260301ABC234</code>"),
    "giveback": Text(
        "Ketik alasannya, atau <code>jumlah|alasan</code> untuk jumlah lain.\n"
        "Contoh: <code>15000|Akun tidak bisa login</code>"
    ),
    "transfer": Text(
        "Format: <code>/transfer user|jumlah</code>\nContoh: <code>/transfer @rina|50000</code> "
        "atau <code>/transfer 123456789|50rb</code>"
    ),
    "editbalance": Text(
        "Format: <code>/editbalance user|saldo baru</code>\nContoh: <code>/editbalance @rina|75000</code>"
    ),
    "giveaway": Text(
        "Format: <code>/giveaway nilai|banyaknya</code>\nContoh: <code>/giveaway 10000|5</code> "
        "untuk 5 voucher senilai Rp10.000"
    ),
    "setformula": Text(
        "Format: <code>/setformula baru|lama|klaim 1-2|klaim 3|klaim lebih</code>, masing-masing 0 sampai 1\n"
        "Contoh: <code>/setformula 0.8|0.7|0.6|0.5|0.4</code>"
    ),
}
PROBLEMS = {
    "invoice": Text("Sebutkan nomor pesanannya."),
    "money_amount": Text("Jumlahnya harus {least} sampai {most}."),
    "voucher_count": Text("Banyaknya harus 1 sampai {most}."),
    "refund_reason": Text("Alasannya harus 1 sampai {most} huruf."),
    "refund_not_text": Text("Kirim jawabannya sebagai teks, ya."),
    "refund_factor": Text("Setiap faktor harus angka 0 sampai 1, paling banyak dua angka di belakang koma."),
}

ORDER = Text(
    "🧾 <b>{invoice}</b>\n{state}\n\n👤 {buyer} (<code>{buyer_id}</code>)\n🏷 {name}\n"
    "🔢 {quantity} × {price}\n{discount}💰 Total: <b>{total}</b> · {method}\n{payment}"
    "{contradiction}{claims}\n{timeline}"
)
PAYMENT = Text("🏦 Gateway: {state}{txn}\n")
TXN = Text(" · <code>{txn_id}</code>")
CONTRADICTION = Text("{text}\n")
CLAIMS = Text("🛡 Klaim garansi: {claims}\n")
MOMENT = Text("• {at} · {what}{by}{facts}")
BY = Text(" · oleh {by}")
FACTS = Text(" ({facts})")
EARLIER = Text("… dan {count} sebelumnya")

PAYMENT_STATES = {
    Payment.OPENING: "QR sedang dibuat",
    Payment.OPEN: "belum dibayar",
    Payment.COMPLETED: "dibayar",
    Payment.CANCELED: "dibatalkan",
    Payment.REFUSED: "ditolak",
    Payment.LAPSED: "tidak dipantau lagi",
}
#: What app/sales/timeline.py names. Anything else is shown by its own name.
MOMENTS = {
    "order.placed": "dibuat",
    "order.paid": "dibayar",
    "order.delivered": "produk terkirim",
    "order.expired": "kedaluwarsa",
    "order.canceled": "dibatalkan",
    "order.credited": "dana masuk saldo",
    "order.refunded": "dana dikembalikan",
    "order.redelivered": "dikirim ulang",
    "order.claimed": "klaim garansi",
    "payment.opened": "QR dibuat",
    "payment.completed": "pembayaran diterima gateway",
    "payment.canceled": "QR dibatalkan di gateway",
    "payment.lapsed": "pemantauan pembayaran selesai",
    "payment.contradicted": "gateway menyebut hal lain",
    "payment.agreed": "gateway memastikan pembayaran",
    "payment.accepted": "pembayaran diterima admin",
    "payment.refused": "pembayaran ditolak admin",
    "payment.reopened": "pembatalan ditarik gateway",
    "goods.sending": "produk sedang dikirim",
    "goods.sent": "pesan produk terkirim",
    "goods.unknown": "pesan produk belum pasti terkirim",
    "goods.viewed": "produk dibuka pembeli",
    "goods.risked": "dana dikembalikan walau produk mungkin sudah sampai",
    "balance.changed": "saldo berubah",
    "voucher.reserved": "voucher dipakai",
    "voucher.spent": "voucher habis terpakai",
    "voucher.freed": "voucher bebas lagi",
}
#: Facts worth reading, by the names that app/sales/timeline.py gives them; rupiah, then the others.
AMOUNTS = {"total": "total", "fee": "biaya", "amount": "sebesar", "balance": "saldo jadi"}
FACTS_SHOWN = {"reason": "", "note": "catatan:", "claims": "ke-", "part": "bagian", "differs": "beda:"}
REASONS = {
    "buyer": "oleh pembeli",
    "deadline": "batas waktu",
    "gateway": "gateway terganggu",
    "operator": "oleh admin",
    "late": "terlambat",
    "deposit": "deposit",
    "payment": "pembelian",
    "excess": "kelebihan bayar",
    "credit": "dana kembali",
    "refund": "refund",
}

CANCELED = Text("Pesanan {invoice} dibatalkan dan pembelinya diberi tahu.")
RESENDING = Text("Produknya sedang dikirim ulang.")
RESENDING_ALREADY = Text("Pengiriman ulang sudah berjalan.")
NOTHING_TO_SEND = Text("Pesanan ini tidak punya produk untuk dikirim.")
MOVED_ON = Text("Pesanan ini sudah berubah. Periksa lagi, ya.")
ASKING = Text("Gateway sedang ditanya. Tekan Muat Ulang sebentar lagi.")
NOT_AT_GATEWAY = Text("Pesanan ini tidak dibayar lewat gateway.")
NOTHING_TO_GIVE = Text("Tidak ada dana yang bisa dikembalikan dari pesanan ini.")
ONLY_IN_PRIVATE = Text("Lanjutkan di chat pribadi dengan bot.")

GIVE_BACK_ALL = Text(
    "↩️ <b>Kembalikan ke Saldo</b>\n\nPesanan <code>{invoice}</code> sudah dibayar tapi belum terkirim. "
    "Seluruh <b>{total}</b> masuk ke saldo {buyer}.\n\nKetik alasannya, ya."
)
GIVE_BACK = Text(
    "↩️ <b>Kembalikan ke Saldo</b>\n\nPesanan <code>{invoice}</code>, dibayar {total}, dipakai {days} hari, "
    "{claims} klaim garansi.\nSaran rumus: <b>{amount}</b>\n\n"
    "Ketik alasannya untuk memakai saran itu, atau <code>jumlah|alasan</code> untuk jumlah lain "
    "(paling banyak {total})."
)
GIVE_BACK_CONFIRM = Text(
    "↩️ <b>Kembalikan {amount}</b> ke saldo {buyer} (<code>{buyer_id}</code>)?\n\n"
    "Pesanan <code>{invoice}</code>\nAlasan: {reason}{warning}"
)
GIVE_BACK_WARNING = Text(
    "\n\n⚠️ <b>Produknya mungkin sudah ada di pembeli.</b> Dari {messages} pesan produk, {sent} sudah pasti "
    "terkirim dan {unsure} belum pasti. Kalau dananya dikembalikan juga, pembeli bisa mendapat keduanya. "
    "Untuk mengirim yang belum sampai, kembali dan tekan <b>{resend}</b>."
)
GIVEN_BACK = Text("{amount} sudah masuk ke saldo pembeli.")
REFUNDED_BEFORE = Text("Dana pesanan ini sudah pernah dikembalikan.")
CONFIRMATION_GONE = Text("Konfirmasi ini sudah tidak berlaku. Mulai lagi, ya.")

PENDING = Text("⏳ <b>Menunggu pembayaran: {count}</b>\nTekan pesanan untuk rinciannya.")
NO_PENDING = Text("⏳ Tidak ada pesanan yang menunggu pembayaran.")
PENDING_BUTTON = Text("{invoice} · {total} · {name}")

DEAD = Text("☠️ <b>Pekerjaan yang gagal: {count}</b>\n\n{jobs}")
NO_DEAD = Text("✅ Tidak ada pekerjaan yang gagal.")
DEAD_LINE = Text("<b>{number}. {actor}</b> · {at} · {attempts}×\n{error}")
DEAD_JOB = Text(
    "☠️ <b>{actor}</b>\nGagal: {at}, setelah {attempts} percobaan\nJejak: <code>{trace}</code>\n\n"
    "<code>{error}</code>"
)
TRIED_AGAIN = Text("Pekerjaan itu dijalankan lagi.")
DEALT_WITH = Text("Pekerjaan itu sudah ditangani.")

TRANSFER = Text(
    "💸 <b>Transfer {amount}</b> ke saldo {name} (<code>{id}</code>)?\n\nSekarang: {before}\n"
    "Menjadi: <b>{after}</b>"
)
TRANSFERRED = Text(
    "✅ <b>{amount}</b> masuk ke saldo {name} (<code>{id}</code>).\nSaldo: {before} → <b>{after}</b>"
)
EDIT_BALANCE = Text(
    "✏️ <b>Ubah saldo {name}</b> (<code>{id}</code>)?\n\nSekarang: {before}\nMenjadi: <b>{after}</b>"
)
EDITED = Text("✅ Saldo {name} (<code>{id}</code>) diubah: {before} → <b>{after}</b>")
EDITED_BEFORE = Text("Perubahan ini sudah dilakukan.")
SAME_BALANCE = Text("Saldo {name} memang {balance}.")
BALANCE_MOVED = Text("Saldonya baru saja berubah. Periksa lagi, ya.")
NOT_EDITED = Text("Saldo tidak diubah.")

FORMULA = Text(
    "🧮 <b>Faktor refund</b>{changed}\n\nDipakai kurang dari 7 hari: {new}\n"
    "Dipakai 7 hari atau lebih: {used}\n"
    "Setelah 1-2 klaim: {claimed}\nSetelah 3 klaim: {claimed_3}\nLebih dari 3 klaim: {claimed_more}\n\n"
    "<i>Refund = harga × (30 − hari dipakai)/30 × faktor</i>"
)
FORMULA_CHANGED = Text(" diubah")
FORMULA_HINT = Text("{formula}\n\n{format}")

GIVEAWAY_QUESTION = Text(
    "🎟 <b>Buat {count} voucher {amount}</b>?\n\nSemuanya senilai {total}, berlaku {days} hari. "
    "Kodenya kukirim ke kamu dulu; diumumkan atau tidak, kutanyakan sesudahnya."
)
GIVEAWAY_MADE = Text("Voucher ini sudah dibuat.")
GIVEAWAY_DROPPED = Text("Voucher tidak jadi dibuat.")
GIVEAWAY = Text(
    "🎟 <b>{count} voucher {amount}</b>, berlaku sampai {until}\n\n{codes}\n\n"
    "Konfirmasi untuk mengumumkannya ke semua pengguna menyusul di bawah."
)
CODE = Text("<code>{code}</code>")
#: What every user reads.
GIVEAWAY_NEWS = Text(
    "🎉 <b>Giveaway!</b>\n\n{count} voucher senilai <b>{amount}</b>, siapa cepat dia dapat:\n\n{codes}\n\n"
    "Pakai lewat <b>Gunakan Voucher</b> saat checkout, satu voucher satu pesanan. "
    "Berlaku sampai {until}."
)
