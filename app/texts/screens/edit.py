"""`Ubah …`: what is asked."""

from app.texts.html import Text

#: What is asked under `Ubah …`.
CHANGES = {
    "name": Text("✏️ Ketik nama barumu."),
    "email": Text("✏️ Ketik alamat email barumu.\nContoh: <code>nama@contoh.com</code>"),
    "whatsapp": Text("✏️ Ketik nomor WhatsApp barumu.\nContoh: <code>081234567890</code>"),
}
