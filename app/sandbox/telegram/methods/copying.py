"""The Bot API methods that carry messages from chat to chat: copies and forwards, one or many."""

from typing import Any

from app.sandbox.telegram.methods import permissions
from app.sandbox.telegram.methods.sending import CARRIED, Sending
from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.records import Message
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.text import formatting


class Copying:
    """`copyMessage` and its sisters."""

    def __init__(self, sending: Sending) -> None:
        self.sending, self.state = sending, sending.state

    def copy_message(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#copymessage"""
        source = permissions.message(self.state, params, "copy")
        content = _copied(source)
        if "caption" in params.values and source.kind != "text":
            content = _without_caption(content) | formatting.caption(params)
        return _numbered(self.sending.send(params, content))

    def copy_messages(self, params: Params) -> list[Json]:
        """https://core.telegram.org/bots/api#copymessages: what cannot be found or copied is left out."""
        return self._many(params, _copied, bare=params.flag("remove_caption"))

    def forward_message(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#forwardmessage"""
        return self.sending.send(params, _forwarded(permissions.message(self.state, params, "forward")))

    def forward_messages(self, params: Params) -> list[Json]:
        """https://core.telegram.org/bots/api#forwardmessages"""
        return self._many(params, _forwarded)

    def _many(self, params: Params, carry: Any, *, bare: bool = False) -> list[Json]:
        from_chat = permissions.readable(self.state, params)
        found = [self.state.message(from_chat.id, number) for number in _in_order(params)]
        sources = [each for each in found if each and not each.api.get("has_protected_content")]
        if not sources:
            raise bad_request("message to forward not found")
        contents = [carry(each) for each in sources]
        sent = [self.sending.send(params, _without_caption(each) if bare else each) for each in contents]
        return [_numbered(each) for each in sent]


def _in_order(params: Params) -> list[int]:
    given = permissions.numbers(params)
    if given != sorted(set(given)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    return given


def _carried(source: Message, done: str) -> Json:
    content = {name: source.api[name] for name in CARRIED if name in source.api}
    if not content or source.api.get("has_protected_content"):
        raise bad_request(f"message can't be {done}")
    return content


def _copied(source: Message) -> Json:
    return _carried(source, "copied")


def _forwarded(source: Message) -> Json:
    origin = {"type": "user", "date": source.api["date"], "sender_user": source.api["from"]}
    return _carried(source, "forwarded") | {"forward_origin": origin}


def _numbered(api: Json) -> Json:
    return {"message_id": api["message_id"]}


def _without_caption(content: Json) -> Json:
    return {name: value for name, value in content.items() if not name.startswith("caption")}
