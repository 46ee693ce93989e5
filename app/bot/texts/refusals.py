"""Why something was not done. Read as toasts (under 200 characters, no markup) and as messages."""

from app.bot.toolkit.html import Text

#: By the kind of thing: where it has no name that people know, and with the one that was asked for.
NOT_FOUND = {
    "order": (Text("Pesanan itu tidak ditemukan."), Text("Pesanan {named} tidak ditemukan.")),
    "person": (Text("Pengguna itu tidak ditemukan."), Text("Pengguna {named} tidak ditemukan.")),
    "broadcast": (Text("Siaran itu tidak ditemukan."), Text("Siaran {named} tidak ditemukan.")),
    "batch": (Text("Kiriman stok itu tidak ditemukan."), Text("Kiriman stok {named} tidak ditemukan.")),
    "job": (
        Text("Yang gagal diproses itu sudah ditangani, atau tidak ada lagi. Lihat sisanya di /dead."),
        Text("Yang gagal diproses, {named}, tidak ada lagi. Lihat sisanya di /dead."),
    ),
    "stray": (
        Text("Pembayaran tanpa pesanan itu tidak ditemukan."),
        Text("Pembayaran {named} tidak ditemukan."),
    ),
}
OUT_OF_STOCK = Text("Maaf, stok tinggal {left}.")
GOODS_LOCKED = Text(
    "Maaf, produk ini sedang tidak bisa dijual. Penjual sudah diberi tahu; coba lagi nanti, "
    "atau pilih produk lain."
)
SOLD_OUT = Text("Maaf, stoknya baru saja habis.")
UNKNOWN_PRODUCT = Text("Produk itu tidak ada atau sudah tidak dijual: nomor {number}.")
UNKNOWN_LINK = Text("Produk itu tidak ada atau sudah tidak dijual.")
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
    "forget": Text("Datamu baru saja dihapus. Kalau masih mau menghapus lagi, coba satu jam lagi, ya."),
}

RELAYED = Text(
    "Perintah <code>/{command}</code> itu diteruskan atau ditulis lewat bot lain, jadi tidak kujalankan. "
    "Kalau memang kamu mau, ketik sendiri perintahnya, ya."
)
