"""Telegram at work: hears by long polling or webhook, answers in order, and bears whatever its server does."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from aiohttp import web
from telegram import BotCommand, BotCommandScopeAllPrivateChats, Update
from telegram.error import TelegramError

from bot.adapters import Pseudonym, Respond, Say, pause
from bot.adapters.answering import Answering
from bot.adapters.lanes import Lanes
from bot.adapters.telegram import NAME, heard, in_group, messages, read, spoken
from bot.adapters.telegram_line import HEARD, READ_SECONDS, asked, failed, hung_up, line, picked_up, why
from bot.messages import Outgoing
from bot.ports import Clock, Slip
from bot.privacy import place_of

POLL_SECONDS = 25
"""Below the half minute after which home routers forget a silent connection."""
SHORTEST_POLL = 1.0
"""Seconds; a server that answers "nothing" at once must not make us ask for ever."""
ACKNOWLEDGED = 1.0
"""Seconds a webhook call waits for the message to be durable, so that a crash in them loses nothing."""
CLOSE_SECONDS = 5.0
TOLD_EVERY = 3600.0
"""Seconds between two notices in a group that nobody asked for with a command."""
TOLD_MOST = 1_000
"""Groups remembered; it belongs into none of them."""
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account: how it is reached, and what it says about itself.

    With ``public_url`` and ``secret`` it hears by webhook, else by long polling. ``commands`` are
    pairs of a word and its description; ``elsewhere`` is said in groups.
    """

    token: str = field(repr=False)
    base_url: str | None = None
    public_url: str | None = None
    secret: str | None = field(default=None, repr=False)
    language: str = "en"
    commands: tuple[tuple[str, str], ...] = ()
    elsewhere: Outgoing | None = None
    read_seconds: float = READ_SECONDS
    poll_seconds: int = POLL_SECONDS

    @property
    def path(self) -> str | None:
        """Where the webhook is served: a path nobody guesses, made from the secret but not telling it."""
        if not (self.public_url and self.secret):
            return None
        return f"/telegram/{hashlib.sha256(self.secret.encode()).hexdigest()[:32]}"


class Telegram:
    """The adapter; also the ``Sender`` of members on Telegram."""

    name = NAME
    serves: tuple[str, ...] = (NAME,)

    def __init__(
        self,
        account: Account,
        pseudonym: Pseudonym,
        clock: Clock,
        say: Say,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """``say`` is told when Telegram is reached and when it is not. Raises ``InvalidToken`` for an empty token."""
        self._account = account
        self._pseudonym = pseudonym
        self._clock = clock
        self._say = say
        self._sleep = sleep
        self._line = line(account.token, account.base_url, read_seconds=account.read_seconds)
        self._lanes: Lanes | None = None
        self._respond: Respond | None = None
        self._answering = Answering(NAME, self.send, sleep)
        self._tasks: set[asyncio.Task[None]] = set()
        self._told: dict[str, float] = {}
        self._up = False

    @property
    def is_up(self) -> bool:
        """Whether Telegram answered when it was last asked for messages or told where to bring them."""
        return self._up

    def routes(self) -> Sequence[web.RouteDef]:
        """Return where Telegram brings updates, when it does."""
        return [web.post(self._account.path, self._brought)] if self._account.path else []

    async def run(self, respond: Respond) -> None:
        """Introduce ourselves, then hear and answer until cancelled."""
        self._respond = respond
        lanes = self._lanes = Lanes(NAME)
        await picked_up(self._line)
        try:
            await self._patiently(self._introduce)
            if self._account.path is None:
                await self._poll(lanes)
            await asyncio.Event().wait()  # the web server hears; this only holds the lanes open
        finally:
            self._up, self._lanes = False, None  # what is brought from now on is refused, and comes again
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
            await lanes.close(CLOSE_SECONDS)
            await hung_up(self._line)

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Send and return the last message's id.

        Raises ``SendFailed``, or ``TimeoutError`` when nobody knows whether it arrived.
        """
        del slip  # for the officers' rooms
        remote_id = None
        for part in messages(message):
            try:
                sent = await self._line.send_message(int(address), **spoken(part))
            except TelegramError as error:
                raise failed(error) from None  # its own text may quote the answer of a server
            remote_id = str(sent.message_id)
        return remote_id

    async def find(self, address: str, slip: Slip, since: datetime) -> None:
        """Find nothing: a bot cannot read back what it sent on Telegram."""

    async def _introduce(self) -> None:
        """Say which commands there are and how we hear; harmless to repeat."""
        account, line = self._account, self._line
        me = await line.get_me()
        if account.commands:
            commands = [BotCommand(word, description) for word, description in account.commands]
            await line.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
        if account.path is None:
            await line.delete_webhook()
        else:
            await line.set_webhook(
                f"{account.public_url}{account.path}", allowed_updates=list(HEARD), secret_token=account.secret
            )
        self._up = True
        self._say(f"telegram: @{me.username}, by {'long polling' if account.path is None else 'webhook'}")

    async def _patiently(self, ask: Callable[[], Awaitable[None]]) -> None:
        failures = 0
        while True:
            try:
                return await ask()
            except Exception as error:  # noqa: BLE001 - an answer can be broken in more ways than the library names
                failures += 1
                await self._wait(error, failures)

    async def _wait(self, error: Exception, failures: int) -> None:
        self._up = False
        seconds = max(pause(failures), asked(error) or 0.0)
        self._say(f"telegram: {why(error)}. Trying again in {seconds:.0f} s.")
        await self._sleep(seconds)

    async def _poll(self, lanes: Lanes) -> None:
        offset: int | None = None
        failures = 0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                found = await self._line.updates(offset, self._account.poll_seconds)
            except Exception as error:  # noqa: BLE001 - as above
                failures += 1
                await self._wait(error, failures)
                continue
            if failures:
                self._say("telegram: it answers again.")
            failures, self._up = 0, True
            # All are durable before the next call tells Telegram that they are done with.
            if found:  # ``wait`` and not ``gather``: when we are stopped, they may end
                await asyncio.wait([self._keep(self._hear(update, lanes)) for update in found])
            last = max((int(update["update_id"]) for update in found), default=-1)
            is_news = offset is None or last >= offset
            offset = last + 1 if found and is_news else offset
            took = asyncio.get_running_loop().time() - began
            if not (found and is_news) and took < SHORTEST_POLL:
                await self._sleep(SHORTEST_POLL)

    async def _brought(self, request: web.Request) -> web.Response:
        """Take one update Telegram brings, when it shows the secret."""
        secret = (self._account.secret or "").encode()
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode("utf-8", "surrogateescape"), secret):
            return web.Response(status=403)
        try:
            update = await request.json()
        except ValueError:
            return web.Response(status=400)
        if self._lanes is None:
            return web.Response(status=503)  # Telegram brings it again
        if isinstance(update, dict):
            await asyncio.wait({self._keep(self._hear(update, self._lanes))}, timeout=ACKNOWLEDGED)
        return web.Response()

    async def _hear(self, raw: Mapping[str, Any], lanes: Lanes) -> None:
        """Take one update as it came. One that nobody can read is passed over: it would come again for ever."""
        try:
            update = read(raw)
            if update.callback_query is not None:
                self._keep(self._acknowledge(update.callback_query.id))
            said = heard(update, self._pseudonym, self._clock(), self._account.language)
            if said is not None and self._respond is not None:
                say = partial(self._answering.say, said.address)
                await lanes.hear(said.address, partial(self._respond, said), say)
            else:
                self._tell_group(update, lanes)
        except Exception as error:  # noqa: BLE001 - one update must not stop the others
            log.error("update not understood", error=type(error).__name__, at=place_of(error))

    def _tell_group(self, update: Update, lanes: Lanes) -> None:
        found = in_group(update)
        if found is None or self._account.elsewhere is None:
            return
        group, is_command = found
        at = asyncio.get_running_loop().time()
        if not is_command and at - self._told.get(group, -TOLD_EVERY) < TOLD_EVERY:
            return
        if len(self._told) >= TOLD_MOST:
            self._told.clear()
        self._told[group] = at
        lanes.put(group, partial(self._answering.say, group, (self._account.elsewhere,)))

    async def _acknowledge(self, query: str) -> None:
        """Stop the button's waiting mark; a query that is too old or unknown changes nothing."""
        with suppress(TelegramError):
            await self._line.answer_callback_query(query)

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Let work go on by itself, held until it has ended."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
