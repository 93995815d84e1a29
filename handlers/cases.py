"""Case cards: what officers see of a case before they open it, and what they see when they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from pydantic import JsonValue

from bot.changes import Audited
from bot.conversation.form import Form, questions
from bot.conversation.sheet import Wrong
from bot.conversation.show import label, shown
from bot.messages import Choice, Delivery, Incoming, Place, Reply, Text, Value
from bot.records import CaseCard, CaseFile, Filed
from bot.reports.outcomes import Outcome, history
from handlers.incident import IncidentReport
from handlers.sheets import CaseClosing, CaseOutcome, CaseStatus

CASES = Place("channel", "cases")
WAYS = {
    "open": ("open", "take", "status", "outcome", "close"),
    "taken": ("open", "status", "outcome", "close"),
    "waiting": ("open", "take", "status", "outcome", "close"),
    "closed": ("open", "status", "outcome"),
}
OPENED_FIELDS = (
    "what_happened", "links", "accounts", "hashtags", "target", "target_role", "posted_by", "seen_on", "route",
    "reported_on", "still_online", "nation", "region", "phase", "may_contact", "keep_me_posted", "may_pass_on",
    "contact_name", "not_officer",
)  # fmt: skip  # the rest stands on the card already


def card(case: CaseCard) -> Reply:
    """Return a case's card: nothing on it tells who the member is or what they wrote."""
    nothing = Text("nothing")
    values: dict[str, Value] = {
        "number": str(case.number),  # as it is typed to open it: no comma
        "urgent": Text("card-urgent") if case.urgent else nothing,
        "unverified": nothing if case.verified else Text("card-unverified"),
        "reports": case.reports,
        "opened": case.opened,
        "status": Text(f"case-{case.status}"),
    }
    ways = [what for what in WAYS[case.status] if what != "outcome" or case.kind != "call"]
    choices = tuple(Choice(f"c:{what}:{case.number}", Text(f"button-{what}")) for what in ways)
    if case.kind == "call":
        return Reply("card-call", values, choices)
    values["platform"] = Text(f"report-platform-{case.platform}") if case.platform else nothing
    values["kinds"] = Text("list", {"items": tuple(Text(f"report-kinds-{kind}") for kind in case.kinds)})
    values["reply"] = Text(f"report-platform_reply-{case.platform_reply}") if case.platform_reply else nothing
    values["wish"] = Text("card-wish", {"wish": Text(f"report-wish-{case.wish}")}) if case.wish else nothing
    return Reply("card", values, choices)


def announce(said: Incoming) -> Callable[[Filed], Sequence[Delivery]]:
    """Return what turns a filed report into a card, or into a new count on its card and one more line under it."""

    def deliveries(filed: Filed) -> Sequence[Delivery]:
        case = filed.case
        if filed.is_new_case:
            return (Delivery(_key(case), CASES, card(case), said.at, order=_order(case)),)
        values: dict[str, Value] = {
            "number": str(case.number),
            "reports": case.reports,
            "at": said.at,
            "urgent": _urgent(case),
        }
        return (_renewed(said, filed), _line(f"{_key(case)}:{filed.report}", said, case, Reply("card-joined", values)))

    return deliveries


def announce_change(said: Incoming) -> Callable[[Filed], Sequence[Delivery]]:
    """Return what brings a case's card up to date when an officer has changed the case."""
    return lambda filed: (_renewed(said, filed),)


def _key(case: CaseCard) -> str:
    return f"card:{case.id}"


def _order(case: CaseCard) -> str:
    return f"case:{case.id}"


def _renewed(said: Incoming, filed: Filed) -> Delivery:
    """Return the card as it is now, to stand where it stood before."""
    case = filed.case
    now = card(case) if case.reports else Reply("card-empty", {"number": str(case.number)})
    key = f"renewed:{case.id}:{filed.report}:{said.id}"
    return Delivery(key, CASES, now, said.at, order=_order(case), instead=_key(case))


def _line(key: str, said: Incoming, case: CaseCard, reply: Reply) -> Delivery:
    """Return one more line in the thread of a case's card."""
    return Delivery(key, CASES, reply, said.at, order=_order(case), under=_key(case))


def announce_correction(said: Incoming) -> Callable[[Filed], Sequence[Delivery]]:
    """Return what tells the case room that a member put a report right."""

    def deliveries(filed: Filed) -> Sequence[Delivery]:
        case = filed.case
        line = Reply("card-corrected", {"number": str(case.number), "at": said.at, "urgent": _urgent(case)})
        return (_renewed(said, filed), _line(f"corrected:{filed.report}:{said.id}", said, case, line))

    return deliveries


def announce_erasure(said: Incoming) -> Callable[[Filed], Sequence[Delivery]]:
    """Return what tells the case room that a report is erased, by the stop rule."""

    def deliveries(filed: Filed) -> Sequence[Delivery]:
        line = Reply("card-erased", {"number": str(filed.case.number), "at": said.at})
        return (_renewed(said, filed), _line(f"erased:{filed.report}", said, filed.case, line))

    return deliveries


def announce_withdrawal(said: Incoming) -> Callable[[Filed], Sequence[Delivery]]:
    """Return what tells the case room that a member has withdrawn a report."""

    def deliveries(filed: Filed) -> Sequence[Delivery]:
        line = Reply("card-withdrawn", {"number": str(filed.case.number), "at": said.at})
        return (_renewed(said, filed), _line(f"erased:{filed.report}", said, filed.case, line))

    return deliveries


def _urgent(case: CaseCard) -> Text:
    return Text("card-urgent") if case.urgent else Text("nothing")


def opened(file: CaseFile) -> tuple[Reply, ...]:
    """Return everything members told about a case, for one officer's eyes only."""
    number = file.card.number
    head = Reply("case-opened", {"number": str(number), "reports": len(file.reports)})
    beside = tuple(
        Text(f"case-same-{one.kind}", {"cases": Text("list", {"items": _numbers(one.cases)})}) for one in file.related
    )
    shared = (Reply("case-related", {"lines": beside}),) if beside else ()
    became = (Reply("case-became", {"lines": _became(file.outcomes)}),) if file.outcomes else ()
    reports = (_told(number, place, report) for place, report in enumerate(file.reports, 1))
    return (head, *shared, *became, *reports)


def _numbers(cases: Sequence[int]) -> tuple[Text, ...]:
    return tuple(Text("words", {"words": str(number)}) for number in cases)


def _became(outcomes: Sequence[Outcome]) -> tuple[Text, ...]:
    """Return every turn of a case's item, oldest first, who says so, and what the platform answered last."""
    known = history(outcomes)
    turns: list[tuple[datetime, str, str]] = [
        (turn.at, "removed" if turn.by_platform else turn.what, turn.says) for turn in known.turns
    ]
    if known.answer is not None:
        turns.append((known.answer.at, known.answer.what, known.answer.says))
    return tuple(
        Text("case-became-line", {"day": at.date(), "what": Text(f"became-{what}"), "says": Text(f"says-{says}")})
        for at, what, says in turns
    )


def _told(number: int, place: int, report: Mapping[str, JsonValue]) -> Reply:
    known = questions(IncidentReport)
    lines = []
    for name in OPENED_FIELDS:
        value = report.get(name)
        if value in (None, "", [], False):
            continue
        told = (
            Text("words", {"words": str(value)})
            if known[name].kind == "story"
            else shown(IncidentReport, known[name], value)
        )
        lines.append(Text("review-line", {"name": Text(f"report-{name}-name"), "value": told}))
    if about := report.get("about"):
        lines.append(
            Text("review-line", {"name": Text("person-about-name"), "value": Text("words", {"words": str(about)})})
        )
    at = str(report.get("at", ""))[:10]
    day: Value = date.fromisoformat(at) if at else Text("nothing")
    return Reply(
        "case-report",
        {"number": str(number), "place": place, "day": day, "lines": tuple(lines) or (Text("case-no-more"),)},
    )


def reasons(number: int, wrong: Wrong | None = None) -> Reply:
    """Ask why a case is closed; ``wrong`` is what a sheet sent back lacked."""
    choices = _options(CaseClosing, "reason", f"c:close:{number}")
    return Reply("case-close-why", {"number": str(number)}, choices, sheet=CaseClosing, wrong=wrong or {})


def statuses(case: CaseCard, wrong: Wrong | None = None) -> Reply:
    """Ask where a case is to stand; ``wrong`` is what a sheet sent back lacked."""
    values: dict[str, Value] = {"number": str(case.number), "status": Text(f"case-{case.status}")}
    choices = _options(CaseStatus, "status", f"c:status:{case.number}")
    return Reply("case-status-which", values, choices, sheet=CaseStatus, wrong=wrong or {})


def becoming(number: int, wrong: Wrong | None = None) -> Reply:
    """Ask what became of what a case is about; ``wrong`` is what a sheet sent back lacked."""
    choices = _options(CaseOutcome, "what", f"c:outcome:{number}")
    return Reply("case-outcome-which", {"number": str(number)}, choices, sheet=CaseOutcome, wrong=wrong or {})


def _options(form: type[Form], name: str, pressed: str) -> tuple[Choice, ...]:
    question = questions(form)[name]
    return tuple(Choice(f"{pressed}:{option}", label(form, question, option)) for option in question.options)


def audit(what: str, number: int) -> Audited:
    """Return the record of what an officer did with a case."""
    return Audited(what, f"case {number}")
