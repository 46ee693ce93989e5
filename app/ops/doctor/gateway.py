"""The doctor's questions to Pakasir. None of them makes or changes a payment."""

from __future__ import annotations

from collections.abc import Iterator

import settings
from app.clients import pakasir_account, pakasir_v1, pakasir_v2
from app.clients.pakasir import Gateway
from app.errors import ClientError, Flood, NotFound, TurnedAway
from app.ops.doctor.line import Line, clock, ok, warning, wrong
from models import Order, Payment, db

TIMEOUT_S = 4.0
OWN_PAGES = "https://pots.my.id"
_NOBODY = "quickcart-doctor"
#: So many of the newest payments.
ASKED = 3


def fees() -> Iterator[Line]:
    """Also whether the gateway can be reached at all."""
    try:
        _client().probe()
    except TurnedAway:
        yield ok("pakasir", "it answers")
    except ClientError as error:
        yield wrong(
            "pakasir",
            f"no sensible answer ({error}): nobody can pay by QRIS",
            f"is {settings.current().pakasir_base_url} open from this machine? else wait for it",
        )
    else:
        yield ok("pakasir", "it answers, and tells its fees")


def clocks() -> Iterator[Line]:
    try:
        yield clock("Pakasir", pakasir_account.server_time(TIMEOUT_S))
    except ClientError:
        return  # `fees` says so


def key() -> Iterator[Line]:
    """By one of the newest payments, as a single one may be unknown there; without any, by one that nobody
    made."""
    known = _newest()
    for asked in known or [(_NOBODY, _NOBODY, 10_000)]:
        try:
            status = _client().status(*asked)
        except TurnedAway:
            yield wrong(
                "gateway key",
                "Pakasir does not take PAKASIR_API_KEY: nobody can pay by QRIS",
                "copy the key of this project from the gateway's dashboard",
            )
        except NotFound:
            continue
        except Flood:
            yield ok("gateway key", "in use at this moment")
        except ClientError as error:
            yield warning(
                "gateway key", f"could not be tried ({type(error).__name__})", "run doctor again later"
            )
        else:
            yield ok("gateway key", f"key and project {settings.current().pakasir_project} are right")
            yield from _sandbox(status.is_sandbox)
        return
    yield _unknown(len(known))


def _newest() -> list[tuple[str, str, int]]:
    """Transaction, invoice and amount of those that the gateway has given a QR, the newest first."""
    found = Payment.select(Payment, Order).join(Order).where(Payment.txn_id.is_null(False))
    with db.connection_context():
        newest = list(found.order_by(Payment.id.desc()).limit(ASKED))
    return [(str(each.txn_id), each.order.invoice, each.amount) for each in newest]


def _unknown(asked: int) -> Line:
    project = settings.current().pakasir_project
    if not asked:
        return ok("gateway key", "it is taken; whether the project is right shows with the first payment")
    return wrong(
        "gateway project",
        f"project {project} does not know the shop's newest payments",
        "is PAKASIR_PROJECT the slug of the project that the key is of?",
    )


def _sandbox(is_sandbox: bool | None) -> Iterator[Line]:
    counts = settings.current().pakasir_sandbox
    if is_sandbox and not counts:
        yield wrong(
            "sandbox",
            "the project is in sandbox mode: its QRs cannot be paid, and no payment counts",
            "switch the sandbox off in the gateway's dashboard",
        )
    elif is_sandbox is False and counts:
        yield warning(
            "sandbox", "real payments arrive, and sandbox ones would count too", "PAKASIR_SANDBOX=0"
        )


def settings_fit() -> Iterator[Line]:
    current = settings.current()
    if current.pakasir_sandbox:
        yield warning(
            "sandbox payments",
            "they count (PAKASIR_SANDBOX=1): goods go out without money",
            "set PAKASIR_SANDBOX=0 before you sell",
        )
    if current.pakasir_public_url == OWN_PAGES:
        yield warning(
            "payment pages",
            f"customers are sent to {OWN_PAGES}, which is QuickCart's own",
            "set PAKASIR_PUBLIC_URL to your domain, or to https://app.pakasir.com",
        )
    if not current.pakasir_webhook_secret:
        yield warning(
            "payment notices",
            "PAKASIR_WEBHOOK_SECRET is not set: payments are only found by asking, up to a minute later",
            "copy the project's webhook secret from the gateway's dashboard",
        )


def _client() -> Gateway:
    current = settings.current()
    kind = pakasir_v1.Client if current.pakasir_api_version == 1 else pakasir_v2.Client
    return kind(current, TIMEOUT_S)


PROBES = (fees, clocks, key, settings_fit)
