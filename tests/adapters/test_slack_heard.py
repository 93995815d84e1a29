"""What is heard of recorded payloads: members' words, presses and commands, officers in their rooms, no more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack_heard import Excuse, Rooms, acknowledgement, excuse, heard, trigger
from bot.messages import Incoming, Place, Text

RECORDED = Path(__file__).parent / "slack"
AT = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
ROOMS = Rooms("CCASES", "CNUMBERS", frozenset({"UOFFICER1"}))
LINK = "https://www.tiktok.com/@a/video/7030000000000000000"


def _recorded(name: str) -> dict[str, Any]:
    update: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return update


def _pseudonym(adapter: str, user: str) -> str:
    return f"{adapter}/{user}"


def _heard(name: str) -> Incoming | None:
    return heard(_recorded(name), _pseudonym, AT, ROOMS)


def _member(key: str, **said: Any) -> Incoming:  # noqa: ANN401 - fields of Incoming
    address = said.pop("address", "DMEMBER1")
    return Incoming(
        key, "member", "slack/UMEMBER1", Place("chat", "slack/UMEMBER1"), AT, "slack", address, **said
    )  # fmt: skip


PIECE = "slack-message/DMEMBER1:1795212600.000100"
PRESS, COMMAND = "slack-trigger/13345224609.738474920.8088930838d88f008e0", "slack-trigger/13345224610.738474920.aaaa"
WORDS = (
    f"Someone & a friend posted <this>: {LINK}?x=1&y=2, ask <@UOTHER1> or head@school.example, "
    "see our page (https://school.example/a) in #general, @here"
)
MEMBERS = {
    "message": _member(PIECE, text=WORDS),
    "message_changed": _member("Ev08RECORDED2", text="it began on Monday", edits=PIECE),
    "photo": _member(PIECE, text="look", upload="photo"),
    "voice": _member(PIECE, upload="voice"),
    "video": _member(PIECE, upload="video"),
    "file": _member(PIECE, upload="file"),
    "forwarded": _member(PIECE, text="They & others wrote this"),
    "press": _member(PRESS, pressed="a:QMD57Y:in_danger:no"),
    "report": _member(COMMAND, text=f"/report {LINK} it is & was", address="UMEMBER1"),
    "steward": _member(COMMAND, text="/status", address="UMEMBER1"),
    "steward_words": _member(COMMAND, text="my reports", address="UMEMBER1"),
    "steward_bare": _member(COMMAND, text="/help", address="UMEMBER1"),
}
OFFICERS: dict[str, dict[str, object]] = {
    "officer_mention": {"text": "open 12"},
    "officer_message": {"text": "cases"},
    "press_officer": {"pressed": "c:open:12"},
    "steward_officer": {"text": "digest"},
    "sheet_officer": {"pressed": "c:close:12", "filled": {"reason": "removed"}},
}
STRANGERS = ("press_stranger", "steward_stranger", "sheet_stranger")
NOTHING = (
    "message_previewed", "message_deleted", "own_message", "bot_message", "channel_join", "app_mention",
    "room_message", "press_link",
)  # fmt: skip


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_is_heard_in_direct_messages(name: str) -> None:
    assert _heard(name) == MEMBERS[name]


@pytest.mark.parametrize("name", OFFICERS)
def test_an_officer_is_heard_in_the_case_room(name: str) -> None:
    said = _heard(name)
    assert said is not None
    assert (said.who, said.person, said.place) == ("officer", "slack:UOFFICER1", Place("channel", "cases"))
    assert said.address == "CCASES/UOFFICER1"
    nothing: dict[str, object] = {"text": None, "pressed": None, "filled": None}
    assert {"text": said.text, "pressed": said.pressed, "filled": said.filled} == {**nothing, **OFFICERS[name]}


@pytest.mark.parametrize("name", STRANGERS)
def test_of_a_stranger_in_an_officers_room_it_is_heard_that_they_spoke_and_not_what(name: str) -> None:
    said = _heard(name)
    assert said is not None
    assert said == Incoming(
        said.id, "stranger", "slack-stranger/UMEMBER1", Place("channel", "cases"), AT, "slack", "CCASES/UMEMBER1"
    )


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_heard_of_bots_previews_strangers_and_noise(name: str) -> None:
    assert _heard(name) is None


def test_every_recorded_payload_has_its_test() -> None:
    assert {file.stem for file in RECORDED.glob("*.json")} == {*MEMBERS, *OFFICERS, *STRANGERS, *NOTHING}


def test_what_is_sent_again_has_the_same_id_and_an_edit_finds_its_piece() -> None:
    first, again, edit = _heard("message"), _heard("message"), _heard("message_changed")
    assert first is not None
    assert again is not None
    assert edit is not None
    assert first.id == again.id == edit.edits != edit.id


def test_who_is_not_heard_is_told_why() -> None:
    assert excuse(_recorded("app_mention"), ROOMS) == Excuse("CSTAFF", "UMEMBER1", Text("slack-direct-only"))
    assert [name for name in (*MEMBERS, *OFFICERS, *STRANGERS) if excuse(_recorded(name), ROOMS)] == []


def test_a_command_is_acknowledged_where_it_was_typed() -> None:
    assert acknowledgement(_recorded("report"), ROOMS) == Text("slack-answered-in-direct")
    assert acknowledgement(_recorded("steward_stranger"), ROOMS) is None  # the house refuses, and keeps that it did
    assert acknowledgement(_recorded("steward_officer"), ROOMS) is None
    assert acknowledgement({**_recorded("report"), "channel_id": "DMEMBER1"}, ROOMS) is None


def test_without_rooms_nobody_is_an_officer() -> None:
    assert heard(_recorded("press_officer"), _pseudonym, AT) is None
    assert heard(_recorded("officer_mention"), _pseudonym, AT) is None


def test_a_stranger_who_names_us_in_an_officers_room_is_one() -> None:
    named = _recorded("officer_mention")
    named["event"]["user"] = "UMEMBER1"
    said = heard(named, _pseudonym, AT, ROOMS)
    assert said is not None
    assert (said.who, said.text) == ("stranger", None)


def test_a_sheet_opened_in_direct_messages_is_a_members() -> None:
    sent = _recorded("sheet_officer")
    sent["view"]["callback_id"] = "chat"
    said = heard(sent, _pseudonym, AT, ROOMS)
    assert said is not None
    assert (said.who, said.person, said.address) == ("member", "slack/UOFFICER1", "UOFFICER1")
    assert heard({**sent, "view": {**sent["view"], "callback_id": "elsewhere"}}, _pseudonym, AT, ROOMS) is None
    assert heard({**sent, "view": {**sent["view"], "private_metadata": ""}}, _pseudonym, AT, ROOMS) is None


def test_a_trigger_opens_a_sheet_for_a_press_only_and_is_kept_nowhere() -> None:
    press = _recorded("press")
    assert trigger(press) == press["trigger_id"]
    assert [trigger(_recorded(name)) for name in ("message", "report", "sheet_officer")] == ["", "", ""]
    said = heard(press, lambda *_: "hashed", AT, ROOMS)
    assert said is not None
    assert press["trigger_id"] not in repr([getattr(said, name) for name in Incoming.__slots__])


@pytest.mark.parametrize(
    "update",
    [{}, {"type": "view_closed"}, {"type": "view_submission"}, {"type": "event_callback"}, {"type": "block_actions"}],
)
def test_what_is_not_understood_is_nothing(update: dict[str, Any]) -> None:
    assert heard(update, _pseudonym, AT, ROOMS) is None
    assert excuse(update, ROOMS) is None
    assert acknowledgement(update, ROOMS) is None


def test_words_and_addresses_are_in_no_repr() -> None:
    assert "TikTok".casefold() not in repr(_heard("report")).casefold()
    assert "DMEMBER1" not in repr(_heard("press")).replace("slack-message/DMEMBER1", "")
    assert "UOFFICER1" not in repr(ROOMS)
