"""Says whether words are clearly English or clearly Welsh; what is short or mixed is neither."""

from __future__ import annotations

import re
from typing import Final

import pycld2

LANGUAGES: Final = {"en": "ENGLISH", "cy": "WELSH"}
FEWEST_LETTERS: Final = 8  # "help", "iawn", "na" belong to both; docs/decisions/0006-language-recognition.md
MOST_READ: Final = 1_000  # characters; more makes nobody surer
NOT_THEIRS = re.compile(r"\S*(?:://|www\.)\S*|[@#/]\S+")  # links, accounts, hashtags, commands: no language's words
NOT_LETTERS = re.compile(r"[^\w\s'’-]+|[\d_]+")


def recognised(words: str) -> str | None:
    """Return ``en`` or ``cy`` when the words are clearly of that language, else None.

    The margin: the answer must be the same when the detector is told to expect English and when it is
    told to expect Welsh. What a hint can turn round is mixed or too little, and decides nothing.
    """
    said = NOT_LETTERS.sub(" ", NOT_THEIRS.sub(" ", words[:MOST_READ]))
    said = said.encode("utf-8", "ignore").decode("utf-8")  # half a character is no letter of either
    if sum(letter.isalpha() for letter in said) < FEWEST_LETTERS:
        return None
    found = {_detected(said, hint) for hint in LANGUAGES.values()}
    return found.pop() if len(found) == 1 else None


def _detected(words: str, hint: str) -> str | None:
    is_reliable, _, details = pycld2.detect(words, hintLanguage=hint, bestEffort=True)
    _, language, _, _ = details[0]
    return language if is_reliable and language in LANGUAGES else None
