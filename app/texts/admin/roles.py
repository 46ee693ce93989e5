"""What became of somebody's role or ban."""

from app.texts.html import Text

#: By what was asked: what became of it, and what is said when it was so already.
ROLES = {
    "ban": (Text("🚫 {who} diblokir."), Text("{who} memang sudah diblokir.")),
    "unban": (Text("✅ Blokir {who} dibuka."), Text("{who} memang tidak diblokir.")),
    "addadmin": (Text("⭐ {who} sekarang admin."), Text("{who} memang sudah admin.")),
    "rmadmin": (Text("{who} bukan admin lagi."), Text("{who} memang bukan admin.")),
    "addreseller": (Text("🤝 {who} sekarang reseller."), Text("{who} memang sudah reseller.")),
    "rmress": (Text("{who} bukan reseller lagi."), Text("{who} memang bukan reseller.")),
}
ASK_BAN = Text(
    "🚫 <b>Blokir {who}?</b>\n\nDia tidak dilayani lagi, dan pesanannya yang belum dibayar dibatalkan. "
    "Yang sudah dibayar tetap dikirim."
)
BAN_CANCELED = Text("Pesanannya yang belum dibayar, <code>{invoice}</code>, dibatalkan.")
WHO = Text("<b>{name}</b> (<code>{id}</code>)")
