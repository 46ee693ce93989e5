"""A product after a change, and what was changed."""

from app.texts.html import Label, Text

#: A product as staff see it after every change.
CARD = Text(
    "✅ {done}\n\n<b>{number}</b> · {name}\n🗂 {category}\n💵 Pembeli: {price}\n🤝 Reseller: {reseller}\n"
    "🏷 Diskon: {own} · kategori: {of_category}\n📦 Stok: {stock}{slots}\n🔥 Terjual: {sold}\n"
    "🖼 Foto: {photo}\n🛡 Garansi: {warranty}"
)
DISCOUNT_PERCENT, DISCOUNT_AMOUNT = Text("{percent}%"), Text("{amount}")
NO_DISCOUNT, WITH_PHOTO, WITHOUT_PHOTO = Label("tidak ada"), Label("ada"), Label("tidak ada")
NO_RESELLER_PRICE = Label("sama")
WARRANTY, NO_WARRANTY = Text("{days} hari"), Label("tidak ada")
SLOTS = Text(" (tiap akun untuk {slots} pembeli)")

#: What was done, by the command.
DONE = {
    "disc": Label("Diskon diubah."),
    "disc_gone": Label("Diskon dihapus."),
    "priceress": Label("Harga reseller diubah."),
    "priceress_gone": Label("Harga reseller dihapus."),
    "photo_gone": Label("Foto dihapus."),
    "editid": Label("Nomor diubah."),
    "editname": Label("Nama diubah."),
    "editdesc": Label("Deskripsi diubah."),
    "editprice": Label("Harga diubah."),
    "editcategory": Label("Kategori diubah."),
    "editsold": Label("Jumlah terjual diubah."),
    "slot": Label(
        "Mulai sekarang tiap baris stok yang masuk dibagi jadi beberapa slot, satu slot satu pembeli."
    ),
    "no_slot": Label("Mulai sekarang tiap baris stok yang masuk dijual utuh."),
    "photo": Label("Foto diubah."),
    "photo_of_album": Label("Foto diubah. Satu produk satu foto: yang dipakai hanya yang berketerangan."),
    "garansi": Label("Garansi diubah, untuk yang dijual mulai sekarang."),
    "no_garansi": Label("Garansi dihapus. Yang sudah terjual tetap bergaransi."),
    "addfile": Label("Berkas ditambahkan."),
    "bring_back": Label("Produk dijual lagi."),
    "known": Label("Berkas itu sudah pernah ditambahkan."),
    "shared": Label("Berkas ini sekarang dijual ke semua pembeli."),
}
SEND_PHOTO = Text("🖼 Kirim foto untuk produk <b>{number}</b> · {name}.")
CATEGORY_GONE = Text("✅ Diskon kategori <b>{category}</b> dihapus.")
CATEGORY = Text("✅ Diskon kategori <b>{category}</b>: {discount}")
