"""`dead`: jobs that failed for good, and what becomes of them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app.backoffice import failed_jobs, failures
from app.errors import Locked
from app.infra import logs
from app.infra.queue import dead, sealing
from app.ops import console
from models import DeadLetter, utcnow

#: Words in arguments that say what happened and nothing about a person.
PLAIN = {"type", "kind", "data", "state", "status", "differs", "language_code", "invoice", "letters", "role"}


def register(commands: console.Commands) -> None:
    parser = commands.add_parser("dead", help="jobs that failed for good")
    actions = parser.add_subparsers(required=True, metavar="action")
    listing = actions.add_parser("list", help="those that nobody has dealt with")
    console.add_json(listing)
    listing.set_defaults(run=list_)
    groups = actions.add_parser("groups", help="the same by what failed alike")
    console.add_json(groups)
    groups.set_defaults(run=groups_)
    show = actions.add_parser("show", help="arguments, error and traceback of one")
    console.add_json(show)
    show.add_argument("id")
    show.set_defaults(run=show_)
    again = actions.add_parser("retry", help="run them once more")
    again.add_argument("ids", nargs="*", metavar="ID")
    again.add_argument("--all", action="store_true", help="every one in the list")
    again.add_argument("--group", metavar="KEY", help="every one of this kind, as listed")
    again.add_argument("--dry-run", action="store_true", help="only say what would become of the group")
    again.set_defaults(run=retry, parser=again)
    discard = actions.add_parser("discard", help="never run it")
    discard.add_argument("ids", nargs="*", metavar="ID")
    discard.add_argument("--group", metavar="KEY", help="every one of this kind")
    discard.set_defaults(run=discard_, parser=discard, all=False, dry_run=False)


def list_(args: argparse.Namespace) -> int:
    found = [_row(letter, as_json=args.json) for letter in dead.waiting()]
    console.rows(found, as_json=args.json, none="no job is dead")
    return 0


def groups_(args: argparse.Namespace) -> int:
    found = [asdict(group) | {"hint": group.hint} for group in failed_jobs.groups()]
    console.rows(found, as_json=args.json, none="no job is dead")
    return 0


def show_(args: argparse.Namespace) -> int:
    letter = _get(args.id)
    facts = _row(letter, as_json=True) | {
        "queue": letter.queue,
        "state": letter.state,
        "correlation_id": letter.correlation_id,
        "deaths": letter.deaths,
        "history": letter.history,
        "args": _args(letter),
        "traceback": logs.redact(letter.traceback),
    }
    if args.json:
        console.document(facts)
    else:
        trace = facts.pop("traceback")
        console.facts(facts)
        print(f"\n{trace.rstrip()}" if trace else "")
    return 0


def retry(args: argparse.Namespace) -> int:
    _check(args)
    if args.group is not None:
        return _retry_group(args.group, dry_run=args.dry_run)
    for letter in (letters := _chosen(args)):
        _retry(letter)
    if not letters:
        print("no job is dead")
    return 0


def _retry_group(kind: str, *, dry_run: bool) -> int:
    now = utcnow()
    found = failed_jobs.preview(kind, now)
    counts = f"{len(found.useful)} can run again, {len(found.pointless)} need not"
    print(f"{counts}, {len(found.unreadable)} cannot be read")
    if not dry_run:
        print(f"{failed_jobs.retry(kind, now)} run again")
    return 0


def discard_(args: argparse.Namespace) -> int:
    _check(args)
    if args.group is not None:
        print(f"{failed_jobs.discard(args.group, utcnow())} discarded")
        return 0
    for letter in (letters := _chosen(args)):
        done = failures.discard(letter.id)
        print(f"{letter.id}: {'discarded' if done else f'was {_get(letter.id).state} before'}")
    if not letters:
        print("no job is dead")
    return 0


def _check(args: argparse.Namespace) -> None:
    """By ids, by group, or all: exactly one of these."""
    if [bool(args.ids), args.all, args.group is not None].count(True) != 1:
        args.parser.error("name the jobs, or a --group of them, or say --all where that is known")


def _chosen(args: argparse.Namespace) -> list[DeadLetter]:
    return [_get(letter_id) for letter_id in args.ids] if args.ids else list(dead.waiting())


def masked(value: Any, name: str = "") -> Any:
    """The arguments of a job without what people wrote, are called, or were sold."""
    if isinstance(value, dict):
        return {key: masked(inner, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner, name) for inner in value]
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    if isinstance(value, float):
        return "(a number)"
    if isinstance(value, str) and name not in PLAIN:
        return f"({len(value)} characters)"
    return logs.redact(value) if isinstance(value, str) else value


def _args(letter: DeadLetter) -> list[Any]:
    harmless = sealing.HARMLESS_ARGS.get(letter.actor, ())
    try:
        args = dead.args(letter)
    except Locked:
        return ["(none of the keys can read them)"]
    return [arg if at in harmless else masked(arg) for at, arg in enumerate(args)]


def _retry(letter: DeadLetter) -> None:
    if failures.retry(letter.id):
        print(f"{letter.id}: {letter.actor} runs again")
    elif letter.actor == dead.UNREADABLE:
        raise console.Failure(f"{letter.id} was never readable, it can only be discarded")
    else:
        print(f"{letter.id}: was {_get(letter.id).state} before")


def _get(letter_id: str) -> DeadLetter:
    letter: DeadLetter | None = DeadLetter.get_or_none(DeadLetter.id == letter_id)
    if letter is None:
        raise console.Failure(f"there is no dead job {letter_id}")
    return letter


def _row(letter: DeadLetter, *, as_json: bool) -> dict[str, Any]:
    error = logs.redact(letter.error)
    return {
        "id": letter.id,
        "actor": letter.actor,
        "group": letter.kind,
        "died_at": letter.died_at,
        "attempts": letter.attempts,
        "error": error if as_json else error.splitlines()[0][:80],
    }
