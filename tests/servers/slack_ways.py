"""How the strict Slack reaches us: by sockets with tickets and acknowledgements, or by signed requests."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, WSMsgType, web

from tests.servers.slack_workspace import SIGNING_SECRET, Workspace

RETRY_SECONDS = 0.3  # Slack waits a moment, a minute and five minutes


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


class Ways(Workspace):
    """A workspace that sends updates; with ``events_url`` it posts to us, else it waits for a socket."""

    def __init__(self, now: Callable[[], float], ack_seconds: float) -> None:
        super().__init__(now)
        self.ack_seconds = ack_seconds
        self.events_url = ""
        self.waiting: dict[str, Sent] = {}
        self.sockets: set[web.WebSocketResponse] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._session: ClientSession | None = None

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

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def state_of(view: Mapping[str, Any], chosen: Mapping[str, object]) -> dict[str, Any]:
    """Return what a modal holds when somebody has chosen or written this, by the question's name."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element, given = block["element"], chosen.get(block["block_id"])
            held: dict[str, Any] = {"type": element["type"]}
            if element["type"] in ("radio_buttons", "static_select"):
                held["selected_option"] = next((one for one in element["options"] if one["value"] == given), None)
                if given is not None and held["selected_option"] is None:  # a view of another version, or a forged one
                    held["selected_option"] = {"value": given}
            elif element["type"] in ("checkboxes", "multi_static_select"):
                wanted = given if isinstance(given, tuple) else ()
                held["selected_options"] = [one for one in element["options"] if one["value"] in wanted]
            else:
                held["selected_date" if element["type"] == "datepicker" else "value"] = given
            values[block["block_id"]] = {element["action_id"]: held}
    return values


def encoded(sent: Sent) -> tuple[bytes, str]:
    """Return the body Slack posts, and its content type: JSON for events, a form for all else."""
    if sent.kind == "events_api":
        return json.dumps(sent.payload).encode(), "application/json"
    form = sent.payload if sent.kind == "slash_commands" else {"payload": json.dumps(sent.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def signed(body: bytes, at: float, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers that prove a body is Slack's."""
    stamp = str(int(at))
    mark = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}"}
