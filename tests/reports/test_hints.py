"""What is said plainly is not asked again; what is unclear is."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from bot.reports.hints import hints
from bot.reports.links import Links, Rules
from bot.reports.tokens import Kind, Platform

LINKS = Links(Rules.parse((Path(__file__).parents[2] / "content" / "platforms.toml").read_text(encoding="utf-8")))

SAID: list[tuple[str, dict[str, JsonValue]]] = [
    ("made a fake account of me on tiktok", {"platform": "tiktok", "kinds": ["impersonation"], "target": "me"}),
    ("a pupil is pretending to be me on Insta", {"platform": "instagram", "kinds": ["impersonation"], "target": "me"}),
    ("someone is pretending to be our school", {"kinds": ["impersonation"], "target": "school"}),
    ("they are mocking our head on snapchat", {"platform": "snapchat", "kinds": ["mockery"], "target": "leader"}),
    (
        "a fake profile of a colleague on facebook",
        {"platform": "facebook", "kinds": ["impersonation"], "target": "colleague"},
    ),
    ("clown music over a video they filmed of me", {"kinds": ["mockery"]}),
    ("pupils filmed me in class and put it on YouTube", {"platform": "youtube", "kinds": ["filming"], "target": "me"}),
    ("a deepfake of me", {"kinds": ["altered"], "target": "me"}),
    ("they are calling me a paedo", {"kinds": ["allegation"], "target": "me"}),
    ("he threatened me on WhatsApp", {"platform": "whatsapp", "kinds": ["threat"], "target": "me"}),
    ("they posted my home address", {"kinds": ["doxxing"], "target": "me"}),
    ("racist comments", {"kinds": ["hate"]}),
    ("sexual comments under it", {"kinds": ["sexual"]}),
    ("blackmailing me", {"kinds": ["blackmail"], "target": "me"}),
    ("reported it to TikTok, said no violation", {"platform": "tiktok", "platform_reply": "no_violation"}),
    (
        "Instagram said it doesn't go against their guidelines",
        {"platform": "instagram", "platform_reply": "no_violation"},
    ),
    ("reported it and heard nothing", {"platform_reply": "none"}),
    ("I flagged the post twice. No answer.", {"platform_reply": "none"}),
    ("we reported it but they never replied", {"platform_reply": "none"}),
    ("haven't reported it yet", {"platform_reply": "not_reported"}),
    ("it was removed", {"platform_reply": "removed"}),
    ("TikTok took it down", {"platform": "tiktok", "platform_reply": "removed"}),
    ("a pupil said he will stab me", {"kinds": ["threat"]}),
    ("insta took it down after a day", {"platform": "instagram", "platform_reply": "removed"}),
    ("by @Bad.Acct. with #TeacherFail", {"accounts": ["@bad.acct"], "hashtags": ["#teacherfail"]}),
]

UNCLEAR = [
    "",
    "I don't know what to do",
    "it is on tiktok and instagram",
    "there is no fake account of me",
    "it isn't on tiktok",
    "what if somebody makes a fake account of me",
    "I am afraid they will threaten me",
    "it hasn't been removed",
    "they removed it but it is back up again",
    "reported it to the head and heard nothing",
    "told the police, no answer",
    "I reported it. The school has not replied.",
    "heard nothing",
    "mail me at someone@example.org",
    "<@U123ABC> see <#C123ABC|general>",
    "number #1",
    "they took it seriously",
    "reported 3 times. still up",
    "it was removed but they said no violation at first",
]


@pytest.mark.parametrize(("text", "told"), SAID)
def test_what_is_said_plainly_is_told(text: str, told: dict[str, JsonValue]) -> None:
    answers = hints(text, ())
    assert {question: answers.get(question) for question in told} == told
    assert answers == told or text.startswith("clown")


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_unclear_is_asked(text: str) -> None:
    assert hints(text, ()) == {}


def test_links_tell_platform_and_account() -> None:
    text = "https://www.tiktok.com/@some.body/video/7030000000000000000 by @some.body"
    assert hints(text, LINKS.find(text)) == {"platform": "tiktok", "accounts": ["@some.body"]}


def test_link_and_words_that_differ_tell_no_platform() -> None:
    text = "https://youtu.be/abc, it was on tiktok first"
    assert "platform" not in hints(text, LINKS.find(text))


def test_there_are_at_most_ten_accounts() -> None:
    told = hints(" ".join(f"@account{n} #tag{n}" for n in range(30)), ())
    assert len(str(told["accounts"]).split(",")) == len(str(told["hashtags"]).split(",")) == 10


TOKENS = {
    "platform": set(get_args(Platform)),
    "kinds": set(get_args(Kind)),
    "platform_reply": {"not_reported", "none", "no_violation", "removed", "partly", "other"},
    "target": {"me", "colleague", "leader", "school"},
}


@given(st.lists(st.sampled_from([text for text, _ in SAID] + UNCLEAR), max_size=3).map(". ".join))
def test_only_tokens_of_the_form_are_told(text: str) -> None:
    told = hints(text, ())
    for question, tokens in TOKENS.items():
        answer = told.get(question, [])
        assert set(answer if isinstance(answer, list) else [answer]) <= tokens


@given(st.one_of(st.text(), st.lists(st.sampled_from([text for text, _ in SAID] + UNCLEAR)).map(" ".join)))
def test_safety_answers_are_never_told(text: str) -> None:
    assert set(hints(text, LINKS.find(text))) <= {
        "platform",
        "kinds",
        "accounts",
        "hashtags",
        "platform_reply",
        "target",
    }
