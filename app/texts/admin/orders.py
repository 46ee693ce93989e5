"""`/order` and `/pending`: an order as staff see it."""

from app.texts.html import Text
from models import Order, Payment

ORDER = Text(
    "🧾 <b>{invoice}</b>\n{state}\n{failed}\n👤 {buyer}\n🏷 {name}\n🔢 {quantity} × {price}\n{discount}"
    "💰 Total: <b>{total}</b> · {method}\n{payment}{contradiction}{claims}\n{story}"
)
#: Why it does not go on, and the words for a paid order of which that is so.
FAILED = Text("⚠️ <b>{what}</b> Gagal {at}, setelah {attempts} percobaan: <code>{error}</code>\n")
NOT_SENT = "dibayar, belum terkirim"
PAYMENT = Text("🏦 Pakasir: {state}{txn}\n")
TXN = Text(" · <code>{txn_id}</code>")
CONTRADICTION = Text("{text}\n")
CLAIMS = Text("🛡 Klaim garansi: {claims}\n")
#: What happened, day by day.
DAY, MOMENT = Text("📅 <b>{day}</b>"), Text("{at} · {what}")
BECAUSE = Text("{what} ({why})")
EARLIER = Text("… dan {count} sebelumnya")

PAYMENT_STATES = {
    Payment.OPENING: "QR sedang dibuat",
    Payment.OPEN: "belum dibayar",
    Payment.COMPLETED: "dibayar",
    Payment.CANCELED: "dibatalkan",
    Payment.REFUSED: "ditolak",
    Payment.LAPSED: "tidak dipantau lagi",
}
#: What app/sales/history.py names, some by how it came about: `action:reason`. Anything else is told by
#: MOMENTS. `{who}` did it; the other gaps are the order's, or the moment's own facts.
STORY = {
    "order.placed": Text("{buyer} memesan {quantity} × {name}, {total}"),
    f"order.placed:{Order.DEPOSIT}": Text("{buyer} mau deposit {total}"),
    "order.paid": Text("Dibayar {paid}"),
    f"order.paid:{Order.BALANCE}": Text("Dibayar {total} dari saldo"),
    "order.paid:voucher": Text("Gratis dengan voucher"),
    f"order.paid:{Order.LATE}": Text("Dibayar {paid}, tapi terlambat"),
    "order.delivered": Text("Produk sudah di chat {buyer}"),
    "order.expired": Text("Waktu bayar habis, pesanan ditutup"),
    "order.canceled": Text("{who} membatalkan pesanan"),
    f"order.canceled:{Order.NO_QR}": Text("Pesanan dibatalkan: QRIS tidak bisa dibuat"),
    "order.credited": Text("{who} mengembalikan {total} ke saldo {buyer}"),
    f"order.credited:{Order.LATE}": Text("Dibayar terlambat, {total} masuk saldo {buyer}"),
    f"order.credited:{Order.DEPOSIT}": Text("Dibayar {paid}, {total} masuk saldo {buyer}"),
    "order.redelivered": Text("{who} mengirim produknya sekali lagi"),
    "order.redelivered:buyer": Text("{buyer} meminta produknya sekali lagi"),
    "order.claimed": Text("Klaim garansi ke-{claims}"),
    "payment.opened": Text("QRIS dibuat, dengan biaya jadi {qr_total}"),
    "payment.completed": Text("Pakasir menerima pembayarannya"),
    "payment.canceled": Text("QRIS dibatalkan di Pakasir"),
    "payment.lapsed": Text("Pembayarannya tidak ditanyakan ke Pakasir lagi"),
    "payment.contradicted": Text("Pakasir menyebut hal lain: {differs}"),
    "payment.agreed": Text("Pakasir memastikan pembayarannya"),
    "payment.accepted": Text("{who} menerima pembayaran yang berbeda"),
    "payment.refused": Text("{who} menolak pembayaran yang berbeda"),
    "payment.refused:gateway": Text("QRIS tidak jadi dibuat"),
    "payment.reopened": Text("Pakasir menarik pembatalannya"),
    "goods.sending": Text("Produk sedang dikirim"),
    "goods.sent": Text("Produk terkirim ke {buyer}"),
    "goods.sent:many": Text("Produk terkirim ke {buyer} dalam {messages} pesan"),
    "goods.unknown": Text("Produk dikirim, belum pasti sampai"),
    "goods.viewed": Text("{buyer} membuka produknya"),
    "goods.risked": Text("Dana dikembalikan walau produk mungkin sudah sampai"),
    "balance.changed:refund": Text("{who} mengembalikan {amount} ke saldo {buyer}"),
    "balance.changed:excess": Text("Kelebihan {amount} masuk saldo {buyer}"),
    "voucher.reserved": Text("Voucher dipakai"),
    "voucher.freed": Text("Voucher bisa dipakai lagi"),
}
#: Who is no person of the shop's, or is not known any more.
SYSTEM, OPERATOR, SOMEBODY = "Sistem", "Operator", "Admin"

#: The same in a word or two, for lists of events. Anything else is shown by its own name.
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
    "order.rated": "dinilai pembeli",
    "order.reviewed": "testimoni ditulis",
    "order.rating_hidden": "testimoni disembunyikan",
    "order.rating_shown": "testimoni ditampilkan lagi",
    "order.claim_opened": "klaim garansi masuk",
    "order.claim_replaced": "klaim dijawab: item diganti",
    "order.claim_refunded": "klaim dijawab: dana dikembalikan",
    "order.claim_refused": "klaim ditolak",
    "order.claim_dropped": "klaim ditutup",
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
#: Facts worth reading, by the names that app/sales/history.py gives them; rupiah, then the others.
AMOUNTS = {"total": "total", "fee": "biaya", "amount": "sebesar", "balance": "saldo jadi"}
FACTS_SHOWN = {
    "reason": "",
    "note": "catatan:",
    "stars": "bintang:",
    "part": "bagian",
    "differs": "beda:",
}
REASONS = {
    Order.BY_BUYER: "oleh pembeli",
    Order.DEADLINE: "batas waktu",
    Order.NO_QR: "gateway terganggu",
    Order.BY_OPERATOR: "oleh admin",
    Order.LATE: "terlambat",
    "deposit": "deposit",
    "payment": "pembelian",
    "excess": "kelebihan bayar",
    "credit": "dana kembali",
    "refund": "refund",
    "warranty": "garansi",
}

RESEND = Text(
    "🔁 <b>Kirim ulang {invoice}</b>\n\n<b>Hanya Kirim Lagi</b> kalau {buyer} kehilangan pesannya: {name} "
    "yang sama dikirim sekali lagi, dan itu bukan klaim garansi.\n\nProduknya bermasalah? Buka "
    "<b>{claim}</b> untuk menggantinya, atau kembalikan dananya lewat <b>{give_back}</b>."
)
CANCELED = Text("Pesanan {invoice} dibatalkan dan pembelinya diberi tahu.")
RESENDING = Text("Produknya sedang dikirim ulang.")
RESENDING_ALREADY = Text("Pengiriman ulang sudah berjalan.")
NOTHING_TO_SEND = Text("Pesanan ini tidak punya produk untuk dikirim.")
MOVED_ON = Text("Pesanan ini sudah berubah. Periksa lagi, ya.")
ASKING = Text("Gateway sedang ditanya. Tekan Muat Ulang sebentar lagi.")
NOT_AT_GATEWAY = Text("Pesanan ini tidak dibayar lewat gateway.")

PENDING = Text("⏳ <b>Menunggu pembayaran: {count}</b>\nTekan pesanan untuk rinciannya.")
NO_PENDING = Text("⏳ Tidak ada pesanan yang menunggu pembayaran.")
