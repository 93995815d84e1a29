"""Which passage of an article that was found answers best."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from bot.guidance.dense import Matrix
from bot.guidance.passages import Part
from bot.guidance.ranking import Ranking
from bot.guidance.units import Unit, Units
from bot.guidance.words import QUESTION_TERMS, terms

HEADING: Final = 3  # how often a heading counts inside its article: it says what the passage is for
STANDS_OUT: Final = 0.34  # a passage with less of the question is luck: the opening is safer
ASKED_LINE: Final = 0.5  # how much the asked line that was hit helps to choose the passage


class Inside:
    """Chooses among the passages of one article. They compete with each other only: words all share decide nothing."""

    def __init__(self, cut_up: Sequence[tuple[Part, ...]], units: Units, idf: Callable[[str], float]) -> None:
        """``cut_up`` holds the passages of each article, ``idf`` tells how rare a term is."""
        self._cut_up = cut_up
        self._units = units
        self._idf = idf
        self._rankings: dict[int, Ranking] = {}

    def best(
        self, article: int, unit: int, weights: Mapping[str, float], vectors: Matrix | None, vector: Matrix | None
    ) -> Part:
        """Return the passage that answers best; the opening when none stands out.

        ``unit``: the article's best; ``weights``: of the question's terms; ``vectors`` and ``vector``: of the units
        and of the question, where there is an encoder.
        """
        own = self._cut_up[article]
        if len(own) == 1:
            return own[0]
        told = self._told(self._units.all[unit], unit, weights)
        scores = self._ranking(article).scores(told)
        if vector is not None and vectors is not None:
            end = self._units.of_article(article).stop
            meaning = vectors[end - len(own) : end] @ vector
            scores = scores / max(1e-9, float(scores.max())) + meaning
            return own[int(np.argmax(scores))]
        best = int(np.argmax(scores))
        held = set(terms(f"{own[best].heading}\n{own[best].body}"))
        total = sum(self._idf(term) * weight for term, weight in told.items())
        share = sum(self._idf(term) * weight for term, weight in told.items() if term in held)
        return own[best] if share and share >= STANDS_OUT * total else own[0]

    def _told(self, hit: Unit, unit: int, weights: Mapping[str, float]) -> dict[str, float]:
        """Return the terms that tell passages apart: the question's, and those of the asked line that was hit."""
        told = {t: weight for t, weight in weights.items() if t not in QUESTION_TERMS}
        if hit.kind == "asked":
            for term in self._units.terms[unit]:
                if term not in QUESTION_TERMS:
                    told[term] = told.get(term, 0.0) + ASKED_LINE
        return told

    def _ranking(self, article: int) -> Ranking:
        """Return the ranking of one article's passages, made when first needed."""
        if article not in self._rankings:
            texts = [terms(f"{part.heading}\n" * HEADING + part.body) for part in self._cut_up[article]]
            self._rankings[article] = Ranking(texts)
        return self._rankings[article]
