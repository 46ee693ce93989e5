"""Every actor: what `python -m dramatiq workers.actors` runs. Importing it sets up the queue first.

The package itself imports nothing, so that clock and poller start quickly and stay small.
"""

import sys

import settings
from app.infra.queue import broker
from workers.boot import Boot
from workers.call_events import Calls

try:
    broker.setup().add_middleware(Boot())
    broker.setup().add_middleware(Calls())
except settings.SettingsError as error:
    sys.exit(str(error))

from workers.jobs import (  # noqa: F401  (importing them declares the actors)
    alerts,
    audit,
    backups,
    broadcasts,
    deliveries,
    exports,
    messages,
    orders,
    payments,
    people,
    quotes,
    stock,
    support,
    sweeps,
    testimonials,
    updates,
    verifying,
)
