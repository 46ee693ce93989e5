"""Files: what may be uploaded as what, and finding it again by its id."""

import io
import secrets

from PIL import Image, UnidentifiedImageError

from app.sandbox.telegram.params import Json, Params, Upload
from app.sandbox.telegram.refusal import Refusal, bad_request
from app.sandbox.telegram.things import File
from app.sandbox.telegram.world import World

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


def content_from(world: World, params: Params, kind: str) -> Json:
    """The `photo`, `document` or `sticker` of a new message, from the call's field of that name."""
    return content_of(world, params.upload(kind), kind)


def content_of(world: World, given: Upload | str | None, kind: str) -> Json:
    """The same from an upload or a file id."""
    if given is None:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(given, str):
        return as_content(world, _known(world, given, kind))
    return as_content(world, add(world, given, kind))


def _known(world: World, file_id: str, kind: str) -> File:
    found = world.files.get(file_id)
    if found is None and file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # the stand-in fetches nothing from elsewhere
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found.kind != kind and "photo" in {found.kind, kind}:  # the others are documents of some kind
        raise bad_request(f"can't use file of type {found.kind.title()} as {kind.title()}")
    return found


def as_content(world: World, file: File) -> Json:
    """The part of a message that shows a file; a photo comes in its sizes, largest last."""
    if file.kind != "photo":
        return {file.kind: file.api()}
    small = world.files.get(f"{file.id}-s")
    return {"photo": ([small.api()] if small else []) + [file.api()]}


def add(world: World, upload: Upload, kind: str, file_id: str = "", emoji: str = "") -> File:
    """Store an upload, if Telegram would take it as this kind."""
    _check_size(upload, kind)
    width, height = _measure(upload, kind) if kind in PICTURES else (0, 0)
    unique = secrets.token_urlsafe(9).replace("-", "A")
    name = upload.name.replace("/", "_") or kind
    file_id = file_id or PREFIX[kind] + secrets.token_urlsafe(24)
    file = File(file_id, unique, kind, name, upload.mime, len(upload.content), width, height, emoji)
    _keep(world, file, upload.content)
    if kind == "photo" and max(width, height) > THUMBNAIL:
        _keep(world, *_thumbnail(file, upload.content))
    return file


def _keep(world: World, file: File, content: bytes) -> None:
    with world.lock:
        world.files[file.id] = file
        world.keep(file)
        world.store.keep(file.id, content)


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


def describe(world: World, params: Params) -> Json:
    """`getFile`: where to download a file from."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    shown = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return shown | {"file_path": file.path}


def at_path(world: World, path: str) -> tuple[File, bytes] | None:
    """The file behind a `file_path` and its bytes."""
    file = next((each for each in world.files.values() if each.path == path), None)
    return (file, world.store.content(file.id)) if file else None
