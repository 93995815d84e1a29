"""Posts to Slack, finds again what may have arrived, and says what went wrong in the ledger's words."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import ClientConnectorError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_blocks import parts, spoken
from bot.adapters.slack_heard import Rooms
from bot.messages import Incoming, Outgoing
from bot.ports import SendFailed, Slip

MISTAKES = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "no_text", "invalid_arguments"})
"""We said something Slack will never take."""
GONE = frozenset({
    "channel_not_found", "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "account_inactive",
    "is_archived", "cannot_dm_bot", "restricted_action",
})  # fmt: skip
"""Whom we speak to is not there any more."""
ROOM_SECONDS = 300.0
"""Until a room is tried again: an operator can invite us, unarchive it, or mend its setting."""
ACCESS_SECONDS = 60.0
"""Until it is tried again after Slack refused our token: an operator can mend that too."""
ACCESS = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope", "not_allowed_token_type"}
)
INSIDE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
LIMITED_SECONDS = 30.0  # when Slack says "slower" and not for how long
ANSWER_TRIES = 5  # of an answer that no ledger holds
LONGEST_ANSWER_WAIT = 60.0  # seconds; a later answer is of no use, and the next message repeats the question
KNOWN_CHATS = 1_000  # direct messages whose channel is remembered; others are asked for again
ONLY_ME = ("text", "blocks")  # chat.postEphemeral takes no more of what `spoken` says
MARKED = "steward_delivery"
"""The kind of metadata our marks stand in. Slack shows metadata to apps, never to people."""
CLOCKS_APART = timedelta(minutes=5)  # Slack's clock and ours; the same as Slack allows for signatures
PAGE = 200  # messages; Slack's advice for conversations.history
PAGES = 25  # of one look-up: 5,000 messages since a crash are more than any room gets
UNREADABLE = frozenset({"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found"})
"""Slack's words for a room that cannot be looked through: then it is as on Telegram."""
UNKNOWN_PARENT = frozenset({"message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed"})
"""What was posted before is not there any more."""

Call = Callable[..., Awaitable[Any]]

log = structlog.get_logger()


class Outbox:
    """The sending half of the adapter."""

    def __init__(self, client: AsyncWebClient, rooms: Rooms, first_pause: float) -> None:
        """Send through ``client``; ``first_pause`` is in seconds and doubles."""
        self._client = client
        self._rooms = rooms
        self._first_pause = first_pause
        self._chats: OrderedDict[str, str] = OrderedDict()

    async def post(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Post to a room's name, a channel or a user; return the last time stamp.

        Raises ``SendFailed``, or ``TimeoutError`` when nobody knows whether it arrived.
        """
        channel = await self._channel(address)
        if slip is not None and slip.instead is not None:
            return await self._replace(channel, message, slip.instead)
        thread = {"thread_ts": slip.under} if slip is not None and slip.under is not None else {}
        every = parts(message)
        posted = None
        for part in every:
            marked = {"metadata": _metadata(slip.mark)} if slip is not None and part is every[-1] else {}
            try:
                answer = await self.call(
                    self._client.chat_postMessage, channel=channel, **spoken(part), **thread, **marked
                )
            except SendFailed as failed:
                if thread and failed.reason in UNKNOWN_PARENT:  # it says which case it is about, so it may stand alone
                    return await self.post(address, message, Slip(slip.mark) if slip else None)
                if self._rooms.channel(address) and failed.permanent and failed.reason not in MISTAKES:
                    raise SendFailed(failed.reason, wait=ROOM_SECONDS) from None
                raise
            posted = str(answer["ts"])
        return posted

    async def _replace(self, channel: str, message: Outgoing, instead: str) -> str:
        """Put words in the place of a message. Where it is gone, there is nothing to bring up to date."""
        payload = spoken(message)
        words = {name: payload[name] for name in ONLY_ME}
        try:
            await self.call(self._client.chat_update, channel=channel, ts=instead, **words)
        except SendFailed as failed:
            if failed.reason not in UNKNOWN_PARENT:
                raise
        return instead

    async def find(self, address: str, slip: Slip, since: datetime) -> str | None:
        """Return the time stamp of the message with this mark, sent at ``since`` or later; None if it is not there.

        Raises ``SendFailed`` when Slack does not answer now.
        """
        channel = await self._channel(address)
        place = {"ts": slip.under} if slip.under is not None else {}
        method = self._client.conversations_replies if place else self._client.conversations_history
        oldest = f"{(since - CLOCKS_APART).timestamp():.6f}"
        asked = {"channel": channel, "oldest": oldest, "limit": PAGE, "include_all_metadata": True, **place}
        cursor: dict[str, str] = {}
        for _ in range(PAGES):
            try:
                answer = await self.call(method, **asked, **cursor)
            except SendFailed as failed:
                if failed.reason not in UNREADABLE:
                    raise
                log.warning("slack does not let us look for what was posted", reason=failed.reason)
                return None
            for message in answer.get("messages") or ():
                if (message.get("metadata") or {}).get("event_payload") == {"mark": slip.mark}:
                    return str(message["ts"])
            more = (answer.get("response_metadata") or {}).get("next_cursor")
            if not more:
                return None
            cursor = {"cursor": more}
        return None

    async def _channel(self, address: str) -> str:
        """Return the channel of a room's name, a channel or a user."""
        room = self._rooms.channel(address)
        if room == "":
            raise SendFailed("no channel is set for this room", wait=ROOM_SECONDS)
        return room or await self._chat(address)

    async def whisper(self, channel: str, user: str, message: Outgoing) -> None:
        """Show words to one person only, in a channel. Raises ``SendFailed``."""
        for part in parts(message):
            payload = spoken(part)
            only_me = {name: payload[name] for name in ONLY_ME}
            await self.call(self._client.chat_postEphemeral, channel=channel, user=user, **only_me)

    async def say(self, said: Incoming, answer: Outgoing) -> bool:
        """Answer somebody where they are, trying a few times; tell whether Slack took it."""
        for attempt in range(ANSWER_TRIES):
            try:
                if said.who == "officer":
                    channel, _, user = said.address.partition("/")
                    await self.whisper(channel, user, answer)
                else:
                    await self.post(said.address, answer)
            except (SendFailed, TimeoutError) as error:  # an answer that comes twice does no harm
                failed = error if isinstance(error, SendFailed) else SendFailed("no answer")
                seconds = max(self._first_pause * 2.0**attempt, failed.wait or 0.0)
                log.warning("slack did not take an answer", reason=failed.reason)
                if failed.permanent or seconds > LONGEST_ANSWER_WAIT or attempt == ANSWER_TRIES - 1:
                    return False
                await asyncio.sleep(seconds)
            else:
                return True
        return False

    async def call(self, method: Call, **arguments: Any) -> Any:  # noqa: ANN401 - slack_sdk's own types
        """Call one method of the Web API; raises nothing that holds words.

        ``SendFailed`` when Slack did not do it, ``TimeoutError`` when nobody knows.
        """
        try:
            return await method(**arguments)
        except SlackApiError as error:
            raise _failure(error) from None
        except ClientConnectorError as error:  # it never reached Slack
            raise SendFailed(type(error).__name__) from None
        except Exception:  # noqa: BLE001 - a connection that broke off, or an answer that is none
            raise TimeoutError from None

    async def _chat(self, address: str) -> str:
        """Return the channel of a member's direct messages; a user id is how a command knows a member."""
        if not address.startswith(("U", "W")):
            return address
        if address not in self._chats:
            answer = await self.call(self._client.conversations_open, users=address)
            self._chats[address] = str(answer["channel"]["id"])
            while len(self._chats) > KNOWN_CHATS:
                self._chats.popitem(last=False)
        return self._chats[address]


def _metadata(mark: str) -> dict[str, Any]:
    """Return a mark as Slack keeps it beside a message; https://docs.slack.dev/messaging/message-metadata."""
    return {"event_type": MARKED, "event_payload": {"mark": mark}}


def _failure(error: SlackApiError) -> SendFailed | TimeoutError:
    """Return what the ledger needs to know of a refusal: a wait, whether it is for good, and Slack's word for it.

    Trouble inside Slack is a ``TimeoutError``: it may have been posted all the same.
    """
    response = error.response
    data = getattr(response, "data", None)
    reason = str(data.get("error") or "") if isinstance(data, dict) else ""
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    if status == 429 or reason in ("ratelimited", "rate_limited", "message_limit_exceeded"):  # noqa: PLR2004 - HTTP
        return SendFailed("ratelimited", wait=_retry_after(getattr(response, "headers", None) or {}), limited=True)
    if reason in INSIDE or (not reason and isinstance(status, int) and status >= 500):  # noqa: PLR2004 - HTTP
        return TimeoutError()
    if reason in ACCESS:
        return SendFailed(reason, wait=ACCESS_SECONDS)
    return SendFailed(reason or f"status {status}", permanent=reason in GONE | MISTAKES)


def _retry_after(headers: Any) -> float:  # noqa: ANN401 - a mapping of aiohttp's
    try:
        return max(0.0, float(headers.get("Retry-After", LIMITED_SECONDS)))
    except (TypeError, ValueError):
        return LIMITED_SECONDS
