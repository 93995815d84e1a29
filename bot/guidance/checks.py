"""What is wrong with one article, line by line, and how an editor mends it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from bot.guidance.answer import WHOLE_LANGUAGE
from bot.guidance.articles import Article
from bot.guidance.passages import MOST_WORDS as LONGEST_SECTION
from bot.guidance.render import plain

Weight: TypeAlias = Literal["error", "release", "warning"]
"""``error``: members would be told something wrong or nothing. ``release``: fine to try, not to go live with."""

NEEDS_ALWAYS: Final = frozenset(
    {
        "evidence",
        "child-images",
        "criminal-law",
        "phone-searches",
        "anonymity-law",
        "defamation",
        "pupil-sanctions",
    }
)
"""Topics where one passage alone could lead somebody into breaking the law (HOUSE section 7)."""
SOON: Final = timedelta(days=21)  # three weeks are enough to read an article against its sources again
FEWEST_ASKED, MOST_ASKED = 5, 15  # fewer are not found, more drown the other articles
FEWEST_WORDS, LONGEST = 150, 700  # of an article: less is no answer, more is not read on a phone
OLDEST_READER: Final = 13
AGE_OF_FIRST_GRADE: Final = 5  # the Flesch-Kincaid formula gives a US school grade; children are five years older
_COMMAND: Final = re.compile(r"(?<![\w/.:)-])/([a-z]{2,})(?![\w/-])")
_LINK: Final = re.compile(r"https?://\S+")
_SENTENCE: Final = re.compile(r"[.?!:;](?=\s|$)|\n+")
_WORD: Final = re.compile(r"[a-z]+(?:['\u2019][a-z]+)?")
_VOWELS: Final = re.compile("[aeiouy]+")
_SILENT: Final = re.compile("(?<=[^aeiouyl])e(?:d(?<![td]ed)|s(?<![sxzcg]es))?$|(?<=[aeiouy]l)es?$")
_FIELDS: Final[Mapping[str, tuple[str, Weight]]] = {
    "checked": ("Write the day you last compared it with its sources: checked: 2026-11-20", "error"),
    "review_by": ("Write the day it must be read again: review_by: 2027-02-20", "error"),
    "sources": ("Name where the facts come from: - title: NAME, and below it link: ADDRESS", "error"),
    "nations": ("Say where it holds: nations: [england, wales, scotland, northern_ireland]", "error"),
    "related": ("Name two to five topics a reader needs next: related: [evidence, helplines]", "warning"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where, what, how to mend it, and how much it matters."""

    file: str
    line: int
    what: str
    mend: str
    weight: Weight

    def __str__(self) -> str:
        """Return ``file:line: what. how to mend``."""
        return f"{self.file}:{self.line}: {self.what}. {self.mend}."


@dataclass(frozen=True, slots=True)
class Page:
    """An article with the text of its file, so that a fault can be shown where it stands."""

    file: str
    text: str
    article: Article

    def line(self, words: str) -> int:
        """Return the first line that holds these words, or 1."""
        at = self.text.find(words)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 1

    def key(self, name: str) -> int:
        """Return the line of a key of the front matter, or 1."""
        found = re.search(rf"^{name}\s*:", self.text, re.MULTILINE)
        return self.text.count("\n", 0, found.start()) + 1 if found else 1

    def found(self, line: int, what: str, mend: str, weight: Weight = "error") -> Finding:
        """Return a fault of this page."""
        return Finding(self.file, line, what, mend, weight)


def faults(page: Page, slugs: Mapping[str, bool], commands: Collection[str], today: date) -> tuple[Finding, ...]:
    """Return the faults of one article; ``slugs`` says of every topic whether it is live.

    A withdrawn article is silent, so nothing is asked of it; in a draft everything is only a warning.
    """
    if page.article.status == "withdrawn":
        return ()
    found = [*_fields(page), *_always(page), *_dates(page, today), *_related(page, slugs), *_told(page, commands)]
    found += [*_lengths(page), *_age(page)]
    if page.article.status == "draft":
        return tuple(replace(one, weight="warning") for one in found)
    return (*found, *_approval(page))


def reading_age(article: Article) -> float:
    """Return the age at which a reader follows the text: the Flesch-Kincaid grade and five years; English only.

    A list item counts as a sentence of its own, as it is read. No library: of those there are, one release cannot be
    imported, the next fetches a word list from the network, and hyphens undercount ("about" has none).
    """
    written = _LINK.sub("", plain(article.body))
    sentences = [words for one in _SENTENCE.split(written) if (words := _WORD.findall(one.lower()))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return float(AGE_OF_FIRST_GRADE)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    return grade + AGE_OF_FIRST_GRADE  # Kincaid and others, 1975: the three numbers are theirs


def _syllables(word: str) -> int:
    """Return the runs of vowels, without a silent e at the end; never none."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word))))


def sections(page: Page) -> Iterator[tuple[int, str, str]]:
    """Return (line, heading, text) of each ``##`` section; the text before the first has no heading."""
    body = page.article.body
    first = page.line(body.split("\n", 1)[0])
    start, heading, held = first, "", list[str]()
    for at, line in enumerate(body.split("\n"), start=first):
        if line.startswith("## "):
            yield start, heading, "\n".join(held)
            start, heading, held = at, line.removeprefix("## ").strip(), []
        else:
            held.append(line)
    yield start, heading, "\n".join(held)


def _fields(page: Page) -> Iterator[Finding]:
    for name, (mend, weight) in _FIELDS.items():
        if not getattr(page.article, name):
            yield page.found(page.key(name), f"{name} is missing", mend, weight)
    asked = len(page.article.asked)
    if asked < FEWEST_ASKED:
        mend = f"Write {FEWEST_ASKED} to {MOST_ASKED} lines the way members really ask"
        yield page.found(page.key("asked"), f"only {asked} asked lines", mend, "warning")
    if asked > MOST_ASKED:
        mend = f"Keep the {MOST_ASKED} that differ most: more lines drown the other topics"
        yield page.found(page.key("asked"), f"{asked} asked lines", mend, "warning")
    if page.article.language != WHOLE_LANGUAGE and page.article.translation is None:
        mend = "Write translation: unapproved, until somebody who speaks it well has read it"
        yield page.found(1, "translation is missing", mend)


def _always(page: Page) -> Iterator[Finding]:
    if page.article.slug in NEEDS_ALWAYS and not page.article.always:
        mend = "Write the one sentence that must go with every passage, such as: never copy such a picture"
        yield page.found(page.key("always"), "always is missing, and this topic needs it", mend)


def _dates(page: Page, today: date) -> Iterator[Finding]:
    article = page.article
    if article.checked and article.checked > today:
        yield page.found(page.key("checked"), "checked is in the future", "Write the day it was really checked")
    if article.approved and article.approved > today:
        yield page.found(page.key("approved"), "approved is in the future", "Write the day it was really approved")
    if bool(article.approved) != bool(article.approved_by):
        mend = 'Write both: approved_by: "a role of the union" and approved: the day; or neither'
        yield page.found(page.key("approved_by"), "half an approval", mend)
    if article.review_by is None:
        return
    line = page.key("review_by")
    if article.checked and article.review_by < article.checked:
        yield page.found(line, "review_by lies before checked", "Put the later day into review_by")
    if article.review_by < today:
        mend = "Compare it with its sources again, then move checked and review_by"
        yield page.found(line, f"review was due on {article.review_by}", mend, "release")
    elif article.review_by <= today + SOON:
        mend = "Plan to compare it with its sources again"
        yield page.found(line, f"review is due on {article.review_by}", mend, "warning")


def _related(page: Page, slugs: Mapping[str, bool]) -> Iterator[Finding]:
    line = page.key("related")
    for slug in page.article.related:
        if slug not in slugs:
            yield page.found(line, f'related names "{slug}", which does not exist', "Take it out or correct it")
        elif not slugs[slug]:
            yield page.found(line, f'related names "{slug}", which is not live', "Take it out, or set that one live")
        elif slug == page.article.slug:
            yield page.found(line, "related names the article itself", "Take it out")


def _told(page: Page, commands: Collection[str]) -> Iterator[Finding]:
    for told in (page.article.body, page.article.always):
        for name in _COMMAND.findall(_LINK.sub("", told)):
            if name not in commands:
                mend = f"Use one of {', '.join(f'/{one}' for one in sorted(commands))}"
                yield page.found(page.line(f"/{name}"), f"/{name} is no command", mend)


def _lengths(page: Page) -> Iterator[Finding]:
    words = len(page.article.body.split())
    line = page.line(page.article.body.split("\n", 1)[0])
    if not FEWEST_WORDS <= words <= LONGEST:
        mend = "Say what to do first, and who helps" if words < FEWEST_WORDS else "Split the topic into two files"
        yield page.found(line, f"{words} words; an article has {FEWEST_WORDS} to {LONGEST}", mend, "warning")
    for start, heading, text in sections(page):
        if not heading and text.strip():
            mend = "Put a ## heading above it that says what it answers"
            yield page.found(start, "text before the first heading", mend, "warning")
        if len(text.split()) > LONGEST_SECTION:
            what = f'"{heading}" has {len(text.split())} words; a phone shows {LONGEST_SECTION} at once'
            yield page.found(start, what, "Make two sections of it", "warning")


def _age(page: Page) -> Iterator[Finding]:
    age = reading_age(page.article) if page.article.language == WHOLE_LANGUAGE else 0.0
    if age > OLDEST_READER:
        what = f"reading age {age:.1f}; at most {OLDEST_READER}"
        mend = "Shorten the longest sentences and use the everyday word"
        yield page.found(page.line(page.article.body.split("\n", 1)[0]), what, mend, "warning")


def _approval(page: Page) -> Iterator[Finding]:
    article = page.article
    if not (article.approved and article.approved_by):
        mend = "Have the union read it, then write approved_by (a role) and approved (the day)"
        yield page.found(page.key("approved"), "not approved by the union", mend, "release")
    if article.translation == "unapproved":
        mend = "Have somebody who speaks it well read it, then write translation: approved"
        yield page.found(page.key("translation"), "the translation is not approved", mend, "release")
