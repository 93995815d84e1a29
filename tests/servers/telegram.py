"""A Telegram of our own on loopback: real HTTP, the published limits, the real errors, and faults on demand.

It keeps chats and messages, gives updates by ``getUpdates`` with its rules of offsets or brings them
to a webhook, and refuses what Telegram would refuse; ``refused`` lists every such refusal.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.servers.faults import Fault, wrong
from tests.servers.telegram_members import BOT, OLD, Member, Posted
from tests.servers.telegram_rules import Refusal, checked

TOKEN = "100000:made-for-tests"
PATIENCE = 90.0  # seconds a test waits for something on a busy machine
AGAIN = 0.05  # seconds before a webhook that refused is tried again
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class TelegramServer:
    """The server. ``twice`` gives every update a second time, whatever was confirmed."""

    twice: bool = False
    chats: dict[int, list[Posted]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    commands: list[Mapping[str, str]] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    answered: list[str] = field(default_factory=list)
    webhook: Mapping[str, Any] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self._members: dict[int, Member] = {}
        self._groups: set[int] = set()
        self._pending: deque[dict[str, Any]] = deque()
        self._repeated: set[int] = set()
        self._faults: dict[str, deque[tuple[Fault, int]]] = {}
        self._ids = 0
        self._changed = asyncio.Event()
        self._polls = 0
        self._released = asyncio.Event()

    # --- Life ---

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._bringing = asyncio.create_task(self._bring())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._released.set()
        self._polls += 1
        self.note()
        self._bringing.cancel()
        await asyncio.gather(self._bringing, return_exceptions=True)
        await self._runner.cleanup()

    def member(self, number: int = 5_000_000_001) -> Member:
        """Return somebody with a phone."""
        return self._members.setdefault(number, Member(self, number))

    def group(self, number: int = -100_500) -> int:
        """Return a group the bot can write to."""
        self._groups.add(number)
        return number

    def says_in_group(self, group: int, text: str, member: Member) -> None:
        """Let a member say something in a group."""
        chat = {"id": group, "type": "supergroup", "title": "A group"}
        self.happens(message={**member.message(text=text), "chat": chat})

    def next_id(self) -> int:
        """Return a number not used before."""
        self._ids += 1
        return self._ids

    def happens(self, **what: Mapping[str, Any]) -> None:
        """Make an update of it."""
        self._pending.append({"update_id": 7_000_000 + self.next_id(), **what})
        self.note()

    def fault(self, method: str, kind: Fault, times: int = 1, seconds: int = 1) -> None:
        """Let the next calls of a method (``*``: any) go wrong; ``seconds`` is what a 429 asks to wait."""
        self._faults.setdefault(method, deque()).extend([(kind, seconds)] * times)

    def mend(self) -> None:
        """Forget every fault that did not happen yet."""
        self._faults.clear()

    @property
    def is_idle(self) -> bool:
        """Whether every update was taken and confirmed."""
        return not self._pending

    def count(self, method: str) -> int:
        """Return how often a method was called."""
        return sum(name == method for name, _ in self.calls)

    def note(self) -> None:
        """Wake whoever waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, condition: Callable[[], bool], what: Callable[[], str] = lambda: "") -> None:
        """Wait until something is so; fail with what was waited for."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self._changed.wait()
        assert condition(), what()

    # --- The Bot API ---

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        sent = await request.json() if request.content_type == "application/json" else dict(await request.post())
        fault = self._fault(method)
        if fault is not None:
            self.calls.append((f"fault {fault[0]}", {}))
            self.note()
            return await wrong(request, *fault, self._released)
        try:
            given = checked(method, sent, is_known=request.match_info["token"] == TOKEN)
            self.calls.append((method, given))
            result = getattr(self, f"_{method}")(given)
            result = await result if asyncio.iscoroutine(result) else result
        except Refusal as refusal:
            self.refused.append(f"{method}: {refusal.description}")
            return web.json_response(refusal.body, status=refusal.code)
        finally:
            self.note()
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str) -> tuple[Fault, int] | None:
        for name in (method, "*"):
            if self._faults.get(name):
                return self._faults[name].popleft()
        return None

    def _getMe(self, _: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's word
        return dict(BOT)

    def _setMyCommands(self, given: Mapping[str, Any]) -> bool:  # noqa: N802 - Telegram's word
        self.commands = given["commands"]
        return True

    def _setWebhook(self, given: Mapping[str, Any]) -> bool:  # noqa: N802 - Telegram's word
        self.webhook = given if given["url"] else {}
        return True

    def _deleteWebhook(self, _: Mapping[str, Any]) -> bool:  # noqa: N802 - Telegram's word
        self.webhook = {}
        return True

    async def _getUpdates(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:  # noqa: N802 - Telegram's word
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self._polls += 1
        mine = self._polls
        self.note()
        offset = given.get("offset", 0)
        while self._pending and self._pending[0]["update_id"] < offset and self._confirmed(self._pending[0]):
            self._pending.popleft()
        self.note()
        with suppress(TimeoutError):
            async with asyncio.timeout(given.get("timeout", 0)):
                while not self._pending and self._polls == mine:
                    await self._changed.wait()
        if self._polls != mine:
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return [dict(update) for update in list(self._pending)[: given.get("limit", 100)]]

    def _confirmed(self, update: Mapping[str, Any]) -> bool:
        """Whether an update is done with; with ``twice`` the first confirmation is not believed."""
        if self.twice and update["update_id"] not in self._repeated:
            self._repeated.add(update["update_id"])
            return False
        return True

    def _sendMessage(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's word
        number = given["chat_id"]
        member = self._members.get(number)
        if member is None and number not in self._groups:
            raise Refusal(400, "Bad Request: chat not found")
        if member is not None and member.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        posted = Posted(
            self.next_id(),
            given["text"],
            tuple(tuple(row) for row in given.get("reply_markup", {}).get("inline_keyboard", ())),
            preview=not given.get("link_preview_options", {}).get("is_disabled", False),
        )
        self.chats.setdefault(number, []).append(posted)
        return self._as_message(number, posted)

    def _sendPhoto(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's word
        return self._sendMessage({"chat_id": given["chat_id"], "text": given.get("caption", "")})

    def _as_message(self, number: int, posted: Posted) -> dict[str, Any]:
        kind = "private" if number > 0 else "supergroup"
        return {
            "message_id": posted.id,
            "chat": {"id": number, "type": kind},
            "date": OLD,
            "from": self._getMe({}),
            "text": posted.text,
        }

    def _editMessageText(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's word
        chat = self.chats.get(given["chat_id"], [])
        place = next((n for n, one in enumerate(chat) if one.id == given["message_id"]), None)
        if place is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        rows = tuple(tuple(row) for row in given.get("reply_markup", {}).get("inline_keyboard", ()))
        if (chat[place].text, chat[place].rows) == (given["text"], rows):
            raise Refusal(400, "Bad Request: message is not modified")
        chat[place] = Posted(chat[place].id, given["text"], rows)
        return self._as_message(given["chat_id"], chat[place])

    def _answerCallbackQuery(self, given: Mapping[str, Any]) -> bool:  # noqa: N802 - Telegram's word
        if given["callback_query_id"] not in self.queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answered.append(given["callback_query_id"])
        return True

    # --- The webhook ---

    async def bring(self, update: Mapping[str, Any] | bytes, secret: str | None) -> int:
        """Bring one update to the webhook and return the status of the answer."""
        headers = {} if secret is None else {HEADER: secret}
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers["Content-Type"] = "application/json"
        url = self.webhook["url"]
        async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
            return answer.status

    async def _bring(self) -> None:
        while True:
            changed = self._changed
            if not self.webhook or not self._pending:
                await changed.wait()
                continue
            update = self._pending[0]
            try:
                for _ in range(1 + self.twice):
                    status = await self.bring(update, self.webhook.get("secret_token"))
                self.statuses.append(status)
            except (aiohttp.ClientError, KeyError, OSError):
                status = 0
            if 200 <= status < 300 and self._pending and self._pending[0] is update:
                self._pending.popleft()
                self.note()
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(AGAIN):
                    await asyncio.Event().wait()
