"""`/order` and `/pending`: an order as staff see it."""

from app.texts.html import Label, Text
from models import Order, Payment

ORDER = Text(
    "🧾 <b>{invoice}</b>\n{state}\n{arrival}{failed}\n👤 {buyer}\n🏷 {name}\n🔢 {quantity} × {price}\n"
    "{discount}💰 Total: <b>{total}</b> · {method}\n{payment}{contradiction}{claims}\n{story}"
)
#: Whether the goods are there, and if not, why.
ARRIVAL = Text("{told}\n")
#: Why it does not go on, and the words for a paid order of which that is so.
FAILED = Text("⚠️ <b>{what}</b> Gagal {at}, setelah {attempts} percobaan: {cause}.\n")
NOT_SENT = Label("dibayar, belum terkirim")
PAYMENT = Text("🏦 Pakasir: {state}{txn}\n")
TXN = Text(" · <code>{txn_id}</code>")
CONTRADICTION = Text("{text}\n")
CLAIMS = Text("🛡 Klaim garansi: {claims}\n")
#: What happened, day by day.
DAY, MOMENT = Text("📅 <b>{day}</b>"), Text("{at} · {what}")
BECAUSE = Text("{what} ({why})")
EARLIER = Text("… dan {count} sebelumnya")

PAYMENT_STATES = {
    Payment.OPENING: Label("QR sedang dibuat"),
    Payment.OPEN: Label("belum dibayar"),
    Payment.COMPLETED: Label("dibayar"),
    Payment.CANCELED: Label("dibatalkan"),
    Payment.REFUSED: Label("ditolak"),
    Payment.LAPSED: Label("tidak dipantau lagi"),
}
#: Of a payment whose contradiction waits for a verdict.
CONTRADICTED = Label("tidak cocok dengan pesanan")
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
SYSTEM, OPERATOR, SOMEBODY = Label("Sistem"), Label("Operator"), Label("Admin")

#: The same in a word or two, for lists of events. Anything else is shown by its own name.
MOMENTS = {
    "order.placed": Label("dibuat"),
    "order.paid": Label("dibayar"),
    "order.delivered": Label("produk terkirim"),
    "order.expired": Label("kedaluwarsa"),
    "order.canceled": Label("dibatalkan"),
    "order.credited": Label("dana masuk saldo"),
    "order.refunded": Label("dana dikembalikan"),
    "order.redelivered": Label("dikirim ulang"),
    "order.claimed": Label("klaim garansi"),
    "order.rated": Label("dinilai pembeli"),
    "order.reviewed": Label("testimoni ditulis"),
    "order.rating_hidden": Label("testimoni disembunyikan"),
    "order.rating_shown": Label("testimoni ditampilkan lagi"),
    "order.claim_opened": Label("klaim garansi masuk"),
    "order.claim_replaced": Label("klaim dijawab: item diganti"),
    "order.claim_refunded": Label("klaim dijawab: dana dikembalikan"),
    "order.claim_refused": Label("klaim ditolak"),
    "order.claim_dropped": Label("klaim ditutup"),
    "payment.opened": Label("QR dibuat"),
    "payment.completed": Label("pembayaran diterima Pakasir"),
    "payment.canceled": Label("QR dibatalkan di Pakasir"),
    "payment.lapsed": Label("pemantauan pembayaran selesai"),
    "payment.contradicted": Label("Pakasir menyebut hal lain"),
    "payment.agreed": Label("Pakasir memastikan pembayaran"),
    "payment.accepted": Label("pembayaran diterima admin"),
    "payment.refused": Label("pembayaran ditolak admin"),
    "payment.reopened": Label("pembatalan ditarik Pakasir"),
    "goods.sending": Label("produk sedang dikirim"),
    "goods.sent": Label("pesan produk terkirim"),
    "goods.unknown": Label("pesan produk belum pasti terkirim"),
    "goods.viewed": Label("produk dibuka pembeli"),
    "goods.risked": Label("dana dikembalikan walau produk mungkin sudah sampai"),
    "balance.changed": Label("saldo berubah"),
    "voucher.reserved": Label("voucher dipakai"),
    "voucher.spent": Label("voucher habis terpakai"),
    "voucher.freed": Label("voucher bebas lagi"),
}
#: Facts worth reading, by the names that app/sales/history.py gives them; rupiah, then the others.
AMOUNTS = {
    "total": Label("total"),
    "fee": Label("biaya"),
    "amount": Label("sebesar"),
    "balance": Label("saldo jadi"),
}
FACTS_SHOWN = {
    "reason": Label("karena:"),
    "note": Label("catatan:"),
    "stars": Label("bintang:"),
    "differs": Label("beda:"),
}
REASONS = {
    Order.BY_BUYER: Label("oleh pembeli"),
    Order.DEADLINE: Label("batas waktu"),
    Order.NO_QR: Label("Pakasir terganggu"),
    Order.BY_OPERATOR: Label("oleh admin"),
    Order.LATE: Label("terlambat"),
    "deposit": Label("deposit"),
    "payment": Label("pembelian"),
    "excess": Label("kelebihan bayar"),
    "credit": Label("dana kembali"),
    "refund": Label("refund"),
    "warranty": Label("garansi"),
    "transfer": Label("diisi admin"),
    "editbalance": Label("diatur admin"),
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
ASKING = Text("Sedang dicek ke Pakasir. Tekan Muat Ulang sebentar lagi.")
NOT_AT_GATEWAY = Text("Pesanan ini tidak dibayar lewat QRIS.")

PENDING = Text("⏳ <b>Menunggu pembayaran: {count}</b>\nTekan pesanan untuk rinciannya.")
NO_PENDING = Text("⏳ Tidak ada pesanan yang menunggu pembayaran.")
