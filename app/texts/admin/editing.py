"""A product after a change, and what was changed."""

from app.texts.html import Text

#: A product as staff see it after every change.
CARD = Text(
    "✅ {done}\n\n<b>{number}</b> · {name}\n🗂 {category}\n💵 Pembeli: {price}\n🤝 Reseller: {reseller}\n"
    "🏷 Diskon produk: {own} · kategori: {of_category}\n📦 Stok: {stock}{slots}\n🔥 Terjual: {sold}\n"
    "🖼 Foto: {photo}\n🛡 Garansi: {warranty}"
)
DISCOUNT_PERCENT, DISCOUNT_AMOUNT = Text("{percent}%"), Text("{amount}")
NO_DISCOUNT, WITH_PHOTO, WITHOUT_PHOTO = "tidak ada", "ada", "tidak ada"
NO_RESELLER_PRICE = "sama"
WARRANTY, NO_WARRANTY = Text("{days} hari"), "tidak ada"
SLOTS = Text(" (tiap akun untuk {slots} pembeli)")

#: What was done, by the command.
DONE = {
    "disc": "Diskon diubah.",
    "disc_gone": "Diskon dihapus.",
    "priceress": "Harga reseller diubah.",
    "priceress_gone": "Harga reseller dihapus.",
    "photo_gone": "Foto dihapus.",
    "editid": "Nomor diubah.",
    "editname": "Nama diubah.",
    "editdesc": "Deskripsi diubah.",
    "editprice": "Harga diubah.",
    "editcategory": "Kategori diubah.",
    "editsold": "Jumlah terjual diubah.",
    "slot": "Mulai sekarang tiap baris stok yang masuk dibagi jadi beberapa slot, satu slot satu pembeli.",
    "no_slot": "Mulai sekarang tiap baris stok yang masuk dijual utuh.",
    "photo": "Foto diubah.",
    "photo_of_album": "Foto diubah. Satu produk satu foto: yang dipakai hanya yang berketerangan.",
    "garansi": "Garansi diubah, untuk yang dijual mulai sekarang.",
    "no_garansi": "Garansi dihapus. Yang sudah terjual tetap bergaransi.",
    "addfile": "Berkas ditambahkan.",
    "bring_back": "Produk dijual lagi.",
    "known": "Berkas itu sudah pernah ditambahkan.",
    "shared": "Berkas ini sekarang dijual ke semua pembeli.",
}
SEND_PHOTO = Text("🖼 Kirim foto untuk produk <b>{number}</b> · {name}.")
CATEGORY_GONE = Text("✅ Diskon kategori <b>{category}</b> dihapus.")
CATEGORY = Text("✅ Diskon kategori <b>{category}</b>: {discount}")
