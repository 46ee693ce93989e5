"""The greeting, and the keyboard below."""

from app.texts.html import Text

HOME = Text(
    "👋 Halo, <b>{name}</b>!\nSelamat datang di <b>{store}</b>.\n\n"
    "👥 {users} pengguna\n🛒 {sales} produk terjual\n\n"
    "Mau cari apa hari ini?"
)
MENU = Text("Menu ada di bawah. Ketik atau tekan <b>nomor produk</b> untuk langsung membukanya.")
