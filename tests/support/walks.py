"""Every screen of a buyer's, and where its buttons lead."""

from __future__ import annotations

from collections.abc import Iterator

from app.bot import routes
from app.bot.toolkit.handlers import Opens
from app.bot.toolkit.screen import Button, Screen

#: Presses that only look at something.
LOOKS = {name for name, press in routes.PRESSES.items() if isinstance(press.run, Opens)} | {
    "deposit",
    "deposit_other",
    "skip",
    "no_review",
}
#: Each drawn for Alice, who has bought product 101 by order 1, rated it, and claimed its warranty.
SCREENS = [
    ("home", ()),
    ("sentence", ("🛍",)),
    ("again", ("🤔", "question", 0)),
    ("welcome", ("product", 101, 1)),
    ("question", (0,)),
    ("question", (1,)),
    ("guide", ()),
    ("categories", (1,)),
    ("category", (0, 1)),
    ("best", (1,)),
    ("buyers", ()),
    ("everything", (1,)),
    ("found", ("netflix",)),
    ("found", ("%",)),
    ("stock", (1,)),
    ("product", (101, 1)),
    ("product", (102, 1)),
    ("summary", (101, 1)),
    ("balance", (101, 1)),
    ("voucher", (101, 1)),
    ("deposit", ()),
    ("deposit", (101, 1)),
    ("refund", (1,)),
    ("bought", (1,)),
    ("account", ()),
    ("language", ()),
    ("edit", (0,)),
    ("forget", ()),
    ("forgotten", ()),
    ("write", ()),
    ("history", (1,)),
    ("order", (1,)),
    ("goods", (1,)),
    ("review", (1,)),
    ("claim_items", (1, 1)),
    ("claim_question", (1, 1)),
    ("claimed", (1,)),
]
#: Seen while a QR is made, or after it: tests of their own. A sentence alone is for who is not served.
ELSEWHERE = {"preparing", "closed", "plain"}


def buttons(screen: Screen | None) -> list[Button]:
    return [button for row in screen.buttons for button in row] if screen else []


def looks(screen: Screen | None, names: set[str] = LOOKS) -> list[str]:
    """What its buttons carry that only look at something."""
    return [button.data for button in buttons(screen) if button.data and button.data.split(":")[0] in names]


def said(screen: Screen | None) -> Iterator[str]:
    """All that is read on it: what is above it, too."""
    if screen is None:
        return
    yield screen.text
    yield from (button.label for button in buttons(screen))
    yield from (label for row in screen.menu or [] for label in row)
    yield from said(screen.first)
