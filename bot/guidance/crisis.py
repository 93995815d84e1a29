"""Whether words speak of a risk to life or immediate danger, and which lines to give then.

Patterns are plain words, compared in a rough shape (case, apostrophes and doubled letters do not
count), written so that editors can add to them:

``word`` this word · ``word*`` any word that begins so · ``this/that`` either · ``[word]`` may be
missing · ``...`` up to four words between, within one sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator
from rapidfuzz.distance import OSA

from bot.guidance.words import normalised

Group: TypeAlias = Literal["self_harm", "immediate_danger", "other_at_risk", "weapon"]
Nation: TypeAlias = Literal["england", "wales", "scotland", "northern_ireland"]

MOST_BETWEEN: Final = 4  # words "..." may stand for; more would join unrelated thoughts
SHORTEST_MENDED: Final = 5  # shorter words are one slip away from too many others
BREAK: Final = "|"  # stands where a sentence ends, so that no pattern reaches across


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Phrases(_Part):
    """Patterns of one kind. ``certain`` ones count even in what looks like a calm question."""

    group: Group
    certain: bool = False
    patterns: tuple[str, ...]


class Except(_Part):
    """Wording that is no alarm. ``calm``: it quiets the uncertain patterns of the whole message.

    Otherwise only the words it fits are left out, and the rest is still read.
    """

    calm: bool = False
    patterns: tuple[str, ...]


class Line(_Part):
    """One line of help. No ``nations`` means all; ``child`` lines are only for under-18s."""

    key: str
    text: str
    language: str = "en"
    nations: tuple[Nation, ...] = ()
    source: str = ""
    source_date: str = ""
    checked: date | None = None
    review_by: date | None = None
    uk_wide: bool = False
    child: bool = False


class Rules(BaseModel):
    """What ``content/crisis.toml`` holds. ``often_mistyped`` words are recognised with one slip."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    often_mistyped: tuple[str, ...] = ()
    phrases: tuple[Phrases, ...] = Field(min_length=1)
    excepted: tuple[Except, ...] = Field(default=(), alias="except")
    lines: tuple[Line, ...] = Field(min_length=1)

    @field_validator("phrases", "excepted")
    @classmethod
    def _patterns_can_be_read(cls, entries: tuple[Phrases | Except, ...]) -> tuple[Phrases | Except, ...]:
        for entry in entries:
            for pattern in entry.patterns:
                _compiled(pattern)
        return entries


def read(text: str) -> Rules:
    """Return the rules in the text of ``crisis.toml``; raise ``ValueError`` if they are unusable.

    Without the four lines for the whole UK they are unusable: those must always be there.
    """
    rules = Rules.model_validate(tomllib.loads(text))
    said = " ".join(line.text for line in rules.lines if line.uk_wide)
    missing = [number for number in ("999", "55", "116 123", "85258") if number not in said]
    if missing:
        message = f"the lines with uk_wide = true must name {', '.join(missing)}"
        raise ValueError(message)
    return rules


def crisis(rules: Rules, words: str) -> Group | None:
    """Return the kind of danger the words speak of, or None."""
    said = _shape(words, rules.often_mistyped)
    for entry in rules.excepted:
        if not entry.calm:
            for pattern in entry.patterns:
                said = _compiled(pattern).sub(f" {BREAK} ", said)
    calm = any(_compiled(pattern).search(said) for entry in rules.excepted if entry.calm for pattern in entry.patterns)
    for group in rules.phrases:
        if (group.certain or not calm) and any(_compiled(p).search(said) for p in group.patterns):
            return group.group
    return None


def lines(
    rules: Rules, today: date, nation: str | None, *, child: bool = False, language: str = "en"
) -> tuple[str, ...]:
    """Return the lines to show: those for the whole UK first, always; others until reviewed again.

    A line for one nation is shown only when the nation is known; a child's line when asked for.
    """
    first = [line.text for line in _in_language(rules.lines, language) if line.uk_wide]
    others = [
        line.text
        for line in _in_language(rules.lines, language)
        if not line.uk_wide
        and (line.child is False or child)
        and (line.review_by is None or today <= line.review_by)
        and (not line.nations or nation in line.nations)
    ]
    return (*first, *others)


def _in_language(entries: Sequence[Line], language: str) -> list[Line]:
    """Return one line a key: in this language where there is one, else in English."""
    chosen: dict[str, Line] = {}
    for line in entries:
        if line.language == language or (line.language == "en" and line.key not in chosen):
            chosen[line.key] = line
    return list(chosen.values())


_SENTENCE_END = re.compile(r"[.!?;]+")  # not line ends: people break lines in mid-sentence
_NOT_WORD = re.compile(rf"[^\w{re.escape(BREAK)}]+|_+")
_DOUBLED = re.compile(r"(\w)\1+")


def _squeezed(text: str) -> str:
    return _DOUBLED.sub(r"\1", normalised(text))


def _shape(words: str, often_mistyped: tuple[str, ...]) -> str:
    """Return words one blank apart, doubled letters single, slips in known words put right."""
    marked = _SENTENCE_END.sub(f" {BREAK} ", words)
    goals = [_squeezed(goal) for goal in often_mistyped]
    tokens = _NOT_WORD.sub(" ", _squeezed(marked)).split()
    return f" {' '.join(_mended(token, goals) for token in tokens)} "


def _mended(token: str, goals: list[str]) -> str:
    if len(token) < SHORTEST_MENDED:
        return token
    for goal in goals:
        if token[0] == goal[0] and OSA.distance(token, goal, score_cutoff=1) <= 1:
            return goal
    return token


@lru_cache(maxsize=4_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of plain words as a regular expression over the rough shape.

    Nothing in it can be repeated without bound, so no text makes it slow.
    """
    made = ""
    gap = False
    for word in pattern.split():
        if word == "...":
            gap = True
            continue
        between = rf"(?: [^ {re.escape(BREAK)}]+){{0,{MOST_BETWEEN}}}" if gap else ""
        optional = word.startswith("[") and word.endswith("]")
        made += between + f"(?: {_either(word.strip('[]'))}){'?' if optional else ''}"
        gap = False
    if not made:
        message = "an empty pattern"
        raise ValueError(message)
    return re.compile(made + r"(?= )")


def _either(token: str) -> str:
    words = []
    for word in token.split("/"):
        plain = _squeezed(word.removesuffix("*"))
        if not re.fullmatch(r"\w+", plain):
            message = f"pattern word {word!r}: use letters, / * [ ] and ... only"
            raise ValueError(message)
        words.append(plain + (r"\w*" if word.endswith("*") else ""))
    return f"(?:{'|'.join(words)})"


BUILT_IN: Final = Rules(
    phrases=(
        Phrases(
            group="self_harm",
            certain=True,
            patterns=(
                "kill/hurt/hang/cut myself",
                "suicid*",
                "end my life",
                "end it all",
                "want/wanna [to] die",
                "better off without me",
                "cant go on",
            ),
        ),
        Phrases(
            group="immediate_danger",
            patterns=("outside my house/door", "at my door", "going to kill me", "has a knife/gun"),
        ),
    ),
    lines=(
        Line(
            key="emergency",
            uk_wide=True,
            text="If someone might act on this, or is not safe: call 999 now. "
            "If you cannot speak, call 999 and press 55.",
        ),
        Line(
            key="listening",
            uk_wide=True,
            text="Samaritans, free, day and night: 116 123. Or text SHOUT to 85258.",
        ),
    ),
)
"""What is used when ``crisis.toml`` cannot be read: someone in danger always gets these numbers."""
