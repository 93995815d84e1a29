"""Welsh articles say what the English ones say: the same sections, numbers, addresses and sources."""

from __future__ import annotations

import time

import pytest

from bot.guidance.articles import Article
from bot.guidance.between import FACTS
from bot.shelf import SHIPPED, Shelf

ARTICLES = Shelf(SHIPPED, time.monotonic).articles
WELSH = {one.slug: one for one in ARTICLES if one.language == "cy"}
ENGLISH = {one.slug: one for one in ARTICLES if one.language == "en"}
FIRST_EIGHT = {
    "first-steps", "report-tiktok", "helplines", "posh-helpline", "union-help", "about-bot", "no-violation", "evidence",
}  # fmt: skip
ONLY_IN_WELSH = {"helplines": {"2"}}  # NHS 111, press 2, in Wales


def test_the_first_eight_are_there() -> None:
    assert WELSH.keys() >= FIRST_EIGHT


@pytest.mark.parametrize("article", WELSH.values(), ids=WELSH.keys())
def test_a_welsh_article_is_marked_and_asked_for_in_welsh(article: Article) -> None:
    assert article.translation == "unapproved"
    assert not article.approved_by
    assert 8 <= len(article.asked) <= 15
    assert 150 <= len(article.body.split()) <= 700


@pytest.mark.parametrize("slug", sorted(WELSH.keys() & ENGLISH.keys()))
def test_a_translation_keeps_sections_numbers_and_sources(slug: str) -> None:
    welsh, english = WELSH[slug], ENGLISH[slug]
    assert welsh.body.count("\n## ") == english.body.count("\n## ")
    assert welsh.body.startswith("## ") == english.body.startswith("## ")
    assert set(FACTS.findall(welsh.body)) - ONLY_IN_WELSH.get(slug, set()) == set(FACTS.findall(english.body))
    assert bool(welsh.always) == bool(english.always)
    for same in ("sources", "nations", "related", "checked", "review_by", "status"):
        assert getattr(welsh, same) == getattr(english, same), same
