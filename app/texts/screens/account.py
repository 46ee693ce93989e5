"""A person's own page."""

from app.texts.html import Label, Text

CHANGED = {
    "name": Text("✅ Nama sudah diubah.\n\n"),
    "email": Text("✅ Email sudah diubah.\n\n"),
    "whatsapp": Text("✅ Nomor WhatsApp sudah diubah.\n\n"),
}

ACCOUNT = Text(
    "{changed}👤 <b>Akun</b>\n\nID: <code>{id}</code>\nNama: {name}\nUsername: {username}\nEmail: {email}\n"
    "WhatsApp: {whatsapp}\n\n💰 Saldo: <b>{balance}</b>\n🏦 No. akun: <code>{bank_id}</code>\n"
    "⭐ Status: {status}\n🤝 Reseller: {reseller}"
)
#: Of what somebody has not told.
UNKNOWN = Label("belum diisi")
YES, NO = Label("ya"), Label("tidak")
CUSTOMER, ADMIN = Label("pembeli"), Label("admin")
