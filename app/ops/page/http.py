"""What the page is asked and what it answers, whoever serves it, and whether a form came from the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit, urlunsplit

from app.infra.metrics.gauges import Measured
from app.infra.metrics.processes import Process

#: One household gets so much of the IPv6 addresses: another one of them is no other sender.
HOUSEHOLD_BITS = 64
#: Some routers name the port as well, another one with each connection.
_WITH_PORT = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+))(?::[0-9]+)?")
#: Browsers list a handful.
MOST_TONGUES = 30
_WEIGHT = re.compile(r"q=((?:0|1)(?:\.[0-9]{0,3})?)", re.ASCII)
_TAG = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*", re.ASCII)


@dataclass(frozen=True)
class Pulse:
    """What Redis knows: the numbers of the last sweep (None: nobody measured), and who lives."""

    measured: Measured | None
    processes: list[Process]


@dataclass(frozen=True)
class Ask:
    """One request. `headers` by small names; `peer` is who connected. `pulse` is None while Redis is away."""

    method: str
    path: str
    peer: str
    scheme: str = "http"
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    pulse: Pulse | None = None

    @property
    def address(self) -> str:
        """Who asks: the last hop of X-Forwarded-For is the router's own word, all before it is anybody's. If
        that is no address, who connected."""
        last = self.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        return _sender(last) or _sender(self.peer) or self.peer

    @property
    def is_https(self) -> bool:
        forwarded = self.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
        return (forwarded or self.scheme) == "https"

    @property
    def tongues(self) -> list[str]:
        """Tags of languages as the browser lists them, those that it likes best first."""
        weighed = []
        for each in self.headers.get("accept-language", "").split(",")[:MOST_TONGUES]:
            tag, _, weight = each.partition(";")
            said = _WEIGHT.fullmatch(weight.strip() or "q=1")
            if said and float(said[1]):
                weighed.append((float(said[1]), tag.strip().lower()))
        return [tag for _, tag in sorted(weighed, key=lambda each: -each[0]) if _TAG.fullmatch(tag)]

    @property
    def came_from(self) -> str:
        """Path and query of the page that the browser was on; `/` when it does not say."""
        url = _split(self.headers.get("referer", ""))
        return urlunsplit(("", "", url.path or "/", url.query, ""))

    @property
    def is_from_here(self) -> bool:
        """Whether a form of ours was sent, as browsers say. Those that do not say may name our origin."""
        said = self.headers.get("sec-fetch-site", "").lower()
        if said not in {"", "none"}:
            return said == "same-origin"
        origin = self.headers.get("origin")
        if origin is None:
            return True
        url = _split(origin)
        ours = ("https" if self.is_https else "http", self.headers.get("host", "").lower())
        return (url.scheme, url.netloc.lower()) == ours


def _sender(named: str) -> str | None:
    """None for what is no address."""
    with_port = _WITH_PORT.fullmatch(named)
    try:
        known = ip_address((with_port[1] or with_port[2]) if with_port else named)
    except ValueError:
        return None
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or ip_network((known, HOUSEHOLD_BITS), strict=False).network_address
    return str(known)


def _split(url: str) -> SplitResult:
    """Anybody may write anything there; what is no address leads nowhere."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


@dataclass(frozen=True)
class Answer:
    """`cookie`: one for the session, "" to take it away, None to leave it. `language`: one to remember.
    `attachment`: the name of a file to keep instead of showing it."""

    status: int
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    location: str | None = None
    cookie: str | None = None
    language: str | None = None
    attachment: str | None = None


def see(path: str, cookie: str | None = None) -> Answer:
    """Go and look there: what was posted is done, and repeating that page repeats nothing."""
    return Answer(303, location=path, cookie=cookie)
