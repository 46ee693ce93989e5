"""The queue: what waits to be done, what is late, and what is tried again."""

from app.texts.html import Text

TITLE = Text("Antrean")
ABOUT = Text("Yang dijanjikan toko dan belum selesai. Semuanya berjalan sendiri; tombol hanya mempercepat.")
NOTHING = Text("✅ Tidak ada yang menunggu.")
WHAT, DUE, LATE = Text("Yang menunggu"), Text("Sekarang"), Text("Terlambat")
RETRYING, LATER, NEXT = Text("Dicoba lagi"), Text("Nanti"), Text("Berikutnya")
DUE_COUNT, LATE_COUNT = Text("{count} sekarang"), Text("{count} terlambat")
RETRYING_COUNT, LATER_COUNT = Text("{count} dicoba lagi"), Text("{count} nanti")
SINCE, AT = Text("menunggu sejak {at}"), Text("dijadwalkan {at}")
ATTEMPTS = Text("sudah gagal {count}×")
FIRST = Text("belum pernah gagal")
PROMISED = Text("dijanjikan {at}")
ORDER = Text("pesanan {invoice}")
RUN, RUN_ALL = Text("▶️ Jalankan sekarang"), Text("▶️ Jalankan semua yang tampak")
ALL = Text("Semua yang menunggu")
SHOWN = Text("{shown} yang pertama dari {count}.")
RAN = Text("{count} dijalankan sekarang.")
NONE_RAN = Text("Tidak ada yang dipercepat: sudah dikerjakan, atau baru dijadwalkan lagi. Periksa lagi, ya.")
QUEUE_AWAY = Text("Redis belum bisa dihubungi, jadi tidak ada yang diubah. Coba lagi sebentar lagi.")
LANES = Text("Antrean di Redis")
SECONDS = Text("{count} detik")
UNKNOWN = Text("Antrean di Redis belum diketahui. Yang dijanjikan tetap dikerjakan setelah pulih.")

#: By the queue.
LANE_NAMES = {
    "money": Text("uang dan produk"),
    "gateway": Text("Pakasir, ditunggu pembeli"),
    "pressed": Text("tombol"),
    "default": Text("pesan"),
    "watch": Text("Pakasir, tidak ditunggu"),
    "bulk": Text("banyak sekaligus"),
}
OTHER = Text("yang lain")
#: What a job does, by its actor.
NAMES = {
    "add_stock_batch": Text("menambahkan stok"),
    "add_stock_file": Text("menambahkan stok dari berkas"),
    "cancel_payment": Text("membatalkan QR di Pakasir"),
    "check_payment": Text("menanyakan pembayaran ke Pakasir"),
    "ask_contact": Text("menanyakan kontak pembeli"),
    "delete_message": Text("menghapus pesan"),
    "describe_bot": Text("memasang keterangan bot"),
    "head_answer": Text("mengantar jawaban ke pembeli"),
    "look_at_channel": Text("memeriksa channel testimoni"),
    "post_testimonial": Text("memasang testimoni"),
    "report_expired": Text("mengabari pesanan yang kedaluwarsa"),
    "show_slow": Text("mengabari bahwa QRIS masih dibuat"),
    "try_channel": Text("mencoba channel testimoni"),
    "deliver_order": Text("mengirim produk ke pembeli"),
    "drill_backup": Text("menguji pemulihan cadangan"),
    "expire_order": Text("menutup pesanan setelah batas waktu"),
    "export_stock": Text("mengekspor stok"),
    "forward_copy": Text("meneruskan pesan pembeli"),
    "forward_message": Text("meneruskan pesan pembeli"),
    "list_recipients": Text("menyusun penerima siaran"),
    "look_at_group": Text("memeriksa grup"),
    "look_at_stray": Text("menanyakan pembayaran tanpa pesanan"),
    "make_backup": Text("membuat cadangan"),
    "offer_commands": Text("memasang menu admin"),
    "open_payment": Text("membuat QRIS"),
    "prove_audit": Text("memeriksa rantai audit"),
    "publish_commands": Text("memasang menu bot"),
    "quote_fee": Text("menanyakan biaya ke Pakasir"),
    "report_failures": Text("mengabari yang gagal"),
    "run_doctor": Text("memeriksa pengaturan"),
    "send_answer": Text("mengirim jawaban ke pembeli"),
    "send_broadcast": Text("mengirim siaran"),
    "send_export": Text("mengirim laporan bulanan"),
    "send_my_data": Text("mengirim data pengguna"),
    "send_notice": Text("mengirim pemberitahuan"),
    "send_pm": Text("mengirim pesan admin"),
    "send_qr": Text("mengirim QRIS ke pembeli"),
    "send_stats": Text("mengirim statistik"),
    "settle_payment": Text("membukukan pembayaran"),
    "show_broadcast": Text("memperbarui kemajuan siaran"),
    "show_checked": Text("mengabari hasil pengecekan"),
    "show_closed": Text("mengabari bahwa pesanan ditutup"),
    "show_paid": Text("mengabari bahwa sudah lunas"),
    "tell_alert": Text("mengabari peringatan"),
    "tell_waiters": Text("mengabari yang menunggu stok"),
    "verify_shop": Text("memeriksa toko"),
}
