"""Questions as members type them, and the decision each one gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guidance.answer import Answers
from bot.guidance.articles import parse
from bot.ports import Answerer
from bot.shelf import SHIPPED, Shelf

ALLOWED_OUTSIDE = 0  # lines nobody can answer that may be answered all the same
ALLOWED_UNSEEN = 1  # the same for lines the index has not read; words alone cannot be perfect


@pytest.fixture(scope="module")
def answers(shipped: Shelf) -> Answerer:
    return shipped.answers()


def test_every_live_article_answers_its_own_asked_lines(shipped: Shelf) -> None:
    wrong = []
    for article in shipped.articles:
        for line in article.asked:
            answer = shipped.answers().answer(line, language=article.language)
            if answer.decision != "answer" or answer.candidates[0].article != article.slug:
                wrong.append((article.slug, line, answer.decision))
    assert not wrong


@pytest.mark.parametrize(
    ("question", "article", "heading"),
    [
        (
            "just been shown a vid of me with clown music on it whole corridor laughing what do i do",
            "first-steps",
            "The first",
        ),
        ("whats posh", "helplines", "POSH"),
        ("tiktok said no violation", "no-violation", "no violation"),
        ("HOW DO I REPROT A FAKE ACCOUT ON TIKTOK??", "report-tiktok", "fake account"),
        ("what evidence should i keep", "evidence", "evidence"),
        ("is it ok to screenshot a nude of a pupil", "evidence", "never copy"),
        ("are you a robot", "about-bot", "robot"),
        ("should i screenshot it", "evidence", "screenshots"),
        ("who sees this", "about-bot", "sees"),
        ("can i talk to a person 😢", "about-bot", "person"),
    ],
)
def test_a_question_is_answered_with_the_fitting_passage(
    answers: Answerer, question: str, article: str, heading: str
) -> None:
    answer = answers.answer(question)
    assert answer.decision == "answer"
    assert answer.passage is not None
    assert answer.passage.article == answer.candidates[0].article == article
    assert heading in answer.passage.heading


def test_the_sentence_about_children_goes_with_every_passage_on_evidence(answers: Answerer) -> None:
    answer = answers.answer("should i take screenshots")
    assert answer.passage is not None
    assert "under 18" in answer.passage.always


@pytest.mark.parametrize("question", ["", "   ", "?!", "😀😀", "\u202e\u200b", "\x00", "asdfgh", "你好"])
def test_nothing_to_go_by_is_handed_over(answers: Answerer, question: str) -> None:
    assert answers.answer(question).decision == "hand_over"


def _answered(answers: Answerer, file: Path) -> list[str]:
    lines = [line for line in file.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [line for line in lines if answers.answer(line).decision == "answer"]


def test_questions_out_of_scope_are_not_answered(answers: Answerer) -> None:
    assert len(_answered(answers, SHIPPED / "out_of_scope.txt")) <= ALLOWED_OUTSIDE
    unseen = Path(__file__).with_name("out_of_scope_unseen.txt")
    assert len(_answered(answers, unseen)) <= ALLOWED_UNSEEN


def test_two_near_articles_are_both_offered_and_at_most_three(answers: Answerer) -> None:
    answer = answers.answer("report")
    assert (answer.decision, answer.passage) == ("clarify", None)
    assert 2 <= len(answer.candidates) <= 3


def test_a_crisis_comes_before_any_answer(answers: Answerer) -> None:
    answer = answers.answer("how do i report a tiktok i want to die")
    assert (answer.decision, answer.passage) == ("crisis", None)


def test_a_weak_follow_up_stays_with_its_topic() -> None:
    def article(slug: str, asked: str) -> str:
        return f'---\ntitle: {slug}\nasked: ["{asked}"]\n---\nMenus of {slug} are under settings.'

    both = Answers(
        [
            parse(article("tiktok", "report a tiktok"), "tiktok"),
            parse(article("instagram", "report an instagram post"), "instagram"),
        ]
    )
    alone = both.answer("where are the settings menus")
    assert alone.decision == "clarify"
    for topic in ("tiktok", "instagram"):
        follow_up = both.answer("where are the settings menus", topic=topic)
        assert follow_up.candidates[0].article == topic
    assert both.answer("whats the weather", topic="tiktok").decision == "hand_over"


def test_an_article_can_be_asked_for_by_name(answers: Answerer) -> None:
    for language, heading, found in (
        ("en", "The first hour after someone posts about you", "en"),
        ("cy", "Yr awr gyntaf ar ôl i rywun bostio amdanoch", "cy"),
        ("gd", "The first hour after someone posts about you", "en"),
    ):
        answer = answers.article("first-steps", language=language)
        assert answer is not None
        assert answer.passage is not None
        assert (answer.passage.heading, answer.language) == (heading, found)
    assert answers.article("nothing-here") is None


def test_drafts_and_withdrawn_articles_never_answer() -> None:
    for status in ("draft", "withdrawn"):
        text = f"---\ntitle: Pianos\nasked: [tune a piano]\nstatus: {status}\n---\nText."
        answers = Answers([parse(text, "pianos")])
        assert answers.answer("tune a piano").decision == "hand_over"
        assert answers.article("pianos") is None


def test_another_language_falls_back_to_english(answers: Answerer) -> None:
    answer = answers.answer("whats posh", language="gd")
    assert (answer.decision, answer.language) == ("answer", "en")


def test_an_english_question_of_a_welsh_reader_finds_the_same_section_in_welsh(answers: Answerer) -> None:
    answer = answers.answer("can i complain to ofcom", language="cy")
    assert answer.passage is not None
    assert (answer.passage.language, answer.passage.heading) == ("cy", "Beth mae Ofcom yn ei wneud")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_one_of_the_decisions(shipped: Shelf, text: str) -> None:
    answer = shipped.answers().answer(text)
    assert answer.decision in {"answer", "clarify", "hand_over", "crisis"}
    assert 0.0 <= answer.confidence <= 1.0
    assert all(0.0 <= each.score <= 1.0 for each in answer.candidates)


def test_a_very_long_text_is_cut(answers: Answerer) -> None:
    assert len(answers.answer("tiktok " * 100_000).question) == 4_000
