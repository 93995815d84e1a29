"""Whether words speak of a risk to life or immediate danger, and which lines to give then.

Patterns are plain words (``bot.guidance.patterns``), so that editors can add to them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.guidance.patterns import BREAK, Patterns, Shape

Group: TypeAlias = Literal["self_harm", "immediate_danger", "other_at_risk", "weapon"]
Nation: TypeAlias = Literal["england", "wales", "scotland", "northern_ireland"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Phrases(_Part):
    """Patterns of one kind. ``certain`` ones count even in what looks like a calm question."""

    group: Group
    certain: bool = False
    patterns: tuple[str, ...]


class Except(_Part):
    """Wording that is no alarm. ``calm``: it quiets the uncertain patterns of the whole message.

    It does not where one of ``unless`` fits. Wording that is not ``calm`` is only left out itself,
    and the rest is still read.
    """

    calm: bool = False
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()


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
    """What ``content/crisis.toml`` holds.

    ``often_mistyped`` words are recognised with one slip; ``same`` gives other ways to write a
    word; ``words`` are the lists that patterns name as ``<name>``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    often_mistyped: tuple[str, ...] = ()
    same: dict[str, tuple[str, ...]] = {}
    words: dict[str, tuple[str, ...]] = {}
    phrases: tuple[Phrases, ...] = Field(min_length=1)
    excepted: tuple[Except, ...] = Field(default=(), alias="except")
    lines: tuple[Line, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _patterns_can_be_read(self) -> Self:
        self.alarms, self.left_out, self.quieting  # noqa: B018 - read here so that a fault is found at once
        return self

    @cached_property
    def shape(self) -> Shape:
        """What puts messages into the shape the patterns are compared with."""
        return Shape(self.often_mistyped, self.same)

    @cached_property
    def alarms(self) -> tuple[tuple[Group, bool, Patterns], ...]:
        """The patterns of each kind of danger, and whether they are certain."""
        return tuple((entry.group, entry.certain, Patterns(entry.patterns, self.words)) for entry in self.phrases)

    @cached_property
    def left_out(self) -> Patterns:
        """The wording that is left out before anything else is read."""
        return Patterns((p for entry in self.excepted if not entry.calm for p in entry.patterns), self.words)

    @cached_property
    def quieting(self) -> tuple[tuple[Patterns, Patterns], ...]:
        """Calm wording, and what keeps it from quieting a message."""
        calm = (entry for entry in self.excepted if entry.calm)
        return tuple((Patterns(entry.patterns, self.words), Patterns(entry.unless, self.words)) for entry in calm)


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
    said = rules.shape.of(words)
    for expression in rules.left_out.near(said):
        said = expression.sub(f" {BREAK}", said)
    calm = any(quiet.fits(said) and not unless.fits(said) for quiet, unless in rules.quieting)
    for group, certain, patterns in rules.alarms:
        if (certain or not calm) and patterns.fits(said):
            return group
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
