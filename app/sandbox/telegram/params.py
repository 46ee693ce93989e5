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

    def parsed(self, name: str, called: str = "") -> Any:
        """The value as JSON; None when it is missing. `called`: as the server names it, if not like that."""
        value = self.values.get(name)
        if not isinstance(value, str | bytes):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            said = called or name.replace("_", " ")
            raise bad_request(f"can't parse {said} JSON object") from None

    def array(self, name: str, of: str, called: str = "") -> list[Any]:
        """The value as an Array; empty when it is missing."""
        value = self.parsed(name, called)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {of}")
        return value or []

    def objects(self, name: str, of: str) -> list[Json]:
        """The same where it holds Objects."""
        found = self.array(name, of)
        if not all(isinstance(each, dict) for each in found):
            raise bad_request(f"can't parse {of}: expected an Object")
        return found

    def object(self, name: str) -> Json:
        """The value as an Object; empty when it is missing."""
        value = self.parsed(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value or {}

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
