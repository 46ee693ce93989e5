"""Bob in front of the ops page, as a browser without JavaScript: follows links, fills in forms."""

from __future__ import annotations

import re
from html import unescape
from typing import Self

import httpx

from app.infra import web_calls
from tests.support.given import BOB

PASSWORD = "ops-password"  # tests/conftest.py
HERE = {"Sec-Fetch-Site": "same-origin"}


class Operator:
    """`text` is what the page says, without markup."""

    def __init__(self, web: httpx.Client) -> None:
        self.web = httpx.Client(
            base_url=web.base_url, follow_redirects=True, timeout=60, verify=web_calls.certificates()
        )
        self.answer: httpx.Response | None = None

    def logs_in(self, password: str = PASSWORD, admin: str = str(BOB), **headers: str) -> Self:
        return self.posts("/ops/login", {"admin": admin, "password": password}, **headers)

    def opens(self, path: str) -> Self:
        self.answer = self.web.get(path)
        return self

    def posts(self, path: str, form: dict[str, str], **headers: str) -> Self:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = self.web.post(path, data=form, headers=HERE | named)
        return self

    def presses(self, act: str, **typed: str) -> Self:
        """The button of this act on the page of an order, with all that its form hides."""
        assert self.answer is not None
        form = re.search(rf'<form[^>]*action="([^"]*/{act})"[^>]*>(.*?)</form>', self.answer.text, re.DOTALL)
        assert form, f"nothing to press: {act}"
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[2])
        return self.posts(form[1], dict(hidden) | typed)

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    @property
    def text(self) -> str:
        assert self.answer is not None
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.answer.text)).split())
