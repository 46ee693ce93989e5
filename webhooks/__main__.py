"""The `web` process: `python -m webhooks`. Everything that makes a server of the application stands here, so
that deployments, `make run`, the demo and tests cannot differ."""

from __future__ import annotations

import argparse
import sys
from typing import Any

import uvicorn

import settings
from app.infra import logs, startup
from webhooks import connections

DRAIN_S = 8

#: Other than uvicorn's own: its log is ours, and the shop has no web sockets.
OPTIONS: dict[str, Any] = {
    "http": connections.Connection,
    "ws": "none",
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "backlog": 256,
    "timeout_keep_alive": connections.IDLE_S,
    "timeout_graceful_shutdown": DRAIN_S,
}


def main() -> None:
    """Wrong settings end here, in one sentence: behind uvicorn, children would be started for ever."""
    args = _arguments()
    try:
        current = settings.current()
        logs.setup("web")
    except settings.SettingsError as error:
        sys.exit(str(error))
    startup.keep_small()
    startup.announce()
    uvicorn.run(
        "webhooks.asgi:app", host=args.host, port=current.port, workers=current.web_concurrency, **OPTIONS
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m webhooks", description="Receivers and health.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; only this machine's own")
    return parser.parse_args()


if __name__ == "__main__":
    main()
