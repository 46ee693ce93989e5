"""What admins read about people: the right form of commands that name one, and what became of them."""

from app.bot.toolkit.html import Text

_EXAMPLE = "Contoh: <code>/{command} 123456789</code> atau <code>/{command} @rina</code>"


def _one(command: str) -> Text:
    """The form of a command whose only field is a person."""
    return Text(f"Format: <code>/{command} id</code>\n" + _EXAMPLE.replace("{command}", command))


#: By the command's name; "user" for commands of other topics that name a person.
FORMATS = {
    "user": Text(
        "Sebut orangnya dengan id atau @username.\nContoh: <code>123456789</code> atau <code>@rina</code>"
    ),
    **{
        command: _one(command)
        for command in ("ban", "unban", "addadmin", "rmadmin", "addreseller", "rmress", "info")
    },
    "pm": Text(
        "Format: <code>/pm id|pesan</code>\nContoh: <code>/pm @rina|Halo, akunmu sudah kami ganti.</code>"
    ),
}
PROBLEMS = {
    "person": Text("Orangnya harus disebut dengan id (angka) atau @username."),
    "message": Text("Pesannya harus 1 sampai {most} huruf."),
}
UNKNOWN = Text("Tidak ada yang dikenal sebagai {named}. Orangnya harus pernah menulis ke bot ini.")
LAST_ADMIN = Text("Itu admin terakhir, jadi tidak bisa dicabut. Tambahkan admin lain dulu.")
ADMIN_FOR_GOOD = Text(
    "Admin itu ditetapkan lewat ADMIN_IDS di server, jadi selalu admin dan tidak bisa dicabut dari sini."
)
IS_ADMIN = Text("Admin tidak bisa diblokir atau dihapus datanya. Cabut dulu perannya dengan /rmadmin.")
IS_BANNED = Text("Orang itu sedang diblokir. Buka dulu dengan /unban.")

#: By what was asked: what became of it, and what is said when it was so already.
ROLES = {
    "ban": (Text("🚫 {who} diblokir."), Text("{who} memang sudah diblokir.")),
    "unban": (Text("✅ Blokir {who} dibuka."), Text("{who} memang tidak diblokir.")),
    "addadmin": (Text("⭐ {who} sekarang admin."), Text("{who} memang sudah admin.")),
    "rmadmin": (Text("{who} bukan admin lagi."), Text("{who} memang bukan admin.")),
    "addreseller": (Text("🤝 {who} sekarang reseller."), Text("{who} memang sudah reseller.")),
    "rmress": (Text("{who} bukan reseller lagi."), Text("{who} memang bukan reseller.")),
}
BAN_CANCELED = Text("Pesanannya yang belum dibayar, <code>{invoice}</code>, dibatalkan.")
WHO = Text("<b>{name}</b> (<code>{id}</code>)")

#: What people are told about themselves.
PROMOTED = {
    "admin": Text(
        "⭐ <b>Kamu sekarang admin toko ini.</b>\n\nPerintah admin ada di menu, dan pemberitahuan toko "
        "masuk ke chat ini."
    ),
    "reseller": Text("🤝 <b>Kamu sekarang reseller!</b>\n\nHarga reseller langsung berlaku untukmu."),
}

INFO = Text(
    "👤 <b>{name}</b> {username}\nID: <code>{id}</code>\nNo. rekening: <code>{bank_id}</code>\n"
    "Email: {email}\nWhatsApp: {whatsapp}\n\n⭐ Peran: {roles}\n📶 Status: {status}\n"
    "📅 Bergabung: {joined}\n👀 Terakhir terlihat: {seen}\n\n💰 Saldo: <b>{balance}</b>\n"
    "🛒 Pesanan: {orders}, selesai {delivered}, belanja {spent}\n\n{latest}"
)
LATEST = Text("<b>Pesanan terakhir</b>\n{lines}")
NO_ORDERS = Text("Belum ada pesanan.")
ORDER_LINE = Text("{mark} <code>{invoice}</code> · {name} × {quantity} · {total} · {at}")
ROLE_NAMES = {"admin": "admin", "reseller": "reseller", "customer": "pelanggan"}
ACTIVE = Text("aktif")
BANNED_SINCE = Text("🚫 diblokir sejak {at}")
UNREACHABLE_SINCE = Text("📵 tidak bisa dihubungi sejak {at}")

PM = Text("💬 <b>Pesan dari {store}</b>\n\n{text}")
PM_ON_ITS_WAY = Text("📨 Pesan untuk {who} sedang dikirim…")
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
