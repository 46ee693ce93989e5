"""What the page can ask for: to act as one of the people, and to let things go wrong for a while."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.sandbox.chat import people
from app.sandbox.pakasir import StandIn as Gateway
from app.sandbox.telegram import StandIn
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.refusals import Refusal

FAULT_S = 10.0
#: Long enough for the shop to tell its admins.
DEAF_S = 75.0
FAULTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "slow": ("*", "slow", {"times": None, "for_s": FAULT_S, "delay_s": 2.0}),
    "flood": ("*", "flood", {"times": None, "for_s": FAULT_S, "retry_after_s": 3}),
    "down": ("*", "5xx", {"times": None, "for_s": FAULT_S}),
    "doubled": ("push", "doubled", {"times": 1}),
    "late": ("push", "late", {"times": 1, "delay_s": 5.0}),
    "lost": ("push", "lost", {"times": 1}),
    "deaf": ("deliver", "refused", {"times": None, "for_s": DEAF_S}),
}
Endpoint = Callable[[Request], Awaitable[Response]]


class Actions:
    """One method an endpoint; what cannot be done answers 400 with the reason."""

    def __init__(self, standin: StandIn, gateway: Gateway | None = None) -> None:
        self.standin, self.gateway = standin, gateway

    async def send(self, request: Request) -> Response:
        """Form: person, chat, text, reply_to, file, as."""
        async with request.form() as form:
            person = self._person(form["person"])
            chat_id, reply_to = int(str(form["chat"])), int(str(form.get("reply_to") or 0)) or None
            where: dict[str, Any] = {"chat_id": chat_id, "reply_to": reply_to}
            upload = form.get("file")
            if isinstance(upload, UploadFile):
                await _send_file(person, upload, form, where)
            else:
                person.send_text(str(form["text"]), **where)
        return JSONResponse({"ok": True})

    async def press(self, request: Request) -> Response:
        """JSON: person, chat, label of a key under the input field."""
        body = orjson.loads(await request.body())
        self._person(body["person"]).press(body["label"], chat_id=body["chat"])
        return JSONResponse({"ok": True})

    async def tap(self, request: Request) -> Response:
        """JSON: person, chat, message, row, column; the answer comes as an event with this id."""
        body = orjson.loads(await request.body())
        message = self.standin.state.message(body["chat"], body["message"])
        if message is None:
            raise LookupError("That message is gone")
        wanted = body["row"], body["column"]
        button = next((each for each in message.buttons if (each.row, each.column) == wanted), None)
        if button is None:
            raise LookupError("That button is gone")
        return JSONResponse({"tap": self._person(body["person"]).tap(message, button).id})

    async def add_person(self, _: Request) -> Response:
        """One more buyer."""
        return JSONResponse({"id": people.add_buyer(self.standin).id})

    async def block(self, request: Request) -> Response:
        """JSON: person, blocked."""
        body = orjson.loads(await request.body())
        person = self._person(body["person"])
        person.block() if body["blocked"] else person.unblock()
        return JSONResponse({"ok": True})

    async def fault(self, request: Request) -> Response:
        """JSON: kind, one of FAULTS, or `none` to end them."""
        kind = orjson.loads(await request.body())["kind"]
        if kind == "none":
            self.standin.faults.clear()
            return JSONResponse({"for_s": 0})
        method, name, details = FAULTS[kind]
        self.standin.fault(method, name, **details)
        return JSONResponse({"for_s": details.get("for_s", 0)})

    async def switch(self, request: Request) -> Response:
        """JSON: name of one of the gateway's lasting faults, on."""
        asked = orjson.loads(await request.body())
        if self.gateway is None:
            raise LookupError("There is no gateway here")
        self.gateway.switch(asked["name"], bool(asked["on"]))
        return JSONResponse({"ok": True})

    def _person(self, user_id: Any) -> Person:
        user = self.standin.state.users[int(user_id)]
        return self.standin.person(user.id, user.first_name, user.username)


async def _send_file(person: Person, upload: UploadFile, form: FormData, where: dict[str, Any]) -> None:
    content, caption = await upload.read(), str(form.get("text") or "")
    if form.get("as") == "photo":
        person.send_photo(content, caption, **where)
    else:
        mime = upload.content_type or "application/octet-stream"
        person.send_document(upload.filename or "file", content, caption, mime=mime, **where)


def guarded(endpoint: Endpoint) -> Endpoint:
    """With a readable refusal of what cannot be done."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, 400)
        except (LookupError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer
