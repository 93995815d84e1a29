"""Files of guidance: what is read, what is refused, and what an editor is told."""

from __future__ import annotations

from datetime import date

import pytest

from bot.guidance.articles import MOST_BYTES, ArticleProblem, parse
from bot.guidance.passages import MOST_WORDS, parts, passage

WHOLE = """---
title: Who to ring
asked:
  - whats posh
  - 999
always: Never copy it.
checked: 2026-11-20
approved_by: ""
approved:
sources:
  - title: A helpline
    link: https://example.org/
nations: [england, wales]
owner: somebody unknown
---
# Who to ring

In danger now: 999.

## POSH

Ring them.

## Others

They help too:

- one
- two
"""


def test_an_article_is_read_with_everything_it_says() -> None:
    article = parse(WHOLE, "helplines")
    assert (article.title, article.asked) == ("Who to ring", ("whats posh", "999"))
    assert (article.checked, article.approved, article.answers) == (date(2026, 11, 20), None, True)
    assert article.sources[0].link == "https://example.org/"


def test_only_title_asked_and_text_are_needed() -> None:
    article = parse('---\r\ntitle: "A"\r\nasked: []\r\n---\r\nText.', "a")
    assert (article.body, article.status) == ("Text.", "live")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("no front matter", 1, "three dashes"),
        ("---\ntitle: A\n", 3, "never ends"),
        ("---\ntitle: A\nasked: [b]\nchecked: soon\n---\nText", 4, "2026-11-20"),
        ("---\ntitle: A\nasked: [b]\nstatus: life\n---\nText", 4, "live, draft or withdrawn"),
        ("---\nasked: [b]\n---\nText", 1, "title is missing"),
        ("---\ntitle: A\nasked: [b]\n---\n", 1, "body is missing"),
        ("---\ntitle: A: B\n---\nText", 2, "quotes"),
        ("---\ntitle: &a A\nasked: [*a]\n---\nText", 2, "Write the words out"),
        ("---\ntitle: A\nasked: [b]\nchecked: 2026-02-31\n---\nText", 2, "2026-11-20"),
        ("---\n- a\n---\nText", 2, "no keys"),
        ("x" * (MOST_BYTES + 1), 1, "Split"),
    ],
)
def test_a_problem_names_line_and_remedy(text: str, line: int, says: str) -> None:
    with pytest.raises(ArticleProblem, match=rf"^en/a\.md:{line}: ") as problem:
        parse(text, "a", file="en/a.md")
    assert says in str(problem.value)


def test_sections_become_passages_and_the_opening_is_the_first() -> None:
    article = parse(WHOLE, "helplines")
    found = parts(article)
    assert [part.heading for part in found] == ["Who to ring", "POSH", "Others"]
    quoted = passage(article, found[1])
    assert (quoted.body, quoted.always) == ("Ring them.", "Never copy it.")
    assert quoted.source_title == "A helpline"


def test_a_long_section_is_split_between_paragraphs_and_lists_keep_their_lead_in() -> None:
    sentence = "word " * 60
    text = f"---\ntitle: A\nasked: [b]\n---\n{sentence}\n\n{sentence}\n\nThese:\n\n- {sentence}\n"
    found = parts(parse(text, "a"))
    assert len(found) == 3
    assert found[2].body.startswith("These:\n\n- word")
    assert all(part.words <= MOST_WORDS for part in found)


def test_a_heading_in_a_code_block_is_no_heading() -> None:
    article = parse("---\ntitle: A\nasked: [b]\n---\n```\n## not one\n```\n", "a")
    assert [part.heading for part in parts(article)] == [""]
