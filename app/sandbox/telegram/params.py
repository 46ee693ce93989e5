"""The parameters of one call, however they were sent. Typed reading and nothing about their meaning."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from app.sandbox.telegram.refusals import bad_request

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass
class Params:
    """Values as strings (query, form) or as JSON types (JSON body), and uploads by field name."""

    values: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value as text; empty when it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """The value as a number; the default when it is missing."""
        value = self.text(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise bad_request(f"invalid {name.replace('_', ' ')} specified") from None

    def flag(self, name: str) -> bool:
        """The value as a yes or no, in the spellings that Telegram takes."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def parsed(self, name: str) -> Any:
        """The value as JSON; None when it is missing."""
        value = self.values.get(name)
        if not isinstance(value, str | bytes):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, name: str) -> Upload | str | None:
        """A file: uploaded in this field, attached under a name (`attach://`), or a string to look up."""
        if name in self.uploads:
            return self.uploads[name]
        return self.attached(self.text(name))

    def attached(self, reference: str) -> Upload | str | None:
        """What a reference stands for; None when it is empty."""
        if reference.startswith("attach://"):
            upload = self.uploads.get(reference.removeprefix("attach://"))
            if upload is None:
                raise bad_request("wrong file identifier/HTTP URL specified")
            return upload
        return reference or None
