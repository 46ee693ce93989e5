"""The Bot API methods that change and remove messages, and that answer a pressed button."""

from app.sandbox.telegram.limits import FloodControl
from app.sandbox.telegram.methods import keyboards, permissions, sending
from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.records import Message
from app.sandbox.telegram.refusals import Refusal, bad_request
from app.sandbox.telegram.state import State
from app.sandbox.telegram.taps import Taps
from app.sandbox.telegram.text import formatting

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOAST_LIMIT = 200


class Editing:
    """`editMessageText` and its sisters."""

    def __init__(self, state: State, flood: FloodControl, taps: Taps) -> None:
        self.state, self.flood, self.taps = state, flood, taps

    def edit_message_text(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#editmessagetext"""
        content = formatting.text(params)
        message = permissions.editable(self.state, params)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, content, keyboards.inline(params))

    def edit_message_caption(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#editmessagecaption"""
        content = formatting.caption(params)
        message = permissions.editable(self.state, params)
        if message.kind not in {"photo", "document"}:
            raise bad_request("there is no caption in the message to edit")
        file = {message.kind: message.api[message.kind]}
        return self._edit(message, file | content, keyboards.inline(params))

    def edit_message_media(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#editmessagemedia: to a photo or a document."""
        message = permissions.editable(self.state, params)
        item = params.parsed("media")
        if not isinstance(item, dict) or item.get("type") not in {"photo", "document"}:
            raise bad_request("can't parse InputMedia: type is unsupported")
        if message.kind == "sticker":
            raise bad_request("message can't be edited")
        content = sending.media_content(self.state, params, item, item["type"])
        return self._edit(message, content, keyboards.inline(params))

    def edit_message_reply_markup(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#editmessagereplymarkup"""
        message = permissions.editable(self.state, params)
        return self._edit(message, _content(message), keyboards.inline(params))

    def delete_message(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#deletemessage"""
        message = permissions.message(self.state, params, "delete")
        permissions.check_deletable(self.state, message)
        self.state.delete(message)
        return True

    def delete_messages(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#deletemessages: those that are not there are passed over."""
        where = permissions.chat(self.state, params)
        found = [self.state.message(where.id, number) for number in permissions.numbers(params)]
        for message in filter(None, found):
            permissions.check_deletable(self.state, message)
            self.state.delete(message)
        return True

    def answer_callback_query(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#answercallbackquery"""
        if len(params.text("text")) > TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        shown = params.text("text"), params.flag("show_alert"), params.text("url")
        if not self.taps.answer(params.text("callback_query_id"), *shown):
            raise Refusal(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        return True

    def _edit(self, message: Message, content: Json, keyboard: Json | None) -> Json:
        if (_content(message), message.markup) == (content, keyboard):
            raise bad_request(NOT_MODIFIED)
        where = self.state.chats[message.chat_id]
        if where.is_group:
            self.flood.take(where.id, is_group=True)  # in groups an edit counts as a message
        return self.state.edit(message, content, keyboard).api


def _content(message: Message) -> Json:
    return {name: message.api[name] for name in sending.CARRIED if name in message.api}
