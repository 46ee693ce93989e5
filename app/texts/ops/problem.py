"""What cannot be shown, and where to go on."""

from app.texts.html import Text

TITLE = Text("Belum bisa")
DATABASE = Text("Database belum bisa dibaca")
DATABASE_MEANS = Text(
    "Coba muat ulang sebentar lagi. Kalau kamu baru menekan tombol, periksa dulu apakah sudah jadi; menekan "
    "dua kali tidak apa-apa. Kalau tetap begini, periksa database dan log server."
)
BROKEN = Text("Halaman ini rusak")
BROKEN_MEANS = Text(
    "Ini kesalahan di program, bukan salahmu. Toko tetap berjalan, dan hal yang sama bisa dicoba lewat bot. "
    "Kalau kamu baru menekan tombol, periksa dulu apakah sudah jadi. Nomor di log: <code>{trace}</code>"
)
ELSEWHERE = Text("Formulir ini datang dari tempat lain")
ELSEWHERE_MEANS = Text("Tidak ada yang diubah. Buka halaman operator langsung, lalu tekan tombolnya di sana.")
NOTHING = Text("Tidak ada di sini")
NOTHING_MEANS = Text("<code>{named}</code> tidak ditemukan. Cari pesanannya lewat daftar, ya.")
HOME, ORDERS = Text("Ke halaman depan"), Text("Ke pesanan")
