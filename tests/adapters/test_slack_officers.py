"""Who is an officer in Slack: by id or by user group, kept fresh; strangers are refused and recorded."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.slack_rooms import Officers, Rooms
from bot.ports import SendFailed
from tests.adapters.slack_house import LINK, MEMBER, OFFICER, WAYS_IN, Way, clock, running, workspace
from tests.playing import settings_in
from tests.servers.slack import SlackServer, words
from tests.servers.slack_workspace import PATIENCE

WAYS = pytest.mark.parametrize("way", WAYS_IN)
STRANGER = "USTRANGER"
ASKED = (("digest", "Week from"), ("digest day", "The day of"), ("cases", "Case 1"))
GROUPED = Rooms("CCASES", "CNUMBERS", frozenset({"SOFFICERS"}))


def _whispered(server: SlackServer, user: str) -> str:
    return "\n".join(words(one) for who, one in server.channel("CCASES").only_for if who == user)


def _audited(folder: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(f"file:{folder}/data/steward.db?mode=ro", uri=True) as connection:
        return connection.execute("SELECT who, what, about FROM audit ORDER BY at, id").fetchall()


def _is_told(server: SlackServer, expected: str) -> bool:
    return expected in _whispered(server, OFFICER)


@WAYS
async def test_a_stranger_is_refused_each_time_and_recorded_once_each(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way) as house:
        await server.reports(MEMBER, LINK)
        await server.until(lambda: server.channel("CCASES").messages)
        server.duplicates = 2
        await server.presses(STRANGER, "Open", "CCASES")
        await server.until(lambda: _whispered(server, STRANGER).count("officers only") == 1)
        await server.commands(STRANGER, "/steward", "cases", "CCASES")
        await server.until(lambda: _whispered(server, STRANGER).count("officers only") == 2)
        await server.mentions(STRANGER, "open 1", "CCASES")
        await server.until(lambda: _whispered(server, STRANGER).count("officers only") == 3)
        kept = _audited(tmp_path)
        assert [row[1:] for row in kept] == [("refused", "cases")] * 3
        (who,) = {row[0] for row in kept}
        assert STRANGER not in who
        assert who != house.store.pseudonym("slack", STRANGER)
        assert _whispered(server, STRANGER).count("officers only") == 3
        assert LINK not in _whispered(server, STRANGER)


@WAYS
async def test_a_digest_and_the_cases_are_for_the_officer_who_asks(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way):
        await server.reports(MEMBER, LINK)
        room = server.channel("CCASES")
        await server.until(lambda: room.messages)
        for typed, expected in ASKED:
            await server.commands(OFFICER, "/steward", typed, "CCASES")
            await server.until(partial(_is_told, server, expected))
        assert {who for who, _ in room.only_for} == {OFFICER}
        assert len(room.messages) == 1
        assert server.direct(OFFICER).messages == []
        assert server.refused == []


class Later:
    """The house's clock, put forward when a test says so."""

    ahead = timedelta(0)

    def __call__(self) -> datetime:
        return clock() + self.ahead


async def test_both_digests_are_posted_into_the_numbers_room_once(tmp_path: Path) -> None:
    later, settings = Later(), settings_in(tmp_path)
    async with SlackServer.started(lambda: later().timestamp()) as server:
        room = server.channel("CNUMBERS", OFFICER)
        server.channel("CCASES", OFFICER)
        async with running(settings, server, clock=later):
            await server.reports(MEMBER, LINK)
            await server.until(lambda: server.channel("CCASES").messages)
        assert room.messages == []
        later.ahead = timedelta(days=2, hours=10)  # from Friday night to Monday, eight o'clock and some minutes
        for _ in range(2):
            async with running(settings, server, clock=later) as house:
                await house.rounds()
                await house.drain()
                await server.until(lambda: len(room.messages) >= 2)
        shown = [words(one) for one in room.messages]
        assert sorted(one.partition("2026")[0].strip() for one in shown) == [
            "The day of 22 November",
            "Week from 16 November",
        ]
        assert all(LINK not in one and "some.account" not in one for one in shown)
        assert server.refused == []


@WAYS
async def test_the_people_of_a_user_group_are_officers(tmp_path: Path, way: Way) -> None:
    async with workspace() as server:
        server.groups["SOFFICERS"] = [OFFICER]
        said: list[str] = []
        async with running(settings_in(tmp_path), server, way, GROUPED, said.append):
            await server.until(lambda: any(name == "usergroups.users.list" for name, _ in server.calls))
            await server.commands(OFFICER, "/steward", "cases", "CCASES")
            await server.until(lambda: "No case is waiting" in _whispered(server, OFFICER))
            await server.commands(STRANGER, "/steward", "cases", "CCASES")
            await server.until(lambda: "officers only" in _whispered(server, STRANGER))
        assert [line for line in said if "group" in line] == []


async def test_when_a_group_cannot_be_read_the_operator_is_told_once_and_the_house_goes_on(tmp_path: Path) -> None:
    async with workspace() as server:
        server.faults["usergroups.users.list"].append(("error", "missing_scope"))
        said: list[str] = []
        async with running(settings_in(tmp_path), server, "socket", GROUPED, said.append):
            await server.commands(OFFICER, "/steward", "cases", "CCASES")
            await server.until(lambda: "officers only" in _whispered(server, OFFICER))
        (line,) = [line for line in said if "group" in line]
        assert "usergroups:read" in line
        assert "SOFFICERS" not in line


class _Slack:
    """What Slack says of groups, one answer after the other."""

    def __init__(self, *answers: list[str] | str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, *, usergroup: str) -> dict[str, list[str]]:
        self.asked.append(usergroup)
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise SendFailed(answer)
        return {"users": answer}


async def test_those_last_known_stay_when_slack_does_not_say_and_go_when_it_does() -> None:
    asked = _Slack(["UA", "UB"], "TimeoutError", ["UB"], "no_such_subteam")
    officers = Officers(Rooms("C", "N", frozenset({"UNAMED", "SGROUP"})), asked, lambda _: None)
    assert officers.rooms.officers == {"UNAMED"}
    for expected in ({"UA", "UB"}, {"UA", "UB"}, {"UB"}, set()):
        await officers.look()
        assert officers.rooms.officers == {"UNAMED", *expected}
    assert asked.asked == ["SGROUP"] * 4


async def test_groups_are_asked_for_again_and_again_until_the_end() -> None:
    asked = _Slack(*[["UA"]] * 99)
    often = asyncio.Event()

    async def ask(*, usergroup: str) -> dict[str, list[str]]:
        if len(asked.asked) == 2:
            often.set()
        return await asked(usergroup=usergroup)

    officers = Officers(GROUPED, ask, lambda _: None, seconds=0.001)
    async with asyncio.timeout(PATIENCE), officers.kept():
        await often.wait()
    assert officers.rooms.officers == {"UA"}


async def test_where_no_group_is_named_none_is_asked_for() -> None:
    asked = _Slack()
    async with Officers(Rooms("C", "N", frozenset({OFFICER})), asked, lambda _: None).kept():
        assert asked.asked == []
