"""Likeness by meaning: vectors of an encoder, and which article a vector most likely belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """Words to vectors of length 1. What somebody asks is never kept; the content's own texts may be."""

    def texts(self, texts: Sequence[str]) -> Matrix:
        """Return one row for each text of the content, (n, d)."""

    def question(self, words: str) -> Matrix:
        """Return the vector of what somebody asks, (d,)."""

    def questions(self, words: Sequence[str]) -> Sequence[Matrix]:
        """Return the vector of each of some things somebody says."""


MOST_UNITS: Final = 4_500  # past it the classifier takes minutes to learn and memory it does not earn
LOOSENESS: Final = 30.0  # the inverse weight of the penalty; flat from 10 to 100 on our own questions
ROUNDS: Final = 60  # of L-BFGS; further ones change no first place
OF_LETTERS: Final = 0.4  # how much letters count beside meaning; flat from 0.3 to 0.5 on our own questions
RANK: Final = 400  # directions of letters that are told apart; more change no first place


class Dense:
    """The vectors of all units, article by article."""

    def __init__(self, vectors: Matrix, owners: NDArray[np.int64], articles: int) -> None:
        """``owners`` names the article of each row; rows of one article stand together, in order."""
        self.vectors = vectors
        sums = np.zeros((articles, vectors.shape[1]), np.float32)
        np.add.at(sums, owners, vectors)
        self._centroids = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    def units(self, question: Matrix) -> Matrix:
        """Return the cosine of a question (d,) with every unit."""
        likeness: Matrix = self.vectors @ question
        return likeness

    def centroids(self, question: Matrix) -> Matrix:
        """Return the cosine of a question with the middle of every article."""
        likeness: Matrix = self._centroids @ question
        return likeness


def classifier(vectors: Matrix, alike: Matrix, owners: NDArray[np.int64], articles: int) -> Matrix:
    """Return weights (d + n + 1, articles) of a softmax regression from units to their articles, L2-regularised.

    It sees a unit's vector (d,) and how alike in letters it is to all n units; ``alike`` (n, n) has that for the units
    themselves. Letters enter by their ``RANK`` strongest directions (kernel principal components, Scholkopf 1998).
    On our own questions it is 6 points better alone than on vectors only; ridge regression was 3 points worse still
    (docs/decisions/0007).
    """
    from scipy.linalg import eigh  # noqa: PLC0415 - slow to import, and needed only when content changed

    count = len(alike)
    strength, directions = eigh(alike, subset_by_index=[max(0, count - RANK), count - 1])
    kept = strength > strength[-1] * 1e-4
    spread = np.sqrt(strength[kept])
    letters = directions[:, kept] * spread
    inputs = np.hstack([np.sqrt(1 - OF_LETTERS) * vectors, np.sqrt(OF_LETTERS) * letters]).astype(np.float32)
    found = _regression(np.hstack([inputs, np.ones((count, 1), np.float32)]), owners, articles)
    of_vectors = np.sqrt(1 - OF_LETTERS) * found[: vectors.shape[1]]
    of_letters = np.sqrt(OF_LETTERS) * (directions[:, kept] / spread) @ found[vectors.shape[1] : -1]
    learned: Matrix = np.vstack([of_vectors, of_letters, found[-1:]]).astype(np.float32)
    return learned


def _regression(inputs: Matrix, owners: NDArray[np.int64], articles: int) -> Matrix:
    """Return weights (k, articles); the last input is the constant, whose weight is not held back."""
    from scipy.optimize import minimize  # noqa: PLC0415 - as above

    wanted = np.zeros((len(inputs), articles), np.float32)
    wanted[np.arange(len(inputs)), owners] = 1.0
    shape = (inputs.shape[1], articles)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        share = probabilities(inputs @ weights)
        cost = -float(np.log(share[wanted > 0] + 1e-12).sum()) + 0.5 / LOOSENESS * float((weights[:-1] ** 2).sum())
        slope = inputs.T @ (share - wanted)
        slope[:-1] += weights[:-1] / LOOSENESS
        return cost, slope.ravel().astype(np.float64)

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Matrix = found.x.reshape(shape).astype(np.float32)
    return weights


def likely(weights: Matrix, question: Matrix, letters: Matrix) -> Matrix:
    """Return the probability of each article for a question: its vector (d,), its likeness to all units (n,)."""
    shares: Matrix = probabilities((np.concatenate([question, letters]) @ weights[:-1] + weights[-1])[None])[0]
    return shares


def probabilities(scores: Matrix) -> Matrix:
    """Return rows of scores as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares
