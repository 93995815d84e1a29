"""The officers' sheets: why a case is closed, and where it stands."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, TypeAlias

from bot.conversation.form import Ask, Form

Reason: TypeAlias = Literal["advised", "removed", "passed_on", "no_action", "duplicate"]
"""Why a case is closed, as kept."""
Status: TypeAlias = Literal["open", "taken", "waiting"]
"""Where a case stands that is not closed; ``waiting``: for somebody outside."""


class CaseClosing(Form):
    """A case is done, and why."""

    name: ClassVar[str] = "closing"
    reason: Annotated[Reason, Ask()]


class CaseStatus(Form):
    """A case stands somewhere else now; a closed one is open again."""

    name: ClassVar[str] = "standing"
    status: Annotated[Status, Ask()]


Became: TypeAlias = Literal["gone", "still_up", "no_violation", "answered_otherwise", "no_answer"]
"""What an officer found out about what a case is about, as kept."""


class CaseOutcome(Form):
    """What became of what a case is about, as an officer knows it."""

    name: ClassVar[str] = "outcome"
    what: Annotated[Became, Ask()]


SHEETS: tuple[type[Form], ...] = (CaseClosing, CaseStatus, CaseOutcome)
