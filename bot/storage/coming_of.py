"""What became of items: outcomes are only ever added, and whoever should hear of a new one is found with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Connection, RowMapping, func, select
from uuid6 import uuid7

from bot.changes import CaseOutcomeNoted, CheckInPutOff, CheckInsBegun, CheckInsEnded, OutcomeNoted, Tell
from bot.messages import Delivery
from bot.ports import Conflict
from bot.records import CameOf
from bot.reports.outcomes import ENOUGH, SEEN_BY_ANYBODY, News, Outcome, is_same_tap, news, stands
from bot.storage import schema
from bot.storage.checking_in import begin_check_ins, end_check_ins, end_for_item, put_off
from bot.storage.keys import pages
from bot.storage.last_told import tell_at_once
from bot.storage.preparing import Filing

row = schema.outcome


@dataclass(frozen=True, slots=True)
class Subject:
    """What an outcome is about: an item, or one report that has none. ``member``: who says it, if a member."""

    item: str | None
    report: str | None
    member: str | None = None

    @property
    def rows(self) -> ColumnElement[bool]:
        """The outcomes of this item or report."""
        return row.c.item == self.item if self.item is not None else row.c.report == self.report

    @property
    def about(self) -> str:
        """The id of what it is about."""
        return self.item or self.report or ""

    def said(self, one: RowMapping) -> bool:
        """Whether an outcome was said by the same member, or by officers too."""
        return bool(one["says"] == "officer" if self.member is None else one["report"] == self.report)


def of_report(connection: Connection, report: str, member: str) -> Subject:
    """Return what a member's own report is about. Raises ``Conflict`` when it is there no more."""
    table, link = schema.report, schema.report_item
    mine = select(table.c.id).where(table.c.id == report, table.c.member == member, table.c.sealed.is_not(None))
    if connection.execute(mine).first() is None:
        raise Conflict
    item = connection.execute(select(link.c.item).where(link.c.report == report, link.c.position == 0)).scalar()
    return Subject(item, report, member)


def of_case(connection: Connection, number: int) -> Subject:
    """Return what a case is about: its item, or its first report. Raises ``Conflict`` when it has neither."""
    case, report = schema.case_, schema.report
    found = connection.execute(select(case.c.id, case.c.item).where(case.c.number == number)).first()
    if found is None:
        raise Conflict
    if found.item is not None:
        return Subject(found.item, None)
    first = select(report.c.id).where(report.c.case_id == found.id).order_by(report.c.at, report.c.id).limit(1)
    identity = connection.execute(first).scalar()
    if identity is None:
        raise Conflict
    return Subject(None, identity)


def note(filing: Filing, change: OutcomeNoted | CaseOutcomeNoted) -> Sequence[Delivery]:
    """Add what a member says of their report, or an officer of a case."""
    if isinstance(change, OutcomeNoted):
        subject = of_report(filing.connection, change.report, filing.member)
    else:
        subject = of_case(filing.connection, change.number)
    return note_outcome(filing.connection, subject, change.outcome, change.tell, filing.now)


def change_check_ins(filing: Filing, change: CheckInPutOff | CheckInsEnded | CheckInsBegun) -> None:
    """Ask a member about one of their own reports later, no more, or again."""
    of_report(filing.connection, change.report, filing.member)  # or it is not theirs, or there no more
    if isinstance(change, CheckInPutOff):
        put_off(filing.connection, change.report, filing.member, change.until)
    elif isinstance(change, CheckInsEnded):
        end_check_ins(filing.connection, [change.report])
    else:
        begin_check_ins(filing.connection, change.report, filing.member, filing.now, filing.now)


def note_outcome(
    connection: Connection, subject: Subject, outcome: Outcome, tell: Tell, now: datetime
) -> Sequence[Delivery]:
    """Add an outcome and return what it tells others at once; what can wait is put down for the day's message.

    The same tap twice is kept once. "Gone" ends the check-ins of everybody who reported the item.
    """
    _hold(connection, subject)
    before = [*connection.execute(select(row).where(subject.rows).order_by(row.c.at, row.c.id)).mappings()]
    if is_same_tap([_outcome(one) for one in before if subject.said(one)], outcome):
        return ()
    identity = str(uuid7())
    connection.execute(row.insert(), _row(identity, subject, outcome))
    if outcome.what == "gone":
        if subject.report is not None:
            end_check_ins(connection, [subject.report])
        if subject.item is not None:
            end_for_item(connection, subject.item)
    fresh = news([_outcome(one) for one in before], outcome)
    return () if fresh is None else _told(connection, subject, outcome, (identity, fresh), tell, now)


def note_outcomes(
    connection: Connection, subject: Subject, outcomes: Sequence[Outcome], tell: Tell, now: datetime
) -> Sequence[Delivery]:
    """Add several outcomes, one after the other; see ``note_outcome``."""
    every = [note_outcome(connection, subject, outcome, tell, now) for outcome in outcomes]
    return tuple(delivery for told in every for delivery in told)


def outcome_rows(subject: Subject, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return the rows of outcomes that are news to nobody: those of the past."""
    return [_row(str(uuid7()), subject, outcome) for outcome in outcomes]


def _told(
    connection: Connection, subject: Subject, outcome: Outcome, fresh: tuple[str, News], tell: Tell, now: datetime
) -> Sequence[Delivery]:
    identity, what = fresh
    waiting = _hearing(connection, subject)
    told: Sequence[Delivery] = ()
    if what in SEEN_BY_ANYBODY:
        told, waiting = tell_at_once(connection, subject.about, waiting, fresh, tell, now)
    elif not may_tell(what, reporters(connection, subject.item), is_officer=outcome.says == "officer"):
        waiting = []
    if waiting:
        every = [{"member": one["member"], "outcome": identity, "report": one["id"], "at": now} for one in waiting]
        connection.execute(schema.news.insert(), every)
    return told


def may_tell(what: str, reporting: int, *, is_officer: bool) -> bool:
    """Whether this many members of an item are enough to tell it; an officer's word also goes to a member alone."""
    return what in SEEN_BY_ANYBODY or reporting >= ENOUGH or (is_officer and reporting <= 1)


def reporters(connection: Connection, item: str | None) -> int:
    """Return how many different members reported an item; 1 for a report without one."""
    if item is None:
        return 1
    report, link = schema.report, schema.report_item
    members = select(func.count(report.c.member.distinct())).select_from(
        link.join(report, report.c.id == link.c.report)
    )
    return int(connection.execute(members.where(link.c.item == item)).scalar_one())


def saying(connection: Connection, item: str | None, what: str) -> int:
    """Return how many different members say this of an item."""
    if item is None:
        return 0
    report = schema.report
    members = select(func.count(report.c.member.distinct())).select_from(row.join(report, report.c.id == row.c.report))
    return int(connection.execute(members.where(row.c.item == item, row.c.what == what)).scalar_one())


def _hearing(connection: Connection, subject: Subject) -> list[RowMapping]:
    """Return one report of each other member who wants to hear, their first about it."""
    report, link, member = schema.report, schema.report_item, schema.member
    query = select(report.c.id, report.c.member, report.c.at, report.c.platform)
    query = query.join(member, member.c.id == report.c.member)
    if subject.item is None:
        query = query.where(report.c.id == subject.report)
    else:
        query = query.join(link, link.c.report == report.c.id).where(link.c.item == subject.item)
    wanted = report.c.keep_me_posted.is_(True), report.c.sealed.is_not(None), member.c.stopped.is_(False)
    first: dict[str, RowMapping] = {}
    for one in connection.execute(query.where(*wanted).order_by(report.c.at, report.c.id)).mappings():
        if one["member"] != subject.member:
            first.setdefault(one["member"], one)
    return [first[member] for member in sorted(first)]


def _hold(connection: Connection, subject: Subject) -> None:
    """Let one outcome of an item after the other be written: two cannot both be the first to say "gone"."""
    table = schema.item if subject.item is not None else schema.report
    held = select(table.c.id).where(table.c.id == (subject.item or subject.report)).with_for_update()
    connection.execute(held)


def _row(identity: str, subject: Subject, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": identity,
        "item": subject.item,
        "report": subject.report,
        "at": outcome.at,
        "what": outcome.what,
        "says": outcome.says,
        "route": outcome.route,
        "by_platform": outcome.by_platform,
    }


def _outcome(one: RowMapping) -> Outcome:
    return Outcome(one["at"], one["what"], one["says"], one["route"], one["by_platform"])


def outcomes_of(connection: Connection, reports: Collection[str]) -> Mapping[str, CameOf]:
    """Return, by report, everything said about what became of its item, by whomever."""
    link = schema.report_item
    items: dict[str, str] = {}
    found: dict[str, RowMapping] = {}
    for page in pages(reports):
        first = select(link.c.report, link.c.item).where(link.c.report.in_(page), link.c.position == 0)
        items |= {one.report: one.item for one in connection.execute(first)}
        found |= _by_id(connection, row.c.report.in_(page))
    for page in pages(set(items.values())):
        found |= _by_id(connection, row.c.item.in_(page))
    every = sorted(found.values(), key=lambda one: (one["at"], one["id"]))
    return {report: _came_of(report, items.get(report), every) for report in reports}


def standing(connection: Connection, subject: Subject) -> News | None:
    """Return where an item stands now, as it can be told."""
    every = connection.execute(select(row).where(subject.rows).order_by(row.c.at, row.c.id)).mappings()
    return stands([_outcome(one) for one in every])


def _by_id(connection: Connection, which: ColumnElement[bool]) -> dict[str, RowMapping]:
    return {one["id"]: one for one in connection.execute(select(row).where(which)).mappings()}


def _came_of(report: str, item: str | None, every: Sequence[RowMapping]) -> CameOf:
    about = [one for one in every if one["report"] == report or (item is not None and one["item"] == item)]
    mine = tuple(_outcome(one) for one in about if one["report"] == report and one["says"] == "member")
    others = tuple(_outcome(one) for one in about if one["report"] != report or one["says"] != "member")
    return CameOf(mine, others)


def own_outcomes(connection: Connection, member: str) -> list[JsonValue]:
    """Return what a member said became of their reports, oldest first, for ``/mydata``."""
    report = schema.report
    mine = select(row.c.at, row.c.what, row.c.report).join(report, report.c.id == row.c.report)
    mine = mine.where(report.c.member == member, row.c.says == "member").order_by(row.c.at, row.c.id)
    return [{"at": at.isoformat(), "what": what, "report": of} for at, what, of in connection.execute(mine)]
