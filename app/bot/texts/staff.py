"""What admins read about products and goods: the right form of commands, and what became of them."""

from app.bot.toolkit.html import Text

#: By the command's name.
FORMATS = {
    "disc": Text(
        "Format: <code>/disc id|diskon</code>, dalam persen atau rupiah, 0 untuk menghapus\n"
        "Contoh: <code>/disc 101|10%</code> atau <code>/disc 101|5000</code>"
    ),
    "discat": Text(
        "Format: <code>/discat kategori|diskon</code>, dalam persen atau rupiah, 0 untuk menghapus\n"
        "Contoh: <code>/discat Streaming|15%</code>"
    ),
    "priceress": Text(
        "Format: <code>/priceress id|harga</code>, 0 untuk menghapus\n"
        "Contoh: <code>/priceress 101|45000</code>"
    ),
    "editid": Text("Format: <code>/editid id|id baru</code>\nContoh: <code>/editid 101|201</code>"),
    "editname": Text(
        "Format: <code>/editname id|nama</code>\nContoh: <code>/editname 101|Netflix 1 Bulan</code>"
    ),
    "editdesc": Text(
        "Format: <code>/editdesc id|deskripsi</code>, <code>-</code> untuk mengosongkan\n"
        "Contoh: <code>/editdesc 101|Akun pribadi, garansi 30 hari</code>"
    ),
    "editprice": Text("Format: <code>/editprice id|harga</code>\nContoh: <code>/editprice 101|25000</code>"),
    "editcategory": Text(
        "Format: <code>/editcategory id|kategori</code>, <code>-</code> untuk tanpa kategori\n"
        "Contoh: <code>/editcategory 101|Streaming</code>"
    ),
    "editsold": Text("Format: <code>/editsold id|terjual</code>\nContoh: <code>/editsold 101|150</code>"),
    "photo": Text(
        "Kirim foto dengan keterangan <code>/photo id</code>, atau ketik <code>/photo id|-</code> "
        "untuk menghapusnya\nContoh: <code>/photo 101</code>"
    ),
    "addfile": Text(
        "Kirim dokumen dengan keterangan <code>/addfile id</code>, atau balas dokumen atau stiker "
        "dengan itu. Satu berkas untuk semua pembeli: <code>/addfile id|tanpa batas</code>\n"
        "Contoh: <code>/addfile 101</code>"
    ),
    "delstock": Text("Format: <code>/delstock id|id stok</code>\nContoh: <code>/delstock 101|57</code>"),
    "delallstock": Text("Format: <code>/delallstock id</code>\nContoh: <code>/delallstock 101</code>"),
    "exportstock": Text("Format: <code>/exportstock id</code>\nContoh: <code>/exportstock 101</code>"),
}
PROBLEMS = {
    "discount": Text("Diskon harus 1% sampai 99%, atau rupiah 1 sampai {most}."),
    "too_much": Text("Diskonnya harus kurang dari harganya, {price}."),
    "sold": Text("Jumlah terjual harus angka 0 sampai {most}."),
    "item": Text("Id stok harus angka. Lihat di <code>/exportstock</code>."),
    "picture": Text("Fotonya belum ada. Kirim sebagai foto, bukan sebagai berkas."),
    "file": Text("Berkasnya belum ada."),
    "one_file": Text("Untuk semua pembeli hanya bisa satu berkas. Kirim satu saja, bukan album."),
    "unlimited": Text("Setelah id hanya boleh <code>tanpa batas</code>."),
}

#: A product as staff see it after every change.
CARD = Text(
    "✅ {done}\n\n<b>{number}</b> · {name}\n🗂 {category}\n💵 Pembeli: {price}\n🤝 Reseller: {reseller}\n"
    "🏷 Diskon produk: {own} · kategori: {of_category}\n📦 Stok: {stock}\n🔥 Terjual: {sold}\n🖼 Foto: {photo}"
)
DISCOUNT_PERCENT, DISCOUNT_AMOUNT = Text("{percent}%"), Text("{amount}")
NO_DISCOUNT, WITH_PHOTO, WITHOUT_PHOTO = "tidak ada", "ada", "tidak ada"
NO_RESELLER_PRICE = "sama"

#: What was done, by the command.
DONE = {
    "disc": "Diskon diubah.",
    "priceress": "Harga reseller diubah.",
    "editid": "Nomor diubah.",
    "editname": "Nama diubah.",
    "editdesc": "Deskripsi diubah.",
    "editprice": "Harga diubah.",
    "editcategory": "Kategori diubah.",
    "editsold": "Jumlah terjual diubah.",
    "photo": "Foto diubah.",
    "photo_of_album": "Foto diubah. Satu produk satu foto: yang dipakai hanya yang berketerangan.",
    "addfile": "Berkas ditambahkan.",
    "bring_back": "Produk dijual lagi.",
    "known": "Berkas itu sudah pernah ditambahkan.",
    "shared": "Berkas ini sekarang dijual ke semua pembeli.",
}
CATEGORY = Text("✅ Diskon kategori <b>{category}</b>: {discount}")

SEND_FILE = Text("📎 Kirim dokumen atau stiker untuk produk <b>{number}</b> · {name}.")
PURGE = Text(
    "🗑 Hapus semua stok <b>{number}</b> · {name}?\n\n{count} item yang belum terjual akan hilang{shared}. "
    "Ini tidak bisa dibatalkan."
)
PURGE_SHARED = ", juga berkas untuk semua pembeli"
PURGE_YES, PURGE_NO = "Ya, Hapus", "Jangan"
REMOVED = Text("🗑 Item <b>{item}</b> dihapus dari produk <b>{number}</b>.")
PURGED = Text("🗑 <b>{count}</b> item dihapus dari <b>{number}</b> · {name}.")
KEPT = Text("Stok tidak jadi dihapus.")
NOTHING_UNSOLD = Text("Produk <b>{number}</b> tidak punya stok yang belum terjual.")
EXPORTING = Text("📤 <b>{count}</b> item stok dikirim ke chat pribadimu.")
EXPORT = Text("📤 Stok <b>{number}</b> · {name}, tiap baris <code>id stok|isi</code>.")
#: Lines of the file, which is no HTML.
EXPORT_LOCKED = "{id}|(tidak bisa dibuka)"
EXPORT_TEXT, EXPORT_OTHER = "{id}|{content}", "{id}|[{kind}] {content}"

LOCKED = Text(
    "Stok toko ini tidak bisa dibuka dengan kunci yang terpasang, jadi tidak ada yang diubah. "
    "Periksa STOCK_ENCRYPTION_KEY di server, lalu kirim lagi."
)
ALBUM_IN_GROUP = Text(
    "ℹ️ Di grup belum tentu seluruh isi album sampai kepadaku. Kalau ada yang belum masuk, kirim albumnya "
    "lagi di chat pribadi."
)
UNKNOWN_CATEGORY = Text("Kategori itu tidak ada: {named}. Lihat daftarnya lewat LIST PRODUK.")
ENDLESS = Text("Produk ini satu berkas untuk semua pembeli. Hapus dulu dengan /delallstock.")
STILL_STOCKED = Text("Masih ada {left} item yang belum terjual. Hapus dulu dengan /delallstock.")
UNKNOWN_ITEM = Text("Item itu tidak ada, atau sudah dipesan atau terjual: {item}. Lihat di /exportstock.")
