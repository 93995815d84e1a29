"""Says whether words are clearly English or clearly Welsh; what is short or mixed is neither."""

from __future__ import annotations

import re
from typing import Final

import pycld2

LANGUAGES: Final = {"en": "ENGLISH", "cy": "WELSH"}
FEWEST_LETTERS: Final = 8  # "help", "iawn", "na" belong to both; docs/decisions/0006-language-recognition.md
FEWEST_WORDS: Final = 2  # one word may be the name of a place or a school
MOST_READ: Final = 1_000  # characters; more makes nobody surer
LITTLE_WELSH_WORDS: Final = re.compile(
    r"alla|allaf|amdana|amdanaf|beth|ble|chi|ddim|ddylwn|dwi|dweud|dydw|efo|ers|fy|gallaf|gan|gyda|gwneud|gyfer|mae|maen"
    r"|neud|nhw|oes|ohona|ohonof|ond|pam|pryd|pwy|rhywun|rwan|sut|sy|sydd|ti|wedi|wneud|wnes|wyt|ydw|ydy|ydi|ydyn|yn|yr|yw"
)  # none is an English word; "am", "be", "does", "plant" are, and are left out
FEWEST_LITTLE: Final = 2  # different ones, and ...
LITTLE_SHARE: Final = 0.3  # ... this share of all words: then loan words ("riportio tiktok") do not hide the Welsh
NOT_THEIRS = re.compile(r"\S*(?:://|www\.)\S*|[@#/]\S+")  # links, accounts, hashtags, commands: no language's words
NOT_LETTERS = re.compile(r"[^\w\s'’-]+|[\d_]+")


def recognised(words: str) -> str | None:
    """Return ``en`` or ``cy`` when the words are clearly of that language, else None.

    The margin: the answer must be the same when the detector is told to expect English and when it is
    told to expect Welsh. What a hint can turn round is mixed or too little, and decides nothing, unless
    its little words are Welsh.
    """
    said = NOT_LETTERS.sub(" ", NOT_THEIRS.sub(" ", words[:MOST_READ]))
    said = said.encode("utf-8", "ignore").decode("utf-8")  # half a character is no letter of either
    if len(said.split()) < FEWEST_WORDS or sum(letter.isalpha() for letter in said) < FEWEST_LETTERS:
        return None
    found = {_detected(said, hint) for hint in LANGUAGES.values()}
    if len(found) == 1:
        return found.pop()
    return "cy" if _is_built_of_welsh(said) else None


def _is_built_of_welsh(words: str) -> bool:
    """Whether the little words that hold a sentence together are Welsh, whatever it borrows."""
    said = re.split(r"[\s'’]+", words.casefold())
    little = [word for word in said if LITTLE_WELSH_WORDS.fullmatch(word)]
    return len(set(little)) >= FEWEST_LITTLE and len(little) >= LITTLE_SHARE * len([word for word in said if word])


def _detected(words: str, hint: str) -> str | None:
    is_reliable, _, details = pycld2.detect(words, hintLanguage=hint, bestEffort=True)
    _, language, _, _ = details[0]
    return language if is_reliable and language in LANGUAGES else None
