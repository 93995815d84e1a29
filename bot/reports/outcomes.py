"""What became of an item: dated, append-only, with who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

What: TypeAlias = Literal["still_up", "gone", "not_looked", "no_answer", "no_violation", "answered_otherwise"]
Says: TypeAlias = Literal["member", "officer", "platform"]
News: TypeAlias = Literal["gone", "back_up", "no_violation", "answered_otherwise"]

SEEN: frozenset[What] = frozenset({"still_up", "gone", "not_looked"})
"""What somebody saw, or did not look for; the others are what the platform answered."""
ANSWERS: Mapping[str, What] = {
    "no_violation": "no_violation",
    "none": "no_answer",
    "partly": "answered_otherwise",
    "other": "answered_otherwise",
}
"""What a platform's reply in the form is as an outcome; "removed" is something seen."""
SAME_TAP = timedelta(hours=12)
"""The same answer of the same member within it is one tap heard twice; check-ins are 24 hours apart at least."""
SEEN_BY_ANYBODY: frozenset[News] = frozenset({"gone", "back_up"})
"""News that anybody could have seen by looking: it tells nothing of who else wrote to the union."""
ENOUGH = 5
"""So many different members before anything may be told that only they can know (PRODUCT sections 3 and 6)."""
AT_ONCE_AGAIN = timedelta(hours=24)
"""So long after a member was last told of an item they hear of it at once; a turn before waits for the day's message.

Two who disagree whether it is gone would make everybody's telephone buzz. Hours, not a day of the calendar: two
turns on both sides of midnight would go together at eight in the morning.
"""
LINES_AT_MOST = 8
"""Lines in one message of the day: what fits on a phone without scrolling far. What is more waits for the next."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One observation of an item. ``by_platform``: the platform itself said it did this."""

    at: datetime
    what: What
    says: Says = "member"
    route: str | None = None
    by_platform: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """From when an item was known to be there, gone, or there again, and who said so first."""

    at: datetime
    what: Literal["up", "gone", "back_up"]
    says: Says
    by_platform: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What became of an item. ``turns`` are all its changes, oldest first: "back up" hides no "gone".

    ``answer`` is the last thing a platform was said to answer; ``no_answer`` only until there is one.
    """

    turns: tuple[Turned, ...] = ()
    last_seen_up: datetime | None = None
    first_seen_gone: datetime | None = None
    answer: Outcome | None = None

    @property
    def now(self) -> Turned | None:
        """Where it stands: the last change."""
        return self.turns[-1] if self.turns else None


def history(outcomes: Sequence[Outcome]) -> History:
    """Return what outcomes of one item, in any order, tell together."""
    turns: list[Turned] = []
    last_up: datetime | None = None
    first_gone: datetime | None = None
    answer: Outcome | None = None
    for one in sorted(outcomes, key=lambda outcome: outcome.at):
        if one.what == "gone":
            first_gone = first_gone or one.at
            if not turns or turns[-1].what != "gone":
                turns.append(Turned(one.at, "gone", one.says, one.by_platform))
        elif one.what == "still_up":
            last_up = one.at
            if not turns:
                turns.append(Turned(one.at, "up", one.says))
            elif turns[-1].what == "gone":
                turns.append(Turned(one.at, "back_up", one.says))
        elif one.what != "not_looked" and (one.what != "no_answer" or answer is None or answer.what == "no_answer"):
            answer = one
    return History(tuple(turns), last_up, first_gone, answer)


def news(before: Sequence[Outcome], new: Outcome) -> News | None:
    """Return what an outcome tells that was not known of its item before; None when it is nothing new.

    A platform's answer is new once: when a second member had the same one, nobody learns anything by it.
    """
    known = history(before)
    if new.what == "gone":
        return "gone" if known.now is None or known.now.what != "gone" else None
    if new.what == "still_up":
        return "back_up" if known.now is not None and known.now.what == "gone" else None
    if new.what in ("no_violation", "answered_otherwise"):
        return None if any(one.what == new.what for one in before) else new.what
    return None


@dataclass(frozen=True, slots=True)
class Knows:
    """What one member last heard of an item or said of it themself, and when they were last told."""

    what: News | None = None
    told: datetime | None = None


def goes_at_once(knows: Knows, what: News, now: datetime) -> bool:
    """Whether a member hears of a turn at once; if not, the day's message tells how the item stands by then."""
    return knows.what != what and (knows.told is None or now - knows.told >= AT_ONCE_AGAIN)


def stands(outcomes: Sequence[Outcome]) -> News | None:
    """Return what can be told of where an item stands to whoever was told that it turned; None if nobody says."""
    now = history(outcomes).now
    return None if now is None else "gone" if now.what == "gone" else "back_up"


def visible(mine: Sequence[Outcome], others: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return what the member behind ``mine`` may be shown: of others' outcomes that it is gone, and there again.

    "Still there" alone, or what a platform answered somebody else, would tell that there is somebody else.
    """
    shown = list(mine)
    is_gone = False
    for one in sorted([*mine, *others], key=lambda outcome: outcome.at):
        is_new = one.what == "gone" or (one.what == "still_up" and is_gone)
        if one.what in ("gone", "still_up"):
            is_gone = one.what == "gone"
        if is_new and one not in shown:
            shown.append(one)
    return tuple(sorted(shown, key=lambda outcome: outcome.at))


def is_same_tap(mine: Sequence[Outcome], new: Outcome) -> bool:
    """Whether a member's own last word on this, a moment ago, was the same: then it is kept once."""
    about = [one for one in mine if (one.what in SEEN) == (new.what in SEEN)]
    last = max(about, key=lambda outcome: outcome.at, default=None)
    return last is not None and last.what == new.what and new.at - last.at < SAME_TAP


def from_report(
    platform_reply: str | None, still_online: str | None, at: datetime, route: str | None = None
) -> tuple[Outcome, ...]:
    """Return what a report says became of its item, by the tokens of the form; ``route`` is how the platform was told.

    "Removed" is the platform's own word, so it counts as gone by the platform. "Partly" and
    "other" are answers too, only neither yes nor no. Not reported yet, or not known: nothing.
    """
    outcomes: list[Outcome] = []
    if platform_reply == "removed":
        outcomes.append(Outcome(at, "gone", route=route, by_platform=True))
    elif platform_reply is not None and platform_reply in ANSWERS:
        outcomes.append(Outcome(at, ANSWERS[platform_reply], route=route))
    if still_online == "yes":
        outcomes.append(Outcome(at, "still_up"))
    elif still_online == "no" and platform_reply != "removed":
        outcomes.append(Outcome(at, "gone"))
    return tuple(outcomes)
