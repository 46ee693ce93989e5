"""Every sentence that people read, in Bahasa Indonesia; a screen file's own in a file of the same name.

One word for each thing, here and in English:

pengguna     user      whoever has written to the bot; `pembeli` (buyer) is one who buys
produk       product   what the list shows; `item` is one piece of its stock, `slot` a share of an account
pesanan      order     one purchase or deposit, with its number TRX…
saldo        balance   money that a user has in the shop
deposit      deposit   money paid to fill the balance
dana         money     what goes back to somebody: `dana dikembalikan`
QRIS         QRIS      the way to pay; the picture is `QR`, who confirms it is `Pakasir`
garansi      warranty  days in which `Klaim Garansi` is open: `ganti`, `kembalikan dana` or `tolak` answers it
testimoni    review    stars, and perhaps a line of text, from a buyer
siaran       broadcast a message to all users
cadangan     backup    of both databases
pemeriksaan  check     that all holds (`verify`)
gagal diproses  failed what the queue gave up on

Written to `kamu`. Times are 03.04 and say WIB, percents 67%, amounts Rp25.000 in both languages; counts are
1.643, and 1,643 in English. Buttons are tapped. tests/test_sentences.py keeps words out that only engineers
know.
"""
