"""Why something was not done. Read as toasts (under 200 characters, no markup) and as messages."""

from app.texts.html import Label, Text
from models import Claim, Contradiction

VOUCHER_UNKNOWN = Text("Kode voucher {named} tidak dikenal. Periksa lagi tulisannya, ya.")
VOUCHER_USED = Text("Voucher itu sudah dipakai.")
VOUCHER_EXPIRED = Text("Voucher itu sudah lewat masa berlakunya.")
VOUCHER_PAUSED = Text("Kamu baru saja memakai voucher. Voucher berikutnya bisa dipakai mulai {until}.")

RATED_BEFORE = Text("Pesanan ini sudah kamu nilai: {stars} dari 5 bintang. Terima kasih, ya!")
NOT_DELIVERED = Text("Pesanan ini bisa dinilai setelah produknya kamu terima. Sekarang: {state}.")
REFUNDED_UNRATED = Text("Dana pesanan ini sudah dikembalikan, jadi tidak bisa dinilai.")

#: Why an item cannot be claimed, and what to do instead.
NOT_CLAIMABLE = {
    "deposit": Text("Deposit tidak punya garansi. Ada yang keliru? Tulis lewat KIRIM PESAN."),
    "undelivered": Text(
        "Produk pesanan ini belum terkirim, jadi belum bisa diklaim. Tunggu produknya dulu, ya."
    ),
    "credited": Text(
        "Dana pesanan ini sudah masuk ke saldo, jadi tidak ada yang bisa diklaim. "
        "Saldonya bisa dipakai membeli lagi."
    ),
    "refunded": Text(
        "Dana pesanan ini sudah dikembalikan, jadi garansinya selesai. Saldonya bisa dipakai membeli lagi."
    ),
    "free": Text("Pesanan gratis tidak bergaransi. Butuh bantuan? Tulis lewat KIRIM PESAN."),
    "unlimited": Text(
        "Berkas ini sama untuk semua pembeli, jadi tidak bergaransi. Buka lagi lewat Lihat Produk, "
        "atau tulis lewat KIRIM PESAN."
    ),
    "none": Text("Pesanan ini dijual tanpa garansi. Ada masalah? Tulis lewat KIRIM PESAN."),
    "ended": Text("Garansi pesanan ini habis pada {until}. Masih ada masalah? Tulis lewat KIRIM PESAN."),
    "limit": Text(
        "Pesanan ini sudah {most} kali diklaim, itu batasnya. Masih ada masalah? Tulis lewat KIRIM PESAN."
    ),
    "claim_open": Text("Item ini sudah diklaim dan sedang diperiksa penjual. Tunggu kabarnya di sini, ya."),
    "claim_replaced": Text("Item ini sudah diganti. Penggantinya bermasalah juga? Klaim penggantinya, ya."),
    "claim_refunded": Text(
        "Dana item ini sudah dikembalikan ke saldo, jadi garansinya selesai. "
        "Saldonya bisa dipakai membeli lagi."
    ),
    "claim_refused": Text(
        "Klaim item ini sudah dijawab dan ditolak. Tidak setuju? Jelaskan lewat KIRIM PESAN, ya."
    ),
}
CLAIM_ANSWERED = {
    Claim.REPLACED: Text("Klaim ini sudah dijawab: item diganti."),
    Claim.REFUNDED: Text("Klaim ini sudah dijawab: dana dikembalikan."),
    Claim.REFUSED: Text("Klaim ini sudah dijawab: ditolak."),
    Claim.DROPPED: Text("Klaim ini sudah ditutup, jadi tidak perlu dijawab lagi."),
}
STRAY_ENDED = Text("Pembayaran ini sudah ditangani.")

NOTHING_TO_DECIDE = Text("Tidak ada pembayaran yang perlu diputuskan di pesanan ini.")
DECIDED_BEFORE = {
    Contradiction.ACCEPTED: Text("Pembayaran ini sudah diterima."),
    Contradiction.REFUSED: Text("Pembayaran ini sudah ditolak."),
    Contradiction.AGREED: Text(
        "Pakasir sudah memastikan pembayaran ini, jadi tidak ada yang perlu diputuskan."
    ),
}

LOCKED = Text(
    "Stok toko ini tidak bisa dibuka dengan kunci yang terpasang, jadi tidak ada yang diubah. "
    "Periksa STOCK_ENCRYPTION_KEY di server, lalu kirim lagi."
)
ALBUM_IN_GROUP = Text(
    "ℹ️ Di grup belum tentu seluruh isi album sampai kepadaku. Kalau ada yang belum masuk, kirim albumnya "
    "lagi di chat pribadi."
)
ENDLESS = Text("Produk ini satu berkas untuk semua pembeli. Hapus dulu dengan /delallstock.")
STILL_ORDERED = Text(
    "Masih ada {ordered} item yang sedang dipesan. Coba lagi setelah pesanannya selesai: lihat /pending."
)
STILL_STOCKED = Text(
    "Masih ada {left} item yang belum terjual. Simpan isinya dengan <code>/exportstock {number}</code>, "
    "hapus dengan <code>/delallstock {number}</code>, lalu ulangi."
)

NOBODY_THERE = Text("Maaf, belum ada admin yang bisa dihubungi. Coba lagi nanti, ya.")

NO_COMMAND = Text("🤔 Perintah <code>/{command}</code> tidak ada. Semua perintah ada di /help.")
COMMAND_WITH_FILE = Text(
    "🤔 <code>/{command}</code> tidak memakai gambar atau berkas, jadi belum kujalankan. Kirim lagi "
    "perintahnya sebagai teks saja. Yang memakai gambar atau berkas: <code>/photo</code>, "
    "<code>/addstock</code>, <code>/addfile</code>, dan <code>/broadcast</code>."
)
NOT_UNDERSTOOD = Text(
    "🤔 Maaf, aku belum mengerti itu.\n\nKetik <b>nomor produk</b>, tekan tombol di bawah, "
    "atau buka panduan dengan /order."
)
CLOSED = Text(
    "🛠 Toko sedang dirawat sebentar. Pembayaran dan pesanan yang sudah berjalan tetap diproses. "
    "Coba lagi nanti, ya."
)
BANNED = Text(
    "Maaf, akunmu tidak dapat memakai toko ini. Kalau ini keliru, tulis satu pesan di sini: "
    "pesan itu kuteruskan ke toko."
)

ONLY_IN_PRIVATE = Text("Lanjutkan di chat pribadi dengan bot.")
REFUNDED_BEFORE = Text("Dana pesanan ini sudah pernah dikembalikan.")
CONFIRMATION_GONE = Text("Konfirmasi ini sudah tidak berlaku. Mulai lagi, ya.")

LAST_ADMIN = Text("Itu admin terakhir, jadi tidak bisa dicabut. Tambahkan admin lain dulu.")
ADMIN_FOR_GOOD = Text(
    "Admin itu ditetapkan di pengaturan server, jadi selalu admin dan tidak bisa dicabut dari sini."
)
IS_ADMIN = Text("Admin tidak bisa diblokir atau dihapus datanya. Cabut dulu perannya dengan /rmadmin.")
IS_BANNED = Text("Orang itu sedang diblokir. Buka dulu dengan /unban.")

#: What has no name that people know.
THAT = Label("itu")
#: By the kind of thing.
UNKNOWN = {
    "words": Text("Kalimat itu tidak ada lagi. Kirim /teks untuk melihat daftarnya."),
    "order": Text("Pesanan {named} tidak ditemukan."),
    "own_order": Text("Pesanan {named} tidak ditemukan. Periksa nomornya, ya; pesananmu ada di /riwayat."),
    "person": Text("Pengguna {named} tidak ditemukan."),
    "name": Text("Tidak ada yang dikenal sebagai {named}. Orangnya harus pernah menulis ke bot ini."),
    "product": Text(
        "Produk itu tidak ada atau sudah tidak dijual: nomor {named}. Lihat daftarnya di /stock."
    ),
    "category": Text("Kategori {named} tidak ada. Lihat daftarnya lewat LIST PRODUK."),
    "item": Text("Item {named} tidak ada, atau sudah dipesan atau terjual. Lihat di /exportstock."),
    "broadcast": Text("Siaran {named} tidak ditemukan."),
    "batch": Text("Kiriman stok {named} tidak ditemukan."),
    "job": Text("Yang gagal diproses {named} sudah ditangani, atau tidak ada lagi. Lihat sisanya di /dead."),
    "alert": Text("Peringatan {named} tidak ada."),
    "testimonial": Text("Testimoni itu tidak ditemukan."),
    "claim": Text("Klaim garansi nomor {named} tidak ada. Lihat yang masih terbuka di /klaim."),
    "bought": Text("Item itu bukan dari pesanan {named}. Buka pesananmu lewat AKUN, Riwayat Transaksi."),
    "stray": Text("Pembayaran tanpa pesanan {named} tidak ditemukan."),
}
OUT_OF_STOCK = Text("Maaf, stok tinggal {left}.")
GOODS_LOCKED = Text(
    "Maaf, produk ini sedang tidak bisa dijual. Penjual sudah diberi tahu; coba lagi nanti, "
    "atau pilih produk lain."
)
SOLD_OUT = Text("Maaf, stoknya baru saja habis.")
BAD_QUANTITY = Text("Jumlahnya harus 1 sampai {most}.")
OTHER_PRODUCT = Text("Nomor {number} sekarang produk lain: {name}. Periksa dulu, ya.")
SHARE_ONLY = Text(
    "Sebelum pembayaran pertamamu, QRIS hanya untuk paling banyak {most}: separuh dari stok yang tersisa."
)
QRIS_PAUSED = Text(
    "Tiga pesanan terakhirmu tidak dibayar, jadi QRIS dijeda untukmu sampai {until}. "
    "Bayar dengan SALDO tetap bisa."
)
ORDER_CLOSED = Text("Pesanan ini sudah {state}.")
BEING_DELIVERED = Text(
    "Produk pesanan ini sedang dikirim, jadi dananya belum bisa dikembalikan. "
    "Tunggu sebentar, lalu tekan lagi, ya."
)
MAY_HAVE_GOODS = Text(
    "Produknya mungkin sudah ada di pembeli: {sent} dari {messages} pesan terkirim, {unsure} belum pasti. "
    "Baca peringatannya, lalu tekan lagi kalau tetap dikembalikan."
)
OUT_OF_RANGE = {
    "qris": Text("QRIS hanya untuk {least} sampai {most}, sedangkan totalnya {amount}. Pakai SALDO, ya."),
    "deposit": Text("Deposit harus {least} sampai {most}, bukan {amount}. Pilih jumlah lain, ya."),
    "booking": Text("Jumlahnya harus {least} sampai {most}, bukan {amount}."),
}
TOO_LITTLE = Text("Saldo belum cukup, kurang {missing}.")
PRICE_CHANGED = Text("Harganya baru saja berubah, sekarang totalnya {total}. Periksa lagi, ya.")
NUMBER_TAKEN = Text("Nomor {number} sudah dipakai produk lain. Nomor terkecil yang kosong: {free}.")
UNKNOWN_BUTTON = Text("Tombol ini tidak berlaku.")
OTHER = Text("Maaf, itu tidak bisa dilakukan.")

TOO_FAST = {
    "actions": Text("Pelan-pelan, ya. Coba lagi sebentar lagi."),
    "checkout": Text("Terlalu sering checkout. Coba lagi dalam satu menit."),
    "status": Text("Terlalu sering mengecek. Statusnya juga dicek otomatis, jadi tunggu sebentar, ya."),
    "message": Text("Terlalu banyak pesan. Coba lagi dalam satu menit."),
    "export": Text("Berkas datamu baru saja dikirim. Coba lagi sepuluh menit lagi."),
    "goods": Text(
        "Produkmu baru saja dibuka berkali-kali. Semuanya tetap tersimpan di sini. "
        "Coba lagi sepuluh menit lagi, ya."
    ),
    "language": Text("Bahasanya baru saja diganti berkali-kali. Coba lagi satu jam lagi, ya."),
    "forget": Text("Datamu baru saja dihapus. Kalau masih mau menghapus lagi, coba satu jam lagi, ya."),
}

RELAYED = Text(
    "Perintah <code>/{command}</code> itu diteruskan atau ditulis lewat bot lain, jadi tidak kujalankan. "
    "Kalau memang kamu mau, ketik sendiri perintahnya, ya."
)
