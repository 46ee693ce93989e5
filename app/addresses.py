"""What may stand in an address of the environment, and what is put right in it. Raises ValueError, whose text
never holds a password."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
#: Names that only the machines of one network know.
NEAR = (".localhost", ".localdomain", ".local", ".internal", ".lan", ".intranet", ".home.arpa", ".flycast")
#: What hosts of pooled databases write for other programs: nothing that libpq would have to know.
FOR_OTHERS = {"pgbouncer", "connection_limit", "pool_timeout", "pool_mode", "statement_cache_size"}
#: What redis-py would take from an address before what the shop says: so many connections, such time-outs.
DECIDED = {
    *("max_connections", "timeout", "retry", "retry_on_timeout", "health_check_interval"),
    *("socket_timeout", "socket_connect_timeout", "ssl_min_version"),
}
#: And whose certificate is taken.
ABOUT_CERTIFICATES = {"ssl_cert_reqs", "ssl_check_hostname"}
#: What people paste of an address that the shop puts behind it itself.
ENDS_BEFORE = {
    "telegram_api_url": (re.compile(r"/bot[^/]*/?$"), "/bot"),
    "pakasir_base_url": (re.compile(r"/api(/v\d+)?/?$"), "/api"),
    "public_url": (re.compile(r"/(webhooks(/\w*)?|ops|health)/?$"), "/webhooks, /ops and /health"),
}
BASES, NOTHING = {*ENDS_BEFORE, "pakasir_public_url"}, re.compile("(?!)")
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def is_near(host: str | None) -> bool:
    """Whether a host is this machine or one of a private network; "" and a path are Unix sockets."""
    host = (host or "").lower().strip("[]").rstrip(".")
    if not host or host.startswith(("/", "@")):
        return True
    address = _number(host)
    if address is None:
        return "." not in host or host.endswith(NEAR)
    return not address.is_global


def _number(host: str) -> IPv4Address | IPv6Address | None:
    """In every way that a resolver reads one (8.8.8.8, 134744072, ::ffff:8.8.8.8); None for a name."""
    with suppress(OSError):
        return IPv4Address(socket.inet_aton(host))
    with suppress(ValueError):
        address = IPv6Address(host.partition("%")[0])
        return address.ipv4_mapped or address
    return None


def web(name: str, value: str) -> str:
    """`name`: of the setting."""
    url = _split(value)
    if not url.hostname or url.scheme not in {"http", "https"}:
        raise ValueError("is not a web address")
    path, words = ENDS_BEFORE.get(name, (NOTHING, ""))
    if path.search(url.path):
        raise ValueError(f"must end before {words}: that is put behind it")
    if name in BASES and set("?#") & set(value):
        raise ValueError("must end before ? and #: paths are put behind it")
    if url.scheme != "https" and url.hostname not in LOOPBACK:
        raise ValueError("must begin with https:// (only a loopback address may do without)")
    return value.rstrip("/")


def _split(value: str) -> SplitResult:
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError:
        raise ValueError("is not an address: its host or port cannot be read") from None
    return url


def postgres(value: str, host: str, ssl_mode: str) -> str:
    """With TLS, unless it says something about that or leads to a near host. `host` and `ssl_mode`: what the
    environment tells libpq where the address does not."""
    if value.startswith("postgres://"):
        value = "postgresql://" + value.removeprefix("postgres://")
    if not value.startswith("postgresql://"):
        raise ValueError("must begin with postgresql:// or postgres://")
    value = _without(value, FOR_OTHERS)
    said = _parameters(value)
    mode = said.get("sslmode") or ssl_mode
    if mode and mode not in SSL_MODES:
        raise ValueError(f"has an sslmode that libpq does not know; it knows {', '.join(SSL_MODES)}")
    hosts = str(said.get("hostaddr") or said.get("host") or host).split(",")
    if mode or all(map(is_near, hosts)):
        return value
    return f"{value}{'&' if '?' in value else '?'}sslmode=require"


def _without(value: str, parameters: set[str]) -> str:
    address, _, query = value.partition("?")
    kept = "&".join(part for part in query.split("&") if part.partition("=")[0] not in parameters)
    return f"{address}?{kept}" if kept else address


def _parameters(value: str) -> dict[str, object]:
    try:
        return dict(conninfo_to_dict(value))
    except ProgrammingError as error:  # its text may hold the password
        unknown = re.search(r'invalid URI query parameter: "(\w+)"', str(error))
    if unknown:
        raise ValueError(f"has a parameter that libpq does not know: {unknown[1]}")
    raise ValueError("is not an address that libpq understands")


def redis(value: str) -> str:
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must begin with redis://, rediss:// or unix://")
    url = _split(value)
    options = parse_qs(url.query)
    hosts = [url.hostname, *options.get("host", [])]
    if value.startswith("redis://") and not all(map(is_near, hosts)):
        raise ValueError("must begin with rediss:// (only a private network's host may do without TLS)")
    if url.scheme != "unix" and not re.fullmatch(r"/?\d*/?", url.path):
        raise ValueError("must end with the number of a database, or nothing")
    if said := sorted(ABOUT_CERTIFICATES & options.keys()):
        raise ValueError(f"must go without {' and '.join(said)}: REDIS_TLS_VERIFY=0 takes any certificate")
    return _without(value, DECIDED)


def passwords(url: str) -> list[str]:
    """Those that an address holds, as they are written and as they are meant."""
    written = [urlsplit(url).password or "", *parse_qs(urlsplit(url).query).get("password", [])]
    return [word for password in written for word in {password, unquote(password)} if word]
