"""The Bot API methods about the bot itself: who it is, its commands, its chats, its files, its webhook."""

import re
from urllib.parse import urlsplit

from app.addresses import LOOPBACK
from app.sandbox.telegram import files, groups, menus
from app.sandbox.telegram.methods import permissions
from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.state import State
from app.sandbox.telegram.updates.queue import Updates, Webhook

HTTPS_PORTS = {None, 443, 80, 88, 8443}
SECRET, SECRET_LENGTH = re.compile(r"[A-Za-z0-9_-]*"), 256
COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
LANGUAGE = re.compile(r"^([a-z]{2})?$")
MAX_COMMANDS, MAX_DESCRIPTION = 100, 256
MAX_ABOUT = {"description": 512, "short_description": 120}
MAX_CONNECTIONS = 100


class Account:
    """`getMe`, `setWebhook`, `setMyCommands` and the like."""

    def __init__(self, state: State, updates: Updates) -> None:
        self.state, self.updates = state, updates

    def get_me(self, _: Params) -> Json:
        """https://core.telegram.org/bots/api#getme"""
        flags = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return self.state.bot | flags

    def set_webhook(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#setwebhook; plain http is taken on loopback only."""
        url = params.text("url")
        if url:
            _check_url(url)
        secret = params.text("secret_token")
        if len(secret) > SECRET_LENGTH:
            raise bad_request("secret token is too long")
        if not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        allowed = params.parsed("allowed_updates")
        kept = self.updates.webhook.allowed if allowed is None else [str(each) for each in allowed]
        connections = min(max(params.integer("max_connections", 40), 1), MAX_CONNECTIONS)
        self._drop_if_asked(params)
        self.updates.set_webhook(Webhook(url, secret if url else "", connections, kept))
        return True

    def delete_webhook(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#deletewebhook"""
        self._drop_if_asked(params)
        self.updates.set_webhook(Webhook(allowed=self.updates.webhook.allowed))
        return True

    def get_webhook_info(self, _: Params) -> Json:
        """https://core.telegram.org/bots/api#getwebhookinfo"""
        webhook = self.updates.webhook
        info: Json = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if webhook.url:
            info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if webhook.allowed:
            info["allowed_updates"] = webhook.allowed
        if webhook.last_error:
            info |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
        return info

    def set_my_commands(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#setmycommands"""
        commands = params.objects("commands", "BotCommand")
        if len(commands) > MAX_COMMANDS:
            raise bad_request("too many bot commands specified")
        for each in commands:
            if not COMMAND.match(str(each.get("command", "")).removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(str(each.get("description", ""))) <= MAX_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._keep_commands(params, commands)
        return True

    def get_my_commands(self, params: Params) -> list[Json]:
        """https://core.telegram.org/bots/api#getmycommands"""
        return menus.kept(self.state, menus.key(_scope(self.state, params), _language(params)))

    def delete_my_commands(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#deletemycommands"""
        self._keep_commands(params, [])
        return True

    def set_my_description(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#setmydescription"""
        return self._describe("description", params)

    def get_my_description(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#getmydescription"""
        return self._described("description", params)

    def set_my_short_description(self, params: Params) -> bool:
        """https://core.telegram.org/bots/api#setmyshortdescription"""
        return self._describe("short_description", params)

    def get_my_short_description(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#getmyshortdescription"""
        return self._described("short_description", params)

    def get_chat(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#getchat"""
        where = permissions.readable(self.state, params, "chat_id")
        if not where.is_group and not self.state.users[where.id].started:
            raise bad_request("chat not found")
        gifts = (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        )
        details = {"accent_color_id": 0, "max_reaction_count": 11}
        return self.state.chat_api(where) | details | {"accepted_gift_types": dict.fromkeys(gifts, False)}

    def get_chat_member(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#getchatmember: only the bot itself, in groups and channels."""
        where = permissions.chat(self.state, params)
        if params.integer("user_id") != self.state.bot["id"]:
            raise bad_request("PARTICIPANT_ID_INVALID")
        if where.type == "channel" and not (where.has_bot and where.bot_is_admin):
            raise bad_request("member list is inaccessible")
        return {"user": self.state.bot} | groups.standing(where)

    def get_file(self, params: Params) -> Json:
        """https://core.telegram.org/bots/api#getfile"""
        return files.describe(self.state, params)

    def _keep_commands(self, params: Params, commands: list[Json]) -> None:
        """An empty list is none: what is wider shows through again."""
        where = menus.key(_scope(self.state, params), _language(params))
        if commands:
            self.state.store.put("commands", where, {"commands": commands})
        else:
            self.state.store.drop("commands", where)
        self.state.tell("commands")

    def _describe(self, name: str, params: Params) -> bool:
        text = params.text(name)
        if len(text) > MAX_ABOUT[name]:
            raise bad_request("DESCRIPTION_TOO_LONG" if name == "description" else "ABOUT_TOO_LONG")
        self.state.store.put(name, _language(params), {"is": text})
        return True

    def _described(self, name: str, params: Params) -> Json:
        return {name: (self.state.store.one(name, _language(params)) or {"is": ""})["is"]}

    def _drop_if_asked(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self.updates.confirm(self.updates.pending)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.hostname in LOOPBACK and parts.scheme in {"http", "https"}:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in HTTPS_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _scope(state: State, params: Params) -> Json:
    """https://core.telegram.org/bots/api#botcommandscope; a chat that is named has to be there."""
    scope = params.parsed("scope", "BotCommandScope") or {"type": "default"}
    wanted = menus.SCOPES.get(str(scope.get("type"))) if isinstance(scope, dict) else None
    if wanted is None:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    named = {name: scope.get(name) for name in wanted}
    if "chat_id" in named:
        where = permissions.chat(state, Params(named))
        if scope["type"] == "chat_administrators" and not where.is_group:
            raise bad_request("can't use specified scope in the chat")
        if not where.is_group and not state.users[where.id].started:
            raise bad_request("chat not found")
    return {"type": scope["type"]} | named


def _language(params: Params) -> str:
    """A two-letter ISO 639-1 code, or none."""
    code = params.text("language_code")
    if not LANGUAGE.match(code):
        raise bad_request("invalid language code specified")
    return code
