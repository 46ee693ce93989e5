"""The `web` process: `uvicorn webhooks.asgi:app`."""

from app.infra import logs
from webhooks.app import create

logs.setup("web")
app = create()
