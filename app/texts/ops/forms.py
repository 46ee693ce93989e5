"""What is wrong with a form of the ops page, and how it is right."""

from app.texts.html import Text

AMOUNT = Text("Ketik jumlahnya, misalnya 25000.")
NO_AMOUNT = Text("“{given}” bukan jumlah rupiah. Ketik jumlahnya, misalnya 25000.")
EXACTLY = Text("Ketik jumlahnya persis: {amount}. Kamu mengetik {given}.")
REASON = Text("Tulis alasannya juga, ya. Alasan ini tersimpan di riwayatnya.")
REASON_LONG = Text("Alasannya terlalu panjang: {length} huruf, paling banyak {most}.")
PERSON = Text("Sebutkan orangnya dengan ID Telegram atau @nama.")
NO_PERSON = Text("“{given}” bukan ID Telegram atau @nama. Contoh: 123456789 atau @rina.")
NOT_AT_PAKASIR = Text("Pesanan ini tidak dibayar lewat Pakasir.")
