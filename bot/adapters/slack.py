"""Slack: members in direct messages, officers in their rooms, by Socket Mode or by signed HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

import structlog
from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters import Pseudonym, Respond, Say
from bot.adapters.lanes import Lanes
from bot.adapters.slack_access import SLACK, Access, Signatures
from bot.adapters.slack_blocks import escaped, parts, spoken
from bot.adapters.slack_heard import Excuse, acknowledgement, excuse, heard, trigger
from bot.adapters.slack_labels import Labels
from bot.adapters.slack_rooms import NO_ROOMS, Officers, Rooms
from bot.adapters.slack_sending import Outbox
from bot.adapters.slack_sheets import CHAT, Ack, errors, view
from bot.adapters.slack_socket import listen, pause_after, quiet_logger
from bot.messages import Incoming, Outgoing, Text
from bot.ports import Clock, SendFailed, Slip

__all__ = ["SLACK", "Access", "Rooms", "Slack", "heard", "parts", "spoken"]

PATH = "/slack/events"
ACK_SECONDS = 1.0
"""An update is acknowledged once what it led to is kept, and after this at the latest: Slack waits 3 s."""
SHEET_SECONDS = 2.5
"""A sheet sent back is acknowledged with what is wrong in it, if that is known by then: Slack waits 3 s."""
TRIGGER_SECONDS = 3.0  # a press can open a sheet for so long; Slack's own
REQUEST_SECONDS = 10.0  # of one call of the Web API; far below the ledger's patience
LEAVING_SECONDS = 5.0  # for answers that are under way when the house closes

log = structlog.get_logger()


class Slack:
    """One workspace. Also a ``Sender``: to members (their direct messages) and to the rooms ``cases`` and ``officers``.

    ``words`` turns the adapter's own few sentences into words.
    """

    def __init__(  # noqa: PLR0913 - each is what makes one workspace
        self,
        access: Access,
        pseudonym: Pseudonym,
        clock: Clock,
        words: Callable[[Text], str],
        rooms: Rooms = NO_ROOMS,
        *,
        first_pause: float = 1.0,
        ping_seconds: float = 5.0,
        language: str = "en",
        say: Say = lambda _: None,
    ) -> None:
        """Speak to nobody yet. ``first_pause`` seconds pass before a second try, twice as many before a third.

        ``language`` is what members are answered in at first. ``say`` tells the operator when Slack lets us
        in, and why not.
        """
        self._say = say
        self._language = language
        self.name = "slack"
        self.serves: tuple[str, ...] = ("slack", "officers") if rooms.cases or rooms.numbers else ("slack",)
        self._access = access
        self._pseudonym = pseudonym
        self._clock = clock
        self._words = words
        self._first_pause = first_pause
        self._ping_seconds = ping_seconds
        logger = quiet_logger()
        base_url = f"{access.base_url.rstrip('/')}/"
        self._client = AsyncWebClient(access.bot_token, base_url, logger=logger, retry_handlers=[])
        self._client.timeout = int(REQUEST_SECONDS)
        self._outbox = Outbox(self._client, rooms, first_pause)
        self._officers = Officers(rooms, partial(self._outbox.call, self._client.usergroups_users_list), say)
        self._lanes = Lanes("slack")
        self._labels = Labels()
        self._respond: Respond | None = None
        self._at_work: set[asyncio.Task[None]] = set()
        secret = access.signing_secret
        self._signatures = Signatures(secret, clock) if secret else None
        self._app = self._bolt(logger)

    def _bolt(self, logger: Any) -> AsyncApp:  # noqa: ANN401 - logging is not imported here
        async def authorize() -> AuthorizeResult:  # our one workspace; without a call that could fail
            return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=self._access.bot_token)

        async def door(body: dict[str, Any], req: AsyncBoltRequest) -> BoltResponse:
            tries = req.headers.get("x-slack-retry-num", ["0"])
            return await self._door(body, is_again=tries[0] not in ("", "0"))

        app = AsyncApp(
            logger=logger,
            client=self._client,
            authorize=authorize,
            signing_secret=self._access.signing_secret or "",
            request_verification_enabled=False,  # checked before anything is parsed, with the house's clock
        )
        app.use(door)
        return app

    @property
    def is_up(self) -> bool:
        """Whether Slack knew our token and we are hearing it."""
        return self._respond is not None

    def routes(self) -> list[web.RouteDef]:
        """Return what the house's one HTTP server has to serve for us; nothing in Socket Mode."""
        return [web.post(PATH, self._http)] if self._signatures is not None else []

    async def run(self, respond: Respond) -> None:
        """Hear and answer until cancelled; troubles end in a line of log and a longer pause."""
        async with ClientSession(timeout=ClientTimeout(total=REQUEST_SECONDS)) as session:
            self._client.session = session
            try:
                await self._introduce()
                async with self._officers.kept():
                    self._respond = respond
                    if self._access.app_token:
                        pauses = (self._first_pause, self._ping_seconds)
                        await listen(self._access.app_token, self._client, self._app, pauses)
                    else:
                        await asyncio.Event().wait()  # requests come by `routes`
            finally:
                self._respond = None
                await self._finish()
                self._client.session = None

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Post to a member or a room and return the message's time stamp, as ``bot.ports.Sender`` says."""
        return await self._outbox.post(address, message, slip)

    async def find(self, address: str, slip: Slip, since: datetime) -> str | None:
        """Look for a marked message in a chat, room or thread, as ``bot.ports.Sender`` says."""
        return await self._outbox.find(address, slip, since)

    async def _introduce(self) -> None:
        """Ask Slack who we are until it answers: nothing is heard before, and Slack sends again what was refused."""
        for failures in count(1):
            try:
                await self._outbox.call(self._client.auth_test)
            except (SendFailed, TimeoutError) as failed:
                reason, asked = (failed.reason, failed.wait) if isinstance(failed, SendFailed) else ("no answer", None)
                seconds = max(pause_after(failures, self._first_pause), asked or 0.0)
                self._say(f"slack: it does not let us in ({reason}). Trying again in {seconds:.0f} s.")
                await asyncio.sleep(seconds)
            else:
                self._say(f"slack: by {'Socket Mode' if self._access.app_token else 'signed HTTP'}")
                return

    async def _finish(self) -> None:
        if self._at_work:
            _, late = await asyncio.wait(self._at_work, timeout=LEAVING_SECONDS)
            for task in late:
                task.cancel()
        await self._lanes.close(LEAVING_SECONDS)

    async def _http(self, request: web.Request) -> web.StreamResponse:
        """Take one signed request. What is forged, or older than five minutes, is heard by nobody."""
        body = await request.read()
        if self._signatures is None or not self._signatures.holds(body, request.headers):
            return web.Response(status=401)
        try:
            asked = await to_bolt_request(request)
        except Exception:  # noqa: BLE001 - signed, but not what Slack sends; its text may hold words
            return web.Response(status=400)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

    async def _door(self, update: dict[str, Any], *, is_again: bool) -> BoltResponse:
        """Let an update in: acknowledge it once it is kept, or soon; answer in our own time."""
        if self._respond is None:
            return BoltResponse(status=503)
        rooms = self._officers.rooms
        excused = excuse(update, rooms)
        if excused is not None and not is_again:
            self._begin(self._excuse(excused))
        said = heard(update, self._pseudonym, self._clock(), rooms)
        if said is not None:
            ack = Ack()
            if said.who == "member":
                said = replace(said, language=self._language)
            self._begin(self._answer(said, self._respond, ack, trigger(update)))
            wrong = await ack.wrong(ACK_SECONDS if said.filled is None else SHEET_SECONDS)
            if wrong:
                return BoltResponse(status=200, body=errors(wrong))
        told = acknowledgement(update, rooms)
        if told is None:
            return BoltResponse(status=200)
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": escaped(self._words(told))})

    async def _answer(self, said: Incoming, respond: Respond, ack: Ack, trigger_id: str) -> None:
        """Hear one person's messages one after the other, and answer them in the same order."""

        async def decide() -> Sequence[Outgoing]:
            pressed = self._labels.pressed(said)
            meant = said if pressed is None else replace(said, text=None, pressed=pressed)
            answers = await respond(meant)
            self._labels.shown(said.person, answers)
            return answers if said.filled is None else ack.take(answers)

        try:
            await self._lanes.hear(said.person, decide, partial(self._say_all, said, trigger_id))
        finally:
            ack.keep()

    async def _say_all(self, said: Incoming, trigger_id: str, answers: Sequence[Outgoing]) -> None:
        for answer in answers:
            if await self._opens(said, answer, trigger_id):
                continue
            if not await self._says(said, answer):
                return  # what follows would make no sense without it; the next message shows it again

    async def _opens(self, said: Incoming, answer: Outgoing, trigger_id: str) -> bool:
        """Open the sheet of an answer; if that cannot be, its buttons are shown instead."""
        room = CHAT if said.who == "member" else said.place.of
        shown = view(answer, said.pressed or "", room) if trigger_id else None
        if shown is None:
            return False
        try:
            async with asyncio.timeout(TRIGGER_SECONDS):
                await self._outbox.call(self._client.views_open, trigger_id=trigger_id, view=shown)
        except (SendFailed, TimeoutError) as failed:
            log.warning("slack did not open a sheet", reason=getattr(failed, "reason", "TimeoutError"))
            return False
        return True

    async def _says(self, said: Incoming, answer: Outgoing) -> bool:
        if said.who != "stranger":
            return await self._outbox.say(said, answer)
        channel, _, user = said.address.partition("/")
        with suppress(SendFailed, TimeoutError):
            await self._outbox.whisper(channel, user, answer)
        return True

    async def _excuse(self, excused: Excuse) -> None:
        with suppress(SendFailed, TimeoutError):
            await self._outbox.whisper(excused.channel, excused.user, Outgoing(self._words(excused.text)))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("slack: an answer failed", error=type(error).__name__)
