"""Several workers judge the same rule at one moment."""

import threading

from app.backoffice.alerts import incidents
from app.backoffice.alerts.reading import Reading, Rule
from tests.support import given
from tests.support.given import BOB

RULE = Rule("payments", lambda: None)


def test_an_incident_that_many_find_is_promised_once(database, valkey):
    incidents.judge(RULE, Reading(False, True))
    ready = threading.Barrier(8)

    def judge():
        ready.wait()
        incidents.judge(RULE, Reading(True, False))
        database.close()

    judges = [threading.Thread(target=judge) for _ in range(8)]
    for each in judges:
        each.start()
    for each in judges:
        each.join()

    assert given.promised("tell_alert") == [[BOB, "payments"]]
    assert incidents.get("payments").incident == 1
