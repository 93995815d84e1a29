"""Everything that is read back: a member's own things, cases for officers, counts for the gate."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import JsonValue, ValidationError
from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from bot.conversation.turn import Conversation
from bot.feedback.gate import Count
from bot.ports import Clock
from bot.records import CameOf, CaseCard, CaseFile, Cell, LookedUp, OpenQuestion, OwnReport, Waiting
from bot.reports.outcomes import Outcome
from bot.storage import schema
from bot.storage.cards import cards
from bot.storage.cases import IMPORT
from bot.storage.checking_in import check_ins_of
from bot.storage.coming_of import outcomes_of, own_outcomes
from bot.storage.database import Database
from bot.storage.filing import DAYS, SWITCHES, TOKENS
from bot.storage.keys import KeyStore
from bot.storage.last_told import own_told
from bot.storage.naming import related
from bot.storage.questions import open_questions, own_questions
from bot.storage.receipts import hashes, look_up, own_tries
from bot.storage.sealing import opened_json, opened_text, place
from bot.storage.threads import in_thread

DIMENSIONS = ("platform", "kinds", "platform_reply", "nation", "phase", "target_role")
OPEN = ("open", "taken", "waiting")


class Reading:
    """The reading half of ``Store``; a row whose key is gone is passed over as erased."""

    _database: Database
    _keys: KeyStore
    _clock: Clock

    @in_thread
    def own_reports(self, member: str) -> tuple[OwnReport, ...]:
        """Return the member's sent reports, newest first."""
        report, case = schema.report, schema.case_
        mine = select(report, case.c.status).join(case, case.c.id == report.c.case_id)
        mine = mine.where(report.c.member == member, report.c.kind == "report")
        mine = mine.order_by(report.c.at.desc(), report.c.id.desc())
        with self._database.reading() as connection:
            rows = connection.execute(mine).mappings().all()
        keys = self._keys.fetch(row["id"] for row in rows)
        return tuple(
            OwnReport(row["id"], row["at"], row["platform"], row["status"], answers)
            for row in rows
            if (answers := _answers(keys, row)) is not None
        )

    @in_thread
    def by_receipt(self, member: str, code: str, word: str) -> LookedUp:
        """Look a report up by its receipt and second word, unless too many tries were wrong."""
        with self._database.reading() as connection:
            return look_up(connection, hashes(self._keys, code, word), member, self._clock())

    @in_thread
    def held(self, member: str) -> Mapping[str, JsonValue]:
        """Return everything held about a member, readable, for ``/mydata``."""
        with self._database.reading() as connection:
            who = schema.member
            row = connection.execute(select(who).where(who.c.id == member)).mappings().first()
            reports = _all(connection, schema.report, member)
            waiting = _all(connection, schema.delivery, member)
            marks = _all(connection, schema.seen, member)
            keys = self._keys.fetch([*([row["key"]] if row else []), *(one["id"] for one in reports)])
            drafts = conversations_of(connection, keys, member) if row else ()
            questions = own_questions(connection, keys, member)
            said = own_outcomes(connection, member)
            told = own_told(connection, member)
            asked = check_ins_of(connection, member)
            tries = own_tries(connection, member)
        return {
            "member": _own_row(keys, row) if row else None,
            "drafts": [draft.model_dump(mode="json", warnings=False) for draft in drafts],
            "questions": questions,
            "reports": [own for one in reports if (own := _own_report(keys, one)) is not None],
            "outcomes": said,
            "told": told,
            "check_ins": [one.due.isoformat() for one in asked.values() if one.due is not None],
            "waiting": [own for one in waiting if one["state"] == "waiting" and (own := _own_delivery(keys, one))],
            "messages_seen": [one["at"].isoformat() for one in marks],
            "wrong_receipts": tries,
        }

    @in_thread
    def open_questions(self) -> Sequence[OpenQuestion]:
        """Return the questions of all members that nothing helped with; only their groups may be shown."""
        return open_questions(self._database, self._keys)

    @in_thread
    def cases(self, *, closed: bool = False) -> tuple[CaseCard, ...]:
        """Return cases not closed, with ``closed`` those too; urgent first, then oldest first."""
        status = schema.case_.c.status
        with self._database.reading() as connection:
            wanted = schema.case_.c.kind != IMPORT if closed else status.in_(OPEN)
            return cards(connection, wanted)

    @in_thread
    def case(self, number: int) -> CaseFile | None:
        """Return one case with its reports unsealed. The caller must commit an ``Audited`` first."""
        report = schema.report
        with self._database.reading() as connection:
            found = cards(connection, (schema.case_.c.number == number) & (schema.case_.c.kind != IMPORT))
            if not found:
                return None
            query = select(report).where(report.c.case_id == found[0].id)
            rows = connection.execute(query.order_by(report.c.at, report.c.id)).mappings().all()
            shared = related(connection, found[0].id)
            told_of = outcomes_of(connection, [row["id"] for row in rows])
        keys = self._keys.fetch(row["id"] for row in rows)
        opened = ((row["at"], _tokens(row) if row["sealed"] is None else _answers(keys, row)) for row in rows)
        reports = ({**told, "at": at.isoformat()} for at, told in opened if told is not None)
        return CaseFile(found[0], tuple(reports), shared, _together(told_of))

    @in_thread
    def cells(self, since: datetime, until: datetime, *dimensions: str) -> tuple[Cell, ...]:
        """Count reports and different members sent in [since, until), by report columns.

        What was not answered is the value "". Raises ``ValueError`` for another dimension.
        """
        report = schema.report
        columns = [_dimension(name) for name in dimensions]
        counts = func.count().label("n"), func.count(report.c.member.distinct()).label("members")
        selected: list[ColumnElement[Any]] = [*columns, *counts]
        query = select(*selected)
        if "kinds" in dimensions:
            kind = schema.report_kind
            query = query.select_from(report.outerjoin(kind, kind.c.report == report.c.id))
        query = query.where(report.c.kind == "report", report.c.at >= since, report.c.at < until)
        if columns:
            query = query.group_by(*columns).order_by(*columns)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Cell(tuple(row[: len(columns)]), Count(row[-2], row[-1])) for row in rows)

    @in_thread
    def tallies(self, since: datetime, until: datetime) -> Mapping[str, Count]:
        """Return the wordless counts of the weeks that begin (Monday, UTC) in [since, until).

        Nobody can be followed from week to week, so ``members`` is the most of any one week.
        """
        tally = schema.tally
        weekly = select(tally.c.what, func.count().label("n"))
        weekly = weekly.where(tally.c.week >= _first_day(since), tally.c.week < _first_day(until))
        with self._database.reading() as connection:
            rows = connection.execute(weekly.group_by(tally.c.what, tally.c.week)).all()
        numbers: dict[str, list[int]] = {}
        for row in rows:
            numbers.setdefault(row.what, []).append(row.n)
        return {what: Count(sum(weeks), max(weeks)) for what, weeks in sorted(numbers.items())}

    @in_thread
    def waiting(self) -> Waiting:
        """Return how much work waits for officers now."""
        case = schema.case_
        counts = (
            func.count(),
            func.count().filter(case.c.urgent.is_(True)),
            func.count().filter(case.c.kind == "call"),
            func.min(case.c.opened),
        )
        with self._database.reading() as connection:
            row = connection.execute(select(*counts).where(case.c.status == "open")).one()
        return Waiting(*row)

    @in_thread
    def released(self, period: str, starts: date) -> Mapping[str, JsonValue] | None:
        """Return a table released before, or None."""
        table = schema.released
        query = select(table.c.body).where(table.c.period == period, table.c.starts == starts)
        with self._database.reading() as connection:
            body = connection.execute(query).scalar()
        return None if body is None else dict(json.loads(body))


def conversations_of(connection: Connection, keys: Mapping[str, bytes], member: str) -> tuple[Conversation, ...]:
    """Return a member's unfinished conversations, the one changed last first."""
    table = schema.conversation
    query = select(table).where(table.c.member == member).order_by(table.c.updated.desc(), table.c.id.desc())
    found = []
    for row in connection.execute(query):
        words = opened_text(keys, row.state, place("conversation", "state", row.id))
        if words is None:
            continue
        try:
            found.append(Conversation.model_validate_json(words).now(paused=row.paused))
        except ValidationError:
            continue  # of a form this version does not know; it expires like any draft
    return tuple(found)


def _together(told_of: Mapping[str, CameOf]) -> tuple[Outcome, ...]:
    """Return the outcomes of several reports, each once, oldest first."""
    every = {one for told in told_of.values() for one in (*told.mine, *told.others)}
    return tuple(sorted(every, key=lambda one: (one.at, one.what)))


def _dimension(name: str) -> ColumnElement[str]:
    if name not in DIMENSIONS:
        message = f"reports are not counted by {name}"
        raise ValueError(message)
    column = schema.report_kind.c.kind if name == "kinds" else schema.report.c[name]
    return func.coalesce(column, "").label(name)


def _first_day(moment: datetime) -> date:
    """Return the first day that begins at or after a moment."""
    utc = moment.astimezone(UTC)
    return utc.date() if utc.time() == time.min else utc.date() + timedelta(days=1)


def _all(connection: Connection, table: Any, member: str) -> list[RowMapping]:  # noqa: ANN401 - a table
    return list(connection.execute(select(table).where(table.c.member == member)).mappings())


def _answers(keys: Mapping[str, bytes], row: RowMapping) -> dict[str, Any] | None:
    return opened_json(keys, row["sealed"], place("report", "sealed", row["id"]))


def _tokens(row: RowMapping) -> dict[str, JsonValue]:
    """Return what is left of a report whose detail was erased after its time."""
    told: dict[str, JsonValue] = {name: row[name] for name in (*TOKENS, *SWITCHES) if row[name] is not None}
    return told | {name: row[name].isoformat() for name in DAYS if row[name] is not None}


def _own_row(keys: Mapping[str, bytes], row: RowMapping) -> dict[str, JsonValue]:
    hidden = {"key", "revision", "address"}
    told: dict[str, JsonValue] = {name: _plain(value) for name, value in row.items() if name not in hidden}
    return told | {"address": opened_text(keys, row["address"], place("member", "address", row["id"]))}


def _own_report(keys: Mapping[str, bytes], row: RowMapping) -> dict[str, JsonValue] | None:
    answers = _answers(keys, row)
    if answers is None:
        return None
    return {"id": row["id"], "kind": row["kind"], "at": _plain(row["at"]), "answers": answers}


def _own_delivery(keys: Mapping[str, bytes], row: RowMapping) -> dict[str, JsonValue] | None:
    body = opened_text(keys, row["body"], place("delivery", "body", row["key"]))
    if body is None:
        return None
    reply = json.loads(body)
    return {"due": _plain(row["due"]), "reply": reply["key"], "values": reply["values"]}


def _plain(value: Any) -> JsonValue:  # noqa: ANN401 - a column's value
    return value.isoformat() if isinstance(value, date) else value
