"""How sure we are that the first article is right, and what follows from it.

A cautious rule, not yet a calibrated probability: it multiplies shares, so that one weak sign is
enough to hold back. The reasons are in ``docs/decisions/0002-lexical-search.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.guidance.search import Found

Decision: TypeAlias = Literal["answer", "clarify", "hand_over", "crisis"]

ENOUGH_LIKENESS: Final = 0.60  # a match this close to perfect is as good as perfect
CLEAR_LEAD: Final = 0.35  # the first article this far ahead of the next has no rival
LEAST_FROM_LEAD: Final = 0.55  # two equal articles about halve the confidence: offer both
OUTSIDE_WINS: Final = 0.30  # what is left when a line out of scope fits better than any article


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the decision changes, in [0, 1]; figures are in decision 0002.

    ``answer``: a wrong passage at night costs a member more than one more tap. ``clarify``: below
    it, lines out of scope begin to be common. ``close``: the first article must lead by this share
    of its score, else the titles are offered; a small lead was the surest sign of a wrong one.
    """

    answer: float = 0.55
    clarify: float = 0.25
    close: float = 0.20


def lead(found: Found) -> float:
    """Return how far the first article is ahead of the next one or of a line out of scope."""
    if not found.hits:
        return 0.0
    if found.exact:
        return 1.0
    rivals = [found.outside, *(hit.score for hit in found.hits[1:2])]
    return max(0.0, 1 - max(rivals) / max(1e-9, found.hits[0].score))


def confidence(found: Found) -> float:
    """Return how sure we are of the first article, in [0, 1]: likeness x coverage x lead."""
    if not found.hits:
        return 0.0
    if found.exact:
        return 1.0
    first = found.hits[0]
    likeness = min(1.0, first.score / ENOUGH_LIKENESS)
    ahead = LEAST_FROM_LEAD + (1 - LEAST_FROM_LEAD) * min(1.0, lead(found) / CLEAR_LEAD)
    outside = OUTSIDE_WINS if found.outside > first.score else 1.0
    return likeness * first.coverage * ahead * outside


def decision(sure: float, ahead: float, at: Thresholds) -> Decision:
    """Return what to do with a question, from confidence and lead."""
    if sure >= at.answer and ahead >= at.close:
        return "answer"
    return "clarify" if sure >= at.clarify else "hand_over"
