"""Files: what may be uploaded as what, and finding it again by its id."""

import io
import secrets

from PIL import Image, UnidentifiedImageError

from app.sandbox.telegram.params import Json, Params, Upload
from app.sandbox.telegram.records import File
from app.sandbox.telegram.refusals import Refusal, bad_request
from app.sandbox.telegram.state import State

MB = 1024 * 1024
UPLOAD_LIMIT, PHOTO_LIMIT, DOWNLOAD_LIMIT = 50 * MB, 10 * MB, 20 * MB
MAX_SIDES, MAX_RATIO = 10_000, 20
THUMBNAIL = 90
PREFIX = {
    "photo": "AgACAgUAAx", "document": "BQACAgUAAx", "sticker": "CAACAgUAAx", "animation": "CgACAgUAAx",
    "audio": "CQACAgUAAx", "video": "BAACAgUAAx", "video_note": "DQACAgUAAx", "voice": "AwACAgUAAx",
}  # fmt: skip
#: Their size in pixels is looked at.
PICTURES = {"photo", "sticker"}


def content_from(state: State, params: Params, kind: str) -> Json:
    """The `photo`, `document` or `sticker` of a new message, from the call's field of that name."""
    return content_of(state, params.upload(kind), kind)


def content_of(state: State, given: Upload | str | None, kind: str) -> Json:
    """The same from an upload or a file id."""
    if given is None:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, str):
        return as_content(state, _known(state, given, kind))
    return as_content(state, add(state, given, kind))


def _known(state: State, file_id: str, kind: str) -> File:
    found = state.files.get(file_id)
    if found is None and file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the stand-in fetches nothing from elsewhere
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found.kind != kind and "photo" in {found.kind, kind}:  # the others are documents of some kind
        raise bad_request(f"can't use file of type {found.kind.title()} as {kind.title()}")
    return found


def as_content(state: State, file: File) -> Json:
    """The part of a message that shows a file; a photo comes in its sizes, largest last."""
    if file.kind != "photo":
        return {file.kind: file.api()}
    small = state.files.get(f"{file.id}-s")
    return {"photo": ([small.api()] if small else []) + [file.api()]}


def add(state: State, upload: Upload, kind: str, file_id: str = "", emoji: str = "") -> File:
    """Store an upload, if Telegram would take it as this kind."""
    _check_size(upload, kind)
    width, height = _measure(upload, kind) if kind in PICTURES else (0, 0)
    unique = secrets.token_urlsafe(9).replace("-", "A")
    name = upload.name.replace("/", "_") or kind
    file_id = file_id or PREFIX[kind] + secrets.token_urlsafe(24)
    file = File(file_id, unique, kind, name, upload.mime, len(upload.content), width, height, emoji)
    _keep(state, file, upload.content)
    if kind == "photo" and max(width, height) > THUMBNAIL:
        _keep(state, *_thumbnail(file, upload.content))
    return file


def add_sticker(state: State, file_id: str, image: bytes, emoji: str = "") -> None:
    """Make a sticker known under this id, unless it is."""
    if file_id not in state.files:
        add(state, Upload("sticker.webp", image, "image/webp"), "sticker", file_id, emoji)


def _keep(state: State, file: File, content: bytes) -> None:
    with state.lock:
        state.files[file.id] = file
        state.keep(file)
        state.store.keep(file.id, content)


def _check_size(upload: Upload, kind: str) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo" and len(upload.content) > PHOTO_LIMIT:
        raise bad_request("file is too big for a photo")


def _measure(upload: Upload, kind: str) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(upload.content)) as image:
            width, height = image.size
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    wrong_shape = width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height)
    if kind == "photo" and wrong_shape:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _thumbnail(file: File, content: bytes) -> tuple[File, bytes]:
    with Image.open(io.BytesIO(content)) as image:
        small = image.convert("RGB")
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    out = io.BytesIO()
    small.save(out, "JPEG")
    width, height = small.size
    size = len(out.getvalue())
    unique = f"{file.unique_id}s"
    return File(f"{file.id}-s", unique, "photo", "s.jpg", "image/jpeg", size, width, height), out.getvalue()


def describe(state: State, params: Params) -> Json:
    """`getFile`: where to download a file from."""
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    file = state.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    shown = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return shown | {"file_path": file.path}


def at_path(state: State, path: str) -> tuple[File, bytes] | None:
    """The file behind a `file_path` and its bytes."""
    file = next((each for each in state.files.values() if each.path == path), None)
    return (file, state.store.content(file.id)) if file else None
