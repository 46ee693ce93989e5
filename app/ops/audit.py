"""`audit`: what happened, whether the audit database still tells it unchanged, and what a restore lost."""

from __future__ import annotations

import argparse
import re
from datetime import datetime
from typing import Any

from app import audit
from app.audit import archive, chain, comparison, lookup, proof, shipping
from app.audit.chain import Head
from app.audit.lookup import Found
from app.infra import times, transactions
from app.ops import console

#: Money and goods: what buyers are owed, whatever a backup knew.
OWED = ("payment.completed", "balance.changed", "order.paid", "order.delivered", "order.credited")
_HASH = re.compile(r"[0-9a-f]{64}")


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("audit", help="what happened, and whether that was tampered with")
    actions = parser.add_subparsers(required=True, metavar="action")
    listing = actions.add_parser("list", help="events, here and in the audit database")
    listing.add_argument("--entity", help="order:TRX…, user:7, product:101")
    listing.add_argument("--actor", help="a Telegram id, or a part of the system")
    listing.add_argument("--action", help="order.paid, balance.changed, …")
    listing.add_argument("--since", help="a day, or a time of one, in WIB: 2026-11-26, 2026-11-26T14:30")
    listing.add_argument("--most", type=console.count, default=100, help="the newest so many (100)")
    console.add_json(listing)
    listing.set_defaults(run=list_)
    verify = actions.add_parser("verify", help="prove the whole chain; exit code 1 when it is broken")
    verify.add_argument("--at", type=int, metavar="SEQ", help="a row whose hash was written down")
    verify.add_argument("--hash", help="that hash")
    console.add_json(verify)
    verify.set_defaults(run=verify_)
    lost = actions.add_parser(
        "lost", help="money and goods that the audit knows and a restored shop does not"
    )
    lost.add_argument("--accept", action="store_true", help="they were dealt with: verify names them no more")
    console.add_json(lost)
    lost.set_defaults(run=lost_)


def list_(args: argparse.Namespace) -> int:
    entities = [args.entity] if args.entity else None
    wanted: dict[str, Any] = {"actor": args.actor, "action": args.action, "since": _since(args.since)}
    try:
        found = lookup.find(entities, **wanted, most=args.most)
    except archive.Away as error:
        raise console.Failure(_away(error)) from None
    found = [*found, *lookup.waiting(entities, **wanted, most=args.most)][-args.most :]
    console.rows([_row(event, as_json=args.json) for event in found], as_json=args.json, none="no event fits")
    return 0


def verify_(args: argparse.Namespace) -> int:
    noted = _noted(args.at, args.hash)
    try:
        with archive.opened() as connection:
            problems = [proof.missing(connection, head) for head in (noted, shipping.known_head())]
            proved = proof.prove(connection)
            guard = archive.guard(connection)
    except archive.Away as error:
        raise console.Failure(_away(error)) from None
    found = list(dict.fromkeys(filter(None, [proved.problem, *problems])))
    facts = {"rows": proved.rows, "seq": proved.head.seq, "hash": proved.head.hash.hex(), "guard": guard}
    if args.json:
        console.document(facts | {"problems": found})
    else:
        print(*found, sep="\n") if found else console.facts(facts)
    return 1 if found else 0


def lost_(args: argparse.Namespace) -> int:
    """In one transaction, which sees the shop at one moment."""
    with transactions.atomic():
        try:
            with archive.opened(archive.LONGEST_S) as connection:
                head = chain.head(connection).seq
                found = comparison.lost(connection, head, OWED)
        except archive.Away as error:
            raise console.Failure(_away(error)) from None
        if args.accept:
            comparison.accept_lost(head)
            audit.record("audit.lost_accepted", "audit", seq=head, events=len(found))
    rows = [_row(event, as_json=args.json) for event in found]
    console.rows(rows, as_json=args.json, none="nothing is lost")
    return 0


def _noted(at: int | None, hash_: str | None) -> Head:
    if at is None and hash_ is None:
        return chain.EMPTY
    if at is None or at < 1 or not hash_ or not _HASH.fullmatch(hash_.lower()):
        raise console.Failure(
            "name a row and its hash of 64 digits, as they were told: --at 120 --hash 9f86d0…"
        )
    return Head(at, bytes.fromhex(hash_))


def _since(typed: str | None) -> datetime | None:
    if typed is None:
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise console.Failure(f"{typed} is no day; write --since 2026-11-26") from None
    return at if at.tzinfo else at.replace(tzinfo=times.WIB)


def _row(event: Found, *, as_json: bool) -> dict[str, Any]:
    facts = {"seq": event.seq, "at": event.at, "actor": event.actor, "action": event.action}
    told: Any = event.data if as_json else " ".join(f"{key}={value}" for key, value in event.data.items())
    return facts | {"entity": event.entity, "data": told}


def _away(error: archive.Away) -> str:
    return f"the audit database is away: {error}"
