"""The certificates that the stand-ins' own calls trust."""

from __future__ import annotations

import ssl
from functools import lru_cache

import httpx


@lru_cache(maxsize=1)
def certificates() -> ssl.SSLContext:
    """Read once a process: reading them takes longer than anything else a stand-in does."""
    return httpx.create_ssl_context(trust_env=False)
