"""What browsers keep for the page. The cookie of a session: whose, since when, and last used when, signed, so
that nothing has to be kept. The cookie of a language: which one was chosen on the page."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import settings
from app.ops.page.http import Ask
from app.people import sessions, users
from app.texts import languages
from models import utcnow

NAME, PATH = "quickcart_ops", "/ops"
LASTS_S = int(sessions.LASTS.total_seconds())
IDLE = timedelta(hours=1)
LANGUAGE, LANGUAGE_LASTS_S = "quickcart_language", int(timedelta(days=365).total_seconds())


@dataclass(frozen=True)
class Session:
    """Seconds since 1970."""

    number: int
    admin: int
    began: int
    seen: int


def fresh(number: int, admin: int) -> Session:
    now = int(utcnow().timestamp())
    return Session(number, admin, now, now)


def written(session: Session) -> str:
    """Used this very moment."""
    now = int(utcnow().timestamp())
    facts = f"{session.number}.{session.admin}.{session.began}.{now}"
    return f"{facts}.{_signature(facts)}"


def read(value: str) -> Session | None:
    """None for one that is over, or that we did not sign with today's password."""
    facts, _, signature = value.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(facts).encode()):
        return None
    session = Session(*map(int, facts.split(".")))
    now = utcnow().timestamp()
    is_over = now - session.began >= LASTS_S or now - session.seen >= IDLE.total_seconds()
    return None if is_over else session


def language(ask: Ask, session: Session | None) -> str:
    """As was chosen on the page, else as its admin reads the bot, else as the browser asks for."""
    chosen = ask.cookies.get(LANGUAGE, "")
    if chosen in languages.NAMES:
        return chosen
    of_admin = users.language(session.admin) if session else None
    return of_admin or languages.liked(ask.tongues)


def is_password(given: str) -> bool:
    """In a time that tells neither how much of it was right nor how long the right one is."""
    wanted = settings.current().ops_password
    assert wanted
    return hmac.compare_digest(_digest(given), _digest(wanted.get_secret_value()))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def _signature(facts: str) -> str:
    current = settings.current()
    assert current.ops_password
    secret = f"{current.stock_keys[0]}\n{current.ops_password.get_secret_value()}"
    key = HKDF(SHA256(), 32, salt=None, info=b"quickcart ops session").derive(secret.encode())
    return hmac.new(key, facts.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
