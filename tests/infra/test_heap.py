"""Threads share heaps, so that what one has freed another can use."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Twelve threads that have memory of their own at the same time, and the heaps that glibc made for them.
THREADS = """
import ctypes, threading
from app.infra import startup
{first}
together, kept = threading.Barrier(12), []
def work():
    kept.append(bytearray(50_000))
    together.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


def heaps(first: str) -> int:
    code = [sys.executable, "-c", THREADS.format(first=first)]
    return subprocess.run(code, capture_output=True, text=True, check=True).stdout.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="a matter of glibc")
def test_threads_share_two_heaps():
    assert heaps("") > 2
    assert heaps("startup.keep_small()") <= 2
