"""Words as search sees them: the same word however it was typed, and near misses put right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_CHARACTERS = 4_000  # as long as one message may be (PRODUCT, limits per member)
SHORTEST_CORRECTED = 4  # three letters are one slip away from too many other words
LONG_WORD = 6  # from here on two slips are forgiven, below only one (HOUSE section 6)

# Words that say nothing about the subject. Question words stay in: "who sees this" needs "who".
STOP_WORDS = frozenset(
    """a an the and or but so of to in on at by for from with as is am are was were be been being
    i im ive id ill me my mine we our us you your youre it its this that these those there
    he she him her his hers they them their theyre do does did doing done have has had having
    can could would should shall will may might must just please pls also then than
    hi hello hey thanks thank ok okay yes some any very really too into about
    btw tbh lol omg idk u ur gonna wanna actually basically honestly""".split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)

_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018\u02bc`\u00b4")
_BLANKS = str.maketrans("\t\n\r\v\f", " " * 5)
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}


def cut(text: str) -> str:
    """Return at most ``MOST_CHARACTERS`` of a text: nobody's message is longer."""
    return text[:MOST_CHARACTERS]


def normalised(text: str) -> str:
    """Return text in one shape: compatible forms joined, case folded, invisible marks removed."""
    joined = unicodedata.normalize("NFKC", cut(text)).casefold().translate(_BLANKS)
    if not joined.isprintable():  # it may hold invisible marks; hardly any text does
        joined = "".join(character for character in joined if unicodedata.category(character) not in _INVISIBLE)
    return joined.translate(_APOSTROPHES)


def wording(text: str) -> str:
    """Return all words of a text, one blank apart: equal for texts that say exactly the same."""
    return " ".join(_WORD.findall(normalised(text)))


def surface(text: str) -> tuple[str, ...]:
    """Return the words of a text as typed, without stop words, in order."""
    return tuple(word for word in _WORD.findall(normalised(text)) if word not in STOP_WORDS)


@lru_cache(maxsize=50_000)  # a thousand articles hold fewer different words
def stem(word: str) -> str:
    """Return a word without its English ending, so that "reporting" meets "reports".

    Crude on purpose: both sides are cut alike, so a wrong stem only joins two near words.
    """
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_CORRECTED - 1:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                break
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > SHORTEST_CORRECTED - 1 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]  # "blogged" and "blog"
    return word[:-1] if len(word) > SHORTEST_CORRECTED and word[-1] == "e" else word


# What every question begins with; headings begin so too, which says nothing about which one fits.
_ASKING = "what whats how hows who whos when where why which if not no"
QUESTION_TERMS = frozenset(stem(word) for word in _ASKING.split())


def terms(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, without stop words, in order."""
    return tuple(stem(word) for word in surface(text))


class Speller:
    """Puts words right that the content does not know, and leaves all others alone."""

    def __init__(
        self,
        content: Iterable[str],
        also_known: Iterable[str] = (),
        english: frozenset[str] = frozenset(),
    ) -> None:
        """Learn the words of the content. Words of ``also_known`` texts and ``english`` ones stay.

        Without an English word list every word the content lacks may be put right, which harms
        questions without slips (HOUSE section 6).
        """
        counted = Counter(word for text in content for word in surface(text))
        self._often = {word: n for word, n in counted.items() if len(word) >= SHORTEST_CORRECTED}
        self._known = {stem(word) for word in counted} | STOP_WORDS
        self._known |= {stem(word) for text in also_known for word in surface(text)}
        self._english = english
        self._by_first: dict[str, list[str]] = {}
        for word in sorted({*self._often, *(w for w in STOP_WORDS if len(w) >= SHORTEST_CORRECTED)}):
            self._by_first.setdefault(word[0], []).append(word)

    def corrected(self, word: str) -> str | None:
        """Return the nearest content or stop word for an unknown word, or None if none is near.

        The first letter must agree: slips rarely fall there, and it keeps "rain" from "pain".
        """
        if len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return None
        if word in self._english or stem(word) in self._known:
            return None
        slips = 1 if len(word) < LONG_WORD else 2
        near = process.extract(
            word,
            self._by_first.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=5,  # ties are broken by how often the content uses the word
        )
        if not near:
            return None
        return min(near, key=lambda found: (found[1], -self._often.get(found[0], 0), found[0]))[0]
