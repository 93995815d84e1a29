"""Case cards: what officers see of a case before they open it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from bot.records import CaseCard
from bot.storage import schema

Row: TypeAlias = RowMapping | Mapping[str, Any]
LISTED = 500
"""Cases in one list: more than an office can read, few enough to stay quick."""


def card_of(connection: Connection, case_id: str) -> CaseCard:
    """Return the card of one case that is known to exist."""
    (card,) = cards(connection, schema.case_.c.id == case_id)
    return card


def cards(connection: Connection, which: ColumnElement[bool]) -> tuple[CaseCard, ...]:
    """Return the cards of some cases, urgent first, then oldest first, at most ``LISTED``."""
    case, report, kind = schema.case_, schema.report, schema.report_kind
    query = select(case).where(which).order_by(case.c.urgent.desc(), case.c.opened, case.c.number).limit(LISTED)
    cases = connection.execute(query).mappings().all()
    ids = [one["id"] for one in cases]
    reports: defaultdict[str, list[RowMapping]] = defaultdict(list)
    kinds: defaultdict[str, dict[str, None]] = defaultdict(dict)
    mine = report.c.case_id.in_(ids)
    columns = ("id", "case_id", "platform", "platform_reply", "wish", "verified")
    listed = select(*(report.c[name] for name in columns)).where(mine).order_by(report.c.at, report.c.id)
    for row in connection.execute(listed).mappings():
        reports[row["case_id"]].append(row)
    said = select(report.c.case_id, kind.c.kind).join(kind, kind.c.report == report.c.id).where(mine)
    for case_id, name in connection.execute(said.order_by(report.c.at, report.c.id, kind.c.kind)):
        kinds[case_id][name] = None
    return tuple(_card(one, reports[one["id"]], tuple(kinds[one["id"]])) for one in cases)


def first_card(case: Row, report: Row, kinds: Sequence[str]) -> CaseCard:
    """Return the card of a case that was just opened with its first report, without reading either."""
    return _card(case, [report], tuple(kinds))


def _card(case: Row, reports: Sequence[Row], kinds: tuple[str, ...]) -> CaseCard:
    return CaseCard(
        id=case["id"],
        number=case["number"],
        kind=case["kind"],
        status=case["status"],
        urgent=case["urgent"],
        opened=case["opened"],
        reports=len(reports),
        platform=_last(reports, "platform"),
        kinds=kinds,
        platform_reply=_last(reports, "platform_reply"),
        wish=_last(reports, "wish"),
        verified=any(row["verified"] for row in reports),
    )


def _last(reports: Sequence[Row], column: str) -> Any:  # noqa: ANN401 - a nullable token
    said = [row[column] for row in reports if row[column] is not None]
    return said[-1] if said else None
