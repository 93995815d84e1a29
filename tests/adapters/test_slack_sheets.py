"""Sheets in Slack: modals within its limits, sent back, refused with reasons, and buttons when none can be opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack_sheets import Ack, errors, filled, view
from bot.messages import Blank, Outgoing, Sheet, Shown
from tests.adapters.slack_house import LINK, MEMBER, OFFICER, WAYS_IN, Way, running, workspace
from tests.playing import settings_in
from tests.servers.slack import SlackServer, words
from tests.servers.slack_rules import wrong_view
from tests.servers.slack_ways import state_of

WAYS = pytest.mark.parametrize("way", WAYS_IN)
NAMES = st.text("abc_", min_size=1, max_size=8)
LABELS = st.text(max_size=90)
OPTION = st.builds(Shown, st.text("xyz", min_size=1, max_size=60), LABELS)
OPTIONS = st.lists(OPTION, min_size=1, max_size=30, unique_by=lambda one: one.pressed)
BLANKS = st.one_of(
    st.builds(Blank, NAMES, st.sampled_from(["one", "many"]), LABELS, OPTIONS.map(tuple)),
    st.builds(Blank, NAMES, st.sampled_from(["line", "lines", "day"]), LABELS, limit=st.integers(1, 5_000)),
)
SHEETS = st.builds(
    Sheet, LABELS, LABELS, st.lists(BLANKS, min_size=1, max_size=9, unique_by=lambda one: one.name).map(tuple)
)
REASON = Blank("reason", "one", "Why", (Shown("removed", "It was removed"), Shown("advised", "Advised")))
CLOSING = Outgoing("Why is it done?", (), Sheet("Close case 1", "Close it", (REASON,)))


@given(st.text(max_size=4_000), SHEETS)
def test_any_sheet_is_a_modal_that_slack_takes(text: str, sheet: Sheet) -> None:
    made = view(Outgoing(text, (), sheet), "c:close:1", "cases")
    assert made is not None
    assert wrong_view(made) == []


def test_a_modal_carries_what_the_button_said_and_the_room_and_nothing_else() -> None:
    made = view(CLOSING, "c:close:1", "cases")
    assert made is not None
    assert (made["private_metadata"], made["callback_id"]) == ("c:close:1", "cases")
    assert made["blocks"][0]["text"]["text"] == "Why is it done?"
    assert made["blocks"][1]["element"]["type"] == "radio_buttons"


@pytest.mark.parametrize(
    "blanks",
    [
        (),
        (REASON, REASON),
        (Blank("x", "one", "Label"),),
        (Blank("x", "one", "Label", (Shown("v" * 151, "Long"),)),),
        (Blank("x", "many", "Label", tuple(Shown(str(number), "Label") for number in range(101))),),
        tuple(Blank(str(number), "line", "Label") for number in range(100)),
    ],
)
def test_what_slack_would_not_take_is_no_modal(blanks: tuple[Blank, ...]) -> None:
    assert view(Outgoing("Words", (), Sheet("Title", "Send", blanks)), "c:close:1", "cases") is None


def test_what_comes_back_is_what_was_chosen_and_written() -> None:
    options = (Shown("a", "A"), Shown("b", "B"))
    choices = (Blank("one", "one", "One", options), Blank("many", "many", "Many", options))
    written = (Blank("line", "line", "Line"), Blank("lines", "lines", "Lines"), Blank("day", "day", "Day"))
    sheet = Sheet("T", "S", (*choices, *written))
    made = view(Outgoing("", (), sheet), "c:close:1", "cases")
    assert made is not None
    chosen = {"one": "b", "many": ("a", "b"), "line": "words", "lines": "x\ny", "day": "2026-11-20"}
    assert filled({**made, "state": {"values": state_of(made, chosen)}}) == chosen
    assert filled({**made, "state": {"values": state_of(made, {})}}) == {}
    assert filled({}) == {}


async def test_what_is_wrong_is_told_once_by_the_acknowledgement_or_else_in_words() -> None:
    lacking = Outgoing("Why?", (), wrong={"reason": "Please choose."})
    other = Outgoing("Something else")
    ack = Ack()
    assert ack.take([lacking, other]) == [other]
    assert await ack.wrong(0.0) == {"reason": "Please choose."}
    assert ack.take([lacking]) == [lacking]
    assert errors({"reason": "Please choose."}) == {"response_action": "errors", "errors": {"reason": "Please choose."}}


def _whispered(server: SlackServer) -> str:
    return "\n".join(words(one) for who, one in server.channel("CCASES").only_for if who == OFFICER)


def _audited(folder: Path) -> list[str]:
    with sqlite3.connect(f"file:{folder}/data/steward.db?mode=ro", uri=True) as connection:
        return [what for (what,) in connection.execute("SELECT what FROM audit ORDER BY at, id")]


async def _reported(server: SlackServer) -> None:
    await server.reports(MEMBER, LINK)
    await server.until(lambda: server.channel("CCASES").messages)


@WAYS
async def test_an_officer_closes_and_opens_a_case_by_sheets(tmp_path: Path, way: Way) -> None:
    settings = settings_in(tmp_path)
    async with workspace() as server:
        async with running(settings, server, way):
            await _reported(server)
            await server.presses(OFFICER, "Close", "CCASES")
            await server.until(lambda: server.views)
        (who, shown), server.duplicates = server.views[0], 2
        assert (who, shown["title"]["text"], shown["private_metadata"]) == (OFFICER, "Close case 1", "c:close:1")
        assert _whispered(server) == ""
        async with running(settings, server, way) as house:  # restarted while the modal is open
            await server.submits(OFFICER, reason="removed")
            await server.until(lambda: "Case 1 is closed" in _whispered(server))
            assert server.views == []
            await server.presses(OFFICER, "Status", "CCASES")
            await server.until(lambda: server.views)
            await server.submits(OFFICER, status="waiting")
            await server.until(lambda: "open again" in _whispered(server))
            assert [case.status for case in await house.store.cases()] == ["waiting"]
            card = server.channel("CCASES").messages[0]
            await server.until(lambda: "waits for somebody outside" in words(card))
        assert _audited(tmp_path) == ["closed: removed", "status: waiting"]
        assert server.refused == []


@WAYS
async def test_a_sheet_that_lacks_an_answer_stays_open_and_says_where(tmp_path: Path, way: Way) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server, way) as house:
        await _reported(server)
        await server.presses(OFFICER, "Close", "CCASES")
        await server.until(lambda: server.views)
        for chosen in ({}, {"reason": "burned"}):
            sent = await server.submits(OFFICER, **chosen)
            assert sent.acks[0]["response_action"] == "errors"
            assert list(sent.acks[0]["errors"]) == ["reason"]
            assert sent.seconds < server.ack_seconds
        assert _whispered(server) == ""
        assert [case.status for case in await house.store.cases()] == ["open"]
        await server.submits(OFFICER, reason="removed")
        await server.until(lambda: "Case 1 is closed" in _whispered(server))


@pytest.mark.parametrize("trouble", ["late", "error", "limited", "status", "hang"])
async def test_when_no_sheet_can_be_opened_the_buttons_do_the_same(tmp_path: Path, trouble: str) -> None:
    async with workspace() as server, running(settings_in(tmp_path), server) as house:
        await _reported(server)
        if trouble == "late":
            server.trigger_seconds = -1.0
        else:
            value = {"error": "expired_trigger_id", "limited": 30, "status": 500, "hang": 30.0}[trouble]
            server.faults["views.open"].append((trouble, value))  # type: ignore[arg-type]  # one of its words
        await server.presses(OFFICER, "Close", "CCASES")
        await server.until(lambda: "Why is case 1 done?" in _whispered(server))
        await server.presses(OFFICER, "It was removed", "CCASES")
        await server.until(lambda: "Case 1 is closed" in _whispered(server))
        assert await house.store.cases() == ()
        assert server.views == []


async def test_the_server_refuses_a_trigger_used_twice_and_a_modal_with_an_id_twice() -> None:
    async with workspace() as server:
        made = view(CLOSING, "c:close:1", "cases")
        assert made is not None
        trigger = server._trigger(OFFICER)
        twice = {**made, "blocks": [*made["blocks"], made["blocks"][-1]]}
        refused = server._answer("views.open", {"trigger_id": trigger, "view": twice})
        assert refused["error"] == "invalid_arguments"
        assert "block_id twice" in str(refused["response_metadata"])
        assert server._answer("views.open", {"trigger_id": trigger, "view": made})["ok"]
        assert server._answer("views.open", {"trigger_id": trigger, "view": made})["error"] == "exchanged_trigger_id"
        long = {**made, "title": {"type": "plain_text", "text": "t" * 25}}
        refused = server._answer("views.open", {"trigger_id": server._trigger(OFFICER), "view": long})
        assert refused["error"] == "invalid_arguments"
