"""Learns from a content alone how far its search can be trusted: its own lines, held out, are the questions.

A line that is held out takes its words with it, or the search would seem to know every question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.guidance.articles import Article
from bot.guidance.confidence import SIGNS, Bin, Calibration, Signs, learned, signs
from bot.guidance.dense import Encoder
from bot.guidance.passages import Part, parts
from bot.guidance.search import NO_PARTS, Index
from bot.guidance.ways import ENOUGH_ASKED
from bot.guidance.words import surface, terms

FOLDS: Final = 4
MOST_LINES: Final = 900  # questions of a fold run; more cost minutes and change the second digit
FEWEST_LINES: Final = 40  # below that an accident decides; the shipped calibration is safer
LEAST_SURE: Final = 0.72  # a wrong answer at night harms more than one more tap, however right held-out lines are
EVEN: Final = 0.5
MASKED_COUNT: Final = (
    0.3  # for three questions an article answers, one near them that none does: about what unions meet
)
ENOUGH_HEARD: Final = 150  # questions really asked; with fewer the authors' own lines decide where answering begins
FEWEST_WORDS, MOST_WORDS = 5, 14  # of a sentence that stands in for a question where nobody wrote any
OWN_LIKENESS: Final = 0.75  # a line out of scope that an article says too is not out of scope here
UNCHOSEN: Final = np.array([name not in ("coverage", "known", "inside") for name in SIGNS], float)
"""What a sentence can teach that was chosen because the rest of its article holds its words."""
UNOFFERED: Final = 0.05  # of questions an article answers may get no choices, so that few others do
MOST_OFFER: Final = 0.15  # an article this likely is worth offering in any case
BINS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9)

SHIPPED: Final = Calibration(
    means=(0.36, 0.09, 0.36, 0.55, 0.63, 0.85, 0.15),
    spreads=(0.13, 0.10, 0.34, 0.33, 0.27, 0.21, 0.15),
    weights=(1.0, 0.5, 1.2, 0.3, 0.2, 0.1, 0.3),
    bias=-0.6,
    answer=0.6,
)
"""For contents too small to learn from; rounded from what the shipped guidance taught (docs/decisions/0007)."""


class Make(Protocol):
    """Makes an index of articles, everything else being given."""

    def __call__(self, articles: Sequence[Article], *, cut_parts: Mapping[int, tuple[Part, ...]] = NO_PARTS) -> Index:
        """Return the index."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A question held out, and which article it belongs to. ``heard``: somebody really asked it."""

    article: int
    words: str
    heard: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    signs: Signs
    right: bool
    question: int
    kind: Literal["asked", "heard", "masked", "outside"]


def calibrate(
    articles: Sequence[Article],
    outside: Sequence[str],
    english: frozenset[str],
    encoder: Encoder | None,
    precision: float,
) -> Calibration:
    """Return how sure a search in these articles may be; ``outside`` are lines nobody there can answer.

    Trained on held-out lines, on the same lines with their own article masked (questions near the domain that
    nothing answers), and on lines out of scope. Where articles say nowhere how they are asked for, sentences of
    theirs stand in; being harder than members' questions they need no masked ones beside them.
    """
    by_lines = sum(len(article.lines) >= ENOUGH_ASKED for article in articles) * 2 > len(articles)
    rows: list[_Row] = []
    asked = 0
    make = partial(Index, english=english, encoder=encoder, outside=outside)
    for index, held in _asked(articles, make) if by_lines else _told(articles, make):
        for one in held:
            asked += 1
            rows += _rows(index, one, asked, masked=by_lines)
    if asked < FEWEST_LINES or len(articles) < FOLDS:
        return SHIPPED
    rows += _outside(make(articles), outside, asked)
    if by_lines:
        return _learned(rows, precision)
    # Sentences are harder than what members ask, so no place is sought at which they reach the precision.
    return replace(_learned([replace(row, signs=row.signs * UNCHOSEN) for row in rows], precision), answer=EVEN)


def _rows(index: Index, one: _Held, question: int, *, masked: bool) -> Iterator[_Row]:
    found = index.search(one.words)
    first = found.hits[0].article if found.hits else -1
    yield _Row(signs(index, found), first == one.article, question, "heard" if one.heard else "asked")
    if masked:
        yield _Row(signs(index, found, without=one.article), False, question, "masked")


def _asked(articles: Sequence[Article], make: Make) -> Iterator[tuple[Index, list[_Held]]]:
    """Yield indexes that lack a part of the lines by which members ask, and those lines."""
    chance = np.random.default_rng(0)  # fixed: the same content always gives the same calibration
    folds = [chance.permutation(len(article.lines)) % FOLDS for article in articles]
    for fold in range(FOLDS):
        left = [_less(article, own != fold) for article, own in zip(articles, folds, strict=True)]
        held = [
            _Held(at, line, number >= len(article.asked))
            for at, (article, own) in enumerate(zip(articles, folds, strict=True))
            for number, (line, of) in enumerate(zip(article.lines, own, strict=True))
            if of == fold
        ]
        chosen = chance.permutation(len(held))[: MOST_LINES // FOLDS]
        yield make(left), [held[at] for at in chosen]


def _less(article: Article, kept: NDArray[np.bool_]) -> Article:
    """Return an article with only some of its lines."""
    asked = tuple(line for line, stays in zip(article.asked, kept[: len(article.asked)], strict=True) if stays)
    heard = tuple(line for line, stays in zip(article.heard, kept[len(article.asked) :], strict=True) if stays)
    return article.model_copy(update={"asked": asked, "heard": heard})


def _told(articles: Sequence[Article], make: Make) -> Iterator[tuple[Index, list[_Held]]]:
    """Yield indexes in which half of the articles lack a passage, and a sentence of each of those."""
    chosen = {at: found for at, article in enumerate(articles) if (found := _telling(parts(article))) is not None}
    for fold in range(2):
        mine = {at: found for at, found in chosen.items() if at % 2 == fold}
        left = {
            at: tuple(part for number, part in enumerate(parts(articles[at])) if number != without)
            for at, (without, _) in mine.items()
        }
        held = [_Held(at, sentence) for at, (_, sentence) in mine.items()]
        yield make(articles, cut_parts=left), held[: MOST_LINES // 2]


def _telling(own: Sequence[Part]) -> tuple[int, str] | None:
    """Return the passage and sentence whose words the article's other passages hold best, if it has three."""
    if len(own) < 3:  # noqa: PLR2004 - one that goes, and two to be found in
        return None
    words = [set(terms(f"{part.heading}\n{part.body}")) for part in own]
    best: tuple[float, int, str] | None = None
    for number, part in enumerate(own):
        others = set().union(*(held for at, held in enumerate(words) if at != number))
        for sentence in re.split(r"(?<=[.?!])\s+|\n", part.body):
            if FEWEST_WORDS <= len(surface(sentence)) <= MOST_WORDS:
                said = set(terms(sentence))
                share = len(said & others) / max(1, len(said))
                if best is None or share > best[0]:
                    best = (share, number, sentence)
    return None if best is None else best[1:]


def _outside(index: Index, outside: Sequence[str], asked: int) -> Iterator[_Row]:
    for number, line in enumerate(outside):
        found = index.search(line)
        near = found.channels.nearest if found.channels is not None else np.zeros(1)
        if found.exact or float(near.max(initial=0.0)) >= OWN_LIKENESS:
            continue
        yield _Row(signs(index, found), False, asked + 1 + number, "outside")


def _learned(rows: Sequence[_Row], precision: float) -> Calibration:
    """Fit on everything; find where to answer and where to offer, and the table, each half judged by the other."""
    shown = np.array([row.signs for row in rows]).reshape(-1, len(SIGNS))
    right = np.array([row.right for row in rows], float)
    kinds = np.array([row.kind for row in rows])
    counts = np.where(kinds == "masked", MASKED_COUNT, 1.0)
    halves = np.array([row.question % 2 for row in rows])
    said = np.zeros(len(rows))
    for half in (0, 1):
        other, mine = halves != half, halves == half
        said[mine] = learned(shown[other], right[other], counts[other]).probabilities(shown[mine])
    asked = "heard" if (kinds == "heard").sum() >= ENOUGH_HEARD else "asked"
    met = (kinds == asked) | (kinds == "outside")  # masked ones teach, but nobody asks as many of them
    places = [at / 100 for at in range(int(LEAST_SURE * 100), 96)]
    answer = next((at for at in places if _precision(said[met], right[met], at) >= precision), places[-1])
    table = tuple(
        Bin(low, int(inside.sum()), int(right[inside].sum()))
        for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True)
        if (inside := met & (said >= low) & (said < high)).any()
    )
    offer = float(np.quantile(said[kinds == asked], UNOFFERED))
    return replace(learned(shown, right, counts), answer=answer, offer=min(MOST_OFFER, offer), table=table)


def _precision(said: Signs, right: Signs, at: float) -> float:
    answered = said >= at
    return float(right[answered].mean()) if answered.any() else 0.0
