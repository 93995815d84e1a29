"""Accounts and hashtags of reports as keyed hashes: enough to see that two cases share one, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select

from bot.privacy import keyed_hash
from bot.records import Related
from bot.reports.names import Name
from bot.storage import schema
from bot.storage.database import insert_new
from bot.storage.keys import KeyStore

RELATED_AT_MOST = 20
"""Cases suggested for one kind of name, newest first: more share something as common as a school's own hashtag."""


def keep_names(connection: Connection, store: KeyStore, report: str, names: Sequence[Name]) -> None:
    """Write what a report names, in the place of what it named before."""
    table = schema.named
    connection.execute(delete(table).where(table.c.report == report))
    rows = name_rows(store, report, names)
    if rows:
        connection.execute(insert_new(connection, table), rows)


def name_rows(store: KeyStore, report: str, names: Sequence[Name]) -> list[dict[str, str]]:
    """Return the rows of what a report names."""
    return [{"report": report, "kind": name.kind, "mark": _mark(store, name)} for name in names]


def related(connection: Connection, case_id: str) -> tuple[Related, ...]:
    """Return the other cases whose reports name an account or hashtag this case's reports name."""
    mine, theirs = schema.named.alias("mine"), schema.named.alias("theirs")
    of_mine, of_theirs = schema.report.alias("of_mine"), schema.report.alias("of_theirs")
    case = schema.case_
    query = (
        select(mine.c.kind, case.c.number)
        .join(of_mine, of_mine.c.id == mine.c.report)
        .join(theirs, (theirs.c.kind == mine.c.kind) & (theirs.c.mark == mine.c.mark))
        .join(of_theirs, of_theirs.c.id == theirs.c.report)
        .join(case, case.c.id == of_theirs.c.case_id)
        .where(of_mine.c.case_id == case_id, of_theirs.c.case_id != case_id)
        .distinct()
    )
    found: defaultdict[str, list[int]] = defaultdict(list)
    for kind, number in connection.execute(query):
        found[kind].append(number)
    return tuple(Related(kind, tuple(sorted(numbers)[-RELATED_AT_MOST:])) for kind, numbers in sorted(found.items()))


def others(connection: Connection, items: Sequence[str], member: str) -> int:
    """Return how many other members reported the most reported of these items."""
    report, link = schema.report, schema.report_item
    query = (
        select(func.count(report.c.member.distinct()).label("members"))
        .select_from(link.join(report, report.c.id == link.c.report))
        .where(link.c.item.in_(items), report.c.member != member)
        .group_by(link.c.item)
    )
    return max(connection.execute(query).scalars(), default=0)


def _mark(store: KeyStore, name: Name) -> str:
    return keyed_hash(store.house("index"), name.kind, name.platform, name.normal)
