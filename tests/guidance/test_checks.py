"""Every rule for editors, seen failing on a planted fault, in the line where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.guidance.answer import Answers
from bot.guidance.articles import parse
from bot.guidance.between import faults_between
from bot.guidance.checks import Finding, Page, faults, reading_age
from bot.guidance.confidence import Bin, Calibration
from bot.guidance.trials import reliability, untrue, wilson
from bot.learning import Learning
from bot.shelf import SHIPPED, contents
from handlers import COMMANDS as TRUE_COMMANDS

TODAY = date(2026, 11, 25)
SLUGS = {"evidence": True, "helplines": True, "pianos": False}
COMMANDS = ("report", "person")
WORDS = (
    "The pupils made a post about a teacher and it was seen by many. Tell your head what you saw on that day. "
    "Write down the name of the account and keep it safe at work. Ask your union for help with the next step. "
)
REST = "Nobody will blame you. Rest when you can, and talk to somebody at home."
BODY = f"## What to do\n\n{WORDS}{WORDS}\n\n## Who helps\n\n{WORDS}{REST}\n"
HEAD = """\
---
title: Keeping evidence
asked:
  - what do i keep
  - should i take a picture
  - how do i copy it
  - where do i store it
  - what about the police
always: Never copy a naked picture of a child.
checked: 2026-11-20
review_by: 2027-02-20
approved_by: an officer
approved: 2026-11-21
sources:
  - title: A helpline
    link: https://example.org/help
nations: [england]
related: [helplines]
status: live
---
"""

Change = Callable[[str], str]


def page(text: str = HEAD + BODY, slug: str = "evidence", language: str = "en") -> Page:
    file = f"guidance/{language}/{slug}.md"
    return Page(file, text, parse(text, slug, language, file=file))


def without(key: str) -> Change:
    return lambda text: "\n".join(line for line in text.split("\n") if not line.startswith(f"{key}:"))


def instead(old: str, new: str) -> Change:
    def changed(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return changed


def of_one(text: str, slug: str = "evidence", language: str = "en") -> tuple[Finding, ...]:
    return faults(page(text, slug, language), SLUGS, COMMANDS, TODAY)


def test_a_whole_article_has_no_fault() -> None:
    assert of_one(HEAD + BODY) == ()


NO_SOURCES = instead("sources:\n  - title: A helpline\n    link: https://example.org/help\n", "")
LONG_SENTENCE = "Notwithstanding considerable institutional responsibilities, organisations continuously " * 12


@pytest.mark.parametrize(
    ("change", "line", "says", "weight"),
    [
        (without("checked"), 1, "checked is missing", "error"),
        (without("review_by"), 1, "review_by is missing", "error"),
        (NO_SOURCES, 1, "sources is missing", "error"),
        (without("nations"), 1, "nations is missing", "error"),
        (without("related"), 1, "related is missing", "warning"),
        (without("always"), 1, "always is missing", "error"),
        (instead("  - what about the police\n", ""), 3, "only 4 asked lines", "warning"),
        (instead("  - what do i keep\n", "".join(f"  - line {n}\n" for n in range(12))), 3, "16 asked", "warning"),
        (instead("checked: 2026-11-20", "checked: 2026-11-26"), 10, "checked is in the future", "error"),
        (instead("2027-02-20", "2026-11-01"), 11, "review_by lies before checked", "error"),
        (instead("2027-02-20", "2026-11-24"), 11, "review was due on 2026-11-24", "release"),
        (instead("2027-02-20", "2026-12-10"), 11, "review is due on 2026-12-10", "warning"),
        (instead("approved: 2026-11-21", "approved: 2026-11-26"), 13, "approved is in the future", "error"),
        (instead("approved: 2026-11-21", "approved:"), 12, "half an approval", "error"),
        (instead("approved_by: an officer\napproved: 2026-11-21", "approved:"), 12, "not approved", "release"),
        (instead("[helplines]", "[helpline]"), 18, '"helpline", which does not exist', "error"),
        (instead("[helplines]", "[pianos]"), 18, '"pianos", which is not live', "error"),
        (instead("[helplines]", "[evidence]"), 18, "the article itself", "error"),
        (instead("## Who helps\n", "## Who helps\n\nType /nobody now.\n"), 27, "/nobody is no command", "error"),
        (instead(WORDS, ""), 21, "words; an article has 150 to 700", "warning"),
        (instead("## Who helps\n", "## Who helps\n\n" + WORDS * 14), 21, "words; an article has 150 to 700", "warning"),
        (instead("## What to do\n\n", ""), 21, "text before the first heading", "warning"),
        (instead("## Who helps\n", "## Who helps\n\n" + WORDS * 3), 25, "words; a phone shows 150 at once", "warning"),
        (instead("## Who helps\n", f"## Who helps\n\n{LONG_SENTENCE}\n"), 21, "reading age", "warning"),
    ],
)
def test_a_fault_of_one_article_is_found_in_its_line(change: Change, line: int, says: str, weight: str) -> None:
    found = of_one(change(HEAD + BODY))
    fitting = [one for one in found if says in one.what]
    assert [(one.line, one.weight) for one in fitting] == [(line, weight)]
    assert str(fitting[0]).startswith(f"guidance/en/evidence.md:{line}: ")
    assert fitting[0].mend


def test_a_translation_says_that_it_is_one() -> None:
    assert [one.what for one in of_one(HEAD + BODY, language="cy")] == ["translation is missing"]
    marked = HEAD.replace("status: live", "status: live\ntranslation: unapproved") + BODY
    assert [(one.line, one.weight) for one in of_one(marked, language="cy")] == [(20, "release")]


def test_a_draft_is_only_warned_about_and_a_withdrawn_article_left_alone() -> None:
    broken = without("checked")(HEAD + BODY)
    draft = of_one(broken.replace("status: live", "status: draft"))
    assert [(one.what, one.weight) for one in draft] == [("checked is missing", "warning")]
    assert of_one(broken.replace("status: live", "status: withdrawn")) == ()


def test_commands_that_exist_addresses_and_fractions_are_no_fault() -> None:
    told = "Type /report or /person. See https://example.org/a/part and 24/7 or and/or.\n"
    assert of_one(instead("## Who helps\n", f"## Who helps\n\n{told}")(HEAD + BODY)) == ()


def test_long_words_and_sentences_need_an_older_reader() -> None:
    short = page(HEAD + "## A\n\nThe cat sat on the mat. It was red.\n").article
    long = page(HEAD + f"## A\n\n{LONG_SENTENCE}.\n").article
    assert reading_age(short) < 8
    assert reading_age(long) > 18


def test_a_list_is_read_line_by_line() -> None:
    listed = page(HEAD + "## A\n\n" + "- the cat sat on the mat\n" * 20).article
    assert reading_age(listed) < 8


OTHER = HEAD.replace("Keeping evidence", "Lines to ring").replace(
    "always: Never copy a naked picture of a child.\n", ""
)
ASKED = ("who can i ring", "is there a number", "talk to somebody", "open at night", "does it cost")
for _old, _new in zip(("what do i keep", "should i take a picture", "how do i copy it", "where do i store it",
                       "what about the police"), ASKED, strict=True):  # fmt: skip
    OTHER = OTHER.replace(_old, _new)
ELSE = "## Lines\n\nSomebody listens day and night. Choose whom to trust. They never judge, and cost nothing.\n"


def between(mine: str, theirs: str, language: str = "en", slug: str = "helplines") -> list[Finding]:
    return list(faults_between([page(mine), page(theirs, slug, language)]))


def test_different_articles_have_nothing_between_them() -> None:
    assert between(HEAD + BODY, OTHER + ELSE) == []


def test_the_same_question_in_two_articles_is_found() -> None:
    found = between(HEAD + BODY, OTHER.replace("is there a number", "What do I keep?") + ELSE)
    assert [(one.file, one.line, one.weight) for one in found] == [("guidance/en/helplines.md", 5, "error")]
    assert "evidence too" in found[0].what


def test_a_copy_is_found() -> None:
    found = between(HEAD + BODY, OTHER + BODY)
    assert [(one.weight, "of its words with evidence" in one.what) for one in found] == [("warning", True)]


@pytest.mark.parametrize(
    ("here", "there", "says"),
    [
        ("Ring Childline on 0800 1111.", "Childline is free: 0800 1112.", "Childline: 0800 1112 here, 0800 1111 in"),
        ("Write to help@example.org.", "Mail: helpline@example.org", "helpline@example.org here, help@example.org"),
        ("See [the form](https://example.org/a).", "See [the form](https://example.org/b).", 'link "the form"'),
    ],
)
def test_a_number_or_link_that_differs_fails_a_release(here: str, there: str, says: str) -> None:
    found = between(HEAD + BODY + here, OTHER + ELSE + f"\n{there}\n")
    assert [(one.line, one.weight) for one in found] == [(24, "release")]
    assert says in found[0].what


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("Ring Childline on 0800 1111.", "Childline is free: 08001111."),
        ("https://www.example.org/a/", "http://example.org/a"),
    ],
)
def test_the_same_number_written_otherwise_is_only_a_warning(here: str, there: str) -> None:
    found = between(HEAD + BODY + here, OTHER + ELSE + f"\n{there}\n")
    assert [(one.line, one.weight) for one in found] == [(24, "warning")]


def test_a_second_number_of_a_service_beside_the_shared_one_is_fine() -> None:
    here = "Samaritans are on 116 123."
    there = "\nSamaritans: 116 123. In Welsh, Samaritans have 0808 164 0123.\n"
    assert between(HEAD + BODY + here, OTHER + ELSE + there) == []


def test_a_translation_keeps_sections_and_numbers() -> None:
    english = HEAD + BODY + "\nRing 0800 1111.\n"
    found = between(english, OTHER + ELSE, "cy", "evidence")
    assert [one.weight for one in found] == ["release", "release"]
    assert "other sections" in found[0].what
    assert "0800 1111" in found[1].what
    assert between(english, OTHER + BODY + "\nFfoniwch 0800 1111.\n", "cy", "evidence") == []


def test_meaning_finds_the_same_topic_twice_and_lines_that_belong_elsewhere() -> None:
    encoder = Learning().encoder
    assert encoder is not None
    stray = OTHER.replace("is there a number", "which things should i keep") + ELSE
    found = faults_between([page(), page(stray, "helplines")], encoder)
    assert [(one.line, one.weight) for one in found if '"which things should i keep"' in one.what.split(" is ")[0]] == [
        (5, "warning")
    ]
    twin = HEAD.replace("what do i keep", "what to keep").replace("how do i copy it", "how can i copy it") + ELSE
    alike = faults_between([page(), page(twin, "helplines")], encoder)
    assert any("of what it is asked with evidence" in one.what for one in alike)


def test_an_asked_line_of_another_article_is_found() -> None:
    outside = OTHER.replace("is there a number", "whats the weather") + ELSE
    pages = [page(), page(outside, "helplines")]
    answers = Answers([one.article for one in pages])
    assert list(untrue(pages, answers)) == []
    hidden = answers.only([("en", "evidence")])
    found = list(untrue(pages, hidden))
    assert [one.line for one in found] == [4, 5, 6, 7, 8]
    assert all(one.weight == "error" and one.file == "guidance/en/helplines.md" for one in found)


def test_the_table_shows_shares_with_their_intervals() -> None:
    learned = Calibration((0.0,), (1.0,), (1.0,), 0.0, 0.7, 0.1, (Bin(0.1, 0, 0), Bin(0.5, 10, 5), Bin(0.9, 100, 95)))
    lines = list(reliability(learned))
    assert lines[0].split() == ["said", "lines", "right", "share", "95", "%", "interval"]
    assert lines[1].split() == ["0.50", "10", "5", "50%", "24%", "to", "76%"]
    assert lines[2].split() == ["0.90", "100", "95", "95%", "89%", "to", "98%"]
    assert "from 0.70 on" in lines[3]
    assert "Too few" in next(reliability(Calibration((), (), (), 0.0, 0.6)))


def test_the_interval_is_wilsons() -> None:
    assert wilson(0, 10) == pytest.approx((0.0, 0.27753), abs=1e-4)
    assert wilson(9, 10) == pytest.approx((0.59585, 0.98212), abs=1e-4)


def test_the_shipped_articles_have_no_error() -> None:
    held = contents(SHIPPED)
    pages = []
    for article in held.articles:
        file = f"guidance/{article.language}/{article.slug}.md"
        pages.append(Page(file, (SHIPPED / file).read_text("utf-8"), article))

    slugs = {one.article.slug: one.article.answers for one in pages}
    found = [fault for one in pages for fault in faults(one, slugs, TRUE_COMMANDS, TODAY)]
    found += faults_between(pages)
    assert [str(one) for one in found if one.weight == "error"] == []
    assert len({one.file for one in found if "not approved" in one.what}) == len(pages)
