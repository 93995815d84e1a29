"""The real house with the Slack adapter, talking to the strict server; opened and closed as a test wishes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from aiohttp import web

from bot.adapters import Say
from bot.adapters.slack import Access, Rooms, Slack
from bot.app import Steward, engine_of, opened
from bot.messages import Text
from bot.ports import Clock
from bot.settings import Settings
from tests.servers.slack import APP_TOKEN, BOT_TOKEN, EPOCH, SIGNING_SECRET, SlackServer

OFFICER = "UOFFICER1"
MEMBER, OTHER = "UMEMBER1", "UMEMBER2"
BEGAN = time.monotonic()
Way: TypeAlias = Literal["socket", "http"]
WAYS_IN: tuple[Way, ...] = ("socket", "http")
ROOMS = Rooms("CCASES", "CNUMBERS", frozenset({OFFICER}))
LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"


def clock() -> datetime:
    """Return the time of a Friday night that goes on as real time does, over every restart."""
    return datetime.fromtimestamp(EPOCH + time.monotonic() - BEGAN, UTC)


def adapter(house: Steward, server: SlackServer, way: Way, rooms: Rooms = ROOMS, say: Say = print) -> Slack:
    """Return the adapter as ``run`` would make it."""
    access = Access(
        BOT_TOKEN,
        app_token=None if way == "http" else APP_TOKEN,
        signing_secret=SIGNING_SECRET if way == "http" else None,
        base_url=server.url,
    )

    def words(text: Text) -> str:
        return house.texts.say(text, house.settings.language, "slack")

    return Slack(
        access,
        house.store.pseudonym,
        house.clock,
        words,
        rooms,
        first_pause=0.05,
        ping_seconds=0.5,
        language=house.settings.language,
        say=say,
    )


@asynccontextmanager
async def running(
    settings: Settings,
    server: SlackServer,
    way: Way = "socket",
    rooms: Rooms = ROOMS,
    say: Say = print,
    clock: Clock = clock,
) -> AsyncIterator[Steward]:
    """Open the house, let it talk to the server, and close it again."""
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(opened(settings, "run", clock=clock))
        slack = adapter(house, server, way, rooms, say)
        house.senders["slack"] = house.senders["officers"] = slack
        engine = engine_of(house)
        if way == "http":
            server.events_url = await stack.enter_async_context(_served(slack))
        await house.deliveries.recover(sole=True)
        tasks = [asyncio.create_task(engine.run()), asyncio.create_task(slack.run(house.respond))]
        try:
            await server.until(lambda: any(name == "auth.test" for name, _ in server.calls))
            if way == "socket":
                await server.until(lambda: server.sockets)
            yield house
        finally:
            engine.stop()
            tasks[1].cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            server.calls = [(name, asked) for name, asked in server.calls if name != "auth.test"]
            await server.until(lambda: not server.sockets)


@asynccontextmanager
async def _served(slack: Slack) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(slack.routes())
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def workspace() -> AsyncIterator[SlackServer]:
    """Serve a workspace with two channels of its own."""
    async with SlackServer.started(lambda: clock().timestamp()) as server:
        server.channel("CCASES", OFFICER, "USTRANGER")
        server.channel("CSTAFF", MEMBER)
        yield server
