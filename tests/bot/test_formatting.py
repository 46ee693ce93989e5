"""What a person formatted comes back as HTML."""

from __future__ import annotations

import pytest

from app.bot.toolkit import formatting
from tests.support.chatter import entity


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("a < b & c", [], "a &lt; b &amp; c"),
        ("tebal", [entity("bold", 0, 5)], "<b>tebal</b>"),
        ("a🎉b", [entity("italic", 1, 2)], "a<i>🎉</i>b"),
        ("abc", [entity("bold", 0, 3), entity("italic", 1, 1)], "<b>a<i>b</i>c</b>"),
        ("abc", [entity("italic", 0, 1), entity("bold", 0, 3)], "<b><i>a</i>bc</b>"),
        ("ab", [entity("bold", 0, 1), entity("code", 1, 1)], "<b>a</b><code>b</code>"),
        ("sini", [entity("text_link", 0, 4, url='https://x/?a=1&b="')],
         '<a href="https://x/?a=1&amp;b=&quot;">sini</a>'),
        ("@rina /start", [entity("mention", 0, 5), entity("bot_command", 6, 6)], "@rina /start"),
        ("ab", [entity("bold", 1, 99)], "a<b>b</b>"),
        ("ab", [entity("bold", -5, 1), entity("bold", 7, 1)], "ab"),
    ],
)  # fmt: skip
def test_entities_become_tags(text, entities, html):
    assert formatting.html(text, entities) == html


def test_what_stands_before_the_start_is_left_out():
    entities = [entity("bot_command", 0, 10), entity("bold", 0, 17)]

    assert formatting.html("/broadcast 🎉 Promo", entities, 11) == "<b>🎉 Pro</b>mo"
