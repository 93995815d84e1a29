"""Whether what somebody wrote is like many examples of danger: by meaning, words, letters, and the patterns it fits.

The patterns of ``bot.guidance.crisis`` are its strongest single sign; it hears what none of them names, and knows
better than they do when their words stand in a calm sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.guidance.dense import Matrix
from bot.guidance.grams import counted
from bot.guidance.words import normalised, wording

# docs/decisions/0012 has what other thresholds would catch, and how often they would be wrong. What a pattern names is
# said plainly, so less of a suspicion is enough; one part out of many must be plainer than a whole message.
ALARM: Final = 0.7
ALARM_OF_PATTERN: Final = 0.4
ALARM_OF_ONE: Final = 0.95
WINDOW: Final = 6  # words that are read alone where a pattern fits: many write without a full stop
MOST_SENTENCES: Final = 8  # of a long message, its last ones: each may cost an encoding
# What words, letters and pattern add up to in log-odds, without meaning: no example of danger stood below -4.9, six in
# ten calm ones do. A sentence below it is not encoded.
FAINTEST: Final = -5.0
PLACES: Final = 20  # bits of the place a word or pair of words is hashed to
FEWEST: Final = 2  # texts that must hold a sign before it is learned from
LOOSENESS: Final = 20.0  # the inverse weight of the penalty; flat from 5 to 20 on examples of writers left out
ROUNDS: Final = 200  # of L-BFGS

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

Signs: TypeAlias = "tuple[NDArray[np.int64], NDArray[np.float64]]"
"""The places of what stands in a text, in order, and how often it does, as a logarithm."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was learned of one kind of signs: for each of ``places`` its weight and rarity (n,).

    ``rarest``: the rarity of what stands in no example, or in one only.
    """

    places: NDArray[np.int64]
    weights: Matrix
    rarity: Matrix
    rarest: float

    def told(self, signs: Signs) -> float:
        """Return what the signs of a text add up to; a long text counts no more than a short one."""
        places, counts = signs
        if not len(places) or not len(self.places):
            return 0.0
        at = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        known = self.places[at] == places
        strong = counts * np.where(known, self.rarity[at], self.rarest)
        return float(strong[known] @ self.weights[at[known]]) / float(np.sqrt((strong**2).sum()))


@dataclass(frozen=True, slots=True)
class LearnedAlarm:
    """A logistic regression: weights of a vector (d,), of words and letters, of fitting a pattern; the constant."""

    vector: Matrix
    letters: Table
    words: Table
    pattern: float
    constant: float

    def told(self, words: str, *, fits_pattern: bool) -> float:
        """Return what words tell by themselves, in log-odds: everything but their meaning."""
        said = self.letters.told(counted(words)) + self.words.told(worded(words))
        return said + self.pattern * fits_pattern + self.constant

    def sure(self, told: float, vector: Matrix) -> float:
        """Return the probability of danger in words that ``told`` so much; ``vector`` (d,) is theirs."""
        return float(1 / (1 + np.exp(-(told + float(vector @ self.vector)))))


def readings(words: str) -> tuple[str, ...]:
    """Return what is read of a message, in one shape: all of it, and its last sentences if it has several."""
    sentences = [part for part in _SENTENCE_END.split(words.strip()) if len(part.split()) > 1]
    return tuple(map(normalised, (words, *(sentences[-MOST_SENTENCES:] if len(sentences) > 1 else ()))))


def windows(said: str) -> tuple[str, ...]:
    """Return overlapping runs of a few words: danger that calm words stand around would not be heard among them."""
    words = said.split()
    starts = range(0, len(words) - WINDOW // 2, WINDOW // 2) if len(words) > WINDOW else ()
    return tuple(" ".join(words[start : start + WINDOW]) for start in starts)


def worded(text: str) -> Signs:
    """Return the signs of a text's words, of pairs of neighbours, and of pairs with one word between."""
    said = ["<", *wording(text).split(), ">"]
    near = [" ".join(pair) for pair in pairwise(said)]
    apart = ["_".join(pair) for pair in zip(said, said[2:], strict=False)]
    hashed = [blake2b(one.encode("utf-8", "surrogatepass"), digest_size=4).digest() for one in (*said, *near, *apart)]
    places, times = np.unique([int.from_bytes(one) >> (32 - PLACES) for one in hashed], return_counts=True)
    return places.astype(np.int64), 1 + np.log(times)


def learned_alarm(
    texts: Sequence[str], vectors: Matrix, fits_pattern: Sequence[bool], danger: Sequence[bool]
) -> LearnedAlarm:
    """Learn from examples, as ``readings`` shapes them: ``vectors`` (n, d), and whether each means danger."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - slow to import, and needed only to learn

    letters, of_letters = _table(texts, counted)
    words, of_words = _table(texts, worded)
    patterns = np.array(fits_pattern, np.float64)[:, None]
    inputs = hstack([csr_matrix(vectors), csr_matrix(patterns), of_letters, of_words]).tocsr()
    found = _regression(inputs, np.array(danger, np.bool_)).astype(np.float32)
    width = vectors.shape[1]
    ends = np.cumsum([width, 1, len(letters.places), len(words.places)])
    return LearnedAlarm(
        vector=found[:width],
        letters=_weighed(letters, found[ends[1] : ends[2]]),
        words=_weighed(words, found[ends[2] : ends[3]]),
        pattern=float(found[width]),
        constant=float(found[-1]),
    )


def _table(texts: Sequence[str], signs: Callable[[str], Signs]) -> tuple[Table, Any]:
    """Return the signs of all texts that several hold, still without weight, and each text's as a row of length 1."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - as above

    found = [signs(text) for text in texts]
    columns = np.concatenate([places for places, _ in found])
    rows = np.repeat(np.arange(len(found)), [len(places) for places, _ in found])
    places, of, often = np.unique(columns, return_inverse=True, return_counts=True)
    rarity = np.log((1 + len(found)) / (1 + often)) + 1
    strong = np.concatenate([counts for _, counts in found]) * rarity[of]
    strong /= np.sqrt(np.bincount(rows, weights=strong**2, minlength=len(found)))[rows]
    held = np.flatnonzero(often >= FEWEST)
    matrix = csr_matrix((strong, (rows, of)), shape=(len(found), len(places)))[:, held]
    rarest = float(np.log((1 + len(found)) / 2) + 1)
    return Table(places[held], np.zeros(0, np.float32), rarity[held].astype(np.float32), rarest), matrix


def _weighed(table: Table, weights: Matrix) -> Table:
    return Table(table.places, weights, table.rarity, table.rarest)


def _regression(inputs: Any, danger: NDArray[np.bool_]) -> NDArray[np.float64]:  # noqa: ANN401 - scipy carries no types
    """Return the weights of a logistic regression, L2-regularised, and behind them its constant."""
    from scipy.optimize import minimize  # noqa: PLC0415 - as above

    side = np.where(danger, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        wrong = -side * (inputs @ weights[:-1] + weights[-1])
        cost = float(np.logaddexp(0, wrong).sum()) + 0.5 / LOOSENESS * float((weights[:-1] ** 2).sum())
        slope = -side / (1 + np.exp(-wrong))
        return cost, np.append(inputs.T @ slope + weights[:-1] / LOOSENESS, slope.sum())

    start = np.zeros(inputs.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return np.asarray(found.x, np.float64)


def packed(alarm: LearnedAlarm) -> dict[str, Any]:
    """Return what was learned as arrays for ``numpy.savez``; half precision is enough for the tables."""
    held: dict[str, Any] = {
        "vector": alarm.vector,
        "pattern": np.array(alarm.pattern),
        "constant": np.array(alarm.constant),
    }
    for name, table in (("letters", alarm.letters), ("words", alarm.words)):
        held[f"{name}_places"] = table.places.astype(np.int32)
        held[f"{name}_weights"] = np.float16(table.weights)
        held[f"{name}_rarity"] = np.float16(table.rarity)
        held[f"{name}_rarest"] = np.array(table.rarest)
    return held


def unpacked(held: Any) -> LearnedAlarm:  # noqa: ANN401 - what numpy.load gives
    """Return what ``packed`` made arrays of. Raises ``KeyError`` or ``ValueError`` for anything else."""
    return LearnedAlarm(
        np.asarray(held["vector"], np.float32),
        letters=_unpacked(held, "letters"),
        words=_unpacked(held, "words"),
        pattern=float(held["pattern"]),
        constant=float(held["constant"]),
    )


def _unpacked(held: Any, name: str) -> Table:  # noqa: ANN401 - as above
    places = np.asarray(held[f"{name}_places"], np.int64)
    weights, rarity = (np.asarray(held[f"{name}_{one}"], np.float32) for one in ("weights", "rarity"))
    return Table(places, weights, rarity, float(held[f"{name}_rarest"]))
