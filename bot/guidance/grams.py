"""Likeness by runs of letters: what was misspelt, glued together or is Welsh still meets its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from bot.guidance.words import wording

RUNS: Final = (3, 4, 5)  # letters; measured best on questions with slips (HOUSE section 6)
PLACES: Final = 1 << 20  # runs are hashed into so many places: two that meet are rarer than one slip in a thousand
_FACTOR: Final = np.uint64(0x100000001B3)  # the prime of the FNV hash
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)

Places = NDArray[np.int64]


class Grams:
    """Texts as TF-IDF vectors of letter runs of length 1 (Salton and Buckley 1988; logarithmic counts)."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Read all texts once."""
        found = [counted(text) for text in texts]
        columns = np.concatenate([places for places, _ in found]) if found else np.zeros(0, np.int64)
        rows = np.repeat(np.arange(len(found)), [len(places) for places, _ in found])
        often = np.bincount(columns, minlength=PLACES)
        self.idf = (np.log((1 + len(found)) / (1 + often)) + 1).astype(np.float32)
        weights = np.concatenate([counts for _, counts in found]) if found else np.zeros(0)
        weights = weights * self.idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(found)))
        weights = (weights / np.maximum(lengths[rows], 1e-9)).astype(np.float32)
        self._matrix = csc_matrix((weights, (rows, columns)), shape=(len(found), PLACES))

    def likeness(self, question: str) -> NDArray[np.float32]:
        """Return the cosine of the question with every text, in [0, 1]."""
        places, counts = counted(question)
        if not len(places):
            return np.zeros(self._matrix.shape[0], np.float32)
        weights = counts * self.idf[places]
        weights = weights / np.sqrt((weights**2).sum())
        return np.asarray(self._matrix[:, places] @ weights, np.float32)

    def alike(self) -> NDArray[np.float32]:
        """Return the cosine of every text with every other, (n, n)."""
        rows = self._matrix.tocsr()
        return np.asarray((rows @ rows.T).toarray(), np.float32)


def counted(text: str) -> tuple[Places, NDArray[np.float64]]:
    """Return the places of a text's runs of letters, each once, and how often it stands there, as a logarithm."""
    places, times = np.unique(_runs(text), return_counts=True)
    return places, 1 + np.log(times)


def _runs(text: str) -> Places:
    """Return the hashed places of all runs of letters inside the words of a text, blanks around each word."""
    letters = np.frombuffer(f" {wording(text)} ".replace(" ", "  ").encode("utf-8"), np.uint8).astype(np.uint64)
    blank = letters == ord(" ")
    # A run that reaches over two blanks in a row belongs to no one word.
    doubled = np.concatenate([np.zeros(1, np.int64), np.cumsum(blank[:-1] & blank[1:])])
    made = []
    for length in RUNS:
        count = len(letters) - length + 1
        if count < 1:
            continue
        values = np.full(count, length, np.uint64)
        for at in range(length):
            values = (values * _FACTOR) ^ letters[at : at + count]
        inside = doubled[length - 1 : length - 1 + count] == doubled[:count]
        made.append(((values[inside] * _MIX) >> np.uint64(44)).astype(np.int64))
    return np.concatenate(made) if made else np.zeros(0, np.int64)
