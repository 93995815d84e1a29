"""A member's report on Slack, through the real client, with the house closed between every two messages."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adapters.slack_house import LINK, OFFICER, WAYS_IN, Way, clock, running
from tests.playing import settings_in
from tests.servers.slack import Sent, SlackServer, words

MEMBER = "UMEMBER1"
RECEIPT = re.compile(r"STW-[0-9A-Z]{4}-[0-9A-Z]{4}")
QUICK = (
    ("/report", "in danger right now"),
    ("[No]", "under 18"),
    ("[No]", "Tell me what happened"),
    (LINK, "What is it mostly?"),
    ("[Mocking]", "what did it say?"),
    ("no violation", "Ready to send"),
    ("[Send]", "Your receipt"),
)
STORY = (
    ("report", "in danger right now"),
    ("no", "under 18"),
    ("[No]", "Tell me what happened"),
    ("it began in class & on friday", "I'm listening"),
    ("and by monday the whole year had it", ""),
    ("[That is all]", "Which platform"),
    ("instagram", "What is it mostly?"),
    ("mockery and threat", "what did it say?"),
    ("[No answer]", "Ready to send"),
    ("[( ) An officer may write to me here]", "Ready to send"),
    ("[Send]", "Your receipt"),
)


@dataclass
class Member:
    """Somebody in Slack, and the file in which what they say must arrive."""

    server: SlackServer
    folder: Path
    user: str = MEMBER

    async def says(self, line: str, expected: str) -> Sent:
        """Say, press or command one thing and wait for the answer."""
        before, heard = len(self.server.shown(self.user)), self.count("seen")
        sent = await self.server.does(self.user, line)
        try:
            await self.server.until(lambda: expected in self.server.shown(self.user)[before:])
        except TimeoutError:
            raise AssertionError((line, expected, self.server.shown(self.user)[before:], self.server.refused)) from None
        assert self.count("seen") == heard + 1
        return sent

    def count(self, table: str, where: str = "1=1") -> int:
        """Count rows of the real file."""
        with sqlite3.connect(f"file:{self.folder}/data/steward.db?mode=ro", uri=True) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608 - our own names


def cards(server: SlackServer) -> list[str]:
    """Return what stands in the case room about the first case."""
    return [words(one) for one in server.channel("CCASES").messages if "Case 1" in words(one)]


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize("lines", [QUICK, STORY], ids=["quick", "story"])
async def test_a_report_survives_a_restart_between_every_two_messages(
    tmp_path: Path, lines: tuple[tuple[str, str], ...], way: Way
) -> None:
    settings = settings_in(tmp_path)
    async with SlackServer.started(lambda: clock().timestamp()) as server:
        server.channel("CCASES", OFFICER)
        server.duplicates = 2
        member = Member(server, tmp_path)
        for line, expected in lines:
            async with running(settings, server, way):
                await member.says(line, expected)
        async with running(settings, server, way):
            await server.until(lambda: cards(server))
            await member.says("status", "You have sent one report")
        assert len(set(RECEIPT.findall(server.shown(MEMBER)))) == 1
        assert len(RECEIPT.findall(server.shown(MEMBER))) == 1
        assert len(cards(server)) == 1
        assert server.refused == []
        assert member.count("report") == member.count("case_") == 1
