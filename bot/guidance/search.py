"""Which articles a question is about, by words, letters and meaning together, and which of their passages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from bot.guidance.articles import Article
from bot.guidance.channels import Channels
from bot.guidance.dense import Encoder, Matrix
from bot.guidance.inside import Inside
from bot.guidance.passages import Part, parts
from bot.guidance.units import Units
from bot.guidance.ways import Ways
from bot.guidance.words import STOP_WORDS, Speller, cut, normalised, stem, surface, terms, wording

CORRECTED: Final = 0.8  # a corrected word is a guess, so it counts for less
MOST_TERMS: Final = 200  # words of one question that are looked at; a 4,000 character story has more
MOST_HITS: Final = 20  # articles named; the rest are far behind
_RUN: Final = re.compile(r"[^\W_]+|[\W_]+")
NO_PARTS: Final[Mapping[int, tuple[Part, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found: its score, how much of the question it covers (both in [0, 1]), and its best unit."""

    article: int
    score: float
    coverage: float
    unit: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: hits, best first.

    ``exact``: the question is, word for word, an asked line or the title of the first hit only.
    ``known``: the share of the question's different words that stand anywhere in the content.
    """

    hits: tuple[Hit, ...]
    weights: dict[str, float] = field(repr=False)  # a member's words
    exact: bool = False
    known: float = 0.0
    outside: float = 0.0  # cosine with the nearest line out of scope; 0 without an encoder
    channels: Channels | None = field(default=None, repr=False)
    vector: Matrix | None = field(default=None, repr=False)


class Index:
    """A searchable set of articles, in memory; made once for a set and never changed.

    Without ``encoder`` it searches by words and letters only.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        english: frozenset[str] = frozenset(),
        encoder: Encoder | None = None,
        learned: Matrix | None = None,
        cut_parts: Mapping[int, tuple[Part, ...]] = NO_PARTS,
        outside: Sequence[str] = (),
    ) -> None:
        """Read all units; ``english`` words are right. ``cut_parts`` stands in for some articles' passages.

        ``outside``: lines nobody here can answer, to tell how near to them a question is.
        """
        self.articles = tuple(articles)
        self.parts = tuple(cut_parts.get(at) or parts(article) for at, article in enumerate(self.articles))
        units = self._units = Units(self.articles, self.parts)
        self._wordings = tuple(map(frozenset, units.whole()))
        self._exact = self._exactly()
        self._speller = Speller(units.texts, (), english)
        self._ways = Ways(self.articles, self.parts, units, encoder, learned)
        self._inside = Inside(self.parts, units, self._idf)
        self._outside = [wording(line) for line in outside] if encoder else []
        self._outside_vectors = encoder.texts(outside) if encoder and outside else np.zeros((0, 0), np.float32)
        self.mix, self.learned = self._ways.mix, self._ways.learned

    def search(self, question: str) -> Found:
        """Return the articles a question may be about, best first."""
        weights = self._weights(question)
        exact = self._exact.get(wording(question), -1)
        if exact >= 0:
            weights = weights or dict.fromkeys(terms(self.articles[self._units.all[exact].article].title), 1.0)
        if not weights or not self.articles:
            return Found((), weights)
        rarity = max(1e-9, sum(map(self._idf, weights)))
        units, channels, vector = self._ways.look(self._spelt(question), weights, rarity)
        total = channels.total(self.mix)
        first = self._units.all[exact].article if exact >= 0 else None
        order = sorted(np.argsort(-total, kind="stable")[:MOST_HITS].tolist(), key=lambda at: at != first)
        hits = tuple(self._hit(at, float(total[at]), units, weights) for at in order if total[at] > 0 or at == first)
        known = sum(term in self._units.often for term in weights) / len(weights)
        return Found(hits, weights, exact >= 0, known, self._outside_of(question, vector), channels, vector)

    def coverage(self, article: int, weights: dict[str, float]) -> float:
        """Return the share of a question, by rarity of its words, that an article's words cover."""
        total = sum(self._idf(term) for term in weights)
        wording = self._wordings[article]
        held = sum(self._idf(t) * weight for t, weight in weights.items() if t in wording)
        return held / total if total else 0.0

    def best_part(self, hit: Hit, found: Found) -> Part:
        """Return the passage of an article that answers best; the opening when none stands out."""
        vectors = self._ways.dense.vectors if self._ways.dense is not None else None
        return self._inside.best(hit.article, hit.unit, found.weights, vectors, found.vector)

    def position(self, slug: str) -> int | None:
        """Return where an article stands, or None if it is not here."""
        slugs = (article.slug for article in self.articles)
        return next((at for at, own in enumerate(slugs) if own == slug), None)

    def _outside_of(self, question: str, vector: Matrix | None) -> float:
        """Return the cosine with the nearest line out of scope that says anything else than the question does."""
        if vector is None or not self._outside:
            return 0.0
        said = wording(question)
        other = np.array([line != said for line in self._outside])
        return float((self._outside_vectors @ vector)[other].max(initial=0.0))

    def _exactly(self) -> dict[str, int]:
        """Return the unit of each title and asked line, by its wording; -1 if articles share it."""
        exact: dict[str, int] = {}
        for at, (unit, text) in enumerate(zip(self._units.all, self._units.texts, strict=True)):
            if unit.kind != "passage":
                said = wording(text)
                other = exact.setdefault(said, at)
                if other >= 0 and self._units.all[other].article != unit.article:
                    exact[said] = -1
        return exact

    def _weights(self, question: str) -> dict[str, float]:
        """Return the question's different terms; corrected ones count ``CORRECTED``."""
        weights: dict[str, float] = {}
        for word in surface(cut(question))[:MOST_TERMS]:
            corrected = self._speller.corrected(word)
            if corrected in STOP_WORDS:
                continue
            weight = CORRECTED if corrected else 1.0
            term = stem(corrected or word)
            weights[term] = max(weight, weights.get(term, 0.0))
        return weights

    def _spelt(self, question: str) -> str:
        """Return the question with its slips put right, for the ways of looking that read it whole."""
        return "".join(self._speller.corrected(run) or run for run in _RUN.findall(normalised(question)))

    def _idf(self, term: str) -> float:
        """Return how rare a term is; an unknown one counts as one that stands in a single unit."""
        often = max(1, self._units.often.get(term, 0))
        return math.log(1 + (len(self._units.all) - often + 0.5) / (often + 0.5))

    def _hit(self, article: int, score: float, units: Matrix, weights: dict[str, float]) -> Hit:
        own = self._units.of_article(article)
        best = own.start + int(np.argmax(units[own]))
        return Hit(article, min(1.0, score), self.coverage(article, weights), best)
