"""Asked but not covered, from a member's message to the editor's list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.asked import not_covered
from bot.shelf import SHIPPED
from tests.playing import Playing, settings_in

PARKING = (
    "who gives out parking permits",
    "how do i get a parking permit for my car",
    "parking permit for my car where from",
    "is there a parking permit for a car",
    "parking permit car staff",
)


@pytest.fixture
def playing(tmp_path: Path) -> Playing:
    return Playing(settings_in(tmp_path), keeps=True)


async def unanswered(playing: Playing, question: str, person: str = "a member") -> None:
    """Ask what nothing answers; where titles are offered, none of them is meant."""
    shown = await playing.says(question, person)
    if "None of these" in shown:
        shown = await playing.says("None of these", person)
    assert "I have nothing on that" in shown


async def listed(playing: Playing, tmp_path: Path) -> str:
    await playing.close()
    with (tmp_path / "listed").open("w+", encoding="utf-8") as out:
        assert await not_covered(playing.settings, SHIPPED, out) == 0
        out.seek(0)
        return out.read()


async def test_five_members_without_an_answer_are_a_line_for_the_editor(playing: Playing, tmp_path: Path) -> None:
    for at, question in enumerate(PARKING):
        await unanswered(playing, question, f"member {at}")
    shown = await listed(playing, tmp_path)
    assert re.search(r"^5 members: .*\bparking\b", shown, re.MULTILINE)
    assert "permit" in shown
    assert not any(question in shown for question in PARKING)


async def test_four_members_are_not_shown(playing: Playing, tmp_path: Path) -> None:
    for at, question in enumerate(PARKING[:4]):
        await unanswered(playing, question, f"member {at}")
    shown = await listed(playing, tmp_path)
    assert "parking" not in shown
    assert "Nothing that enough members asked" in shown


async def test_what_did_not_help_counts_as_not_covered(playing: Playing, tmp_path: Path) -> None:
    del tmp_path
    house = await playing.house()
    assert "from" in await playing.says("what evidence should i keep")
    assert list(await house.store.open_questions()) == []
    await playing.says("It didn't help")
    assert [one.words for one in await house.store.open_questions()] == ["what evidence should i keep"]
    await playing.close()


async def test_personal_details_and_what_is_long_are_left_out(playing: Playing) -> None:
    house = await playing.house()
    await unanswered(playing, "my number is 07700 900123 who does parking permits for it")
    (kept,) = await house.store.open_questions()
    assert "07700" not in kept.words
    assert "[phone number]" in kept.words
    await unanswered(playing, "who parks at https://example.org/video/123 and @some.account #someclass xylophone")
    *_, kept = await house.store.open_questions()
    assert not any(one in kept.words for one in ("example", "some.account", "someclass"))
    await unanswered(playing, "xylophone parking " * 100)
    assert all(len(one.words) <= 320 for one in await house.store.open_questions())
    await playing.close()


async def test_words_of_a_crisis_are_never_kept(playing: Playing) -> None:
    house = await playing.house()
    shown = await playing.says("i want to kill myself")
    assert "116 123" in shown
    await playing.says("none of these")
    assert "kill" not in await playing.says("/mydata")
    assert [one.words for one in await house.store.open_questions() if "kill" in one.words] == []
    await playing.close()


async def test_a_member_sees_and_erases_what_is_kept(playing: Playing) -> None:
    house = await playing.house()
    await playing.says(PARKING[0])
    assert PARKING[0] in await playing.says("/mydata")
    await playing.says("/forgetme")
    await playing.says("Yes, erase everything")
    assert list(await house.store.open_questions()) == []
    await playing.close()
