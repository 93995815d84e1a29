"""A strict Slack on 127.0.0.1: Web API, Socket Mode, signed HTTP, channels and messages, and faults on demand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web

from tests.servers.slack_ways import Sent, Ways, encoded, signed, state_of
from tests.servers.slack_workspace import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    EPOCH,
    PATIENCE,
    SIGNING_SECRET,
    TEAM,
    Fault,
)

__all__ = [
    "APP_TOKEN", "BOT_TOKEN", "EPOCH", "SIGNING_SECRET", "Fault", "Sent", "SlackServer", "encoded", "signed", "words",
]  # fmt: skip
ACK_SECONDS = 3.0  # Slack's own
REPORT = (
    ("/report", "danger"), ("[No]", "under 18"), ("[No]", "Tell me"),
    ("[Mocking]", "what did it say?"), ("[No answer]", "Ready to send"), ("[Send]", "Your receipt"),
)  # fmt: skip


class SlackServer(Ways):
    """The workspace and the people in it. Every update is sent ``duplicates`` times more."""

    def __init__(self, now: Callable[[], float], ack_seconds: float = ACK_SECONDS) -> None:
        super().__init__(now, ack_seconds)
        self.duplicates = 0

    @classmethod
    @asynccontextmanager
    async def started(cls, now: Callable[[], float], ack_seconds: float = ACK_SECONDS) -> AsyncIterator[SlackServer]:
        """Serve on a port of its own until the end of the block."""
        server = cls(now, ack_seconds)
        app = web.Application()
        app.router.add_route("*", "/api/{method}", server._api)
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
        return await self.send(
            "slash_commands", {**payload, "trigger_id": self._trigger(user), "response_url": self.url}
        )

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
            "interactive", {**payload, "container": container, "trigger_id": self._trigger(user), "team": {"id": TEAM}}
        )

    async def submits(self, user: str, **chosen: object) -> Sent:
        """Let a user fill in the modal they see, and send it; it closes unless it is told what is wrong."""
        mine = [view for who, view in self.views if who == user]
        assert mine, "no modal is open"
        view = mine[-1]
        state = {"values": state_of(view, chosen)}
        payload = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "api_app_id": "A0"}
        payload |= {"view": {**view, "state": state}, "trigger_id": self._trigger(user), "response_urls": []}
        sent = await self.send("interactive", payload)
        if sent.acks and sent.acks[0].get("response_action") == "errors":
            wrong = set(sent.acks[0]["errors"]) - {block.get("block_id") for block in view["blocks"]}
            assert not wrong, "errors name blocks that are not there"
        elif sent.acks:
            assert not sent.acks[0], "Slack shows an error when a modal is acknowledged like this"
            self.views = [(who, one) for who, one in self.views if one is not view]
        return sent

    async def does(self, user: str, line: str) -> Sent:
        """Let a user press (``[Label]``), command (``/word``) or say something in direct messages."""
        if line.startswith("["):
            return await self.presses(user, line.removeprefix("[").removesuffix("]"))
        if line.startswith("/"):
            command, _, text = line.partition(" ")
            return await self.commands(user, command, text)
        return await self.says(user, line)

    async def reports(self, user: str, link: str) -> None:
        """Let a user report a link, the quick way."""
        for line, answer in (*REPORT[:3], (link, "mostly?"), *REPORT[3:]):
            before = len(self.shown(user))
            await self.does(user, line)
            await self.answers(user, answer, before)

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

    def shown(self, user: str) -> str:
        """Return all the bot has said to a user in direct messages."""
        return "\n".join(words(one) for one in self.direct(user).messages if one["user"] == BOT_USER)


def buttons(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the buttons under a message."""
    return [one for block in message.get("blocks") or () for one in block.get("elements") or () if "value" in one]


def words(message: Mapping[str, Any]) -> str:
    """Return what somebody reads: the sections, else the text."""
    sections = [block["text"]["text"] for block in message.get("blocks") or () if block["type"] == "section"]
    return "\n".join(sections) or str(message.get("text", ""))
