"""The strict Slack's workspace: who and what is there, and the Web API with its refusals and faults."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web

from tests.servers.slack_rules import refusal, wrong_view

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-strict-0", "xapp-strict-0", "signing-strict-0"
BOT_USER, BOT_ID, TEAM = "UBOT0", "BBOT0", "T0"
PATIENCE = 90.0  # seconds a test waits for anything
EPOCH = 1_795_212_600.0  # a Friday night; time stamps of messages count from here

Fault = tuple[Literal["limited", "status", "hang", "error", "html", "lost", "late"], Any]
"""What goes wrong, and how; ``lost`` and ``late``: it is done, and the answer gets lost or comes too late."""


@dataclass
class Channel:
    """A channel or a direct message: who is in it and what stands there."""

    id: str
    members: set[str]
    is_archived: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)
    only_for: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def is_direct(self) -> bool:
        """Whether one person talks with us here."""
        return self.id.startswith("D")


class Workspace:
    """One workspace as its Web API shows it. ``url`` is where that is served, ``faults`` what goes wrong next."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.url = ""
        self.channels: dict[str, Channel] = {}
        self.gone: set[str] = set()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[tuple[str, dict[str, Any]]] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self._tickets: set[str] = set()
        self.groups: dict[str, list[str]] = {}
        self.views: list[tuple[str, dict[str, Any]]] = []
        self.trigger_seconds = 3.0  # Slack's own
        self._triggers: dict[str, tuple[str, float]] = {}
        self._exchanged: set[str] = set()
        self._changed = asyncio.Condition()
        self._count = itertools.count(1)
        self._last = 0.0

    def channel(self, name: str, *members: str) -> Channel:
        """Return a channel, made if need be; the bot is in it."""
        return self.channels.setdefault(name, Channel(name, {*members, BOT_USER}))

    def direct(self, user: str) -> Channel:
        """Return a user's direct messages with the bot."""
        return self.channel(f"D{user}", user)

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something holds; looked at after every call, acknowledgement and connection."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(is_so()))

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # The Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        payload = await _arguments(request)
        self.calls.append((method, payload))
        waiting = self.faults[method] or self.faults[f"{method} {payload.get('channel')}"]
        if waiting:
            kind, value = waiting.pop(0)
            if kind in ("lost", "late"):
                self._answer(method, payload)
            await self._notify()
            return await _faulty(kind, value)
        token = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if request.headers.get("Authorization") != f"Bearer {token}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        answer = self._answer(method, payload)
        if not answer["ok"]:
            self.refused.append((method, answer))
        await self._notify()
        return web.json_response(answer)

    def _answer(self, method: str, payload: dict[str, Any]) -> dict[str, Any]:
        answers = {
            "auth.test": lambda _: {"ok": True, "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID},
            "apps.connections.open": lambda _: {"ok": True, "url": self._ticket()},
            "conversations.open": self._open,
            "conversations.history": self._history,
            "conversations.replies": self._history,
            "users.info": lambda asked: {"ok": True, "user": {"id": asked["user"], "is_bot": False}},
            "chat.postMessage": self._post_message,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "views.open": self._view,
            "usergroups.users.list": self._people_of,
        }
        found = answers.get(method)
        return found(payload) if found else _no("unknown_method")

    def _ticket(self) -> str:
        ticket = f"ticket-{next(self._count)}"
        self._tickets.add(ticket)
        return f"{self.url.replace('http', 'ws', 1).removesuffix('api/')}link?ticket={ticket}"

    def _open(self, payload: dict[str, Any]) -> dict[str, Any]:
        user = payload.get("users", "")
        if user in self.gone or f"D{user}" not in self.channels:
            return _no("user_not_found")
        return {"ok": True, "channel": {"id": self.direct(user).id}}

    def _history(self, payload: dict[str, Any]) -> dict[str, Any]:
        channel = self.channels.get(payload.get("channel", ""))
        if channel is None:
            return _no("channel_not_found")
        # conversations.replies names one thread and gives it oldest first; history gives the channel newest first.
        within = payload.get("ts")
        if within and not any(one["ts"] == within for one in channel.messages):
            return _no("thread_not_found")
        found = [one for one in channel.messages if within in (one["ts"], one.get("thread_ts"))]
        if not within:
            found = [one for one in channel.messages if "thread_ts" not in one][::-1]
        found = [one for one in found if float(one["ts"]) > float(payload.get("oldest") or 0)]
        if str(payload.get("include_all_metadata")).casefold() not in ("true", "1"):
            found = [{name: value for name, value in one.items() if name != "metadata"} for one in found]
        start = int(payload.get("cursor") or 0)
        limit = min(int(payload.get("limit") or 100), 999)
        more = str(start + limit) if start + limit < len(found) else ""
        page = found[start : start + limit]
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": more}}

    def _where(self, method: str, payload: dict[str, Any]) -> Channel | dict[str, Any]:
        channel = self.channels.get(payload.get("channel", ""))
        if channel is None or channel.members & self.gone:
            return _no("channel_not_found")
        if BOT_USER not in channel.members:
            return _no("not_in_channel")
        if channel.is_archived:
            return _no("is_archived")
        return refusal(method, payload, is_direct=channel.is_direct) or channel

    def _post_message(self, payload: dict[str, Any]) -> dict[str, Any]:
        where = self._where("chat.postMessage", payload)
        if isinstance(where, dict):
            return where
        thread = payload.get("thread_ts")
        if thread and not any(one["ts"] == thread and "thread_ts" not in one for one in where.messages):
            return _no("thread_not_found")
        message = {**payload, "user": BOT_USER, "bot_id": BOT_ID, "ts": self._ts()}
        where.messages.append(message)
        return {"ok": True, "channel": where.id, "ts": message["ts"], "message": message}

    def _post_ephemeral(self, payload: dict[str, Any]) -> dict[str, Any]:
        where = self._where("chat.postEphemeral", payload)
        if isinstance(where, dict):
            return where
        if payload.get("user") not in where.members:
            return _no("user_not_in_channel")
        message = {**payload, "user": BOT_USER, "ts": self._ts()}
        where.only_for.append((payload["user"], message))
        return {"ok": True, "message_ts": message["ts"]}

    def _update(self, payload: dict[str, Any]) -> dict[str, Any]:
        where = self._where("chat.update", payload)
        if isinstance(where, dict):
            return where
        mine = [one for one in where.messages if one["ts"] == payload.get("ts") and one["user"] == BOT_USER]
        if not mine:
            return _no("message_not_found")
        mine[0].update(payload)
        return {"ok": True, "channel": where.id, "ts": payload["ts"], "text": payload.get("text", "")}

    def _view(self, payload: dict[str, Any]) -> dict[str, Any]:
        trigger, view = payload.get("trigger_id", ""), payload.get("view")
        view = json.loads(view) if isinstance(view, str) else view
        if trigger in self._exchanged:
            return _no("exchanged_trigger_id")
        if trigger not in self._triggers:
            return _no("invalid_trigger_id")
        user, at = self._triggers[trigger]
        if self.now() - at > self.trigger_seconds:
            return _no("expired_trigger_id")
        wrong = wrong_view(view or {}) + [f"unknown argument {name}" for name in set(payload) - {"trigger_id", "view"}]
        if wrong:
            messages = [f"[ERROR] {one}" for one in wrong]
            return {**_no("invalid_arguments"), "response_metadata": {"messages": messages}}
        self._exchanged.add(trigger)
        shown = {**(view or {}), "id": f"V{next(self._count)}", "hash": f"{next(self._count)}.hash"}
        self.views.append((user, shown))
        return {"ok": True, "view": shown}

    def _people_of(self, payload: dict[str, Any]) -> dict[str, Any]:
        people = self.groups.get(payload.get("usergroup", ""))
        return _no("no_such_subteam") if people is None else {"ok": True, "users": people}

    def _ts(self) -> str:
        self._last = max(self.now(), self._last + 0.001)  # no two alike
        return f"{self._last:.6f}"

    def _trigger(self, user: str) -> str:
        trigger = f"{next(self._count)}.0.trigger"
        self._triggers[trigger] = (user, self.now())
        return trigger


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        held = await request.json()
        return held if isinstance(held, dict) else {}
    return {**request.query, **await request.post()}


async def _faulty(kind: str, value: Any) -> web.StreamResponse:  # noqa: ANN401 - what the kind needs
    if kind == "limited":
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(value)})
    if kind == "status":
        return web.Response(status=value, text="trouble")
    if kind == "html":
        return web.Response(status=value, text="<html>", content_type="text/html")
    if kind == "error":
        return web.json_response(_no(value))
    if kind == "lost":
        raise web.HTTPGatewayTimeout
    await asyncio.sleep(value)
    return web.json_response(_no("internal_error"))


def _no(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}
