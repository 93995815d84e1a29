"""Words to values: yes and no, choices, days, lists. What is not clearly an answer is None."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from pydantic import JsonValue

from bot.conversation.form import Question

YES = frozenset({"yes", "y", "yeah", "yep", "yes please", "ydw", "ydy", "oes", "ie", "ydi"})
NO = frozenset(
    {
        "no",
        "n",
        "nope",
        "nah",
        "no thanks",
        "no thank you",
        "na",
        "nac ydw",
        "nac ydy",
        "nac oes",
        "nac ydi",
        "nag oes",
        "nage",
        "naddo",
    }
)
NOT_SURE = frozenset(
    {
        "not sure",
        "unsure",
        "dont know",
        "i dont know",
        "maybe",
        "not certain",
        "im not sure",
        "ddim yn siwr",
        "dim yn siwr",
        "dwi ddim yn siwr",
        "ddim yn gwybod",
        "dim syniad",
    }
)
OLDEST = timedelta(days=15 * 366)  # before any of the platforms; an older day is a slip of the keyboard
SEPARATORS = re.compile(r"[,;\n]+")
LIST_LIMIT = 10  # as many links, accounts or hashtags as one report holds
WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun|dydd)", re.IGNORECASE)
DAY_WORDS = 40  # characters; "last Tuesday evening" is 20, a longer text is no day

UNPRINTABLE: dict[int, str | None] = {
    **{
        code: " " if chr(code).isspace() else None
        for code in (*range(0x20), *range(0x7F, 0xA0))
        if chr(code) not in "\n\t"
    },
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),  # a name written backwards is no name
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # half a character, which no database can keep
}


def printable(words: str) -> str:
    """Return words without what steers a terminal or turns a line around: control characters and bidi overrides."""
    return words.translate(UNPRINTABLE)


def plain(words: str) -> str:
    """Return words without case, accents, apostrophes and closing marks."""
    bare = re.sub(r"[.!,?…]+$", "", words.strip()).replace("'", "").replace("’", "")
    letters = (letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", "".join(letters)).casefold()


def value(question: Question, words: str, at: datetime) -> JsonValue:
    """Return the value the words give to a question, or None when they are no clear answer."""
    if question.kind == "yes_no":
        return yes_or_no(words)
    if question.kind == "one":
        return one_of(question.options, words)
    if question.kind == "many":
        chosen: list[JsonValue] = list(many_of(question.options, words))
        return chosen or None
    if question.kind == "day":
        day = past_day(words, at)
        return day.isoformat() if day else None
    if question.kind == "list":
        items: list[JsonValue] = list(listed(words, question.limit))
        return items or None
    return " ".join(words.split())[: question.limit] or None


def was_cut(question: Question, words: str) -> bool:
    """Whether words held more than a question keeps: too many parts of a list, or too long a line."""
    if question.kind == "list":
        return len([part for part in SEPARATORS.split(words) if part.strip()]) > LIST_LIMIT
    return question.kind == "words" and len(" ".join(words.split())) > question.limit


def yes_or_no(words: str) -> bool | None:
    """Return True or False for a clear yes or no, else None."""
    said = plain(words)
    return True if said in YES else False if said in NO else None


def one_of(options: tuple[str, ...], words: str) -> str | None:
    """Return the option whose name the words are: ``no_violation`` for "No violation"."""
    said = plain(words).replace(" ", "_").replace("-", "_")
    if said in options:
        return said
    for option, spoken in (("yes", YES), ("no", NO), ("not_sure", NOT_SURE), ("unknown", NOT_SURE)):
        if option in options and plain(words) in spoken:
            return option
    return None


def many_of(options: tuple[str, ...], words: str) -> tuple[str, ...]:
    """Return the options named one after the other ("threat and hate"), or none if a part is no option."""
    parts = [part for part in re.split(r",|;|\band\b|&|\+|/", plain(words)) if part.strip()]
    chosen = [one_of(options, part) for part in parts]
    return tuple(dict.fromkeys(option for option in chosen if option)) if all(chosen) else ()


def past_day(words: str, at: datetime) -> date | None:
    """Return a day not after ``at`` ("yesterday", "3 November", "last Friday"); days first, as in the UK."""
    if not words.strip() or len(words) > DAY_WORDS or words.strip().isdigit():
        return None
    import dateparser  # noqa: PLC0415 - loads for a third of a second, needed for typed days only

    said = re.sub(r"^(last|on|since)\s+|\s+(morning|afternoon|evening|night)$", "", plain(words))
    needs_day = not WEEKDAY.search(said)
    found = dateparser.parse(
        said,
        languages=["en", "cy"],
        settings={
            "RELATIVE_BASE": at.replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day"] if needs_day else [],
        },
    )
    if found is None or found.date() > at.date() or found.date() < at.date() - OLDEST:
        return None
    return found.date()


def listed(words: str, limit: int) -> tuple[str, ...]:
    """Return the parts of a list typed with commas or new lines, each at most ``limit`` characters."""
    parts = (" ".join(part.split())[:limit] for part in SEPARATORS.split(words))
    return tuple(dict.fromkeys(part for part in parts if part))[:LIST_LIMIT]
