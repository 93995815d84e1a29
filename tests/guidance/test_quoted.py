"""What members read is what the file says: verbatim Markdown, shown by one rendering, ``always`` included."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.guidance.articles import Article
from bot.guidance.passages import parts, passage
from bot.guidance.render import plain
from bot.learning import Learning
from bot.messages import Passage, Reply
from bot.settings import Settings
from bot.shelf import SHIPPED, Shelf
from bot.texts import Texts

QUESTIONS = 500
SEED = 2026
DROPPED = 0.25  # of the words of an asked line
ADAPTERS = ("terminal", "telegram", "slack")


@pytest.fixture(scope="module")
def learned() -> Shelf:
    """The content as members get it, with the encoder."""
    return Shelf(SHIPPED, time.monotonic, Learning())


@pytest.fixture(scope="module")
def texts() -> Texts:
    settings = Settings()
    return Texts(SHIPPED / "strings", settings.union_name, settings.tz)


def source(language: str, slug: str) -> tuple[str, str]:
    """Return front matter and body of an article's file, its line ends as ``\\n``, read without our own parser."""
    text = (SHIPPED / "guidance" / language / f"{slug}.md").read_text("utf-8").replace("\r\n", "\n")
    _, head, body = text.split("---\n", 2)
    return head, body


def assert_verbatim(quoted: Passage) -> None:
    """Body and ``always`` stand in the file; the only change is the number of empty lines between two blocks."""
    head, body = source(quoted.language, quoted.article)
    blocks = [block for block in quoted.body.split("\n\n") if block.strip()]
    at = 0
    for block in blocks:
        found = body.find(block, at)
        assert found >= 0, (quoted.article, quoted.heading)
        assert not body[at:found].strip() or at == 0, (quoted.article, quoted.heading)
        at = found + len(block)
    if quoted.heading:
        assert f"## {quoted.heading}\n" in body
    folded = " ".join(head.split())
    assert " ".join(quoted.always.split()) in folded.replace('\\"', '"').replace("''", "'")
    assert bool(quoted.always) == ("always: " in folded and 'always: ""' not in folded)


def assert_shown(quoted: Passage, texts: Texts) -> None:
    """Every adapter is given the body and ``always``, each by the one rendering, and nothing between them."""
    for adapter in ADAPTERS:
        said = texts.outgoing(Reply("answer", {}, (), quoted), quoted.language, adapter).text
        told = "\n\n".join(filter(None, (plain(quoted.body), plain(quoted.always))))
        assert said.startswith(f"{told}\n\n")
        assert quoted.title in said[len(told) :]


def asked_with_gaps(articles: tuple[Article, ...]) -> Iterator[tuple[str, str]]:
    """Return asked lines, some of their words lost, as (language, question)."""
    chance = random.Random(SEED)
    lines = [(one.language, line) for one in articles if one.answers for line in one.asked]
    for language, line in chance.choices(lines, k=QUESTIONS):
        words = line.split()
        kept = [word for word in words if chance.random() >= DROPPED]
        yield language, " ".join(kept or words)


def test_every_passage_of_every_article_is_verbatim_and_shown_whole(learned: Shelf, texts: Texts) -> None:
    for article in learned.articles:
        for part in parts(article):
            quoted = passage(article, part)
            assert_verbatim(quoted)
            assert_shown(quoted, texts)


def test_the_passages_of_an_article_are_all_of_it(learned: Shelf) -> None:
    for article in learned.articles:
        _, body = source(article.language, article.slug)
        said = "".join(f"{part.heading}{part.body}" for part in _once(article))
        assert "".join(said.split()) == "".join(body.replace("\n## ", "\n").removeprefix("## ").split()), article.slug


def _once(article: Article) -> Iterator[Passage]:
    """Return the passages; the heading of a section in several of them only once."""
    heading = ""
    for part in parts(article):
        quoted = passage(article, part)
        shown = quoted.heading if quoted.heading != heading else ""
        heading = quoted.heading
        yield Passage(**{name: getattr(quoted, name) for name in Passage.__slots__} | {"heading": shown})


def test_what_is_quoted_or_offered_to_random_questions_stands_in_its_file(learned: Shelf, texts: Texts) -> None:
    answers = learned.answers()
    quoted = 0
    for language, question in asked_with_gaps(learned.articles):
        answer = answers.answer(question, language=language)
        assert (answer.passage is not None) == (answer.decision == "answer")
        offered = [answers.article(one.article, language=answer.language) for one in answer.candidates]
        passages = {one.passage for one in (answer, *offered) if one is not None and one.passage is not None}
        for one in passages:
            assert_verbatim(one)
            assert_shown(one, texts)
        quoted += bool(passages)
    assert quoted > QUESTIONS * 0.95  # a line may lose all its words; else there is something to look at


def test_a_changed_word_would_be_noticed(learned: Shelf) -> None:
    quoted = passage(learned.articles[0], parts(learned.articles[0])[0])
    changed = {name: getattr(quoted, name) for name in Passage.__slots__}
    with pytest.raises(AssertionError):
        assert_verbatim(Passage(**changed | {"body": quoted.body.replace("e", "a", 1)}))
    with pytest.raises(AssertionError):
        assert_verbatim(Passage(**changed | {"always": f"{quoted.always} And more."}))


def test_the_source_is_a_file(learned: Shelf) -> None:
    files = {Path("guidance") / one.language / f"{one.slug}.md" for one in learned.articles}
    assert files == {file.relative_to(SHIPPED) for file in SHIPPED.glob("guidance/*/*.md")}
