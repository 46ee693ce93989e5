"""What jobs carry, out of sight: goods, codes, file ids and what people wrote are encrypted before a job is
queued or stored, and opened only for its actor. Numbers, and words that are named harmless here, stay open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from app.infra import crypto

#: Positions of arguments that are words of ours, or numbers that name something.
HARMLESS_ARGS = {"send_notice": {1}, "tell_alert": {1}, "settle_payment": {0, 1}}
#: Names of such values inside an argument.
HARMLESS_NAMES = {
    "invoice",
    "hint",
    "role",
    "outcome",
    "message",
    "differs",
    "letters",
    "name",
    "reason",
    "actor",
}
#: Arguments that are sealed in one piece: Telegram's updates, in which anything may stand anywhere.
WHOLE = {"handle_update"}

_SEALED = "sealed"


def seal(actor: str, args: Sequence[Any]) -> list[Any]:
    """What is sealed already stays as it is."""
    if actor in WHOLE:
        return [_close(arg) for arg in args]
    open_at = HARMLESS_ARGS.get(actor, ())
    return [arg if at in open_at else closed(arg) for at, arg in enumerate(args)]


def unseal(args: Sequence[Any]) -> list[Any]:
    """The same as it was. Raises Locked."""
    return [_unseal(arg) for arg in args]


def rotate(value: Any) -> Any:
    """The same under the first key. Raises Locked."""
    if _is_sealed(value):
        return {_SEALED: crypto.rotate(value[_SEALED].encode()).decode()}
    if isinstance(value, dict):
        return {key: rotate(inner) for key, inner in value.items()}
    return [rotate(inner) for inner in value] if isinstance(value, list) else value


def closed(value: Any, name: str = "") -> Any:
    """A value with its words sealed; numbers, and what has a harmless name, stay open."""
    if name in HARMLESS_NAMES or _is_sealed(value):
        return value
    if isinstance(value, dict):
        return {key: closed(inner, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [closed(inner) for inner in value]
    return _close(value) if isinstance(value, str) else value


def _close(value: Any) -> Any:
    if _is_sealed(value):
        return value
    return {_SEALED: crypto.encrypt(orjson.dumps(value).decode()).decode()}


def _unseal(value: Any) -> Any:
    if _is_sealed(value):
        return orjson.loads(crypto.decrypt(value[_SEALED].encode()))
    if isinstance(value, dict):
        return {key: _unseal(inner) for key, inner in value.items()}
    return [_unseal(inner) for inner in value] if isinstance(value, list) else value


def _is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {_SEALED} and isinstance(value[_SEALED], str)
