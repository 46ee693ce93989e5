"""The peer's process: `python -m tests.bench.peer.shop PORT`, with the settings of the shop."""

from __future__ import annotations

import asyncio
import hmac
import sys
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, Defaults

import settings
from tests.bench.peer import screens
from tests.bench.peer.store import Store

Context = ContextTypes.DEFAULT_TYPE


class Shop:
    """Everything happens where its news comes in: an update in its handler, a payment in its request."""

    def __init__(self) -> None:
        self.settings = settings.current()
        token = self.settings.telegram_bot_token.get_secret_value()
        self.telegram = (
            Application.builder()
            .token(token)
            .base_url(f"{self.settings.telegram_api_url}/bot")
            .defaults(Defaults(parse_mode=ParseMode.HTML))
            .concurrent_updates(8)
            .updater(None)
            .build()
        )
        self.telegram.add_handler(CommandHandler("start", self.start))
        self.telegram.add_handler(CallbackQueryHandler(self.press))
        self.gateway = httpx.AsyncClient(
            base_url=f"{self.settings.pakasir_base_url}/api/v2/",
            headers={"X-Api-Key": self.settings.pakasir_api_key.get_secret_value()},
            timeout=10,
        )
        self.store = Store()

    # People

    async def start(self, update: Update, context: Context) -> None:
        user, chat, words = update.effective_user, update.effective_chat, context.args or []
        assert user
        assert chat
        await self.store.meet(user.id, user.first_name)
        found = await self.store.product(int(words[0].removeprefix("p_"))) if words else None
        if found is None:
            await chat.send_message("Selamat datang!")
            return
        text, buttons = screens.product(found, 1)
        await chat.send_message(text, reply_markup=buttons)

    async def press(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query
        name, product, quantity = (query.data or "").split(":")
        await self.store.meet(query.from_user.id, query.from_user.first_name)
        found = await self.store.product(int(product))
        if found is None:
            await query.answer("Produk ini sudah tidak ada.")
        elif name == "pay":
            await query.answer()
            await self.buy(query.from_user.id, int(product), int(quantity))
        else:
            text, buttons = (screens.summary if name == "summary" else screens.product)(found, int(quantity))
            await query.answer()
            await query.edit_message_text(text, reply_markup=buttons)

    async def buy(self, person: int, product: int, quantity: int) -> None:
        purchase = await self.store.place(person, product, quantity)
        if purchase is None:
            await self.telegram.bot.send_message(person, "Stok tidak cukup.")
            return
        body = {"method": "qris", "amount": purchase["total"]}
        answer = await self._ask("POST", "create-transaction", purchase["invoice"], body)
        picture, caption, buttons = screens.qr(
            purchase["invoice"], answer["total_payment"], answer["qr_string"]
        )
        message = await self.telegram.bot.send_photo(person, picture, caption=caption, reply_markup=buttons)
        await self.store.opened(purchase["id"], answer["txn_id"], message.message_id)

    # Payments

    async def settle(self, invoice: str) -> None:
        """Ask the gateway, compare, book, send the goods, then tell of it."""
        purchase = await self.store.purchase(invoice)
        if purchase is None or purchase["txn_id"] is None:
            return
        status = await self._ask("GET", "transaction-status", purchase["txn_id"])
        said = (status["txn_id"], status["order_id"], status["amount"], status["status"])
        if said != (purchase["txn_id"], invoice, purchase["total"], "completed"):
            return
        goods = await self.store.pay(purchase["id"])
        if goods is None:
            return
        bot = self.telegram.bot
        await bot.send_message(purchase["person"], screens.goods(invoice, goods))
        await self.store.delivered(purchase["id"])
        await bot.edit_message_caption(
            purchase["person"], purchase["message_id"], caption=screens.paid(invoice)
        )
        for admin in self.settings.admin_ids:
            await bot.send_message(admin, screens.paid(invoice))

    async def _ask(self, method: str, call: str, about: str, body: dict[str, Any] | None = None) -> Any:
        path = f"{call}/{self.settings.pakasir_project}/{about}"
        return (await self.gateway.request(method, path, json=body)).raise_for_status().json()

    # The wire

    async def hear_telegram(self, request: Request) -> Response:
        if not self._knows(request, "x-telegram-bot-api-secret-token", self.settings.telegram_webhook_secret):
            return Response(status_code=401)
        update = Update.de_json(await request.json(), self.telegram.bot)
        await self.telegram.update_queue.put(update)
        return Response()

    async def hear_pakasir(self, request: Request) -> Response:
        if not self._knows(request, "x-secret", self.settings.pakasir_webhook_secret):
            return Response(status_code=401)
        await self.settle((await request.json())["order_id"])
        return Response()

    def _knows(self, request: Request, header: str, secret: Any) -> bool:
        return hmac.compare_digest(request.headers.get(header, ""), secret.get_secret_value())

    async def serve(self, port: int) -> None:
        routes = [
            Route("/webhooks/telegram", self.hear_telegram, methods=["POST"]),
            Route("/webhooks/pakasir", self.hear_pakasir, methods=["POST"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=port, access_log=False, log_level="warning")
        await self.store.open(self.settings.database_url)
        await self.store.create(101, [f"KEY-{number}" for number in range(10_000)])
        async with self.telegram, self.gateway:
            await self.telegram.start()
            await uvicorn.Server(config).serve()
            await self.telegram.stop()


if __name__ == "__main__":
    asyncio.run(Shop().serve(int(sys.argv[1])))
