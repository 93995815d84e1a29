"""What Slack's troubles and other people's tricks lead to: waits, clear lines, refusals, and nothing in a log."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from bot.adapters.slack import Access, Slack
from bot.messages import Outgoing, Shown
from bot.ports import SendFailed
from tests.adapters.slack_house import LINK, MEMBER, OTHER, ROOMS, WAYS_IN, Way, clock, running, workspace
from tests.playing import settings_in
from tests.servers.slack import (
    APP_TOKEN,
    BOT_TOKEN,
    SIGNING_SECRET,
    Fault,
    Sent,
    SlackServer,
    encoded,
    signed,
    words,
)  # fmt: skip

WAYS = pytest.mark.parametrize("way", WAYS_IN)


@WAYS
async def test_an_update_is_acknowledged_in_time_while_slack_itself_hangs(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way):
        server.faults["chat.postMessage"] = [("hang", 1.5)] * 2
        sent = await server.says(MEMBER, "hello")
        assert (sent.tries, len(sent.acks)) == (1, 1)
        assert sent.seconds < 1.5


@WAYS
@pytest.mark.parametrize("fault", [("limited", 1), ("status", 500), ("html", 502), ("error", "internal_error")])
async def test_answers_and_deliveries_arrive_after_troubles_in_order(tmp_path: Path, way: Way, fault: Fault) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way):
        server.faults["chat.postMessage"] = [fault]
        await server.commands(MEMBER, "/report")
        await server.until(lambda: "danger right now" in server.shown(MEMBER))
        assert server.shown(MEMBER).index("Two safety questions") < server.shown(MEMBER).index("danger right now")


async def test_every_card_is_posted_in_order_after_the_room_had_troubles(tmp_path: Path) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server) as house:
        server.faults["chat.postMessage CCASES"] = [("limited", 1), ("status", 500)]
        for user in (MEMBER, OTHER):
            await server.reports(user, LINK)
        room = server.channel("CCASES")
        await server.until(lambda: len(room.messages) == 2)
        assert [("now 2" in words(one)) for one in room.messages] == [False, True]
        assert "2 reports" in words(room.messages[0])
        assert room.messages[1]["thread_ts"] == room.messages[0]["ts"]
        assert (await house.store.cases())[0].reports == 2


async def test_a_socket_that_is_refreshed_or_cut_is_opened_again(tmp_path: Path) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server):
        for politely in (True, False):
            before = _connections(server)
            await server.disconnect(politely=politely)
            await _reconnected(server, before)
            await server.says(MEMBER, "hello")
        await server.until(lambda: "Hello." in server.shown(MEMBER))


async def _reconnected(server: SlackServer, before: int) -> None:
    await server.until(lambda: _connections(server) > before and server.sockets)


def _connections(server: SlackServer) -> int:
    return [name for name, _ in server.calls].count("apps.connections.open")


async def test_forged_and_stale_requests_are_refused_and_heard_by_nobody(tmp_path: Path) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, "http"):
        body, kind = encoded(Sent("events_api", {"type": "url_verification", "challenge": "x"}, "e"))
        good, head = signed(body, server.now()), {"Content-Type": kind}
        forged = [
            {}, signed(body, server.now(), "another secret"), signed(body, server.now() - 301),
            signed(body, server.now() + 400), {**good, "X-Slack-Request-Timestamp": "soon"},
            {**good, "X-Slack-Signature": "v0=é"}, signed(body + b" ", server.now()),
        ]  # fmt: skip
        statuses = [(await server.request(body, {**head, **headers}))[0] for headers in forged]
        assert set(statuses) == {401}
        assert (await server.request(b"\xff{", {**head, **good}))[0] == 401
        assert await server.request(body, {**head, **good}) == (200, '{"challenge": "x"}')
        assert (await server.request(b"{", {**head, **signed(b"{", server.now())}))[0] == 400
        assert server.direct(MEMBER).messages == []


@pytest.mark.parametrize(
    ("fault", "is_", "wait"),
    [
        (("limited", 7), "passing", 7.0),
        (("error", "ratelimited"), "passing", 30.0),
        (("error", "channel_not_found"), "permanent", None),
        (("error", "user_not_found"), "permanent", None),
        (("error", "account_inactive"), "permanent", None),
        (("error", "is_archived"), "permanent", None),
        (("error", "invalid_blocks"), "permanent", None),
        (("error", "invalid_auth"), "passing", 60.0),
    ],
)
async def test_what_went_wrong_is_said_in_the_ledgers_words(fault: Fault, is_: str, wait: float | None) -> None:
    async with workspace() as server:
        slack = _alone(server.url)
        server.faults["chat.postMessage"] = [fault]
        with pytest.raises(SendFailed) as failed:
            await slack.send(server.direct(MEMBER).id, Outgoing("words nobody may log"))
        assert (failed.value.permanent, failed.value.wait) == (is_ == "permanent", wait)
        assert failed.value.limited == (fault[1] in (7, "ratelimited"))
        assert "words" not in str(failed.value)


@pytest.mark.parametrize(
    "fault", [("status", 500), ("html", 503), ("error", "internal_error"), ("hang", 0.2), ("lost", 0)]
)
async def test_when_nobody_knows_whether_it_arrived_that_is_said(fault: Fault) -> None:
    async with workspace() as server:
        slack = _alone(server.url)
        server.faults["chat.postMessage"] = [fault]
        with pytest.raises(TimeoutError) as failed:
            await slack.send(server.direct(MEMBER).id, Outgoing("words nobody may log"))
        assert not failed.value.args


async def test_a_room_is_tried_again_until_somebody_mends_it_and_a_closed_chat_is_not() -> None:
    async with workspace() as server:
        slack = _alone(server.url)
        server.channel("CCASES").is_archived = True
        with pytest.raises(SendFailed) as failed:
            await slack.send("cases", Outgoing("Case 1"))
        assert (failed.value.permanent, failed.value.wait) == (False, 300.0)
        with pytest.raises(SendFailed) as failed:
            await slack.send("U-NEVER-SEEN", Outgoing("hello"))
        assert failed.value.permanent
        server.channel("CCASES").is_archived = False
        ts = await slack.send("cases", Outgoing("Case 1", (Shown("c:open:1", "Open"),)))
        assert ts == server.channel("CCASES").messages[-1]["ts"]


async def test_a_slack_that_answers_nothing_ends_in_clear_lines_and_growing_pauses() -> None:
    lines: list[tuple[float, str]] = []
    slack = _alone("http://127.0.0.1:9/api/", lambda line: lines.append((time.monotonic(), line)))
    running_slack = asyncio.create_task(slack.run(_nothing))
    async with asyncio.timeout(20):
        while len(lines) < 6:
            await asyncio.wait([running_slack], timeout=0.02)
    running_slack.cancel()
    await asyncio.wait([running_slack])
    assert all(line.startswith("slack: it does not let us in (") for _, line in lines)
    pauses = [later - earlier for (earlier, _), (later, _) in pairwise(lines)]
    assert pauses[-1] > 4 * pauses[0], pauses


async def test_no_word_token_or_address_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "planted-secret-of-a-member"
    async with workspace() as server:
        for way in WAYS_IN:
            async with running(settings_in(tmp_path), server, way):
                server.faults["chat.postMessage"] = [("status", 500), ("html", 502), ("error", "fatal_error")]
                before = len(server.shown(MEMBER))
                await server.says(MEMBER, f"what about {secret}?")
                await server.answers(MEMBER, "", before)
                if way == "socket":
                    await server.disconnect(politely=False)
            server.events_url = ""
    told = capfd.readouterr()
    everything = f"{told.out}{told.err}{caplog.text}"
    for never in (secret, BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, MEMBER, "ticket-"):
        assert never not in everything, never
    assert secret not in repr(Access(secret, secret, secret))


def _alone(url: str, say: Callable[[str], None] = lambda _: None) -> Slack:
    return Slack(
        Access(BOT_TOKEN, APP_TOKEN, base_url=url), lambda _, user: user, clock, lambda text: text.key, ROOMS,
        first_pause=0.02, say=say,
    )  # fmt: skip


async def _nothing(_: object) -> tuple[Outgoing, ...]:
    return ()
