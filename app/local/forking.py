"""A process that has imported the shop once and forks its programs: `python -m app.local.forking FD MODULE…`.

They are there at once, and share what was imported. Who asks, through the socket FD, becomes their parent;
this process never has a second thread, as a fork would not have it. app/local/forked.py is the other side.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import runpy
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from app.local import daemons

#: Of a request: an environment is most of it.
MOST_BYTES = 256 * 1024
#: Fields of /proc/self/stat, counted from behind the program's name (proc_pid_stat(5), 48 and 49).
_ARG_START, _ARG_END = 45, 46


@dataclass(frozen=True)
class Request:
    """`words` are what follows `python -m`, `env` is all of the environment."""

    words: list[str]
    env: dict[str, str]
    folder: str


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    show_as(["python", "-m", "app.local.forking"])  # and not with the names of what it is not
    gc.disable()  # while everything comes and nothing goes; and freed memory would be holes to share
    for name in sys.argv[2:]:
        importlib.import_module(name)
    gc.freeze()  # or a child's first collection would copy most of what it shares
    with channel:
        request = _serve(channel, os.getppid())
    if request:
        gc.enable()
        run(request)


def _serve(channel: socket.socket, parent: int) -> Request | None:
    """What this process is to become, in each fork; None here, once nobody asks any more."""
    while True:
        content, (output, *_), *_ = _received(channel)
        if not content:
            return None
        pid = _fork()
        if not pid:
            _settle(parent, output)
            return Request(**json.loads(content))
        os.close(output)
        channel.send(str(pid).encode())


def _received(channel: socket.socket) -> tuple[bytes, list[int]]:
    content, descriptors, *_ = socket.recv_fds(channel, MOST_BYTES, 1)
    return content, descriptors or [-1]


def _fork() -> int:
    """0 in a child of our parent, which takes in orphans; its id here. It is theirs once this returns."""
    near, far = socket.socketpair()
    with near:
        if between := os.fork():
            far.close()
            pid = int(near.recv(32))
            os.waitpid(between, 0)
            near.send(b"!")
            return pid
        with far:
            near.close()
            if pid := os.fork():
                far.send(str(pid).encode())
                os._exit(0)
            far.recv(1)
            return 0


def _settle(parent: int, output: int) -> None:
    """A process group of its own that ends with the parent and is heard by it."""
    os.setpgid(0, 0)
    daemons.end_with(parent)
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    os.close(output)


def run(request: Request) -> None:
    """Be `python -m` what was asked for, to the end."""
    os.environ.clear()
    os.environ.update(request.env)
    os.chdir(request.folder)
    show_as(["python", "-m", *request.words])
    module, *sys.argv[1:] = request.words
    # Imported by others before, it runs all the same. A package stays: a second one would lack its parts.
    for name in (module, f"{module}.__main__"):
        if not hasattr(sys.modules.get(name), "__path__"):
            sys.modules.pop(name, None)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def show_as(words: list[str]) -> None:
    """What `ps` says of this process, as far as there is room: the command line it was started with."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(fields[_ARG_START]), int(fields[_ARG_END])
    text = "\0".join(words).encode()[: end - start - 1]
    ctypes.memset(start, 0, end - start)
    ctypes.memmove(start, text, len(text))


if __name__ == "__main__":
    main()
