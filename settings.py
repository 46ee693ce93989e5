"""Every environment variable, typed and checked at once. Nothing else reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode

from app import addresses

#: Shorter ones can be guessed.
SECRET_LENGTH, PASSWORD_LENGTH = 16, 12
MAKE_A_PAIR = (
    'python -c "from pyrage import x25519; key = x25519.Identity.generate(); print(key, key.to_public())"'
)
MAKE_ONE = 'python -c "import secrets; print(secrets.token_urlsafe(32))"'

#: Where Heroku's Redis is found, with certificates that it signed itself.
SELF_SIGNED = re.compile(r"ec2-[0-9-]+\.(compute-1|[a-z0-9-]+\.compute)\.amazonaws\.com")


class SettingsError(Exception):
    """The environment is wrong; the message names every variable that must change."""


def _blank_is_unset(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _id_list(value: Any) -> Any:
    if isinstance(value, str):
        return [part for part in re.split(r"[,\s]+", value) if part]
    return value


def _long_enough(value: SecretStr | None, length: int) -> SecretStr | None:
    if value and len(value.get_secret_value()) < length:
        raise ValueError(f"must have at least {length} characters; make one with: {MAKE_ONE}")
    return value


OptionalText = Annotated[str | None, BeforeValidator(_blank_is_unset)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(_blank_is_unset)]
Person = Annotated[int, Field(gt=0, lt=2**52)]
Seconds = Annotated[int, Field(ge=1)]
OptionalMegabytes = Annotated[int | None, Field(ge=1), BeforeValidator(_blank_is_unset)]


class Settings(BaseSettings, frozen=True, extra="ignore", env_ignore_empty=True, str_strip_whitespace=True):
    """One field a variable of the same name in capitals. Defaults are those that .env.example tells."""

    telegram_bot_token: SecretStr
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: OptionalSecret = None

    pakasir_project: str
    pakasir_api_key: SecretStr
    pakasir_webhook_secret: OptionalSecret = None
    pakasir_base_url: str = "https://app.pakasir.com"
    pakasir_public_url: str = "https://pots.my.id"
    pakasir_api_version: Annotated[int, Field(ge=1, le=2)] = 2
    pakasir_sandbox: bool = False

    database_url: str
    audit_database_url: str
    redis_url: str
    redis_tls_verify: bool | None = None
    database_max_mb: OptionalMegabytes = None
    audit_database_max_mb: OptionalMegabytes = None

    public_url: OptionalText = None
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    web_concurrency: Annotated[int, Field(ge=1, le=64)] = 1

    admin_ids: Annotated[frozenset[Person], NoDecode, BeforeValidator(_id_list)] = frozenset()
    store_name: str = "QuickCart"
    store_docs_url: OptionalText = None
    welcome_sticker: OptionalText = None

    payment_expiry_seconds: Seconds = 600
    late_payment: Literal["deliver", "credit"] = "deliver"
    stock_encryption_key: SecretStr
    ops_password: OptionalSecret = None
    heartbeat_url: OptionalText = None
    worker_silence_seconds: Seconds = 90
    backup_recipient: OptionalText = None
    backup_chat_id: int | None = None
    backup_dir: OptionalText = None
    metrics_token: OptionalSecret = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"

    @field_validator("log_level", "log_format", "late_payment", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.lower() if isinstance(value, str) else value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[0-9]{3,}:[A-Za-z0-9_-]{20,}", value.get_secret_value()):
            raise ValueError("is not a bot token; BotFather gives one like 123456789:AA…")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("may only hold A-Z, a-z, 0-9, _ and -, at most 256 of them")
        return _long_enough(value, SECRET_LENGTH)

    @field_validator("metrics_token", "ops_password")
    @classmethod
    def _length(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        return _long_enough(value, PASSWORD_LENGTH if info.field_name == "ops_password" else SECRET_LENGTH)

    @field_validator("pakasir_project")
    @classmethod
    def _slug_shape(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_-]+", value):
            raise ValueError("must be the project's slug, letters, digits, - and _ only")
        return value

    @field_validator(
        "telegram_api_url",
        "pakasir_base_url",
        "pakasir_public_url",
        "public_url",
        "store_docs_url",
        "heartbeat_url",
    )
    @classmethod
    def _web_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        return value and addresses.web(info.field_name or "", value)

    @field_validator("database_url", "audit_database_url")
    @classmethod
    def _postgres_uri(cls, value: str) -> str:
        return addresses.postgres(value, os.environ.get("PGHOST", ""), os.environ.get("PGSSLMODE", ""))

    @field_validator("redis_url")
    @classmethod
    def _redis_uri(cls, value: str) -> str:
        return addresses.redis(value)

    @field_validator("pakasir_api_key", "pakasir_webhook_secret", "metrics_token")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("may only hold letters, digits and signs of ASCII, without spaces")
        return value

    @field_validator("stock_encryption_key")
    @classmethod
    def _fernet_keys(cls, value: SecretStr) -> SecretStr:
        for key in value.get_secret_value().split(","):
            try:
                Fernet(key.strip())
            except ValueError:
                raise ValueError(
                    "must be Fernet keys, comma separated; make one with: python3 -c "
                    '"import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
                ) from None
        return value

    @field_validator("public_url")
    @classmethod
    def _webhook_needs_a_secret(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value and info.data.get("telegram_webhook_secret", "wrong anyway") is None:
            raise ValueError("needs TELEGRAM_WEBHOOK_SECRET to be set as well")
        return value

    @field_validator("backup_recipient")
    @classmethod
    def _age_key(cls, value: str | None) -> str | None:
        if value and not _is_age_key(value.strip()):
            secret = value.strip().upper().startswith("AGE-SECRET-KEY-")
            raise ValueError(
                "must be the public key, age1…; the secret one belongs to no server"
                if secret
                else f"must be an age public key, age1…; make a pair with: {MAKE_A_PAIR}"
            )
        return value and value.strip()

    @field_validator("backup_chat_id", "backup_dir")
    @classmethod
    def _backups_are_encrypted(cls, value: Any, info: ValidationInfo) -> Any:
        if value and info.data.get("backup_recipient", "wrong anyway") is None:
            raise ValueError("needs BACKUP_RECIPIENT, so that backups can be encrypted")
        return value

    @property
    def makes_backups(self) -> bool:
        """Whether there is a key to encrypt them to, and a place to keep them."""
        return bool(self.backup_recipient and (self.backup_chat_id or self.backup_dir))

    @property
    def verifies_redis(self) -> bool:
        """Whether the certificate of a `rediss://` address must be vouched for."""
        if self.redis_tls_verify is not None:
            return self.redis_tls_verify
        return not SELF_SIGNED.fullmatch(urlsplit(self.redis_url).hostname or "")

    @property
    def stock_keys(self) -> list[str]:
        """Fernet keys; the first encrypts, all decrypt."""
        return [key.strip() for key in self.stock_encryption_key.get_secret_value().split(",")]

    def as_environment(self, **changes: Any) -> dict[str, str]:
        """What was set, as environment variables of another process; None takes one away."""
        values = {name: getattr(self, name) for name in self.model_fields_set}
        values["admin_ids"] = ",".join(str(number) for number in self.admin_ids)
        changed = values | changes
        return {name.upper(): _plain(value) for name, value in changed.items() if value is not None}

    @property
    def bot_id(self) -> str:
        """The public part of the token: what tells two shops apart."""
        return self.telegram_bot_token.get_secret_value().partition(":")[0]

    @property
    def secrets(self) -> list[str]:
        """Every value that must never be shown, passwords inside addresses included."""
        plain = [
            value.get_secret_value()
            for name in type(self).model_fields
            if isinstance(value := getattr(self, name), SecretStr)
        ]
        others = [self.heartbeat_url or ""]  # who knows it can call a dead shop alive
        for url in (self.database_url, self.audit_database_url, self.redis_url):
            others += addresses.passwords(url)
        return [secret for secret in [*plain, *self.stock_keys, *others] if secret]


def _is_age_key(text: str) -> bool:
    from pyrage import RecipientError, x25519  # only where backups are made

    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def _plain(value: Any) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def load(base: Settings | None = None, /, **values: Any) -> Settings:
    """Settings from the environment, or else from `base`, `values` first. To read the environment anew takes
    most of the time. Raises SettingsError naming every wrong variable."""
    try:
        if base is None:
            return Settings(**values)
        changed = Settings.__new__(Settings)
        super(BaseSettings, changed).__init__(**base.model_dump(exclude_unset=True) | values)
        return changed
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    lines = ["These environment variables must be set right (see .env.example):"]
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0]).upper() if problem["loc"] else ""
        text = "is missing" if problem["type"] == "missing" else problem["msg"].removeprefix("Value error, ")
        lines.append(f"  {name}: {text}" if name else f"  {text}")
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _from_environment() -> Settings:
    return load()


_overridden: list[Settings] = []


def current() -> Settings:
    """The settings of this process, read once. Raises SettingsError."""
    return _overridden[-1] if _overridden else _from_environment()


@contextmanager
def override(**changes: Any) -> Iterator[Settings]:
    """Other values for a while, checked like the environment's: for tests and the sandbox."""
    _overridden.append(load(_overridden[-1] if _overridden else None, **changes))
    try:
        yield _overridden[-1]
    finally:
        _overridden.pop()
