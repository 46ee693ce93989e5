"""`dramatiq tests.queue.signaled_jobs`: a worker told to end while it boots, and again right after."""

from __future__ import annotations

import os
import signal
from typing import Any

import dramatiq
from dramatiq.middleware import Middleware

from tests.queue import jobs  # noqa: F401 (its broker and actors are this one's)


class Impatient(Middleware):
    def after_worker_boot(self, broker: Any, worker: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


dramatiq.get_broker().add_middleware(Impatient())
os.kill(os.getpid(), signal.SIGTERM)
