"""What staff are told without having asked; and some of it others as well."""

from app.texts.html import Label, Text

ORDER_NEW = Text("🛒 <b>Pesanan baru</b>\n\n{order}")
ORDER_LATE = Text("⏰ <b>Pembayaran terlambat, tetap dikirim</b>\n\n{order}")
ORDER_LATE_CREDITED = Text("⏰ <b>Pembayaran terlambat, masuk saldo pembeli</b>\n\n{order}")
DEPOSIT_NEW = Text("💰 <b>Deposit masuk</b>\n\n{order}")
PAYMENT_MISMATCH = Text(
    "🚨 <b>Pembayaran tidak cocok dengan pesanan</b>\n\n{order}\n\n{contradiction}\n\n"
    "Tidak ada yang dibukukan. Periksa di dasbor Pakasir, lalu <b>Terima</b> atau <b>Tolak</b>."
)
OPS_LOGIN = Text(
    "🔐 <b>Kamu masuk ke halaman operator</b>\n\n{at}, dari alamat <code>{address}</code>.\n"
    "Bukan kamu? Tekan <b>Akhiri Sesi</b> sekarang, lalu ganti OPS_PASSWORD di server."
)
OPS_LOCKED = Text(
    "🔒 <b>Halaman operator dikunci 15 menit</b>\n\n{count} kali kata sandi salah, terakhir dari alamat "
    "<code>{address}</code>. Bukan kamu atau admin lain? Ganti OPS_PASSWORD di server."
)
PAYMENT_LAPSED = Text(
    "⏱ <b>Pembayaran tidak dipantau lagi</b>\n\n{order}\n\nDua hari penuh Pakasir tidak memastikan bahwa QR "
    "pesanan ini dibatalkan. Periksa di dasbor Pakasir apakah pembayarannya masuk."
)
BUYER_UNREACHABLE = Text(
    "📵 <b>Pembeli tidak bisa dihubungi</b>\n\n{order}\n\nProduknya dikirim begitu dia menulis lagi."
)
#: What failed, by the actor.
FAILED = {
    "deliver_order": Label("Produk belum terkirim ke pembeli."),
    "settle_payment": Label("Pembayaran yang masuk belum bisa dibukukan."),
    "check_payment": Label("Pembayaran belum bisa dicek."),
    "open_payment": Label("QRIS belum bisa dibuat."),
    "send_qr": Label("QRIS belum sampai ke pembeli."),
    "expire_order": Label("Pesanan yang lewat waktu belum bisa ditutup."),
    "cancel_payment": Label("Pembayaran belum bisa dibatalkan di Pakasir."),
    "show_paid": Label("Kabar lunas belum sampai ke pembeli."),
    "show_closed": Label("Kabar pesanan ditutup belum sampai ke pembeli."),
    "send_notice": Label("Sebuah pemberitahuan tidak terkirim."),
    "handle_update": Label("Sebuah pesan atau tombol belum bisa dijawab."),
    "add_stock_file": Label("Berkas stok belum bisa dimasukkan."),
    "add_stock_batch": Label("Stok belum selesai ditambahkan."),
    "(unreadable)": Label("Sesuatu di antrean tidak bisa dibaca."),
    "send_broadcast": Label("Sebuah siaran berhenti."),
    "list_recipients": Label("Penerima siaran belum selesai didaftar."),
    "show_broadcast": Label("Kabar siaran belum diperbarui."),
    "show_checked": Label("Hasil cek pembayaran belum sampai ke pembeli."),
    "forward_message": Label("Pesan pelanggan belum sampai ke admin."),
    "forward_copy": Label("Pesan pelanggan belum sampai ke admin."),
    "send_answer": Label("Jawaban admin belum sampai ke pelanggan."),
    "send_pm": Label("Pesan admin belum sampai ke orangnya."),
    "send_stats": Label("Gambar statistik belum terkirim."),
    "send_export": Label("Berkas ekspor belum terkirim."),
    "export_stock": Label("Berkas stok belum terkirim."),
    "send_my_data": Label("Data seorang pembeli belum terkirim kepadanya."),
    "tell_waiters": Label("Yang menunggu stok belum diberi tahu."),
    "tell_alert": Label("Sebuah peringatan belum sampai."),
    "delete_message": Label("Sebuah pesan belum terhapus."),
    "look_at_group": Label("Sebuah grup belum bisa diperiksa."),
    "look_at_stray": Label("Pembayaran tanpa pesanan belum bisa dicek."),
    "publish_commands": Label("Daftar perintah bot belum diperbarui."),
    "offer_commands": Label("Daftar perintah seseorang belum diperbarui."),
    "describe_bot": Label("Keterangan bot belum diperbarui."),
    "quote_fee": Label("Biaya QRIS belum bisa ditanyakan."),
    "make_backup": Label("Cadangan belum dibuat."),
    "drill_backup": Label("Uji pemulihan cadangan belum selesai."),
    "prove_audit": Label("Catatan audit belum diperiksa."),
    "verify_shop": Label("Toko belum diperiksa."),
    "run_doctor": Label("Pengaturan belum diperiksa."),
    "ask_contact": Label("Kontak seorang pembeli belum ditanyakan."),
    "show_slow": Label("Kabar bahwa QRIS-nya lama belum sampai ke pembeli."),
    "report_expired": Label("Kabar pesanan kedaluwarsa belum terkirim."),
    "report_failures": Label("Kabar tentang yang gagal belum terkirim."),
    "head_answer": Label("Pengantar jawaban admin belum sampai ke pelanggan."),
    "look_at_channel": Label("Channel testimoni belum bisa diperiksa."),
    "try_channel": Label("Channel testimoni belum bisa dicoba."),
    "post_testimonial": Label("Sebuah testimoni belum terpasang."),
}
FAILED_OTHERWISE = Text("Gagal diproses: {actor}.")
JOBS_FAILED = Text(
    "🚨 <b>{what}</b>\n\n{orders}Sebabnya: {cause}.\n{count}\nBereskan sebabnya dulu, lalu tekan Coba Lagi."
)
FAILED_COUNT = Text("Yang menunggu penanganan: {count}\n")
FAILED_DONE = Text("✅ Yang gagal tadi sudah ditangani.")
FILE_LOST = Text(
    "📎 <b>Berkas produk tidak bisa dikirim lagi</b>\n\nTelegram menolak berkas <b>{number}</b> · {name}, "
    "jadi produknya tidak dijual dulu. Tekan Kirim Berkas (atau pakai keterangan "
    "<code>/addfile {number}|tanpa batas</code>) dan kirim berkasnya lagi, lalu "
    "tekan Kirim Ulang di pesanan yang tertahan."
)
PHOTO_LOST = Text(
    "🖼 <b>Foto produk tidak bisa dipakai lagi</b>\n\nTelegram menolak foto <b>{number}</b> · {name}, "
    "jadi produknya sekarang tampil tanpa foto. Tekan Kirim Foto, atau kirim fotonya "
    "dengan keterangan <code>/photo {number}</code>."
)
GOODS_LOCKED = Text(
    "🚨 <b>Stok tidak bisa dibuka</b>\n\nProduk <b>{number}</b> · {name} tidak bisa dijual: isinya "
    "tidak terbuka dengan kunci yang terpasang. Periksa STOCK_ENCRYPTION_KEY di server. Kalau kuncinya "
    "memang hilang, cari item yang rusak dengan <code>/exportstock {number}</code>, hapus dengan /delstock."
)
ORDERS_EXPIRED = Text("⌛ <b>{count} pesanan kedaluwarsa</b>\n\n{orders}{more}")
EXPIRED_LINE = Text("• <code>{invoice}</code> · {name} · {total}")
MORE = Text("\n… dan {count} lagi")
ORDER = Text(
    "🧾 <code>{invoice}</code>\n👤 {buyer} (<code>{buyer_id}</code>)\n🏷 {name}\n🔢 {quantity} × {price}\n"
    "💰 {total} · {method}"
)

STOCK_LOW = Text("📉 <b>Stok menipis</b>\n\n<b>{product_id}</b> · {name}: sisa <b>{left}</b>")
STOCK_OUT = Text(
    "📭 <b>Stok habis</b>\n\n<b>{product_id}</b> · {name}\nIsi lagi: <code>/addstock {product_id}|…</code>"
)

#: What people are told about themselves.
PROMOTED = {
    "admin": Text(
        "⭐ <b>Kamu sekarang admin toko ini.</b>\n\nPerintah admin ada di menu, dan pemberitahuan toko "
        "masuk ke chat ini."
    ),
    "reseller": Text("🤝 <b>Kamu sekarang reseller!</b>\n\nHarga reseller langsung berlaku untukmu."),
}
#: What became of a message: by what it was, and how it ended.
OUTCOMES = {
    ("pm", "sent"): Text("✅ Pesan untuk {who} sudah sampai."),
    ("pm", "blocked"): Text("📵 Pesan tidak sampai: {who} memblokir bot atau menghapus akunnya."),
    ("pm", "failed"): Text("⚠️ Telegram menolak pesan untuk {who}."),
    ("answer", "blocked"): Text("📵 Jawabanmu tidak sampai: {who} memblokir bot atau menghapus akunnya."),
    ("answer", "failed"): Text(
        "⚠️ Jawabanmu untuk {who} ditolak Telegram, atau sudah kamu hapus. Kirim lagi, ya."
    ),
}

#: To be found again by scrolling: whoever changes the audit cannot change what was told.
AUDIT_HEAD = Text(
    "🧾 <b>Catatan audit utuh</b>\n\nSampai baris <b>{seq}</b>:\n<code>{hash}</code>\n\n"
    "Simpan pesan ini. Untuk mencocokkannya nanti:\n<code>audit verify --at {seq} --hash {hash}</code>"
)
AUDIT_BROKEN = Text(
    "🔴 <b>Catatan audit tidak utuh lagi</b>\n\nMulai baris <b>{row}</b> ada yang diubah, dihapus, atau "
    "disisipkan di database audit. Toko tetap berjalan.\n\nYang perlu dilakukan: jangan hapus apa pun, "
    "periksa siapa yang bisa masuk ke database itu, lalu jalankan <code>audit verify</code>."
)

GROUP_ADDED = Text("🔔 Grup ini sekarang mendapat pemberitahuan toko.")
GROUP_LOST = Text(
    "🔕 {group} tidak bisa dikirimi lagi (bot dikeluarkan atau dibatasi), jadi dihapus dari daftar. "
    "Undang botnya kembali, lalu kirim /whitelist di sana."
)
