"""Likeness by words: BM25 over texts that are already cut into terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bot.guidance.columns import Columns
from bot.guidance.dense import Matrix

K1: Final = 1.5  # the usual BM25 constants: how soon a repeated word stops counting,
B: Final = 0.75  # and how much a long text is held against it


class Ranking:
    """BM25 as Lucene has it (Kamphuis 2020): a rare term counts, a repeated one less each time, a long text less."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Read the terms of all texts once."""
        self._known: dict[str, int] = {}
        counted = [Counter(text) for text in texts]
        columns = np.array([self._known.setdefault(t, len(self._known)) for own in counted for t in own], np.int64)
        times = np.array([times for own in counted for times in own.values()], np.float64)
        rows = np.repeat(np.arange(len(texts)), [len(own) for own in counted])
        lengths = np.array([len(text) for text in texts], np.float64)
        often = np.bincount(columns, minlength=len(self._known))
        rarity = np.log(1 + (len(texts) - often + 0.5) / (often + 0.5))
        length = 1 - B + B * lengths / max(1e-9, float(lengths.mean())) if len(texts) else lengths
        values = rarity[columns] * times / (times + K1 * length[rows])
        self._columns = Columns(rows, columns, values, len(texts))

    def scores(self, weights: Mapping[str, float]) -> Matrix:
        """Return the score of every text for terms, each times its weight."""
        known = [(self._known[term], weight) for term, weight in weights.items() if term in self._known]
        columns = np.array([column for column, _ in known], np.int64)
        return self._columns.weighed(columns, np.array([weight for _, weight in known], np.float64))
