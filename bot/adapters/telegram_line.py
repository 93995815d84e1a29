"""The line to Telegram: python-telegram-bot with our time-outs, silent in logs, its failures in our words."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.constants import UpdateType
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.ports import SendFailed

HEARD = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
"""What we ask Telegram for; anything else would be somebody's data we have no use for."""
CONNECT_SECONDS = 5.0
READ_SECONDS = 12.0
"""With connecting and writing still below the 30 s after which a delivery counts as unclear."""
CONNECTIONS = 32
"""Chats that are written to at once; more wait for a connection."""
SILENT = logging.CRITICAL + 1
LOUD = ("telegram", "httpx", "httpcore")
"""Libraries that log addresses with the token in them, or what somebody wrote."""
NOBODY_KNOWS = frozenset({"ReadTimeout", "WriteTimeout", "ReadError", "WriteError", "RemoteProtocolError"})
"""How the client names a request that was cut off after it began, when it may have arrived."""


# Asked for by the library: with it times are timedeltas, without it each of them warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Line(Bot):
    """A bot's account at Telegram."""

    async def updates(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """Return updates as they came, waiting for one so many seconds; those before ``offset`` are done with.

        Not ``get_updates``: there one update the library cannot read holds up all others for ever.
        """
        data = {"offset": offset, "timeout": seconds, "allowed_updates": list(HEARD)}
        answered_within = seconds + (self._request[0].read_timeout or READ_SECONDS)
        found = await self._post("getUpdates", data, read_timeout=answered_within)
        if not isinstance(found, list) or not all(isinstance(one, dict) and "update_id" in one for one in found):
            raise TelegramError("no list of updates")
        return found


def line(token: str, base_url: str | None = None, *, read_seconds: float = READ_SECONDS) -> Line:
    """Return a line nobody has spoken on yet; ``base_url`` is another server than Telegram's own.

    Raises ``telegram.error.InvalidToken`` for a token that is none.
    """
    for name in LOUD:
        logging.getLogger(name).setLevel(SILENT)
    talking, listening = (
        HTTPXRequest(
            connection_pool_size=connections,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=read_seconds,
            write_timeout=CONNECT_SECONDS,
            pool_timeout=CONNECT_SECONDS,
        )
        for connections in (CONNECTIONS, 1)
    )
    if base_url is None:
        return Line(token, request=talking, get_updates_request=listening)
    places = f"{base_url}/bot", f"{base_url}/file/bot"
    return Line(token, *places, request=talking, get_updates_request=listening)


async def picked_up(line: Line) -> None:
    """Open a line again that was hung up."""
    for request in (line.request, line._request[0]):  # noqa: SLF001 - `initialize` would speak to Telegram at once
        await request.initialize()


async def hung_up(line: Line) -> None:
    """Close every connection of a line."""
    for request in (line.request, line._request[0]):  # noqa: SLF001 - `shutdown` works only after a successful start
        await request.shutdown()


def why(error: Exception) -> str:
    """Return what went wrong, for the operator; never the error's own text, which may quote an answer."""
    if isinstance(error, InvalidToken):
        return "the token is not accepted; look at TELEGRAM_TOKEN"
    if isinstance(error, Conflict):
        return "somebody else reads this bot's messages; only one process may"
    if isinstance(error, RetryAfter):
        return "it asks us to wait"
    if isinstance(error, BadRequest | Forbidden):
        return "it refused what we asked for; by webhook, look whether it can reach PUBLIC_URL by https"
    cause = error.__cause__
    return f"no proper answer from its server ({type(cause or error).__name__})"


def asked(error: Exception) -> float | None:
    """Return the seconds Telegram asked us to wait, if it did."""
    if not isinstance(error, RetryAfter):
        return None
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def failed(error: TelegramError) -> SendFailed | TimeoutError:
    """Return a failure to send, as ``Sender`` names it; ``TimeoutError`` when nobody knows whether it arrived."""
    if isinstance(error, RetryAfter):
        return SendFailed("too many messages", wait=asked(error), limited=True)
    if isinstance(error, Forbidden):
        return SendFailed("blocked", permanent=True)
    if isinstance(error, BadRequest | ChatMigrated):
        gone = "chat not found" in error.message.casefold()
        return SendFailed("chat not found" if gone else "refused", permanent=True)
    cause = type(error.__cause__).__name__
    return TimeoutError() if cause in NOBODY_KNOWS else SendFailed(type(error).__name__)
