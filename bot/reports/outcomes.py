"""What became of an item: dated, append-only, with who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Outcome:
    """One observation of an item. ``by_platform``: the platform itself said it did this."""

    at: datetime
    what: Literal["still_up", "gone", "no_answer", "no_violation", "answered_otherwise"]
    says: Literal["member", "officer", "platform"] = "member"
    route: str | None = None
    by_platform: bool = False


def from_report(platform_reply: str | None, still_online: str | None, at: datetime) -> tuple[Outcome, ...]:
    """Return what a report says became of its item, by the tokens of the form.

    "Removed" is the platform's own word, so it counts as gone by the platform. "Partly" and
    "other" are answers too, only neither yes nor no. Not reported yet, or not known: nothing.
    """
    outcomes: list[Outcome] = []
    if platform_reply == "removed":
        outcomes.append(Outcome(at, "gone", by_platform=True))
    elif platform_reply == "no_violation":
        outcomes.append(Outcome(at, "no_violation"))
    elif platform_reply == "none":
        outcomes.append(Outcome(at, "no_answer"))
    elif platform_reply in ("partly", "other"):
        outcomes.append(Outcome(at, "answered_otherwise"))
    if still_online == "yes":
        outcomes.append(Outcome(at, "still_up"))
    elif still_online == "no" and platform_reply != "removed":
        outcomes.append(Outcome(at, "gone"))
    return tuple(outcomes)
