"""Likeness by words: BM25 over texts that are already cut into terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import bm25s
import numpy as np

from bot.guidance.dense import Matrix

K1: Final = 1.5  # the usual BM25 constants: how soon a repeated word stops counting,
B: Final = 0.75  # and how much a long text is held against it


class Ranking:
    """BM25 as Lucene has it (Kamphuis 2020): a rare term counts, a repeated one less each time, a long text less."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Read the terms of all texts once."""
        self._count = len(texts)
        self._ranks = bm25s.BM25(k1=K1, b=B, method="lucene") if any(texts) else None
        if self._ranks is not None:
            self._ranks.index([list(text) for text in texts], show_progress=False)

    def scores(self, weights: Mapping[str, float]) -> Matrix:
        """Return the score of every text for terms, each times its weight."""
        total: Matrix = np.zeros(self._count, np.float32)
        ranks = self._ranks
        if ranks is None:
            return total
        for weight in sorted(set(weights.values())):  # terms of one weight are looked up together
            known = [term for term, own in weights.items() if own == weight and term in ranks.vocab_dict]
            if known:
                total = total + weight * np.asarray(ranks.get_scores(known), np.float32)
        return total
