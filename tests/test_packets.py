"""The text to paste holds only tokens, days and links of the member's own report, and its buttons fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import JsonValue

from bot.messages import Incoming, Place, Reply
from bot.reports.routes import Routes
from bot.texts import Texts
from handlers import packets
from tests.conftest import CHECKOUT
from tests.playing import Playing, settings_in
from tests.reports.test_routes import ROWS, answers

ROUTES = Routes.parse((CHECKOUT / "content" / "routes.toml").read_text("utf-8"))
TEXTS = Texts(CHECKOUT / "content" / "strings", "the union", ZoneInfo("Europe/London"))
STORY = "the boy in the third row wrote it and his mother shared it"
ACCOUNT = "@the.account"
SENT = date(2026, 11, 20)


async def sent(folder: Path, *lines: str) -> Playing:
    """A house that stays open, in which one report was sent."""
    played = Playing(settings_in(folder), keeps=True)
    await played.say(["/report", "[No]", "[No]", *lines, "[Send]"])
    return played


@pytest.mark.parametrize("language", TEXTS.languages())
def test_every_route_has_its_sentences(language: str) -> None:
    wanted = {f"next-step-{route.name}" for route in ROUTES.route}
    wanted |= {f"next-who-{route.who}" for route in ROUTES.route}
    wanted |= {f"next-when-{rule.when}" for rule in ROUTES.rule}
    for route in (one for one in ROUTES.route if one.sends):
        wanted |= {f"{what}-{route.name}" for what in ("packet-how", "packet-ask", "button-packet")}
    assert wanted <= TEXTS.keys(language)


def test_every_button_fits_into_64_bytes() -> None:
    assert all(len(f"p:{'0' * 36}:{route.name}".encode()) <= 64 for route in ROUTES.route)


def lines_of(said: Mapping[str, JsonValue], language: str) -> str:
    """Every text to paste for these answers, in words."""
    shown = []
    for step in ROUTES.steps(said, SENT, SENT + timedelta(days=8)):
        lines = tuple(line for part in step.route.sends for line in packets.lines(part, said, SENT))
        shown.append(TEXTS.outgoing(Reply("words", {"words": lines}), language, "web").text)
    return "\n".join(shown)


@pytest.mark.parametrize("language", TEXTS.languages())
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_no_text_holds_a_story_a_name_or_an_account(row: list[str], language: str) -> None:
    said = answers(row[0]) | {
        "what_happened": STORY,
        "accounts": [ACCOUNT],
        "hashtags": ["#thehashtag"],
        "contact_name": "Contact Name",
        "region": "the region",
    }
    shown = lines_of(said, language)
    for secret in (STORY, ACCOUNT, "thehashtag", "Contact Name", "the region"):
        assert secret not in shown


def test_a_text_holds_links_and_days_as_the_member_gave_them() -> None:
    said: dict[str, JsonValue] = answers("kinds=threat,hate;platform=x;platform_reply=no_violation") | {
        "links": ["https://x.com/a/status/1", "https://x.com/a/status/2"],
        "seen_on": "2026-11-03",
        "reported_on": "2026-11-04",
    }
    shown = lines_of(said, "en")
    for line in (
        "What it is: a threat, hate",
        "Where: X",
        "Link: https://x.com/a/status/1\nLink: https://x.com/a/status/2",
        "Seen on: 3 November 2026",
        "Reported to the platform on: 4 November 2026",
        "The platform answered that it found no violation.",
    ):
        assert line in shown
    assert "Seen on or before: 20 November 2026" in lines_of({**said, "seen_on": None}, "en")
    assert "Link: (please add it)" in lines_of({**said, "links": []}, "en")


async def test_the_text_stands_in_a_message_of_its_own_and_only_for_its_member(tmp_path: Path) -> None:
    played = await sent(tmp_path, "https://youtu.be/AbC_d-12345", "[Hate]", "[No violation]")
    try:
        house = await played.house()
        (own,) = await house.store.own_reports(house.store.pseudonym("terminal", "a member"))

        async def press(step: str, user: str = "a member") -> list[str]:
            person = house.store.pseudonym("terminal", user)
            place = Place("chat", person)
            said = Incoming(step + user, "member", person, place, played.clock(), "terminal", user)
            return [one.text for one in await house.respond(replace(said, pressed=f"p:{own.id}:{step}"))]

        about, text = await press("true_vision")
        assert "report-it.org.uk" in about
        assert text.splitlines()[0] == "What it is: hate"
        assert text.splitlines()[-1].startswith("I think hostility")
        for odd in ("police", "no_such_step", "", "stopncii"):
            first, steps = await press(odd)
            assert first == "That step does not fit this report any more."
            assert steps.startswith("Next steps for your report of 20 November 2026")
        assert (await press("true_vision", "another member"))[0].startswith("I can't find that report")
        assert (await press("steps", "another member, too"))[0].startswith("I can't find that report")
    finally:
        await played.close()
