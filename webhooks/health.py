"""GET /health: what the last checks said. Starts none itself, so it cannot hang on one."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.infra.health.services import Health

# Right after the start there may be no check to report yet.
FIRST_CHECKS_S = 0.5


async def show(request: Request) -> Response:
    health: Health = request.app.state.health
    try:
        async with asyncio.timeout(FIRST_CHECKS_S):
            await health.checked_once.wait()
    except TimeoutError:
        pass  # what is not known counts as an error
    report = health.report()
    return JSONResponse(
        report,
        status_code=200 if report["status"] == "ok" else 503,
        headers={"Cache-Control": "no-store"},
    )
