"""The questions of the first `/start`."""

from app.texts.html import Text

QUESTIONS = {
    "name": Text(
        "👋 Selamat datang di <b>{store}</b>!\n\nSiapa namamu? Ketik nama, atau <b>Lewati</b> "
        "untuk memakai <b>{name}</b>."
    ),
    "whatsapp": Text("📱 Berapa nomor WhatsApp-mu?\nContoh: <code>081234567890</code>"),
    "email": Text("📧 Apa alamat emailmu?\nContoh: <code>nama@contoh.com</code>"),
}
