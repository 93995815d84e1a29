"""Which language a member is answered in: default, recognition, choice; in replies, deliveries and `steward ask`."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Update

from bot.adapters import telegram
from bot.ask import ask
from bot.messages import Incoming
from bot.serving import _unapproved
from bot.shelf import SHIPPED
from tests.hearing import answered, heard
from tests.playing import Playing, settings_in

WELSH = "pwy sy'n gweld hwn"
ENGLISH = "who sees this and for how long"


@pytest.fixture
async def playing(tmp_path: Path) -> AsyncIterator[Playing]:
    """One house that stays open."""
    one = Playing(settings_in(tmp_path), keeps=True)
    yield one
    await one.close()


@pytest.fixture
async def welsh(tmp_path: Path) -> AsyncIterator[Playing]:
    """A house whose LANGUAGE is Welsh."""
    one = Playing(settings_in(tmp_path, language="cy"), keeps=True)
    yield one
    await one.close()


async def test_the_setting_is_what_a_member_is_answered_in_at_first(welsh: Playing) -> None:
    assert "Gofynnwch unrhyw beth" in await welsh.says("/start")
    assert "You wrote in English" in await welsh.says(ENGLISH)
    assert "I can't read" in await welsh.says("")


async def test_a_choice_is_asked_for_once_and_holds(playing: Playing) -> None:
    assert "Ysgrifennoch yn Gymraeg" in await playing.says(WELSH)
    assert "Ysgrifennoch" not in await playing.says(WELSH)
    await playing.says("/language saesneg")
    shown = await playing.says(WELSH)
    assert "Ysgrifennoch" not in shown
    assert "Talk to a person" in shown
    assert "Siarad" not in shown


@pytest.mark.parametrize(
    "words", ["cymraeg", "Welsh", "/cymraeg", "/language welsh", "iaith cymraeg", "/iaith Cymraeg"]
)
async def test_a_language_is_chosen_by_its_name(words: str, playing: Playing) -> None:
    assert "O hyn ymlaen rwy'n ysgrifennu yn Gymraeg" in await playing.says(words)
    assert "Samariaid" in await playing.says("help")


@pytest.mark.parametrize("words", ["english", "Saesneg", "/english", "/language en", "language english"])
async def test_english_is_chosen_by_its_name(words: str, welsh: Playing) -> None:
    assert "From now on I write in English" in await welsh.says(words)
    assert "Samaritans" in await welsh.says("cymorth")


async def test_the_language_can_be_changed_in_the_middle_of_a_report(playing: Playing) -> None:
    await playing.says("/report")
    shown = await playing.says("/cymraeg")
    assert "O hyn ymlaen" in shown
    assert "A oes unrhyw un mewn perygl" in shown


async def test_what_a_member_pastes_into_a_report_is_not_taken_for_their_language(playing: Playing) -> None:
    await playing.say(["/report", "no", "no"])
    shown = await playing.says("mae athro yn ein hysgol ni yn ofnadwy ac mae pawb yn gwybod hynny")
    assert "I'm listening" in shown


async def test_a_receipt_comes_in_the_members_language(playing: Playing) -> None:
    await playing.says("cymraeg")
    await playing.say(["/report https://www.tiktok.com/@some.account/video/7030000000000000000", "na", "na"])
    await playing.say(["[Gwneud hwyl am ben]", "[Dim ateb]"])
    shown = await playing.says("anfon")
    assert "Wedi'i anfon. Eich derbynneb: STW-" in shown
    assert "Case 1" in playing.officers.getvalue()  # officers' rooms keep their own language


async def test_an_english_question_of_somebody_who_chose_welsh_finds_the_welsh_section(playing: Playing) -> None:
    await playing.says("cymraeg")
    shown = await playing.says("can i complain to ofcom")
    assert "Ni all Ofcom gael un postiad" in shown
    assert "Saesneg" not in shown


async def test_guidance_that_is_not_there_in_welsh_is_given_in_english_and_announced(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SHIPPED, content)
    (content / "guidance" / "cy" / "no-violation.md").unlink()
    playing = Playing(settings_in(tmp_path, content_dir=content), keeps=True)
    await playing.says("cymraeg")
    shown = await playing.says("can i complain to ofcom")
    await playing.close()
    assert shown.startswith("Nid yw'r canllaw hwn ar gael yn Gymraeg eto, felly dyma'r testun Saesneg.")
    assert "Ofcom cannot have a single post" in shown


async def test_an_old_button_names_no_other_language(playing: Playing) -> None:
    house = await playing.house()
    assert "Which language" in await answered(house, heard(house, "1", pressed="l:xx"))


async def test_mydata_says_that_the_language_was_chosen(playing: Playing) -> None:
    await playing.says("cymraeg")
    shown = await playing.says("/mydata")
    assert "language: cy" in shown
    assert "chose language: True" in shown


async def test_run_says_that_the_welsh_is_not_approved(playing: Playing) -> None:
    (line,) = _unapproved(await playing.house())
    assert line.startswith("strings: cy.ftl is an unapproved translation.")


@pytest.mark.parametrize(
    ("code", "default", "language"),
    [("cy", "en", "cy"), ("cy-GB", "en", "cy"), ("en", "cy", "cy"), ("fr", "en", "en"), (None, "en", "en")],
)
def test_telegram_in_welsh_begins_in_welsh(code: str | None, default: str, language: str) -> None:
    user = {"id": 1, "is_bot": False, "first_name": "M", "language_code": code}
    chat = {"id": 1, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "help"}
    pressed = {"id": "1", "from": user, "chat_instance": "1", "data": "do:help", "message": message}
    for raw in ({"message": message}, {"callback_query": pressed}):
        said = telegram.heard(
            Update.de_json({"update_id": 1, **raw}, None), lambda *of: "-".join(of), datetime.now(UTC), default
        )
        assert isinstance(said, Incoming)
        assert said.language == language


def test_ask_tells_the_language_of_the_question_and_answers_in_it() -> None:
    out = io.StringIO()
    questions = [WELSH, "who sees this", "posh", "oes rhywun yn gwybod rhif ffon y swyddfa dreth"]
    assert ask(questions, None, as_json=True, out=out) == 0
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["language"] for one in found] == ["cy", "en", "en", "cy"]
    assert found[0]["article"] == found[1]["article"] == "about-bot"
    assert found[0]["passage"].startswith("Y rhaglen sy'n ateb cwestiwn")
    assert found[1]["passage"].startswith("A question is answered by the program")


def test_help_of_the_command_line_loads_no_detector() -> None:
    code = "import sys; from bot import cli; cli.main(['--help']); sys.exit('pycld2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
