"""Welsh on Slack: the setting is where members begin, `/steward language` changes it, officers' rooms keep theirs."""

from __future__ import annotations

from pathlib import Path

from tests.adapters.slack_house import LINK, MEMBER, running, workspace
from tests.playing import settings_in
from tests.servers.slack import words


async def test_a_member_begins_in_welsh_reports_and_changes_to_english(tmp_path: Path) -> None:
    async with workspace() as server, running(settings_in(tmp_path, language="cy"), server):
        await server.commands(MEMBER, "/report", LINK)
        await server.until(lambda: "A oes unrhyw un mewn perygl" in server.shown(MEMBER))
        for line in ("Na", "Na", "Gwneud hwyl am ben", "Dim ateb", "anfon"):
            await server.says(MEMBER, line)
        await server.until(lambda: "Eich derbynneb: STW-" in server.shown(MEMBER))
        room = server.channel("CCASES")
        await server.until(lambda: room.messages)
        assert "Case 1" in words(room.messages[0])
        await server.commands(MEMBER, "/steward", "language")
        await server.until(lambda: "Ym mha iaith" in server.shown(MEMBER))
        await server.commands(MEMBER, "/steward", "saesneg")
        await server.until(lambda: "From now on I write in English" in server.shown(MEMBER))
        await server.says(MEMBER, "statws")
        await server.until(lambda: "You have sent one report" in server.shown(MEMBER))
        assert server.refused == []
