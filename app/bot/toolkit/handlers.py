"""What routes.py is a table of: buttons, questions, and handlers that only open a screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.turn import Handler, Turn

Kinds = tuple[range, ...]


@dataclass(frozen=True)
class Press:
    """A button's handler, the kinds of numbers that the button carries (callbacks.py), and may carry more.

    `asks`: what it leads to is typed in a private chat.
    """

    run: Handler
    numbers: Kinds = ()
    optional: Kinds = ()
    asks: bool = False

    def takes(self, numbers: tuple[int, ...]) -> bool:
        kinds = self.numbers + self.optional
        is_count_right = len(self.numbers) <= len(numbers) <= len(kinds)
        return is_count_right and all(number in kind for number, kind in zip(numbers, kinds, strict=False))


@dataclass(frozen=True)
class Input:
    """A question that waits for what is typed. `run` gets the session's `facts`, as does the `screen` that
    asks: what does not do as an answer is said above it, and the question stays.

    A bare number of up to `product_digits` digits is no answer but the label of a product; `leave` is what
    the labels of the buttons under the question do when they are typed. What was forwarded answers nothing
    of `own_words`, only admins answer what is `for_admins`, and what is no text only where `media` may be.
    """

    run: Handler
    screen: str | None = None
    facts: tuple[str, ...] = ()
    leave: Handler | None = None
    product_digits: int = 0
    own_words: bool = False
    for_admins: bool = False
    media: bool = False

    @property
    def yields_to_orders(self) -> bool:
        """What buyers are asked for, but where anything may be the answer."""
        return self.product_digits > 0 and not self.media

    def yields_to(self, number: str) -> bool:
        return len(number) <= self.product_digits and not number.startswith("0")


class LeavesTo:
    """The handler that leaves a question for the screen it came from, with `facts` of the question."""

    def __init__(self, screen: str, *facts: str) -> None:
        self.screen, self.facts = screen, facts

    def __call__(self, turn: Turn) -> Reply:
        return show(self.screen, *(turn.session.facts[name] for name in self.facts))


class Opens:
    """The handler that only shows a screen: with `args` and whatever numbers a button carries.

    `below`: in a new message, since that with the button is to stay.
    """

    def __init__(self, screen: str, *args: int, below: bool = False) -> None:
        self.screen, self.args, self.below = screen, args, below

    def __call__(self, _turn: Turn, *numbers: int) -> Reply:
        return replace(show(self.screen, *self.args, *numbers), below=self.below)
