"""The application that `python -m webhooks` serves."""

import sys

import settings
from app.infra import logs, startup
from webhooks.app import create

try:
    logs.setup("web")
except settings.SettingsError as error:
    sys.exit(str(error))
app = create()
startup.spare_what_is_loaded()
