"""Talking on Slack by both ways in: who is answered where, and who is not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.adapters.slack_house import LINK, MEMBER, OFFICER, OTHER, WAYS_IN, Way, running, workspace
from tests.playing import settings_in
from tests.servers.slack import (
    SlackServer,
    words,
)  # fmt: skip

WAYS = pytest.mark.parametrize("way", WAYS_IN)


def _whispered(server: SlackServer, channel: str, user: str) -> str:
    return "\n".join(words(one) for who, one in server.channel(channel).only_for if who == user)


@WAYS
async def test_two_members_report_the_same_post_at_once_and_an_officer_opens_the_case(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way) as house:
        await asyncio.gather(server.reports(MEMBER, LINK), server.reports(OTHER, LINK))
        room = server.channel("CCASES")
        await server.until(lambda: len(room.messages) == 2)
        assert "Case 1" in words(room.messages[0])
        assert "now 2" in words(room.messages[1])
        await server.presses("USTRANGER", "Open", "CCASES")
        await server.until(lambda: _whispered(server, "CCASES", "USTRANGER"))
        assert "officers only" in _whispered(server, "CCASES", "USTRANGER")
        await server.presses(OFFICER, "Open", "CCASES")
        await server.until(lambda: "tiktok" in _whispered(server, "CCASES", OFFICER).casefold())
        assert LINK.rsplit("/", 1)[1] not in "\n".join(words(one) for one in room.messages)
        assert len(room.messages) == 2
        assert (await house.store.cases())[0].reports == 2
        assert server.refused == []


@WAYS
async def test_officers_write_the_command_or_name_the_bot(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way):
        await server.commands(OFFICER, "/steward", "cases", "CCASES")
        await server.until(lambda: "No case is waiting" in _whispered(server, "CCASES", OFFICER))
        await server.mentions(OFFICER, "open 7", "CCASES")
        await server.until(lambda: "There is no case 7" in _whispered(server, "CCASES", OFFICER))
        await server.commands("USTRANGER", "/steward", "cases", "CCASES")
        await server.until(lambda: "officers only" in _whispered(server, "CCASES", "USTRANGER"))


@WAYS
async def test_in_channels_it_says_that_it_talks_in_direct_messages_only(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way):
        await server.mentions(MEMBER, "what do I do?", "CSTAFF")
        await server.until(lambda: "direct messages only" in _whispered(server, "CSTAFF", MEMBER))
        typed = await server.commands(MEMBER, "/report", LINK, "CSTAFF")
        assert "in our direct messages" in typed.acks[0]["text"]
        await server.until(lambda: "danger" in server.shown(MEMBER))
        assert server.channel("CSTAFF").messages == []
        assert server.refused == []


@WAYS
async def test_pictures_edits_and_typed_labels_work_as_everywhere(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way):
        photo = [{"id": "F1", "mimetype": "image/png"}]
        await server.says(MEMBER, "", files=photo, subtype="file_share")
        await server.until(lambda: "I can't take pictures" in server.shown(MEMBER))
        for line in ("report", "No", "No"):
            await server.says(MEMBER, line)
        piece = await server.says(MEMBER, "it began on friday in class")
        await server.until(lambda: "I'm listening" in server.shown(MEMBER))
        await server.edits(MEMBER, piece, "it began on monday in class")
        await server.edits(MEMBER, piece, "it began on friday in class")  # Slack's preview: the same words
        for line in ("That is all", "Instagram", "Mocking", "No answer"):  # labels, not what the form calls them
            await server.says(MEMBER, line)
        await server.until(lambda: "Ready to send" in server.shown(MEMBER))
        assert "it began on monday in class" in server.shown(MEMBER)


@WAYS
async def test_one_tap_twice_at_once_counts_once(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way) as house:
        await server.commands(MEMBER, "/report")
        for line in ("no", "no", LINK, "mockery", "no violation"):
            await server.says(MEMBER, line)
        await server.until(lambda: "Ready to send" in server.shown(MEMBER))
        await asyncio.gather(server.presses(MEMBER, "Send"), server.presses(MEMBER, "Send"))
        await server.until(lambda: "Your receipt" in server.shown(MEMBER))
        assert sum(case.reports for case in await house.store.cases()) == 1
