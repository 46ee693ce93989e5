"""Whom a visitor of the sandbox can be: a buyer, a reseller, an admin, and the admin's notification group."""

from app.sandbox.telegram import StandIn, stickers
from app.sandbox.telegram.people import Person

ADMIN_ID, BUYER_ID, RESELLER_ID = 1001, 2001, 3001
GROUP_ID, CHANNEL_ID = -1001001001001, -1001001001002
CHANNEL_NAME = "testimoni_toko"
ROLES = {ADMIN_ID: "admin", RESELLER_ID: "reseller"}


def add_all(standin: StandIn) -> None:
    """Everybody is there, and stickers too; who was there before stays who they were."""
    stickers.add_all(standin.state)
    standin.person(BUYER_ID, "Pembeli", "pembeli")
    standin.person(RESELLER_ID, "Reseller", "reseller")
    admin = standin.person(ADMIN_ID, "Admin", "admin_toko")
    standin.channel(CHANNEL_ID, "Testimoni Toko", CHANNEL_NAME, [admin])
    standin.group(GROUP_ID, "Notifikasi Toko", [admin], supergroup=True)


def add_buyer(standin: StandIn) -> Person:
    """One more buyer, numbered."""
    with standin.state.lock:
        user_id = (
            max((each for each in standin.state.users if BUYER_ID <= each < RESELLER_ID), default=BUYER_ID)
            + 1
        )
        number = user_id - BUYER_ID + 1
        return standin.person(user_id, f"Pembeli {number}", f"pembeli{number}")


def role(user_id: int) -> str:
    """buyer, reseller or admin."""
    return ROLES.get(user_id, "buyer")
