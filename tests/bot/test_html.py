from __future__ import annotations

from app.texts import html
from app.texts.html import Html, Text


def test_values_are_escaped_and_the_sentence_is_not():
    assert Text("<b>{name}</b>")(name="<i>&co</i>") == "<b>&lt;i&gt;&amp;co&lt;/i&gt;</b>"


def test_what_is_safe_already_is_not_escaped_twice():
    inner = Text("<i>{name}</i>")(name="a&b")

    assert Text("{inner}")(inner=inner) == "<i>a&amp;b</i>"


def test_braces_in_a_value_are_only_braces():
    assert Text("{name}")(name="{price} {0}") == "{price} {0}"


def test_a_toast_is_plain_and_never_too_long():
    assert Text("{name}!").plain(name="a<b") == "a<b!"
    assert len(Text("{name}").plain(name="x" * 500)) == html.TOAST


def test_cutting_counts_as_telegram_does():
    assert html.cut("😀" * 5, 10) == "😀" * 5
    assert html.cut("😀" * 6, 10) == "😀" * 4 + "…"
    assert html.cut("abc", 3) == "abc"


def test_lines_stay_safe():
    assert isinstance(html.lines([Html("a"), Html("b")]), Html)
