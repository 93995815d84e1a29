"""A strict Slack on 127.0.0.1: Web API, Socket Mode, signed HTTP, channels and messages, and faults on demand."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType, web

from tests.servers.slack_rules import refusal, wrong_view

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-strict-0", "xapp-strict-0", "signing-strict-0"
BOT_USER, BOT_ID, TEAM = "UBOT0", "BBOT0", "T0"
PATIENCE = 30.0  # seconds a test waits for anything
ACK_SECONDS = 3.0  # Slack's own
RETRY_SECONDS = 0.3  # Slack waits a moment, a minute and five minutes
EPOCH = 1_795_212_600.0  # a Friday night; time stamps of messages count from here

Fault = tuple[Literal["limited", "status", "hang", "error", "html"], Any]


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


@dataclass
class Sent:
    """One update on its way to us, and what became of it."""

    kind: str
    payload: dict[str, Any]
    envelope: str
    tries: int = 0
    acks: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    statuses: list[int] = field(default_factory=list)


class SlackServer:
    """The workspace. ``url`` is its Web API; with ``events_url`` it posts to us, else it waits for a socket."""

    def __init__(self, now: Callable[[], float], ack_seconds: float = ACK_SECONDS) -> None:
        self.now = now
        self.ack_seconds = ack_seconds
        self.url = ""
        self.events_url = ""
        self.channels: dict[str, Channel] = {}
        self.gone: set[str] = set()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[tuple[str, dict[str, Any]]] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.waiting: dict[str, Sent] = {}
        self.sockets: set[web.WebSocketResponse] = set()
        self.duplicates = 0
        self._tickets: set[str] = set()
        self._triggers: dict[str, float] = {}
        self._changed = asyncio.Condition()
        self._count = itertools.count(1)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: ClientSession | None = None

    @classmethod
    @asynccontextmanager
    async def started(cls, now: Callable[[], float], ack_seconds: float = ACK_SECONDS) -> AsyncIterator[SlackServer]:
        """Serve on a port of its own until the end of the block."""
        server = cls(now, ack_seconds)
        app = web.Application()
        app.router.add_post("/api/{method}", server._api)
        app.router.add_get("/link", server._socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        server.url = f"http://{host}:{port}/api/"
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
            server._session = session
            try:
                yield server
            finally:
                for task in server._tasks:
                    task.cancel()
                await server.disconnect(politely=False)
                await runner.cleanup()

    # What people do

    def channel(self, name: str, *members: str) -> Channel:
        """Return a channel, made if need be; the bot is in it."""
        return self.channels.setdefault(name, Channel(name, {*members, BOT_USER}))

    def direct(self, user: str) -> Channel:
        """Return a user's direct messages with the bot."""
        return self.channel(f"D{user}", user)

    async def says(self, user: str, text: str, channel: str | None = None, **more: object) -> Sent:
        """Let a user write a message, and wait until it is acknowledged."""
        assert not text.startswith("/"), "the client takes this for a command"
        where = self.channels[channel] if channel else self.direct(user)
        event: dict[str, Any] = {"type": "message", "channel": where.id, "user": user, "text": text, "ts": self._ts()}
        event |= more
        event["channel_type"] = "im" if where.is_direct else "group"
        where.messages.append(dict(event))
        return await self.tells(event)

    async def mentions(self, user: str, text: str, channel: str) -> Sent:
        """Let a user name the bot in a channel."""
        return await self.tells(
            {"type": "app_mention", "channel": channel, "user": user, "text": f"<@{BOT_USER}> {text}", "ts": self._ts()}
        )

    async def edits(self, user: str, sent: Sent, text: str) -> Sent:
        """Let a user change a message; ``text`` may be the same, as when Slack adds a preview."""
        before = sent.payload["event"]
        after = {**before, "text": text, "edited": {"user": user, "ts": self._ts()}}
        event = {"type": "message", "subtype": "message_changed", "channel": before["channel"], "ts": self._ts()}
        return await self.tells({**event, "channel_type": "im", "message": after, "previous_message": before})

    async def commands(self, user: str, command: str, text: str = "", channel: str | None = None) -> Sent:
        """Let a user type one of the two registered commands."""
        assert command in ("/report", "/steward"), "not registered"
        direct = self.direct(user).id
        where = channel or direct
        payload = {"command": command, "text": text, "user_id": user, "channel_id": where, "team_id": TEAM}
        return await self.send("slash_commands", {**payload, "trigger_id": self._trigger(), "response_url": self.url})

    async def presses(self, user: str, label: str, channel: str | None = None) -> Sent:
        """Let a user press the newest button with this label that they can see."""
        where = self.channels[channel] if channel else self.direct(user)
        seen = [message for who, message in where.only_for if who == user] + where.messages
        found = [(one, button) for one in seen for button in buttons(one) if button["text"]["text"] == label]
        assert found, (label, [button["text"]["text"] for one in seen for button in buttons(one)][-12:])
        message, button = max(found, key=lambda pair: float(pair[0]["ts"]))
        action = {**button, "block_id": "b", "action_ts": self._ts()}
        payload = {"type": "block_actions", "user": {"id": user}, "channel": {"id": where.id}, "actions": [action]}
        container = {"type": "message", "message_ts": message["ts"], "channel_id": where.id}
        return await self.send(
            "interactive", {**payload, "container": container, "trigger_id": self._trigger(), "team": {"id": TEAM}}
        )

    async def does(self, user: str, line: str) -> Sent:
        """Let a user press (``[Label]``), command (``/word``) or say something in direct messages."""
        if line.startswith("["):
            return await self.presses(user, line.removeprefix("[").removesuffix("]"))
        if line.startswith("/"):
            command, _, text = line.partition(" ")
            return await self.commands(user, command, text)
        return await self.says(user, line)

    async def answers(self, user: str, expected: str, before: int) -> None:
        """Wait until the bot has said something more to a user than ``before`` characters."""
        await self.until(lambda: len(self.shown(user)) > before and expected in self.shown(user)[before:])

    async def tells(self, event: dict[str, Any]) -> Sent:
        """Send one event, with the envelope of the Events API."""
        body = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A0", "event": event}
        return await self.send("events_api", {**body, "event_id": f"Ev{next(self._count)}", "event_time": int(EPOCH)})

    async def send(self, kind: str, payload: dict[str, Any]) -> Sent:
        """Send an update and wait until it is acknowledged; send it ``duplicates`` times more afterwards."""
        sent = Sent(kind, payload, f"envelope-{next(self._count)}")
        await self._deliver(sent)
        for _ in range(self.duplicates):
            await self.again(sent)
        return sent

    async def again(self, sent: Sent) -> None:
        """Send an update once more, as Slack does when an acknowledgement got lost."""
        await self._deliver(sent)

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something holds; looked at after every call, acknowledgement and connection."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(is_so()))

    def shown(self, user: str) -> str:
        """Return all the bot has said to a user in direct messages."""
        return "\n".join(words(one) for one in self.direct(user).messages if one["user"] == BOT_USER)

    async def disconnect(self, *, politely: bool = True) -> None:
        """Close every socket, after saying so as Slack does when it refreshes a connection."""
        for socket in list(self.sockets):
            with suppress(ClientError, ConnectionError):
                if politely:
                    await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
                else:
                    await socket.close()

    # How it reaches us

    async def _deliver(self, sent: Sent) -> None:
        if self.events_url:
            await self._post(sent)
            return
        acks = len(sent.acks)
        self.waiting[sent.envelope] = sent
        await self._push(sent)
        await self.until(lambda: len(sent.acks) > acks)

    async def _push(self, sent: Sent) -> None:
        for socket in list(self.sockets):
            with suppress(ConnectionError):
                await socket.send_json(self._envelope(sent))
                sent.tries += 1
                self._spawn(self._push_again(sent, sent.tries))
                return

    async def _push_again(self, sent: Sent, tries: int) -> None:
        await asyncio.sleep(self.ack_seconds)  # Slack's own patience
        if sent.envelope in self.waiting and sent.tries == tries:
            await self._push(sent)

    def _envelope(self, sent: Sent) -> dict[str, Any]:
        head = {"envelope_id": sent.envelope, "type": sent.kind, "accepts_response_payload": True}
        return {**head, "payload": sent.payload, "retry_attempt": sent.tries, "retry_reason": "timeout"}

    async def _post(self, sent: Sent) -> None:
        """Post a signed request, three times more at most when it is an event and we do not say 200 in time."""
        body, kind = encoded(sent)
        for _ in range(4):
            headers = {**signed(body, self.now()), "Content-Type": kind}
            if sent.tries:
                headers |= {"X-Slack-Retry-Num": str(sent.tries), "X-Slack-Retry-Reason": "http_timeout"}
            sent.tries += 1
            status, text = await self.request(body, headers, sent)
            sent.statuses.append(status)
            if status in (0, 503):
                await asyncio.sleep(RETRY_SECONDS)  # Slack's own patience, made short
            if status == 200:
                sent.acks.append(json.loads(text) if text.startswith("{") else {})
                break
        async with self._changed:
            self._changed.notify_all()

    async def request(self, body: bytes, headers: Mapping[str, str], sent: Sent | None = None) -> tuple[int, str]:
        """Post to us as given; status 0 when we took longer than Slack waits."""
        assert self._session is not None
        began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self.ack_seconds), self._session.post(
                self.events_url, data=body, headers=headers
            ) as answer:  # fmt: skip
                return answer.status, await answer.text()
        except (TimeoutError, ClientError):
            return 0, ""
        finally:
            if sent is not None:
                sent.seconds = max(sent.seconds, asyncio.get_running_loop().time() - began)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)  # a ticket opens one connection
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.add(socket)
        for sent in list(self.waiting.values()):
            await self._push(sent)
        await self._notify()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await self._acked(json.loads(message.data))
        finally:
            self.sockets.discard(socket)
        return socket

    async def _acked(self, message: dict[str, Any]) -> None:
        sent = self.waiting.pop(message.get("envelope_id", ""), None)
        if sent is not None:
            sent.acks.append(message.get("payload") or {})
        await self._notify()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # The Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        payload = await _arguments(request)
        self.calls.append((method, payload))
        if self.faults[method]:
            kind, value = self.faults[method].pop(0)
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
            "users.info": lambda asked: {"ok": True, "user": {"id": asked["user"], "is_bot": False}},
            "chat.postMessage": self._post_message,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "views.open": self._view,
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
        return {"ok": True, "messages": channel.messages[::-1]} if channel else _no("channel_not_found")

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
        opened = self._triggers.pop(payload.get("trigger_id", ""), None)
        if opened is None:
            return _no("invalid_trigger_id")
        if self.now() - opened > 3.0:
            return _no("expired_trigger_id")
        wrong = wrong_view(payload.get("view") or {})
        return {**_no("invalid_arguments"), "response_metadata": {"messages": wrong}} if wrong else {"ok": True}

    def _ts(self) -> str:
        return f"{EPOCH + next(self._count) / 1000:.6f}"

    def _trigger(self) -> str:
        trigger = f"{next(self._count)}.0.trigger"
        self._triggers[trigger] = self.now()
        return trigger


def buttons(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the buttons under a message."""
    return [one for block in message.get("blocks") or () for one in block.get("elements") or () if "value" in one]


def words(message: Mapping[str, Any]) -> str:
    """Return what somebody reads: the sections, else the text."""
    sections = [block["text"]["text"] for block in message.get("blocks") or () if block["type"] == "section"]
    return "\n".join(sections) or str(message.get("text", ""))


def encoded(sent: Sent) -> tuple[bytes, str]:
    """Return the body Slack posts, and its content type: JSON for events, a form for all else."""
    from urllib.parse import urlencode  # noqa: PLC0415 - for this alone

    if sent.kind == "events_api":
        return json.dumps(sent.payload).encode(), "application/json"
    form = sent.payload if sent.kind == "slash_commands" else {"payload": json.dumps(sent.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signed(body: bytes, at: float, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers that prove a body is Slack's."""
    stamp = str(int(at))
    mark = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}"}


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
    await asyncio.sleep(value)
    return web.json_response(_no("internal_error"))


def _no(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}
