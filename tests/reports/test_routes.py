"""Where a report goes next: every branch as a table, safety first whatever the answers are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from bot.guidance import articles
from bot.reports import tokens
from bot.reports.routes import Route, Routes, told_on

CONTENT = Path(__file__).parents[2] / "content"
TOML = (CONTENT / "routes.toml").read_text("utf-8")
ROUTES = Routes.parse(TOML)
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("routes.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
SENT = date(2026, 11, 1)
SOURCES = {
    source.link.rstrip("/")
    for file in (CONTENT / "guidance" / "en").glob("*.md")
    for source in articles.parse(file.read_text("utf-8"), file.stem).sources
}


def answers(words: str) -> dict[str, JsonValue]:
    """Read answers written as ``name=token;...``."""
    found: dict[str, JsonValue] = {"shows_child": "no", "in_danger": False}
    for one in words.split(";"):
        name, _, said = one.partition("=")
        found[name] = list(said.split(",")) if name == "kinds" else said == "true" if name == "in_danger" else said
    return found


def order(said: dict[str, JsonValue], days: int) -> list[str]:
    """The steps for these answers, that many days after the report."""
    steps = ROUTES.steps(said, SENT, SENT + timedelta(days=days))
    return [step.route.name if step.when == "now" else f"{step.route.name}:{step.when}" for step in steps]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_report_goes(row: list[str]) -> None:
    found = order(answers(row[0]), int(row[1]))
    assert ", ".join(found) == row[3]
    assert found[0].partition(":")[0] == row[2]
    assert len({name.partition(":")[0] for name in found}) == len(found)


def test_the_table_covers_every_rule() -> None:
    assert len(ROWS) >= 60
    held = set()
    for row in ROWS:
        said, before = answers(row[0]), set()
        for number, rule in enumerate(ROUTES.rule):
            if rule.holds(said, int(row[1])) and rule.route not in before:
                held.add(number)
                before.add(rule.route)
                if rule.ends:
                    break
    assert held == set(range(len(ROUTES.rule)))


@pytest.mark.parametrize("route", ROUTES.route, ids=lambda route: route.name)
def test_every_route_rests_on_a_page_that_stands_under_an_article(route: Route) -> None:
    assert route.link.rstrip("/") in SOURCES
    assert route.checked <= date(2026, 12, 31)


ANSWERS = st.fixed_dictionaries(
    {
        "in_danger": st.booleans(),
        "shows_child": st.sampled_from(["yes", "not_sure", "no"]),
        "kinds": st.lists(st.sampled_from(get_args(tokens.Kind)), min_size=1, unique=True),
        "platform": st.sampled_from(get_args(tokens.Platform)),
        "platform_reply": st.sampled_from(get_args(tokens.PlatformReply)),
        "target": st.sampled_from([None, *get_args(tokens.Target)]),
        "nation": st.sampled_from([None, *get_args(tokens.Nation)]),
        "reported_on": st.sampled_from([None, "2026-10-20", "2026-11-01", "2027-01-01", "no day"]),
    }
)


@given(ANSWERS, st.integers(0, 1000))
def test_safety_comes_first(said: dict[str, JsonValue], days: int) -> None:
    found = order(said, days)
    kinds = said["kinds"]
    assert isinstance(kinds, list)
    if said["shows_child"] != "no":
        assert found == ["safeguarding"]
        return
    assert "safeguarding" not in found
    assert found
    if {"threat", "blackmail"} & set(kinds) or said["in_danger"]:
        assert found[0] == "police"
    private = [name for name in found if name.startswith(("stopncii", "revenge_porn"))]
    assert bool(private) == bool({"sexual", "altered", "blackmail"} & set(kinds))
    rest = [name for name in found if not name.startswith(("police", "stopncii", "revenge_porn"))]
    assert found[len(found) - len(rest) :] == rest
    assert any(name in found for name in ("true_vision", "hate_police")) == ("hate" in kinds)


@given(ANSWERS, st.integers(0, 1000))
def test_the_national_service_is_for_its_eight_harms_after_a_refusal_or_a_week(
    said: dict[str, JsonValue], days: int
) -> None:
    if "rhc" in order(said, days):
        reply = said["platform_reply"]
        waited = (SENT + timedelta(days=days) - told_on(said, SENT)).days
        assert reply in ("no_violation", "partly") or (reply == "none" and waited >= 7)
        assert {"impersonation", "threat", "hate", "sexual", "altered", "mockery"} & set(said["kinds"])  # type: ignore[arg-type]  # a list here


def test_answers_that_lack_everything_lead_nowhere_and_raise_nothing() -> None:
    assert ROUTES.steps({}, SENT, SENT) == ()
    assert ROUTES.steps({"kinds": "mockery", "platform": 3, "reported_on": [1]}, SENT, SENT) == ()


def test_a_platform_was_told_by_the_day_of_the_report() -> None:
    assert told_on({"reported_on": "2026-10-20"}, SENT) == date(2026, 10, 20)
    assert told_on({"reported_on": "2026-12-20"}, SENT) == SENT
    assert told_on({}, SENT) == SENT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('route = "ofcom"', 'route = "ofcon"'),
        ('kinds = ["hate"]', 'kinds = ["hat"]'),
        ("before_days = 2", "before_day = 2"),
        ("days = 7", "days = 0"),
        ('name = "posh"', 'name = "rhc"'),
        ("checked = 2026-11-25", ""),
        ('who = "school"', 'who = "head"'),
        ('name = "ofcom"', 'name = "a_name_too_long_for_a_button"'),
        ("https://report-it.org.uk", "report-it.org.uk"),
        ("[[rule]]", "[[rule]"),
    ],
)
def test_broken_rules_are_refused(old: str, new: str) -> None:
    assert old in TOML
    with pytest.raises(ValueError):  # noqa: PT011 - many sentences, one kind of error
        Routes.parse(TOML.replace(old, new))
