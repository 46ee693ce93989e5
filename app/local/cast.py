"""Whom and what the demo has before its visitor comes: the stand-ins and the shop's seed name them alike."""

from __future__ import annotations

#: People who have bought before, and whom nobody plays: first name and username by id.
CUSTOMERS = {
    4101: ("Sari", "sari_w"),
    4102: ("Bagus", "bagusp"),
    4103: ("Dewi", "dewi_ayu"),
    4104: ("Rizky", None),
    4105: ("Putri", "putrimaharani"),
    4106: ("Agus", "agus_s"),
    4107: ("Intan", None),
    4108: ("Fajar", "fajar_n"),
    4109: ("Wulan", "wulandari"),
    4110: ("Yoga", "yogapratama"),
    4111: ("Nadia", "nadia_k"),
    4112: ("Hendra", None),
    4113: ("Lestari", "lestari88"),
    4114: ("Dimas", "dimas_ar"),
    4115: ("Ratna", "ratna_s"),
    4116: ("Eko", None),
    4117: ("Maya", "mayasari"),
    4118: ("Andi", "andi_m"),
    4119: ("Tika", "tika_r"),
    4120: ("Galih", None),
    4121: ("Novi", "novianti"),
    4122: ("Bayu", "bayu_w"),
    4123: ("Citra", "citra_l"),
    4124: ("Surya", "surya_d"),
}

#: What customers wrote to the shop, in this order.
LETTERS = (
    (4103, "Kak, akun Netflix-nya bisa dipakai di TV?"),
    (4117, "Terima kasih, kodenya sudah masuk. Cepat sekali!"),
)

#: Products with a picture: what is written on it, and its colors.
PICTURES = {
    101: ("Netflix", "#b3121d", "#3b0509"),
    102: ("Spotify", "#1a9c4b", "#0b3d1e"),
    103: ("YouTube", "#c4302b", "#4a0f0d"),
    201: ("86 Diamonds", "#2f6fd0", "#12264d"),
    202: ("140 Diamonds", "#e0872e", "#52300c"),
    203: ("Steam Wallet", "#35506b", "#131f2b"),
    301: ("Canva Pro", "#7b3fe4", "#251150"),
    303: ("ChatGPT Plus", "#0f8f77", "#06372e"),
    501: ("NordVPN", "#3e63dd", "#162454"),
}
#: A file for every buyer, and stickers that are sold one by one.
DOCUMENT = "BQACAgUAAxQuickCartPoster"
STICKERS = tuple(f"CAACAgUAAxQuickCartGoods{n}" for n in range(1, 5))

#: A product, and what the gateway was paid for an order of it that asks for more.
CONTRADICTED, ASKED, PAID = 201, 21_500, 20_000


def picture(product: int) -> str:
    """The id of a product's picture at the stand-in."""
    return f"AgACAgUAAxQuickCartProduct{product}"
