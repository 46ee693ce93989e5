"""`/addfile`, `/delstock`, `/delallstock` and `/exportstock`."""

from app.texts.html import Label, Text

SEND_FILE = Text("📎 Kirim dokumen atau stiker untuk produk <b>{number}</b> · {name}.")
PURGE = Text(
    "🗑 Hapus semua stok <b>{number}</b> · {name}?\n\n{count} item yang belum terjual akan hilang{shared}. "
    "Ini tidak bisa dibatalkan."
)
PURGE_SHARED = Label(", juga berkas untuk semua pembeli")
REMOVED = Text("🗑 Item <b>{item}</b> dihapus dari produk <b>{number}</b>.")
PURGED = Text("🗑 <b>{count}</b> item dihapus dari <b>{number}</b> · {name}.")
KEPT = Text("Stok tidak jadi dihapus.")
NOTHING_UNSOLD = Text("Produk <b>{number}</b> tidak punya stok yang belum terjual.")
EXPORTING = Text("📤 <b>{count}</b> item stok dikirim ke chat pribadimu.")
NOTHING_UNSOLD_TOAST = Text("Produk {number} tidak punya stok yang belum terjual.")
EXPORTING_TOAST = Text("{count} item stok dikirim ke chat pribadimu.")
EXPORT = Text("📤 Stok <b>{number}</b> · {name}, tiap baris <code>id stok|isi</code>.")
#: Lines of the file, which is no HTML.
EXPORT_TEXT, EXPORT_OTHER = "{id}|{content}", "{id}|[{kind}] {content}"
EXPORT_NAME, EXPORT_LOCKED = Text("stok-{number}.txt"), Text("{id}|(tidak bisa dibuka)")
