"""An article cut into passages that each stand alone as an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt

from bot.guidance.articles import Article
from bot.messages import Passage

NEAR_WORDS = 110  # about what fits a phone screen; measured best for search (HOUSE section 6)
MOST_WORDS = 150  # a section up to here stays whole: better a little long than cut in two
DETAIL_WORDS = 50  # a few sentences: what one question is about when a passage says several things
FEWEST_WORDS = 25  # a shorter rest goes with the part before it

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
_BLOCKS = MarkdownIt("commonmark").disable("inline")


@dataclass(frozen=True, slots=True)
class Part:
    """One passage of an article as Markdown; ``heading`` is empty for the opening."""

    heading: str
    body: str

    @property
    def words(self) -> int:
        """How many words the passage has."""
        return len(self.body.split())


def parts(article: Article) -> tuple[Part, ...]:
    """Return the passages of an article in order: its opening, then its ``##`` sections."""
    made: list[Part] = []
    for heading, blocks in _sections(article.body):
        made.extend(Part(heading, body) for body in _portions(blocks))
    return tuple(made) or (Part("", article.body),)


def details(part: Part) -> tuple[str, ...]:
    """Return a passage in runs of sentences of about ``DETAIL_WORDS`` words; a short one whole."""
    runs: list[list[str]] = [[]]
    for sentence in _SENTENCE_END.split(part.body):
        if sum(len(held.split()) for held in runs[-1]) >= DETAIL_WORDS:
            runs.append([])
        runs[-1].append(sentence.strip())
    if len(runs) > 1 and sum(len(held.split()) for held in runs[-1]) < FEWEST_WORDS:
        rest = runs.pop()
        runs[-1].extend(rest)
    return tuple(" ".join(filter(None, run)) for run in runs)


def passage(article: Article, part: Part) -> Passage:
    """Return one part as it is quoted, with what members must know about its article."""
    source = article.sources[0] if article.sources else None
    return Passage(
        article=article.slug,
        title=article.title,
        heading=part.heading,
        body=part.body,
        always=article.always,
        checked=article.checked,
        approved_by=article.approved_by,
        approved=article.approved,
        source_title=source.title if source else "",
        source_link=source.link if source else "",
        nations=article.nations,
        related=article.related,
        language=article.language,
        translation=article.translation or "",
    )


def _sections(body: str) -> list[tuple[str, list[str]]]:
    """Return (heading, blocks of Markdown) a section; deeper headings stay inside as blocks."""
    lines = body.split("\n")
    sections: list[tuple[str, list[str]]] = [("", [])]
    in_heading = False
    for token in _BLOCKS.parse(body):
        if token.type == "heading_open" and token.tag in {"h1", "h2"}:
            in_heading = True
        elif token.type == "heading_close":
            in_heading = False
        elif in_heading and token.type == "inline":
            sections.append((token.content.strip(), []))
        elif token.level == 0 and token.map and token.nesting >= 0:
            start, end = token.map
            sections[-1][1].append("\n".join(lines[start:end]).strip("\n"))
    return [(heading, blocks) for heading, blocks in sections if blocks]


def _portions(blocks: list[str]) -> list[str]:
    """Return blocks joined to portions near ``NEAR_WORDS``; never a list without its lead-in."""
    if sum(len(block.split()) for block in blocks) <= MOST_WORDS:
        return ["\n\n".join(blocks)]
    portions: list[list[str]] = [[]]
    words = 0
    for block in _with_lead_ins(blocks):
        if portions[-1] and words + len(block.split()) > NEAR_WORDS:
            portions.append([])
            words = 0
        portions[-1].append(block)
        words += len(block.split())
    if len(portions) > 1 and words < FEWEST_WORDS:
        rest = portions.pop()
        portions[-1].extend(rest)
    return ["\n\n".join(portion) for portion in portions]


def _with_lead_ins(blocks: list[str]) -> list[str]:
    """Return the blocks, each one that ends in a colon joined to what it introduces."""
    joined: list[str] = []
    for block in blocks:
        if joined and joined[-1].rstrip().endswith(":"):
            joined[-1] = f"{joined[-1]}\n\n{block}"
        else:
            joined.append(block)
    return joined
