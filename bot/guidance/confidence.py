"""How sure we are that the first article is right: a probability learned from the content itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.guidance.search import Found, Index

Decision: TypeAlias = Literal["answer", "clarify", "hand_over", "crisis"]
Signs: TypeAlias = NDArray[np.float64]

SIGNS: Final = ("score", "lead", "learned", "agreement", "coverage", "known", "inside")
"""What is looked at, each so that more of it makes an article more likely to be right."""
PENALTY: Final = 1.0  # of the squared weights: enough to hold a handful of correlated signs steady


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What operators may set. ``precision``: the share of answers that must be right on held-out questions."""

    precision: float = 0.9


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of the reliability table: how sure we said we were, of how many lines, and how many were right."""

    said: float
    lines: int
    right: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression on ``SIGNS`` with no negative weight; where an answer begins, and where choices do.

    No weight is negative: a better sign must never lower the confidence, whatever accident the lines it was
    learned from hold.
    """

    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    answer: float
    offer: float = 0.15
    table: tuple[Bin, ...] = ()

    def sure(self, signs: Signs) -> float:
        """Return the probability that the first article is right."""
        return float(self.probabilities(signs[None])[0])

    def probabilities(self, signs: Signs) -> Signs:
        """Return the probability for each row of signs, (n,)."""
        shaped = (signs - np.array(self.means)) / np.array(self.spreads)
        return _logistic(shaped @ np.array(self.weights) + self.bias)


def signs(index: Index, found: Found, without: int | None = None) -> Signs:
    """Return the signs of the first article, in the order of ``SIGNS``; zeros when nothing was found.

    ``without``: as if that article were not there.
    """
    channels = found.channels
    if channels is None or not found.hits:
        return np.zeros(len(SIGNS))
    if without is not None:
        channels = channels.without(without)
    total = channels.total(index.mix)
    order = np.argsort(-total, kind="stable")[:2]
    first = int(order[0])
    lead = float(total[first] - total[order[1]]) if len(order) > 1 else float(total[first])
    learned = 0.0 if channels.learned is None else float(channels.learned[first])
    agreement = channels.agreement(first, index.mix)
    # The classifier knows only these articles: it says which of them, never whether any. So it stays out of the score.
    score = float(replace(channels, learned=None).total(index.mix)[first])
    coverage = index.coverage(first, found.weights)
    # How much nearer the question is to the article than to any line out of scope.
    inside = float(channels.nearest[first]) - found.outside
    return np.array([score, lead, learned, agreement, coverage, found.known, inside])


def learned(rows: Signs, right: Signs, weights: Signs) -> Calibration:
    """Fit a calibration to signs (n, k), whether the first article was right (n,), and how much each row counts.

    It answers from one half; ``bot.guidance.calibrate`` finds the place where answering pays.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - half a second to import, needed only when content changed

    means, spreads = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    shaped = np.hstack([(rows - means) / spreads, np.ones((len(rows), 1))])

    def loss(slopes: Signs) -> tuple[float, Signs]:
        said = _logistic(shaped @ slopes)
        cost = -(weights * (right * np.log(said + 1e-12) + (1 - right) * np.log(1 - said + 1e-12))).sum()
        penalty = np.append(PENALTY * slopes[:-1], 0.0)
        return float(cost + 0.5 * (penalty * slopes).sum()), shaped.T @ (weights * (said - right)) + penalty

    bounds = [(0.0, None)] * rows.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(shaped.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    slopes = tuple(map(float, found[:-1]))
    return Calibration(tuple(map(float, means)), tuple(map(float, spreads)), slopes, float(found[-1]), 0.5)


def decision(sure: float, calibration: Calibration) -> Decision:
    """Return what to do with a question of this confidence."""
    if sure >= calibration.answer:
        return "answer"
    return "clarify" if sure >= calibration.offer else "hand_over"


def _logistic(values: Sequence[float] | Signs) -> Signs:
    shared: Signs = 1 / (1 + np.exp(-np.clip(values, -40, 40)))
    return shared
