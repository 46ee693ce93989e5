"""The audit as operators look through it: what happened, to what, and by whom."""

from app.texts.html import Text

TITLE = Text("Catatan audit")
EVENTS, UPKEEP = Text("Catatan"), Text("Cadangan & pemeriksaan")
ENTITY_LABEL, ACTOR_LABEL = Text("Tentang apa"), Text("Oleh siapa")
ENTITY_HINT, ACTOR_HINT = Text("TRX…, @pembeli, ID, product:101"), Text("@admin, ID, atau sistem")
SEARCH, ALL = Text("Cari"), Text("Semua")
HEAD = Text("Rantai audit: baris <b>{seq}</b>, diperiksa sampai <b>{proved}</b>")
HEAD_UNPROVED = Text("Rantai audit: baris <b>{seq}</b>, belum diperiksa")
HASH = Text("<code>{hash}</code>")
NO_HEAD = Text("Belum ada catatan yang sampai ke database audit.")
AWAY = Text(
    "Database audit belum bisa dihubungi, jadi yang tampil hanya catatan yang belum terkirim ke sana. Tidak "
    "ada yang hilang. Muat ulang sebentar lagi."
)
NOTHING = Text(
    "Tidak ada catatan yang cocok. Tulis nomor pesanan (TRX…), ID atau @nama pengguna, atau product:101 "
    "untuk sebuah produk."
)
NOBODY = Text(
    "<b>{named}</b> tidak dikenal. Tulis ID Telegram atau @nama, atau <b>sistem</b> untuk yang berjalan "
    "sendiri."
)
EMPTY = Text("Belum ada catatan.")
AT, WHAT, ABOUT, BY = Text("Waktu"), Text("Yang terjadi"), Text("Tentang"), Text("Oleh")
#: Who did it, where that was no person: by the name in the event.
ACTORS = {"system": Text("sistem"), "ops": Text("baris perintah")}
WAITING = Text("belum terkirim")

#: Of what an event tells: by the part before the colon of its entity.
ENTITIES = {
    "order": Text("pesanan {id}"),
    "user": Text("pengguna {id}"),
    "product": Text("produk {id}"),
    "payment": Text("pembayaran {id}"),
    "stray": Text("pembayaran tanpa pesanan {id}"),
    "alert": Text("peringatan {id}"),
    "broadcast": Text("siaran {id}"),
    "category": Text("kategori {id}"),
    "group": Text("grup {id}"),
    "setting": Text("pengaturan {id}"),
    "shop": Text("toko"),
    "audit": Text("catatan audit"),
}
#: By the action; more about orders and payments is in texts/admin/orders.py.
ACTIONS = {
    "alert.muted": Text("peringatan dibisukan"),
    "audit.lost_accepted": Text("catatan yang hilang sudah ditangani"),
    "backup.asked": Text("cadangan diminta"),
    "backup.drilled": Text("pemulihan diuji"),
    "backup.made": Text("cadangan dibuat"),
    "bot.changed": Text("bot toko diganti"),
    "broadcast.done": Text("siaran selesai"),
    "broadcast.drafted": Text("siaran disiapkan"),
    "broadcast.extended": Text("gambar siaran ditambah"),
    "broadcast.paused": Text("siaran dijeda"),
    "broadcast.queued": Text("siaran dikirim"),
    "broadcast.running": Text("siaran berjalan"),
    "broadcast.stopped": Text("siaran dihentikan"),
    "category.discounted": Text("diskon kategori diubah"),
    "channel.chosen": Text("kanal testimoni dipilih"),
    "channel.lost": Text("kanal testimoni tidak bisa dikirimi"),
    "channel.removed": Text("kanal testimoni dilepas"),
    "doctor.asked": Text("pemeriksaan pengaturan diminta"),
    "doctor.done": Text("pengaturan diperiksa"),
    "drill.asked": Text("uji pemulihan diminta"),
    "goods.call": Text("produk dikirim lewat Telegram"),
    "group.added": Text("grup ditambahkan"),
    "group.lost": Text("grup tidak bisa dikirimi"),
    "group.moved": Text("grup pindah"),
    "group.removed": Text("grup dihapus"),
    "group.topic_chosen": Text("topik grup dipilih"),
    "job.discarded": Text("satu yang gagal dibuang"),
    "job.retried": Text("satu yang gagal diulang"),
    "jobs.discarded": Text("yang gagal dibuang"),
    "jobs.hastened": Text("antrean dipercepat"),
    "jobs.retried": Text("yang gagal diulang"),
    "keys.abandoned": Text("kunci stok ditinggalkan"),
    "keys.rotated": Text("kunci stok diganti"),
    "ops.locked": Text("halaman operator dikunci"),
    "ops.logged_in": Text("masuk ke halaman operator"),
    "ops.logged_out": Text("keluar dari halaman operator"),
    "payment.agreed": Text("Pakasir memastikan pembayaran"),
    "payment.call": Text("Pakasir dihubungi"),
    "payment.canceled": Text("QR dibatalkan di Pakasir"),
    "payment.completed": Text("pembayaran diterima"),
    "payment.contradicted": Text("Pakasir menyebut hal lain"),
    "payment.reopened": Text("pembatalan ditarik Pakasir"),
    "product.added": Text("produk ditambahkan"),
    "product.changed": Text("produk diubah"),
    "product.renumbered": Text("nomor produk diganti"),
    "product.retired": Text("produk dihapus"),
    "product.returned": Text("produk dijual lagi"),
    "refunds.factors_changed": Text("rumus refund diubah"),
    "sales.exported": Text("laporan bulanan diminta"),
    "shop.low_stock": Text("batas stok menipis diubah"),
    "shop.maintenance": Text("mode tutup diubah"),
    "stock.added": Text("stok ditambahkan"),
    "stock.exported": Text("stok diekspor"),
    "stock.locked": Text("stok tidak bisa dibuka"),
    "stock.removed": Text("stok dihapus"),
    "stock.replaced": Text("stok diganti"),
    "stock.shared": Text("berkas untuk semua dipasang"),
    "stock.unlocked": Text("stok bisa dibuka lagi"),
    "stock_batch.adding": Text("penambahan stok dimulai"),
    "stock_batch.asked": Text("penambahan stok ditanyakan"),
    "stock_batch.done": Text("penambahan stok selesai"),
    "stock_batch.dropped": Text("penambahan stok dibatalkan"),
    "stock_batch.undone": Text("stok yang ditambahkan ditarik lagi"),
    "stray.answered": Text("Pakasir ditanya soal pembayaran tanpa pesanan"),
    "stray.credited": Text("pembayaran tanpa pesanan masuk saldo"),
    "stray.dismissed": Text("pembayaran tanpa pesanan selesai"),
    "stray.found": Text("pembayaran tanpa pesanan ditemukan"),
    "user.admin_added": Text("admin ditambahkan"),
    "user.admin_removed": Text("admin dihapus"),
    "user.banned": Text("pengguna diblokir"),
    "user.came_back": Text("pengguna kembali"),
    "user.exported": Text("data pengguna diminta"),
    "user.forgotten": Text("data pengguna dihapus"),
    "user.language": Text("bahasa pengguna diganti"),
    "user.reseller_added": Text("reseller ditambahkan"),
    "user.reseller_removed": Text("reseller dihapus"),
    "user.unbanned": Text("blokir pengguna dibuka"),
    "verify.asked": Text("pemeriksaan toko diminta"),
    "verify.done": Text("toko diperiksa"),
    "vouchers.created": Text("voucher dibuat"),
    "words.changed": Text("kalimat toko diubah"),
}
#: What came of something, in the words that its service has for it.
OUTCOMES = {
    "ok": Text("berhasil"),
    "failed": Text("gagal"),
    "impossible": Text("belum bisa"),
    "asked": Text("dimulai"),
    "under_way": Text("sudah berjalan"),
    "not_set_up": Text("belum disetel"),
    # Of a call: the classes of app/errors.py.
    "clienterror": Text("gagal"),
    "unreachable": Text("tidak bisa dihubungi"),
    "silent": Text("tidak menjawab"),
    "maybesent": Text("belum pasti terkirim"),
    "doubtful": Text("belum pasti"),
    "maybedelivered": Text("belum pasti terkirim"),
    "turnedaway": Text("sedang tidak dilayani"),
    "flood": Text("terlalu cepat"),
    "noroom": Text("menunggu giliran"),
    "slowmode": Text("grup sedang dalam mode lambat"),
    "notfound": Text("tidak ditemukan"),
    "malformed": Text("jawabannya tidak terbaca"),
    "refused": Text("ditolak"),
    "deadfile": Text("berkasnya sudah tidak ada"),
    "topicgone": Text("topiknya sudah tidak ada"),
    "blocked": Text("bot diblokir"),
    "chatmoved": Text("chat sudah pindah"),
}
#: What was asked of Pakasir or Telegram.
CALLS = {
    "create": Text("membuat QR"),
    "status": Text("menanyakan pembayaran"),
    "cancel": Text("membatalkan QR"),
    "sendMessage": Text("pesan teks"),
    "sendDocument": Text("berkas"),
    "sendSticker": Text("stiker"),
}
#: Facts worth reading besides those of orders, by their names.
FACTS = {
    "count": Text("sebanyak {value}"),
    "price": Text("harga {value}"),
    "month": Text("bulan {value}"),
    "call": Text("{value}"),
    "outcome": Text("{value}"),
    "breaches": Text("tidak cocok {value}"),
    "problems": Text("masalah {value}"),
    "user": Text("pengguna {value}"),
    "ms": Text("{value} ms"),
}
