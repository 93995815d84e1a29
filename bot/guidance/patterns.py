"""Patterns of plain words that editors can read, as expressions over the rough shape of a message.

``word`` this word · ``word*`` any word that begins so · ``this/that`` either · ``[word]`` may be
missing · ``...`` up to four words between, within one sentence · ``<name>`` one of a word list ·
``(some words/other words)`` either, where more than one word is needed · ``^`` a sentence begins
here · ``this + that`` both, in any order, at most twenty words apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from itertools import permutations
from typing import Final

from rapidfuzz.distance import OSA

from bot.guidance.words import STOP_WORDS, normalised

MOST_BETWEEN: Final = 4  # words "..." may stand for; more would join unrelated thoughts
MOST_APART: Final = 20  # words between the parts of "this + that": about two sentences as members type
MOST_PARTS: Final = 3  # parts of "this + that + those": every order is tried
SHORTEST_MENDED: Final = 5  # shorter words are one slip away from too many others
COMMON: Final = 40  # how much likelier a message holds a stop word than any other,
LESS_COMMON: Final = 3  # and a word that begins in a certain way
BREAK: Final = "|"  # stands where a sentence ends, so that "..." does not reach across

WordLists = Mapping[str, Sequence[str]]

_SENTENCE_END = re.compile(r"[.!?;]+")  # not line ends: people break lines in mid-sentence
_NOT_WORD = re.compile(rf"[^\w{re.escape(BREAK)}]+|_+")
_DOUBLED = re.compile(r"(\w)\1+")
_WITHIN = rf"(?: [^ {re.escape(BREAK)}]+){{0,{MOST_BETWEEN}}}?"
_PLACE = re.compile(r"\([^()]*\)|\S+")
_APART = rf"(?: [^ ]+){{0,{MOST_APART}}}?"
_BEGINS = rf"(?:(?<=^)|(?<=\{BREAK}))"


class Shape:
    """Puts words into one rough shape, so that case, apostrophes, doubled letters and slips do not count."""

    def __init__(self, often_mistyped: Iterable[str], same: Mapping[str, Sequence[str]]) -> None:
        """Know words that are recognised with one slip, and other ways to write a word or two."""
        self._goals = [_squeezed(goal) for goal in often_mistyped]
        known = {_squeezed(way): _squeezed(word) for word, ways in same.items() for way in ways}
        self._words = {way: word for way, word in known.items() if " " not in way}
        self._pairs = {tuple(way.split()): word for way, word in known.items() if " " in way}

    def of(self, words: str) -> str:
        """Return the words one blank apart, a break where a sentence ends, a blank at both ends."""
        marked = _SENTENCE_END.sub(f" {BREAK} ", words)
        tokens = [self._word(token) for token in _NOT_WORD.sub(" ", _squeezed(marked)).split()]
        joined: list[str] = []
        for token in tokens:
            pair = self._pairs.get((joined[-1], token)) if joined else None
            if pair:
                joined[-1] = pair
            else:
                joined.append(token)
        return f" {' '.join(joined)} "

    def _word(self, token: str) -> str:
        if token in self._words:
            return self._words[token]
        if len(token) < SHORTEST_MENDED:
            return token
        for goal in self._goals:
            if token[0] == goal[0] and OSA.distance(token, goal, score_cutoff=1) <= 1:
                return goal
        return token


class Pattern:
    """One pattern. ``needs``: of these words a message must hold one (``word*``: or one that begins so)."""

    def __init__(self, pattern: str, lists: WordLists) -> None:
        """Read it; raise ``ValueError`` if it has a fault. Nothing in it can be repeated without bound."""
        places = [_PLACE.findall(part) for part in pattern.split(" + ")]
        if len(places) > MOST_PARTS:
            message = f"pattern {pattern!r}: at most {MOST_PARTS} parts joined by +"
            raise ValueError(message)
        self._parts = [_part(part, lists) for part in places]
        needed = [_firsts(one, lists) for part in places for one in part if one not in {"...", "^"} and one[0] != "["]
        self.needs = min(needed, key=_commonness)
        self._places = [
            (one, tuple(word.removesuffix("*") for word in one if word.endswith("*"))) for one in set(needed)
        ]

    def can_fit(self, words: AbstractSet[str]) -> bool:
        """Whether a message of these words holds one for every place of the pattern that must be filled."""
        return all(
            not whole.isdisjoint(words) or (begins and any(word.startswith(begins) for word in words))
            for whole, begins in self._places
        )

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern over the rough shape; made when a message first holds what it needs, which few ever do."""
        return re.compile("|".join(_APART.join(order) for order in permutations(self._parts)))


class Patterns:
    """Patterns in their order, of which only those are looked at whose words a message holds."""

    def __init__(self, patterns: Iterable[str], lists: WordLists) -> None:
        """Read them all; raise ``ValueError`` if one has a fault."""
        self.all = [Pattern(pattern, lists) for pattern in patterns]
        self._by_word: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        for at, pattern in enumerate(self.all):
            for word in pattern.needs:
                by = self._by_beginning if word.endswith("*") else self._by_word
                by.setdefault(word.removesuffix("*"), []).append(at)

    def near(self, said: str) -> list[re.Pattern[str]]:
        """Return the patterns that may fit a message in its rough shape, in order; no other fits."""
        found: set[int] = set()
        words = set(said.split())
        for word in words:
            found.update(self._by_word.get(word, ()))
            if self._by_beginning:
                for length in range(1, len(word) + 1):
                    found.update(self._by_beginning.get(word[:length], ()))
        return [self.all[at].expression for at in sorted(found) if self.all[at].can_fit(words)]

    def fits(self, said: str) -> bool:
        """Whether one of them fits a message in its rough shape."""
        return any(expression.search(said) for expression in self.near(said))


def _commonness(words: frozenset[str]) -> int:
    """Return how likely a message holds one of the words, as far as their kind tells."""
    return sum(COMMON if word in STOP_WORDS else LESS_COMMON if word.endswith("*") else 1 for word in words)


def _part(places: Sequence[str], lists: WordLists) -> str:
    made = ""
    words = 0
    gap = False
    for place in places:
        if place == "...":
            gap = True
        elif place == "^":
            made += _BEGINS
        else:
            optional = place.startswith("[") and place.endswith("]")
            ways = _either(place[1:-1] if optional else place, lists)
            made += (_WITHIN if gap else "") + f"(?:{ways}){'?' if optional else ''}"
            words += not optional
            gap = False
    if not words:
        message = "an empty pattern"
        raise ValueError(message)
    return made + "(?= )"


def _firsts(place: str, lists: WordLists) -> frozenset[str]:
    """Return the first word of each way one place may be filled, as messages hold it."""
    entries = place.removeprefix("(").removesuffix(")").split("/")
    firsts = [entry.split()[0] for entry in entries if entry.split()]
    named = [
        [one.split()[0] for one in lists[word[1:-1]] if one.split()] if word[0] == "<" else [word] for word in firsts
    ]
    return frozenset(_plain(word).replace(r"\w*", "*") for words in named for word in words)


def _either(place: str, lists: WordLists) -> str:
    """Return the ways one place of a pattern may be filled. What follows begins with a blank, so words end there."""
    entries = place.removeprefix("(").removesuffix(")").split("/")
    return " (?:" + "|".join(" ".join(_word(word, lists) for word in entry.split()) for entry in entries if entry) + ")"


def _word(word: str, lists: WordLists) -> str:
    named = word.removeprefix("<").removesuffix(">")
    if word != f"<{named}>":
        return _plain(word)
    if named not in lists:
        message = f"pattern word {word!r}: there is no such list under [words]"
        raise ValueError(message)
    return "(?:" + "|".join(" ".join(_plain(one) for one in entry.split()) for entry in lists[named]) + ")"


@lru_cache(maxsize=10_000)  # the shipped patterns hold about 3,000 different words, most of them many times
def _plain(word: str) -> str:
    plain = _squeezed(word.removesuffix("*"))
    if not re.fullmatch(r"\w+", plain):
        message = f"pattern word {word!r}: use letters, / * [ ] ( ) < > ^ + and ... only"
        raise ValueError(message)
    return plain + (r"\w*" if word.endswith("*") else "")


def _squeezed(text: str) -> str:
    """Return text without capitals, apostrophes, accents (Welsh is often typed so) and doubled letters."""
    apart = unicodedata.normalize("NFKD", normalised(text))
    return _DOUBLED.sub(r"\1", "".join(character for character in apart if not unicodedata.combining(character)))
