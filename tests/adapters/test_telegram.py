"""What an update says and how an answer is said, on payloads as Telegram sends them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.split import split, utf16
from bot.adapters.telegram import TEXT_LIMIT, heard, in_group, messages, read, spoken
from bot.messages import Incoming, Outgoing, Place, Shown

AT = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
RECORDED = sorted((Path(__file__).parent / "telegram").glob("*.json"))
WORDS = "words of a member"


def pseudonym(adapter: str, user: str) -> str:
    assert adapter == "telegram"
    return f"p:{user}"


def recorded(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
def test_an_update_is_heard_as_recorded(file: Path) -> None:
    record = recorded(file)
    update = read(record["update"])
    wanted = record["heard"]
    if wanted is not None:
        place = Place("chat", "p:5000000001")
        wanted = Incoming(
            who="member", person=place.of, place=place, at=AT, adapter="telegram", address="5000000001", **wanted
        )
    said = heard(update, pseudonym, AT)
    assert said == wanted
    assert heard(update, pseudonym, AT) == said
    group = in_group(update)
    assert (None if group is None else list(group)) == record.get("group")


def test_everything_a_member_can_send_is_recorded() -> None:
    uploads = {(recorded(file)["heard"] or {}).get("upload") for file in RECORDED}
    assert {"photo", "voice", "video", "sticker", "file"} <= uploads


def test_a_message_without_its_beginnings_is_no_message() -> None:
    with pytest.raises((TypeError, KeyError, AttributeError)):
        read({"update_id": 1, "message": {"text": WORDS}})


def test_an_incoming_shows_neither_words_nor_address() -> None:
    update = read(recorded(Path(__file__).parent / "telegram" / "text.json")["update"])
    said = heard(update, lambda *_: "pseudonym", AT)
    assert said is not None
    assert said.text is not None
    assert said.text not in repr(said)
    assert said.address not in repr(said)


def test_an_answer_is_plain_text_without_a_preview() -> None:
    said = spoken(Outgoing(f"*{WORDS}* <b> https://example.org/"))
    assert said["text"] == f"*{WORDS}* <b> https://example.org/"
    assert said["link_preview_options"].to_dict() == {"is_disabled": True}
    assert set(said) == {"text", "link_preview_options"}


def test_short_buttons_stand_two_in_a_row_and_long_ones_alone() -> None:
    labels = ("No", "Yes", "Not sure", "Pretends to be me or the school", "False accusation", "Threat")
    buttons = tuple(Shown(f"v{number}", label) for number, label in enumerate(labels))
    rows = spoken(Outgoing(WORDS, buttons))["reply_markup"].to_dict()["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["No", "Yes"],
        ["Not sure"],
        ["Pretends to be me or the school"],
        ["False accusation", "Threat"],
    ]
    assert [button["callback_data"] for row in rows for button in row] == [f"v{number}" for number in range(6)]


def test_a_link_button_opens_its_address() -> None:
    (row,) = spoken(Outgoing(WORDS, (Shown("x", "Open", "https://example.org/"),)))["reply_markup"].inline_keyboard
    assert row[0].to_dict() == {"text": "Open", "url": "https://example.org/"}


@pytest.mark.parametrize("pressed", ["", "p" * 65, "é" * 33])
def test_a_press_longer_than_telegram_carries_is_our_mistake(pressed: str) -> None:
    spoken(Outgoing(WORDS, (Shown("é" * 32, "Yes"),)))
    with pytest.raises(AssertionError):
        spoken(Outgoing(WORDS, (Shown(pressed, "Yes"),)))


def test_a_long_answer_is_cut_at_paragraphs_and_its_buttons_stand_under_the_last() -> None:
    paragraph = "One sentence of guidance. " * 60
    parts = messages(Outgoing("\n\n".join([paragraph] * 5), (Shown("v", "Yes"),)))
    assert len(parts) == 3
    assert [len(part.buttons) for part in parts] == [0, 0, 1]
    assert all(part.text.startswith("One") and part.text.endswith(".") for part in parts)


def test_buttons_without_words_still_make_a_message_and_nothing_makes_none() -> None:
    (only,) = messages(Outgoing(" \n", (Shown("v", "Yes"),)))
    assert only.text.strip()
    assert messages(Outgoing(" \n")) == ()


@given(st.text(alphabet=st.sampled_from("ab. ?\n😀é"), max_size=300), st.integers(2, 50))
def test_cutting_loses_only_white_space(text: str, limit: int) -> None:
    parts = split(text, limit, utf16)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part.strip() and utf16(part) <= limit for part in parts)
    assert utf16("😀") == 2 <= TEXT_LIMIT
