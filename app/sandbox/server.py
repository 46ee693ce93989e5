"""Runs a stand-in's web application in a background thread, on a free port of this machine."""

import asyncio
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from app.infra import background
from app.sandbox import clock
from app.sandbox.doorman import Doorman


class Server:
    """Reachable from the moment it is made; the port is bound before the thread starts."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        # Naming the protocol lets asyncio switch Nagle's delay off, which costs 40 ms an answer.
        self.socket = socket.socket(proto=socket.IPPROTO_TCP)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.listen(512)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(
            Doorman(app),
            log_config=None,  # the process itself may have set up these loggers
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
            ws="none",
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self._work, name="standin", daemon=True)
        self.thread.start()

    def _work(self) -> None:
        loop = clock.Loop()
        try:
            loop.run_until_complete(self.server.serve(sockets=[self.socket]))
            loop.run_until_complete(_end_tasks())
        finally:
            loop.close()

    def stop(self) -> None:
        """Close the port and end the thread."""
        self.server.should_exit = True
        self.thread.join(timeout=5)
        self.socket.close()


async def _end_tasks() -> None:
    """Calls that still wait, as long polls do, end before their loop does."""
    await background.end(task for task in asyncio.all_tasks() if task is not asyncio.current_task())
