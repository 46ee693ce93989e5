"""The shop and its peer, as those see them who buy at both: each with people of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import partial
from itertools import count

import httpx

from app.sandbox.telegram.people import Person
from app.sandbox.telegram.records import Message
from tests.bench import chat
from tests.bench.peer import driving
from tests.bench.peer.driving import WAIT_S
from tests.support.stack import TOKEN, Stack, answers, await_true, free_port

PEOPLE, BUYERS = 150, 20


class Side(ABC):
    """Where Telegram and the gateway send their news from `enter` on."""

    name: str
    processes: tuple[str, ...]
    ids: Iterator[int]

    def __init__(self, stack: Stack, url: str) -> None:
        self.stack, self.url = stack, url
        self.looking: list[tuple[Person, Message]] = []

    def gather(self) -> None:
        """People who look at the product."""
        self.enter()
        self.looking = [self.look() for _ in range(PEOPLE)]

    def enter(self) -> None:
        secret = self.stack.env["TELEGRAM_WEBHOOK_SECRET"]
        body = {"url": f"{self.url}/webhooks/telegram", "secret_token": secret}
        httpx.post(f"{self.stack.telegram.url}/bot{TOKEN}/setWebhook", json=body).raise_for_status()
        self.stack.pakasir.webhook_url = f"{self.url}/webhooks/pakasir"

    def look(self) -> tuple[Person, Message]:
        """Somebody new with the product's page before them."""
        number = next(self.ids)
        person = self.stack.telegram.person(number, f"Buyer {number}")
        person.start(f"p_{chat.PRODUCT}")
        return person, person.waits_for(chat.has("+5"), WAIT_S)

    @abstractmethod
    def open_orders(self) -> dict[int, str]:
        """Invoices of open QRs, by their buyers."""

    def pss_mib(self) -> float:
        """What its processes take of the memory; pages that several have are divided among them."""
        return pss_mib(self.stack, *self.processes)


class Shop(Side):
    name, processes, ids = "shop", ("web", "worker", "clock"), count(1_000)

    def open_orders(self) -> dict[int, str]:
        """Without waiting for the two QRs a second that the gateway allows, but until each buyer has one."""
        buyers = [self.look()[0] for _ in range(BUYERS)]
        with driving.heard(self.stack, "sendPhoto") as pictures:
            invoices = {buyer.id: chat.open_order(self.stack, buyer) for buyer in buyers}
            for _ in buyers:
                pictures.get(timeout=WAIT_S)
        return invoices


class Peer(Side):
    name, processes, ids = "peer", ("peer",), count(100_000)

    def open_orders(self) -> dict[int, str]:
        """By pressing every button on the way."""
        buyers = [self.look()[0] for _ in range(BUYERS)]
        with driving.heard(self.stack, "sendPhoto") as pictures:
            for buyer in buyers:
                _tap(buyer, "pembayaran")
                _tap(buyer, "QRIS")
            calls = [pictures.get(timeout=WAIT_S) for _ in buyers]
        return {call.chat_id or 0: call.params["caption"].split()[1] for call in calls}


def pss_mib(stack: Stack, *names: str) -> float:
    return float(sum(each.memory_full_info().pss for each in stack.family(*names))) / 2**20


def start_peer(stack: Stack) -> Peer:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    stack.start("peer", "tests.bench.peer.shop", str(port))
    await_true(partial(answers, url), "peer")
    return Peer(stack, url)


def _tap(person: Person, label: str) -> None:
    """Press a button as soon as it is there."""
    message = person.waits_for(chat.has(label), WAIT_S)
    person.tap(message, chat.button(message, label))
