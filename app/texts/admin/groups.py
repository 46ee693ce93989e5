"""`/whitelist` and `/rm`."""

from app.texts.html import Text

#: By whether something changed.
WHITELISTED = {
    True: Text("✅ {group} sekarang mendapat pemberitahuan toko."),
    False: Text("{group} memang sudah mendapat pemberitahuan toko."),
}
REMOVED = {
    True: Text("🔕 {group} tidak lagi mendapat pemberitahuan toko."),
    False: Text("{group} memang tidak terdaftar."),
}
GROUP = Text("Grup <b>{title}</b> (<code>{id}</code>)")
GROUP_WITHOUT_TITLE = Text("Grup <code>{id}</code>")
