"""Where a report goes next: the rules of ``content/routes.toml`` give the steps in order, safety first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from bot.reports.tokens import Kind, Nation, Platform, PlatformReply, ShowsChild, Target

Who: TypeAlias = Literal["anyone", "staff", "person_shown", "school"]
Sent: TypeAlias = Literal["links", "platform", "kinds", "seen_on", "reported_on", "platform_reply", "number"]
When: TypeAlias = Literal[
    "now", "if_afraid", "if_private_picture", "after_48_hours", "after_week", "after_refusal_or_week"
]

_NAME = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,24}$")]
"""At most 25 letters: a button carries it behind a report's 36, within Telegram's 64."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Route(_Part):
    """One place to turn to: who has to file it, what is sent there, and the page this rests on."""

    name: _NAME
    who: Who
    sends: tuple[Sent, ...]
    source: Annotated[str, Field(min_length=1)]
    link: Annotated[str, Field(pattern=r"^https://")]
    checked: date


class Rule(_Part):
    """When a route is a step. ``days``: at least so many full days since the platform was told."""

    route: str
    when: When = "now"
    ends: bool = False
    kinds: frozenset[Kind] = frozenset()
    unless_kinds: frozenset[Kind] = frozenset()
    platform: frozenset[Platform] = frozenset()
    unless_platform: frozenset[Platform] = frozenset()
    target: frozenset[Target] = frozenset()
    unless_target: frozenset[Target] = frozenset()
    nation: frozenset[Nation] = frozenset()
    unless_nation: frozenset[Nation] = frozenset()
    platform_reply: frozenset[PlatformReply] = frozenset()
    shows_child: frozenset[ShowsChild] = frozenset()
    in_danger: bool | None = None
    days: Annotated[int | None, Field(ge=1)] = None
    before_days: Annotated[int | None, Field(ge=1)] = None

    def holds(self, answers: Mapping[str, JsonValue], days: int) -> bool:
        """Whether every condition holds for a report's answers, that many days after the platform was told."""
        said = answers.get("kinds")
        kinds = {str(kind) for kind in said} if isinstance(said, list | tuple) else set()
        if (self.kinds and not self.kinds & kinds) or self.unless_kinds & kinds:
            return False
        for name in ("platform", "target", "nation", "platform_reply", "shows_child"):
            one = answers.get(name)
            if (wanted := getattr(self, name)) and one not in wanted:
                return False
            if one in getattr(self, f"unless_{name}", ()):
                return False
        if self.in_danger is not None and (answers.get("in_danger") is True) != self.in_danger:
            return False
        return days >= (self.days or 0) and (self.before_days is None or days < self.before_days)


@dataclass(frozen=True, slots=True)
class Step:
    """A route at its place in the order, and when its time is."""

    route: Route
    when: When


class Routes(_Part):
    """Everything editors say about where reports go."""

    route: tuple[Route, ...]
    rule: tuple[Rule, ...]

    @model_validator(mode="after")
    def _fits(self) -> Routes:
        names = [one.name for one in self.route]
        if len(set(names)) < len(names):
            message = "two routes have the same name"
            raise ValueError(message)
        unknown = {rule.route for rule in self.rule} - set(names)
        if unknown:
            message = f"a rule names the route {min(unknown)}, which is not among the routes"
            raise ValueError(message)
        idle = set(names) - {rule.route for rule in self.rule}
        if idle:
            message = f"no rule leads to the route {min(idle)}"
            raise ValueError(message)
        return self

    @classmethod
    def parse(cls, toml_text: str) -> Routes:
        """Read the rules from TOML; raises ``ValueError`` saying which field is wrong."""
        return cls.model_validate(tomllib.loads(toml_text))

    def steps(self, answers: Mapping[str, JsonValue], sent: date, today: date) -> tuple[Step, ...]:
        """Return the steps for a report's answers, in order, each route once.

        ``sent`` is the day of the report: where no other day is known, the platform had been told by then.
        """
        days = (today - told_on(answers, sent)).days
        named = {one.name: one for one in self.route}
        found: dict[str, Step] = {}
        for rule in self.rule:
            if not rule.holds(answers, days):
                continue
            found.setdefault(rule.route, Step(named[rule.route], rule.when))
            if rule.ends:
                break
        return tuple(found.values())


def told_on(answers: Mapping[str, JsonValue], sent: date) -> date:
    """Return the day the platform was told, the report's own at the latest."""
    said = answers.get("reported_on")
    try:
        return min(date.fromisoformat(str(said)[:10]), sent)
    except ValueError:
        return sent
