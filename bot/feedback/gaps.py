"""Asked but not covered: what at least five different members asked, as common words, never as anybody's sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.guidance.words import stem, surface

FEWEST_MEMBERS: Final = 5  # PRODUCT section 6: below five a figure could point at somebody
ALIKE: Final = 0.65
"""Cosine from which two questions are of one group. Of our own asked lines on different topics 999 pairs in 1,000 lie
below .63, and from .55 down a chain of them joins nearly all; five ways to ask for a parking permit have .65 to .79."""
SHARED_WORDS: Final = 2  # rare words two questions must share where there is no encoder
RARE: Final = 0.2  # a word in more than this share of the questions says nothing about which group
FEWEST_WORDS, MOST_WORDS = 3, 6


@dataclass(frozen=True, slots=True)
class Gap:
    """A group of questions: how many different members asked, and the words they share."""

    members: int
    words: tuple[str, ...]


def gaps(
    asked: Sequence[tuple[str, str]], public: Collection[str], vectors: NDArray[np.float32] | None = None
) -> tuple[Gap, ...]:
    """Return the groups of (member, question) that may be shown, the largest first.

    ``public``: words of the guidance itself, which name nobody. ``vectors``, one row a question, group by meaning.
    A word is shown when five members said it, or when it is public and two did: a name that one person knows never is.
    """
    near = _by_words([words for _, words in asked]) if vectors is None else vectors @ vectors.T >= ALIKE
    found = []
    for group in _linked(near):
        members = {asked[at][0] for at in group}
        if len(members) >= FEWEST_MEMBERS:
            found.append(Gap(len(members), _common([asked[at] for at in group], public)))
    return tuple(sorted(found, key=lambda gap: (-gap.members, gap.words)))


def _linked(near: NDArray[np.bool_]) -> list[list[int]]:
    """Return groups in which everyone is near to somebody (single link)."""
    groups: list[list[int]] = []
    left = set(range(len(near)))
    while left:
        group, open_ = [], [left.pop()]
        while open_:
            at = open_.pop()
            group.append(at)
            beside = [int(other) for other in np.flatnonzero(near[at]) if int(other) in left]
            left.difference_update(beside)
            open_ += beside
        groups.append(sorted(group))
    return groups


def _by_words(questions: Sequence[str]) -> NDArray[np.bool_]:
    """Return which questions share enough words that are rare among all of them."""
    held = [frozenset(map(stem, surface(words))) for words in questions]
    often = Counter(word for words in held for word in words)
    most = max(FEWEST_MEMBERS * 2, RARE * len(questions))  # among few questions no word is common
    rare = [frozenset(word for word in words if often[word] <= most) for words in held]
    near = np.zeros((len(held), len(held)), np.bool_)
    for one, mine in enumerate(rare):
        for other in range(one):
            enough = min(SHARED_WORDS, len(mine), len(rare[other]))
            near[one, other] = near[other, one] = 0 < enough <= len(mine & rare[other])
    return near


def _common(group: Sequence[tuple[str, str]], public: Collection[str]) -> tuple[str, ...]:
    """Return the words of a group that may be shown, said by most first."""
    members: Mapping[str, set[str]] = defaultdict(set)
    forms: Mapping[str, Counter[str]] = defaultdict(Counter)
    for member, question in group:
        for word in surface(question):
            members[stem(word)].add(member)
            forms[stem(word)][word] += 1
    stems = sorted(members, key=lambda one: (-len(members[one]), one))
    shown = [one for one in stems if len(members[one]) >= FEWEST_MEMBERS]
    known = [one for one in stems if one not in shown and one in public and len(members[one]) > 1]
    chosen = (shown + known)[: max(FEWEST_WORDS, min(MOST_WORDS, len(shown)))]
    return tuple(min(forms[one], key=lambda word: (-forms[one][word], word)) for one in chosen)
