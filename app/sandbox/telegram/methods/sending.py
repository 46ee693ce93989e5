"""The Bot API methods that put new messages into chats."""

from collections.abc import Callable

from app.sandbox.telegram import files
from app.sandbox.telegram.limits import FloodControl
from app.sandbox.telegram.methods import keyboards, permissions
from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.records import Chat
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.state import State
from app.sandbox.telegram.text import formatting

ALBUM_MAX = 10
#: https://core.telegram.org/bots/api#sendchataction
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
CARRIED = (
    "text", "entities", "caption", "caption_entities", "photo", "document", "sticker",
    "animation", "audio", "video", "video_note", "voice", "location", "venue", "contact", "poll", "dice",
)  # fmt: skip


class Sending:
    """`sendMessage` and its sisters."""

    def __init__(self, state: State, flood: FloodControl) -> None:
        self.state, self.flood = state, flood

    def send_message(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#sendmessage"""
        return self._send(params, formatting.text(params))

    def send_photo(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#sendphoto"""
        return self._send_file(params, "photo")

    def send_document(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#senddocument"""
        return self._send_file(params, "document")

    def send_sticker(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#sendsticker"""
        where = permissions.writable(self.state, params)
        return self._send(params, files.content_from(self.state, params, "sticker"), where)

    def send_media_group(self, params: Params) -> list[Json]:
        """https://core.telegram.org/bots/api#sendmediagroup: photos and documents."""
        where = permissions.writable(self.state, params)
        media = params.objects("media", "InputMedia")
        if not media:
            raise bad_request("there are no messages to send")
        if len(media) > ALBUM_MAX:
            raise bad_request("too many messages to send as an album")
        album = {"media_group_id": str(self.state.count("album"))}
        contents = [self._media(params, each) | album for each in media]
        return [self._send(params, content, where) for content in contents]

    def send_chat_action(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#sendchataction"""
        where = permissions.writable(self.state, params)
        if params.text("action") not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        self.state.tell("action", chat_id=where.id, action=params.text("action"))
        return True

    def _send_file(self, params: Params, kind: str) -> Json:
        where = permissions.writable(self.state, params)
        caption = formatting.caption(params)
        return self._send(params, files.content_from(self.state, params, kind) | caption, where)

    def send(self, params: Params, content: Json | Callable[[], Json]) -> Json:
        """Whatever it is into the chat that the call names; made only if the bot may write there."""
        where = permissions.writable(self.state, params)
        return self._send(params, content if isinstance(content, dict) else content(), where)

    def _send(self, params: Params, content: Json, where: Chat | None = None) -> Json:
        where = where or permissions.writable(self.state, params)
        content = content | permissions.topic(where, params)
        if params.flag("protect_content"):
            content = content | {"has_protected_content": True}
        keyboard = keyboards.read(params)
        replied = permissions.replied(self.state, where, params)
        if replied:
            content = content | {"reply_to_message": without_reply(replied.api)}
        self.flood.take(where.id, where.is_group)
        return self.state.post(where, self.state.bot, content, keyboard).api

    def _media(self, params: Params, item: Json) -> Json:
        kind = item.get("type")
        if kind not in {"photo", "document"}:
            raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
        return media_content(self.state, params, item, kind)


def media_content(state: State, params: Params, item: Json, kind: str) -> Json:
    """What an `InputMedia` shows: its file and its caption."""
    reference = params.attached(str(item.get("media", "")))
    if reference is None:
        raise bad_request("can't parse InputMedia: media not found")
    return files.content_of(state, reference, kind) | formatting.caption(Params(item))


def without_reply(api: Json) -> Json:
    """A message as it stands inside another; Telegram nests only once."""
    return {name: value for name, value in api.items() if name != "reply_to_message"}
