"""What each member last heard of an item or said of it, so that nobody hears every turn of a disagreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, or_, select

from bot.changes import Tell
from bot.messages import Delivery
from bot.records import Heard
from bot.reports.outcomes import Knows, News, goes_at_once
from bot.storage import schema

row = schema.told
NEVER_ARRIVED = ("cancelled", "dead")  # a delivery that told nobody


def tell_at_once(
    connection: Connection,
    about: str,
    hearing: Sequence[RowMapping],
    fresh: tuple[str, News],
    tell: Tell,
    now: datetime,
) -> tuple[tuple[Delivery, ...], list[RowMapping]]:
    """Return what tells of a turn at once, and the reports of those who hear how it stands with the day's message."""
    identity, what = fresh
    knows = known(connection, about)
    told, waiting = [], []
    for one in hearing:
        if not goes_at_once(knows.get(one["member"], Knows()), what, now):
            waiting.append(one)
            continue
        made = tell(Heard(one["member"], one["id"], one["at"], one["platform"], what, identity))
        if made is not None:
            told.append((one["id"], made))
    note_told(connection, [told_row(report, about, what, now, made.key) for report, made in told])
    return tuple(made for _, made in told), waiting


def told_row(report: str, about: str, what: str, at: datetime, delivery: str) -> dict[str, Any]:
    """Return the row that says what a member was told of an item, by their own report."""
    return {"report": report, "about": about, "what": what, "at": at, "delivery": delivery}


def note_told(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what members were told of items, in place of what they were told before."""
    if not rows:
        return
    before = delete(row).where(row.c.report == bindparam("of"), row.c.about == bindparam("what_about"))
    connection.execute(before, [{"of": one["report"], "what_about": one["about"]} for one in rows])
    connection.execute(row.insert(), list(rows))


def known(connection: Connection, about: str) -> Mapping[str, Knows]:
    """Return, by member, what they last heard of an item (or of a report without one), or said of it."""
    found: dict[str, Knows] = {}
    every = [*_told(connection, about), *_said(connection, about)]
    for one in sorted(every, key=lambda each: each["at"]):  # at the same moment their own word counts
        before = found.get(one["member"], Knows())
        found[one["member"]] = Knows(one["what"], one["at"] if one["is_told"] else before.told)
    return found


def _told(connection: Connection, about: str) -> list[dict[str, Any]]:
    report, delivery = schema.report, schema.delivery
    query = (
        select(report.c.member, row.c.at, row.c.what, delivery.c.state)
        .join(report, report.c.id == row.c.report)
        .join(delivery, delivery.c.key == row.c.delivery, isouter=True)
        .where(row.c.about == about)
    )
    every = connection.execute(query).mappings()
    return [{**one, "is_told": True} for one in every if one["state"] not in NEVER_ARRIVED]


def _said(connection: Connection, about: str) -> list[dict[str, Any]]:
    report, said = schema.report, schema.outcome
    of = or_(said.c.item == about, and_(said.c.item.is_(None), said.c.report == about))
    query = select(report.c.member, said.c.at, said.c.what).join(report, report.c.id == said.c.report)
    query = query.where(of, said.c.says == "member", said.c.what.in_(("gone", "still_up"))).order_by(said.c.id)
    every = connection.execute(query).mappings()
    return [{**one, "what": "gone" if one["what"] == "gone" else "back_up", "is_told": False} for one in every]


def own_told(connection: Connection, member: str) -> list[JsonValue]:
    """Return what a member was last told of each post they reported, oldest first, for ``/mydata``."""
    report = schema.report
    mine = select(row.c.at, row.c.what, row.c.report).join(report, report.c.id == row.c.report)
    mine = mine.where(report.c.member == member).order_by(row.c.at, row.c.report, row.c.about)
    return [{"at": at.isoformat(), "what": what, "report": of} for at, what, of in connection.execute(mine)]
