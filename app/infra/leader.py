"""One process of a kind at a time: the leader holds a PostgreSQL advisory lock, the others stand by.

The lock belongs to a transaction that stays open, on a connection of its own: a transaction pooler gives that
a server of its own for as long as it lasts. PostgreSQL frees the lock when the connection ends or has been
silent for LEASE_S, so a leader whose connection does not answer must stop before it does anything more.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import psycopg
import structlog

import settings
from models import DIAL, Connection

log = structlog.get_logger()

# The first number of the lock sets ours apart from other advisory locks of the database.
SPACE = 0x51_C4
NUMBERS = {"clock": 1, "poller": 2}

STANDBY_LOOKS_S = 1.0
LEADER_LOOKS_S = 2.0
ANSWER_S = 5.0
#: After the lock is lost, work that does not end by itself is cut off.
LAST_WORDS_S = 5.0
#: More than all of these: nobody leads while an old leader may still be at work.
LEASE_S = 15

#: Where the server knows them; `transaction_timeout` is new in 17.
_LIMITS = """
select set_config(name, case when name = 'idle_in_transaction_session_timeout' then %s else '0' end, true)
from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')
"""

Work = Callable[[threading.Event], int]


def lead(kind: str, work: Work, interrupt: Callable[[], None] = lambda: None) -> int:
    """Wait for the lock of this kind, then do the work until SIGTERM; the exit code of the process.

    `work(stop)` returns its exit code soon after `stop` is set; `interrupt` helps it to (it may run in a
    signal handler or in another thread). The code is 1 when the lock was lost. Main thread only.
    """
    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()
        interrupt()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    connection = _acquire(kind, stop)
    if connection is None:
        return 0
    log.info("leading", kind=kind)
    guard = _Guard(connection, stop, end)
    guard.start()
    code = work(stop)
    stop.set()
    guard.join()
    log.info("stopped leading", kind=kind, lost=guard.lost)
    return 1 if guard.lost else code


def _acquire(kind: str, stop: threading.Event) -> Connection | None:
    """The connection that holds the lock; None when the process was stopped before it got there."""
    connection: Connection | None = None
    waiting = unreachable = False
    while not stop.is_set():
        try:
            connection = connection or _connect(kind)
            if _locks(connection, kind):
                return connection
            unreachable = False
            if not waiting:
                log.info("standing by", kind=kind)
                waiting = True
        except psycopg.Error as error:
            connection = None
            if not unreachable:
                log.warning("the lock cannot be asked for", kind=kind, error=type(error).__name__)
                unreachable = True
        stop.wait(STANDBY_LOOKS_S)
    return None


def _connect(kind: str) -> Connection:
    connection = Connection.connect(
        settings.current().database_url, autocommit=True, application_name=f"quickcart {kind}", **DIAL
    )
    connection.answer_s = ANSWER_S
    return connection


def _locks(connection: Connection, kind: str) -> bool:
    connection.execute("begin")
    connection.execute(_LIMITS, [f"{LEASE_S}s"])
    lock = "select pg_try_advisory_xact_lock(%s, %s)"
    answer = connection.execute(lock, (SPACE, NUMBERS[kind])).fetchone()
    if answer and answer[0]:
        return True
    connection.execute("rollback")
    return False


class _Guard(threading.Thread):
    """Watches the connection that holds the lock, and ends the work when it is gone."""

    def __init__(self, connection: Connection, stop: threading.Event, end: Callable[[], None]) -> None:
        super().__init__(name="leader", daemon=True)
        self.lost = False
        self._connection, self._stop_event, self._end = connection, stop, end

    def run(self) -> None:
        while not self._stop_event.wait(LEADER_LOOKS_S):
            try:
                self._connection.execute("select 1")
            except psycopg.Error as error:
                log.error("the lock was lost", error=str(error))
                self.lost = True
                self._cut_off_later()
                self._end()
                return
        self._connection.close()

    def _cut_off_later(self) -> None:
        timer = threading.Timer(LAST_WORDS_S, os._exit, (1,))
        timer.daemon = True
        timer.start()
