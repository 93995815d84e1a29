"""Files reports and calls: the row for statistics, the sealed rest, the items and the case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from pydantic import JsonValue
from sqlalchemy import Connection, delete, func, select, text, update
from uuid6 import uuid7

from bot.messages import Delivery
from bot.ports import CallSent, Conflict, Filed, ReportCorrected, ReportSent
from bot.privacy import keyed_hash
from bot.reports.links import Link
from bot.reports.outcomes import Outcome
from bot.storage import schema
from bot.storage.cards import Row, card_of, first_card
from bot.storage.database import insert_new
from bot.storage.keys import KeyStore
from bot.storage.sealing import place, sealed_json

TOKEN = re.compile(r"[a-z0-9_]{1,40}")
"""What may stand in clear. Anything else is words, and words are only kept sealed."""
TOKENS = (
    "platform",
    "target",
    "target_role",
    "posted_by",
    "reported_to_platform",
    "route",
    "platform_reply",
    "still_online",
    "nation",
    "phase",
    "wish",
)
DAYS = ("seen_on", "reported_on")
SWITCHES = ("may_contact", "keep_me_posted", "may_pass_on")
DATE_LETTERS = 10
NUMBERS = 0x57E3A2D2  # PostgreSQL's advisory lock for case numbers: any number, but always this
NEXT_NUMBER = select(func.coalesce(func.max(schema.case_.c.number), 0) + 1).scalar_subquery()
NEW_CASE = schema.case_.insert().values(number=NEXT_NUMBER).returning(schema.case_.c.number)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Keys made durable before the transaction: by id, and the id each new link would get."""

    keys: dict[str, bytes] = field(repr=False)
    items: dict[str, str]
    member_key: str


@dataclass(frozen=True, slots=True)
class Filing:
    """Who files, when, and with which keys."""

    connection: Connection
    store: KeyStore
    prepared: Prepared
    member: str
    now: datetime


def link_hash(store: KeyStore, link: Link) -> str:
    """Return the keyed hash a link is found by."""
    return keyed_hash(store.house("index"), "link", link.canonical)


def file(filing: Filing, change: ReportSent | CallSent) -> Sequence[Delivery]:
    """Write a report or call with its case, and return what it wants announced."""
    links = change.links if isinstance(change, ReportSent) else ()
    items, are_new = _items(filing, links)
    kind: Literal["item", "report", "call"] = "item" if items else "report"
    if isinstance(change, CallSent):
        kind = "call"
    known = None if are_new else _known_case(filing, items, urgent=change.urgent)
    case = known or _new_case(filing, kind, items, urgent=change.urgent)
    row = _row(filing, change, case["id"])
    filing.connection.execute(schema.report.insert(), row)
    kinds = _kinds(filing.connection, change.report, change.answers)
    links_of = [{"report": change.report, "item": item, "position": position} for position, item in enumerate(items)]
    if links_of:
        filing.connection.execute(schema.report_item.insert(), links_of)
    if isinstance(change, ReportSent):
        _outcomes(filing, change.report, items, change.outcomes)
    card = card_of(filing.connection, case["id"]) if known else first_card(case, row, kinds)
    return change.announce(Filed(card, change.report, is_new_case=known is None))


def correct(filing: Filing, change: ReportCorrected) -> Sequence[Delivery]:
    """Replace a report's answers; raise ``Conflict`` when it is not there (any more) to correct."""
    report = schema.report
    mine = (report.c.id == change.report) & (report.c.member == filing.member) & report.c.sealed.is_not(None)
    row = filing.connection.execute(select(report.c.case_id).where(mine)).first()
    keys = filing.store.fetch([change.report])
    if row is None or change.report not in keys:
        raise Conflict
    values = {**tokens(change.answers), "corrected_at": filing.now}
    values["sealed"] = _sealed(keys, change.report, change.answers)
    filing.connection.execute(update(report).where(mine).values(**values))
    filing.connection.execute(delete(schema.report_kind).where(schema.report_kind.c.report == change.report))
    _kinds(filing.connection, change.report, change.answers)
    card = card_of(filing.connection, row.case_id)
    return change.announce(Filed(card, change.report, is_new_case=False))


def tokens(answers: Mapping[str, JsonValue]) -> dict[str, Any]:
    """Return the columns that stand in clear: tokens, days and switches, never words."""
    row: dict[str, Any] = {name: _token(answers.get(name)) for name in TOKENS}
    row |= {name: _day(answers.get(name)) for name in DAYS}
    return row | {name: answers.get(name) is True for name in SWITCHES}


def _token(value: JsonValue) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) and TOKEN.fullmatch(value) else None


def _day(value: JsonValue) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:DATE_LETTERS])
    except ValueError:
        return None


def _sealed(keys: Mapping[str, bytes], report: str, answers: Mapping[str, JsonValue]) -> bytes:
    return sealed_json(keys, report, answers, place("report", "sealed", report))


def _row(filing: Filing, change: ReportSent | CallSent, case: str) -> dict[str, Any]:
    row = tokens(change.answers)
    if isinstance(change, ReportSent) and change.links and row["platform"] is None:
        row["platform"] = _token(change.links[0].platform)
    receipt_key = filing.store.house("receipt")
    if change.receipt:
        row["receipt_hash"] = keyed_hash(receipt_key, "receipt", change.receipt)
        row["word_hash"] = keyed_hash(receipt_key, "word", change.receipt, change.word)
    return row | {
        "id": change.report,
        "member": filing.member,
        "case_id": case,
        "kind": "report" if isinstance(change, ReportSent) else "call",
        "at": filing.now,
        "urgent": change.urgent,
        "verified": change.verified,
        "sealed": _sealed(filing.prepared.keys, change.report, change.answers),
    }


def _kinds(connection: Connection, report: str, answers: Mapping[str, JsonValue]) -> list[str]:
    said = answers.get("kinds")
    every = {_token(kind) for kind in (said if isinstance(said, list | tuple) else [said])}
    kinds = sorted(kind for kind in every if kind is not None)
    if kinds:
        connection.execute(schema.report_kind.insert(), [{"report": report, "kind": kind} for kind in kinds])
    return kinds


def _items(filing: Filing, links: Sequence[Link]) -> tuple[list[str], bool]:
    """Return the item of each link, in order, making those not seen before; and whether all are new."""
    item = schema.item
    wanted = {link_hash(filing.store, link): link for link in links}
    made: dict[str, str] = {}
    # In one order for everybody, so that two reports of the same links cannot block each other.
    for mark in sorted(wanted):
        row = _item_row(filing, mark, wanted[mark])
        if row is not None and filing.connection.execute(insert_new(filing.connection, item), row).rowcount:
            made[mark] = row["id"]
    if len(made) == len(wanted):
        return [made[mark] for mark in wanted], True
    query = select(item.c.link_hash, item.c.id).where(item.c.link_hash.in_(wanted))
    query = query.order_by(item.c.link_hash).with_for_update()
    found = {row.link_hash: row.id for row in filing.connection.execute(query)}
    if len(found) < len(wanted):
        raise Conflict  # erased since its key was looked for: the next try makes a new one
    return [found[mark] for mark in wanted], False


def _item_row(filing: Filing, mark: str, link: Link) -> dict[str, Any] | None:
    item_id = filing.prepared.items.get(mark)
    if item_id is None:
        return None
    body = {"link": link.canonical, "account": link.account, "post": link.post}
    return {
        "id": item_id,
        "link_hash": mark,
        "platform": _token(link.platform),
        "sealed": sealed_json(filing.prepared.keys, item_id, body, place("item", "sealed", item_id)),
        "posted": link.posted,
        "created": filing.now,
    }


def _known_case(filing: Filing, items: Sequence[str], *, urgent: bool) -> Row | None:
    """Return the case of the first item that has one, opened again if it was closed."""
    case = schema.case_
    query = select(case.c.item, case.c.id, case.c.status).where(case.c.item.in_(items))
    known = {row["item"]: row for row in filing.connection.execute(query).mappings()}
    found = next((known[item] for item in items if item in known), None)
    changes: dict[str, Any] = {"urgent": True} if urgent else {}
    if found is not None and found["status"] == "closed":
        changes |= {"status": "open", "closed": None, "closed_reason": None, "taken_by": None}
    if found is not None and changes:
        filing.connection.execute(update(case).where(case.c.id == found["id"]).values(changes))
    return found


def _new_case(filing: Filing, kind: str, items: Sequence[str], *, urgent: bool) -> Row:
    """Open a case under the next number."""
    if filing.connection.dialect.name == "postgresql":
        # One number at a time, held until commit; SQLite has one writer anyway.
        filing.connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NUMBERS})
    row: dict[str, Any] = {"id": str(uuid7()), "kind": kind, "item": items[0] if items else None}
    row |= {"status": "open", "urgent": urgent, "opened": filing.now}
    return {**row, "number": filing.connection.execute(NEW_CASE, row).scalar_one()}


def _outcomes(filing: Filing, report: str, items: Sequence[str], outcomes: Sequence[Outcome]) -> None:
    rows = [
        {
            "id": str(uuid7()),
            "item": items[0] if items else None,
            "report": report,
            "at": seen.at,
            "what": seen.what,
            "says": seen.says,
            "route": seen.route,
            "by_platform": seen.by_platform,
        }
        for seen in outcomes
    ]
    if rows:
        filing.connection.execute(schema.outcome.insert(), rows)
