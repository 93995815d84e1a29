"""Socket Mode that comes back: a fresh ticket for every connection, growing pauses, and nothing in the log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

CONNECT_SECONDS = 15.0
STEADY_SECONDS = 10.0  # a connection that lived shorter counts as a failure, or a closing server would be hammered
LONGEST_PAUSE = 60.0
LOGGERS = ("slack_bolt", "slack_sdk", "steward.slack")

Take = Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]

log = structlog.get_logger()


def quiet_logger() -> logging.Logger:
    """Return a logger that says nothing, and silence the libraries': they would log words and tickets."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.addHandler(logging.NullHandler()) if not logger.handlers else None
        logger.propagate = False
    return logging.getLogger(LOGGERS[-1])


def pause_after(failures: int, first: float) -> float:
    """Return seconds to wait after so many failures in a row: doubling, a minute at most."""
    return min(LONGEST_PAUSE, first * 2.0 ** min(failures - 1, 10))


class Socket(SocketModeClient):
    """One connection. It does not reconnect by itself: the library would go on with a ticket that is used up."""

    def __init__(self, app_token: str, client: AsyncWebClient, ping_seconds: float) -> None:
        """Prepare; ``connect`` opens it."""
        self.ended = asyncio.Event()
        super().__init__(app_token, client.logger, client, ping_interval=ping_seconds)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - the library's signature
        """Be called when the connection is closed, stale or about to be closed by Slack."""
        del force
        self.ended.set()


async def listen(app_token: str, client: AsyncWebClient, app: AsyncApp, pauses: tuple[float, float]) -> None:
    """Hear Slack by Socket Mode until cancelled. ``pauses``: seconds before a second try, and between pings."""
    first, ping_seconds = pauses

    async def take(socket: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time.time()
        await send_async_response(socket, request, await run_async_bolt_app(app, request), began)

    failures = 0
    while True:
        began = time.monotonic()
        trouble = await _once(Socket(app_token, client, ping_seconds), take)
        failures = 0 if trouble is None and time.monotonic() - began >= STEADY_SECONDS else failures + 1
        if failures:
            seconds = pause_after(failures, first)
            if trouble is not None:
                log.warning("slack's socket is closed", reason=trouble, again_in_seconds=round(seconds, 1))
            await asyncio.sleep(seconds)


async def _once(socket: Socket, take: Take) -> str | None:
    """Stay connected as long as it goes; return what went wrong, None if Slack only wanted us to come again."""
    socket.socket_mode_request_listeners.append(take)
    try:
        socket.wss_uri = await socket.issue_new_wss_url()
        async with asyncio.timeout(CONNECT_SECONDS):
            await socket.connect()  # type: ignore[no-untyped-call]  # the library has no types there
        await socket.ended.wait()
    except SlackApiError as error:
        data = getattr(error.response, "data", None)
        return str(data.get("error")) if isinstance(data, dict) else type(error).__name__
    except Exception as error:  # noqa: BLE001 - the network has many kinds of trouble; its text may hold the ticket
        return type(error).__name__
    else:
        return None
    finally:
        with suppress(Exception):
            await socket.close()  # type: ignore[no-untyped-call]  # the library has no types there
