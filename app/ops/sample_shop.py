"""A sample shop: Indonesian digital goods with invented accounts, for demos and for trying things out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.catalogue import listings, products, stock, stockroom
from app.catalogue.prices import Discount
from app.errors import NumberTaken
from app.infra import transactions
from app.people import users
from models import StockItem


@dataclass(frozen=True)
class Sample:
    """A product and how many items to make up, each a line of `form`."""

    number: int
    name: str
    category: str | None
    price: int
    count: int
    form: str
    description: str


@dataclass(frozen=True)
class Planted:
    """What `add_all` added, and how many products it found there."""

    products: int
    items: int
    known: int


STREAMING, GAME, TOOLS = "Streaming & Musik", "Top Up Game", "Produktivitas"
LEARNING, NETWORK = "Belajar & Kuliah", "VPN & Keamanan"

#: Forms of goods; `{n}` counts, `{code}` and `{word}` are made of the product and the count.
ACCOUNT = "akun{n}.{word}@contoh.example|{code}"
PROFILE = "akun{n}.{word}@contoh.example|{code}|profil {n}|pin {pin}"
CODE, LINK = "{code}-{word}", "https://klaim.example/{word}/{code}"

SAMPLES = (
    Sample(101, "Netflix Premium 1 Bulan", STREAMING, 45_000, 25, PROFILE,
           "1 profil, UHD. Jangan ubah email & kata sandi. Garansi 30 hari."),
    Sample(102, "Spotify Premium 1 Bulan", STREAMING, 18_000, 40, ACCOUNT,
           "Akun individu siap pakai, bisa untuk semua perangkat."),
    Sample(103, "YouTube Premium 1 Bulan (Family)", STREAMING, 12_500, 30, LINK,
           "Tautan undangan keluarga. Pakai akun Google yang belum pernah ikut family."),
    Sample(104, "Disney+ Hotstar 1 Bulan", STREAMING, 28_000, 15, PROFILE, "Sharing 1 layar, Full HD."),
    Sample(105, "Vidio Platinum <Mobile> 1 Bulan", STREAMING, 15_000, 20, ACCOUNT,
           "Hanya untuk ponsel. Liga 1 & film Indonesia."),
    Sample(106, "WeTV VIP 3 Bulan", STREAMING, 39_000, 0, ACCOUNT, "Drama Asia tanpa iklan. Stok menyusul."),
    Sample(201, "Mobile Legends 86 Diamonds", GAME, 21_500, 60, CODE, "Kode tukar, masukkan di menu redeem."),
    Sample(202, "Free Fire 140 Diamonds", GAME, 19_000, 50, CODE, "Kode tukar, server Indonesia."),
    Sample(203, "Steam Wallet IDR 60.000", GAME, 66_000, 12, CODE, "Kode Steam Wallet region Indonesia."),
    Sample(204, "Roblox Gift Card 400 Robux", GAME, 79_000, 10, CODE, "Tukarkan di halaman Roblox."),
    Sample(205, "Google Play Rp100.000", GAME, 104_000, 8, CODE, "Untuk akun region Indonesia."),
    Sample(301, "Canva Pro 1 Bulan", TOOLS, 9_000, 45, LINK, "Undangan tim lewat tautan, aktif 1 x 24 jam."),
    Sample(302, "Microsoft 365 Personal 1 Tahun", TOOLS, 185_000, 6, ACCOUNT,
           "Word, Excel & PowerPoint, 5 perangkat, OneDrive 1 TB."),
    Sample(303, "ChatGPT Plus 1 Bulan *sharing*", TOOLS, 55_000, 18, ACCOUNT,
           "Dipakai berdua. Jangan hapus riwayat milik pengguna lain."),
    Sample(304, "Notion_Plus 1 Bulan", TOOLS, 35_000, 14, ACCOUNT, "Untuk satu ruang kerja pribadi."),
    Sample(305, "CapCut Pro 1 Bulan", TOOLS, 22_000, 22, ACCOUNT, "Ekspor 4K tanpa tanda air."),
    Sample(401, "Duolingo Super 1 Bulan", LEARNING, 14_000, 16, LINK, "Gabung paket keluarga lewat tautan."),
    Sample(402, "Grammarly Premium 1 Bulan", LEARNING, 27_500, 12, ACCOUNT, "Akun siap pakai, 1 perangkat."),
    Sample(403, "Turnitin Cek Plagiasi 1 File", LEARNING, 5_000, 35, CODE,
           "Kode antrean untuk satu dokumen, hasil < 1 jam."),
    Sample(404, "E-book TOEFL ITP & Pembahasan", LEARNING, 500, 80, LINK, "Tautan unduh PDF, 240 halaman."),
    Sample(405, "Template CV & Surat Lamaran", LEARNING, 7_500, 0, LINK,
           "Tautan unduh 20 templat siap edit, sama untuk semua pembeli."),
    Sample(501, "NordVPN 1 Bulan", NETWORK, 32_000, 10, ACCOUNT, "Satu perangkat, semua server."),
    Sample(502, "Windows 11 Pro Key (Retail)", NETWORK, 250_000, 5, CODE, "Aktivasi daring, satu PC."),
    Sample(503, "Kaspersky Plus 1 PC 1 Tahun", NETWORK, 119_000, 7, CODE, "Kode aktivasi, Windows & macOS."),
    Sample(901, "Stiker Telegram Kustom", None, 10_000, 20, LINK, "Tautan pemesanan satu set isi 10 stiker."),
)  # fmt: skip


def add_reseller(user_id: int) -> None:
    """A person with reseller prices, known before they first write."""
    with transactions.atomic():
        users.meet(user_id, "Reseller", None)
        users.make_reseller(user_id, reseller=True)


#: Columns of the products that show what prices and warranties can do.
SPECIALS: dict[int, dict[str, int]] = {
    101: {"reseller_price": 40_000, "warranty_days": 30},
    201: {"reseller_price": 20_000},
    303: {"discount_percent": 10},
    305: {"discount_amount": 3_000},
}
DISCOUNTED, CATEGORY_PERCENT = NETWORK, 10
#: One link for every buyer.
SHARED = 405


def add_all() -> Planted:
    """Add every sample whose number is free, with its goods; a second time changes nothing."""
    added = [_add(sample) for sample in SAMPLES]
    fresh = [items for items in added if items is not None]
    if len(fresh) == len(SAMPLES):
        listings.discount_category(DISCOUNTED, Discount(percent=CATEGORY_PERCENT))
    return Planted(len(fresh), sum(fresh), len(added) - len(fresh))


def _add(sample: Sample) -> int | None:
    """How many items came with it; None, and no goods, when the number belongs to another product."""
    try:
        with transactions.atomic():
            products.add(
                sample.name,
                sample.price,
                number=sample.number,
                category=sample.category,
                description=sample.description,
            )
            if sample.number in SPECIALS:
                listings.change(sample.number, **SPECIALS[sample.number])
            if sample.number == SHARED:
                stockroom.share(sample.number, StockItem.TEXT, _line(sample, 1))
            return stock.add(sample.number, lines(sample)) if sample.count else 0
    except NumberTaken:
        return None


def lines(sample: Sample, more: int = 0) -> list[str]:
    """The sample's goods, the same each time and all different; or so many that come after them."""
    first = sample.count + 1 if more else 1
    return [_line(sample, n) for n in range(first, sample.count + more + 1)]


def _line(sample: Sample, n: int) -> str:
    digest = hashlib.sha256(f"{sample.number}/{n}".encode()).hexdigest()
    code = "-".join((digest[0:4], digest[4:8], digest[8:12])).upper()
    return sample.form.format(n=n, code=code, word=digest[12:18], pin=int(digest[18:22], 16) % 10_000)
