"""One sqlite file that remembers everything: records by kind and key, and the bytes of files."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson

from app.sandbox.telegram.params import Json

TABLES = """
CREATE TABLE IF NOT EXISTS record (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS content (file_id TEXT PRIMARY KEY, bytes BLOB);
"""


class Store:
    """Every write is committed at once, so a killed process loses nothing. Callers hold the state's lock."""

    def __init__(self, path: Path | None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute(
            "PRAGMA synchronous = OFF"
        )  # survives our death; the machine's is none of a demo's care
        self.db.executescript(TABLES)

    def put(self, kind: str, key: object, value: Json) -> None:
        """Write or overwrite a record."""
        self.db.execute("REPLACE INTO record VALUES (?, ?, ?)", (kind, str(key), orjson.dumps(value)))

    def drop(self, kind: str, key: object) -> None:
        """Forget a record."""
        self.db.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, str(key)))

    def all(self, kind: str) -> Iterator[Json]:
        """Every record of a kind, in no promised order."""
        for (value,) in self.db.execute("SELECT value FROM record WHERE kind = ?", (kind,)):
            yield orjson.loads(value)

    def one(self, kind: str, key: object) -> Json | None:
        """A record, if it is there."""
        rows = self.db.execute("SELECT value FROM record WHERE kind = ? AND key = ?", (kind, str(key)))
        row = rows.fetchone()
        return orjson.loads(row[0]) if row else None

    def keep(self, file_id: str, content: bytes) -> None:
        """Keep the bytes of a file."""
        self.db.execute("REPLACE INTO content VALUES (?, ?)", (file_id, content))

    def content(self, file_id: str) -> bytes:
        """The bytes of a file that was kept."""
        row = self.db.execute("SELECT bytes FROM content WHERE file_id = ?", (file_id,)).fetchone()
        return bytes(row[0]) if row else b""

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()
