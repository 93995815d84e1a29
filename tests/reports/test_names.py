"""Names meet in one form, however they are written."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from bot.reports.links import Links
from bot.reports.names import Name, names, normal
from bot.reports.platforms import Rules
from tests.conftest import CHECKOUT

LINKS = Links(Rules.parse((CHECKOUT / "content" / "platforms.toml").read_text("utf-8")))
TIKTOK = "https://www.tiktok.com/@9B.Bantz/video/7030000000000000000"


@pytest.mark.parametrize(
    "written",
    ["9b.bantz", "@9b.bantz", "@9B.Bantz", " @9b.bantz ", "@ 9b.bantz.", "\uff209b.bantz", "\u200e@9b.bantz\u200b"],
)
def test_an_account_is_one_however_it_is_written(written: str) -> None:
    assert normal(written) == "9b.bantz"


def test_an_account_of_a_link_is_the_one_that_was_typed() -> None:
    link = LINKS.read(TIKTOK)
    assert link is not None
    from_link = names({"platform": "tiktok"}, (link,), LINKS)
    assert from_link == names({"platform": "tiktok", "accounts": ["@9b.bantz"]}, (), LINKS)
    assert from_link == names({"platform": "instagram", "accounts": ["https://tiktok.com/@9b.bantz"]}, (), LINKS)
    assert from_link == (Name("account", "tiktok", "9b.bantz"),)


def test_the_same_handle_elsewhere_is_another_account_and_a_hashtag_the_same_everywhere() -> None:
    here: dict[str, JsonValue] = {"platform": "tiktok", "accounts": ["@a"], "hashtags": ["#Bantz"]}
    there = {**here, "platform": "instagram"}
    found, others = names(here, (), LINKS), names(there, (), LINKS)
    assert set(found) & set(others) == {Name("hashtag", "", "bantz")}


def test_what_is_no_name_is_left_out() -> None:
    assert names({"platform": "tiktok", "accounts": ["@", " "], "hashtags": ["##"]}, (), LINKS) == ()
    assert names({"accounts": "not a list"}, (), LINKS) == ()
