"""The certificates that our own HTTPS calls trust."""

from __future__ import annotations

import ssl
from functools import lru_cache

import httpx


@lru_cache(maxsize=1)
def certificates() -> ssl.SSLContext:
    """Read once a process, which takes longer than a call: 25 ms."""
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
