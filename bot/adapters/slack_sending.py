"""Posts to Slack and says what went wrong in the ledger's words; nothing is repeated that may have arrived."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_blocks import parts, spoken
from bot.adapters.slack_heard import Rooms
from bot.messages import Incoming, Outgoing
from bot.ports import SendFailed

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
LIMITED_SECONDS = 30.0  # when Slack says "slower" and not for how long
ANSWER_TRIES = 5  # of an answer that no ledger holds
LONGEST_ANSWER_WAIT = 60.0  # seconds; a later answer is of no use, and the next message repeats the question
KNOWN_CHATS = 1_000  # direct messages whose channel is remembered; others are asked for again
ONLY_ME = ("text", "blocks")  # chat.postEphemeral takes no more of what `spoken` says

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

    async def post(self, address: str, message: Outgoing) -> str | None:
        """Post to a room's name, a channel or a user; return the last time stamp. Raises ``SendFailed``."""
        room = self._rooms.channel(address)
        if room == "":
            raise SendFailed("no channel is set for this room", wait=ROOM_SECONDS)
        channel = room or await self._chat(address)
        posted = None
        for part in parts(message):
            try:
                answer = await self.call(self._client.chat_postMessage, channel=channel, **spoken(part))
            except SendFailed as failed:
                if room and failed.permanent and failed.reason not in MISTAKES:
                    raise SendFailed(failed.reason, wait=ROOM_SECONDS) from None
                raise
            posted = str(answer["ts"])
        return posted

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
            except SendFailed as failed:
                seconds = max(self._first_pause * 2.0**attempt, failed.wait or 0.0)
                log.warning("slack did not take an answer", reason=failed.reason)
                if failed.permanent or seconds > LONGEST_ANSWER_WAIT or attempt == ANSWER_TRIES - 1:
                    return False
                await asyncio.sleep(seconds)
            else:
                return True
        return False

    async def call(self, method: Call, **arguments: Any) -> Any:  # noqa: ANN401 - slack_sdk's own types
        """Call one method of the Web API; raises ``SendFailed``, never anything that holds words."""
        try:
            return await method(**arguments)
        except SlackApiError as error:
            raise _failure(error) from None
        except Exception as error:  # noqa: BLE001 - the network, or a body that is no JSON
            raise SendFailed(type(error).__name__) from None

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


def _failure(error: SlackApiError) -> SendFailed:
    """Return what the ledger needs to know of a refusal: a wait, whether it is for good, and Slack's word for it."""
    response = error.response
    data = getattr(response, "data", None)
    reason = str(data.get("error") or "") if isinstance(data, dict) else ""
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    if status == 429 or reason in ("ratelimited", "rate_limited", "message_limit_exceeded"):  # noqa: PLR2004 - HTTP
        return SendFailed("ratelimited", wait=_retry_after(getattr(response, "headers", None) or {}))
    if reason in ACCESS:
        return SendFailed(reason, wait=ACCESS_SECONDS)
    return SendFailed(reason or f"status {status}", permanent=reason in GONE | MISTAKES)


def _retry_after(headers: Any) -> float:  # noqa: ANN401 - a mapping of aiohttp's
    try:
        return max(0.0, float(headers.get("Retry-After", LIMITED_SECONDS)))
    except (TypeError, ValueError):
        return LIMITED_SECONDS
