"""`/help` for staff. Examples come from the formats, what commands do from the menu."""

from app.texts.html import Label, Text

HELP = Text(
    "🛠 <b>Bantuan admin {store}</b>\n\n{today}\n\n{groups}\n\n"
    "Ketuk contohnya untuk menyalin. Panduan untuk pembeli: /bantuan"
)
TODAY = Text(
    "💰 Hari ini: <b>{revenue}</b> dari {orders} pesanan\n"
    "⏳ Menunggu pembayaran: {pending} · dibayar tapi belum terkirim: {late}\n"
    "📦 Stok habis: {sold_out} produk · menipis: {low} · gagal diproses: {failed}"
)
GROUP = Text("<b>{title}</b>\n<blockquote expandable>{commands}</blockquote>")
COMMAND, BARE = Text("<code>{example}</code> · {what}"), Text("{example} · {what}")
#: What stands before an example in a format.
EXAMPLE = Label("Contoh:")

GROUPS = {
    Label("🏷 Produk"): (
        "add", "editname", "editprice", "editcategory", "editdesc", "photo", "garansi", "editid", "editsold",
        "del",
    ),
    Label("📦 Stok"): (
        "addstock", "addfile", "stock", "exportstock", "delstock", "delallstock", "slot", "lowstock",
    ),
    Label("💵 Harga dan voucher"): ("disc", "discat", "priceress", "giveaway", "setformula"),
    Label("🧾 Pesanan"): ("order", "pending", "klaim", "dead"),
    Label("👥 Pengguna"): (
        "info", "pm", "transfer", "editbalance", "addreseller", "rmress", "ban", "unban", "addadmin",
        "rmadmin",
    ),
    Label("📣 Siaran dan grup"): ("broadcast", "channel", "testimoni", "whitelist", "rm"),
    Label("⚙️ Toko"): ("stats", "export", "teks", "maintenance", "version", "help"),
}  # fmt: skip
OTHERS = Label("➕ Lainnya")
