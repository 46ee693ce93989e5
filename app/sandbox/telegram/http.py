"""The Bot API over HTTP: reads calls, lets planned faults happen, answers as Telegram answers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.sandbox.telegram import calls, files
from app.sandbox.telegram.faults import Fault
from app.sandbox.telegram.params import Json, Params, Upload
from app.sandbox.telegram.refusals import Refusal, flood

MAX_BODY = files.UPLOAD_LIMIT + files.MB  # the largest document and the fields around it
HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
Method = Callable[[Params], Any]


async def read(request: Request) -> Params:
    """The call's parameters from the query and from a JSON, urlencoded or multipart body."""
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise Refusal(413, "Request Entity Too Large")
    params = Params(dict(request.query_params))
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        params.values.update(_object(await request.body()))
    elif kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        await _read_form(request, params)
    return params


def _object(body: bytes) -> Json:
    try:
        value = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise Refusal(400, "Bad Request: can't parse JSON object")
    return value


async def _read_form(request: Request, params: Params) -> None:
    try:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    params.uploads[name] = Upload(value.filename or name, await value.read(), mime)
                else:
                    params.values[name] = value
    except HTTPException:
        raise Refusal(400, "Bad Request: can't parse multipart form data") from None


class Api:
    """Finds the method, records the call, answers."""

    def __init__(self, standin: Any, methods: dict[str, Method]) -> None:
        self.standin = standin
        self.methods = {name.lower(): (name, method) for name, method in methods.items()}

    async def call(self, request: Request) -> Response:
        """`/bot<token>/<method>`"""
        try:
            return await self._call(request)
        except Refusal as refusal:
            return _json(refusal.answer(), refusal)
        except ClientDisconnect:
            return Response(status_code=499)

    async def file(self, request: Request) -> Response:
        """`/file/bot<token>/<path>`"""
        try:
            self._check_token(request)
        except Refusal as refusal:
            return _json(refusal.answer(), refusal)
        found = files.at_path(self.standin.state, request.path_params["path"])
        if found is None:
            return _json(Refusal(404, "Not Found").answer(), Refusal(404, "Not Found"))
        return Response(found[1], media_type="application/octet-stream")

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if ":" not in token:
            raise Refusal(404, "Not Found")
        if token != self.standin.token:
            raise Refusal(401, "Unauthorized")

    async def _call(self, request: Request) -> Response:
        self._check_token(request)
        name, method = self.methods.get(request.path_params["method"].lower(), ("", None))
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        params = await read(request)
        call = calls.call(name, params)
        self.standin.calls.append(call)
        fault = self.standin.faults.take(name, call.chat_id)
        early = await self._before(fault)
        call.ok, call.code = (False, early.status_code) if early else (None, 200)
        body = early or await self._answer(method, params, call)
        self.standin.state.tell("call", call=call)
        if fault and fault.kind == "odd":
            return Response(fault.description, media_type="application/json")
        return Broken(fault.delay_s) if fault and fault.kind == "dropped" else body

    async def _before(self, fault: Fault | None) -> Response | None:
        """What goes wrong before the call is done; "dropped" and "odd" go wrong after."""
        if fault is None or fault.kind in {"dropped", "odd"}:
            return None
        if fault.kind == "slow":
            await asyncio.sleep(fault.delay_s)
            return None
        if fault.kind == "flood":
            refusal = flood(fault.retry_after_s)
            return _json(refusal.answer(), refusal)
        if fault.kind == "refused":
            return Broken(0)
        if fault.kind == "html":
            return Response(HTML, fault.status, media_type="text/html")
        refusal = Refusal(fault.status, fault.description or "Internal Server Error")
        return _json(refusal.answer(), refusal)

    async def _answer(self, method: Method, params: Params, call: calls.Call) -> Response:
        try:
            result = method(params)
            if isinstance(result, Awaitable):
                result = await result
        except Refusal as refusal:
            call.ok, call.code, call.description = False, refusal.code, refusal.description
            return _json(refusal.answer(), refusal)
        call.ok = True
        return _json({"ok": True, "result": result})


class Broken(Response):
    """Promises more than it sends, so that the server has to close the connection."""

    def __init__(self, delay_s: float) -> None:
        super().__init__(b"")
        self.delay_s = delay_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Begin an answer that never ends."""
        await asyncio.sleep(self.delay_s)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"", "more_body": True})


def _json(body: Json, refusal: Refusal | None = None) -> Response:
    headers = {}
    if refusal and "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    status = refusal.code if refusal else 200
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
