"""Files reports and calls: the row for statistics, the sealed rest, the items and the case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import JsonValue
from sqlalchemy import Connection, select

from bot.changes import CallSent, ReportSent
from bot.messages import Delivery
from bot.ports import Conflict
from bot.privacy import keyed_hash
from bot.records import Filed
from bot.reports.links import Link
from bot.storage import schema
from bot.storage.cards import card_of, first_card
from bot.storage.cases import known_case, new_case
from bot.storage.checking_in import begin_check_ins
from bot.storage.coming_of import Subject, note_outcomes
from bot.storage.database import insert_new
from bot.storage.keys import KeyStore
from bot.storage.naming import keep_names
from bot.storage.naming import others as reported_by_others
from bot.storage.preparing import Filing, Prepared
from bot.storage.receipts import hashes
from bot.storage.sealing import place, sealed_json

__all__ = ["Filing", "Prepared", "file", "items_of", "link_hash", "note_kinds", "sealed_answers", "tokens"]

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


def link_hash(store: KeyStore, link: Link) -> str:
    """Return the keyed hash a link is found by."""
    return keyed_hash(store.house("index"), "link", link.canonical)


def file(filing: Filing, change: ReportSent | CallSent) -> Sequence[Delivery]:
    """Write a report or call with its case, and return what it wants announced."""
    links = change.links if isinstance(change, ReportSent) else ()
    items, are_new = items_of(filing, links)
    kind: Literal["item", "report", "call"] = "item" if items else "report"
    if isinstance(change, CallSent):
        kind = "call"
    known = None if are_new else known_case(filing.connection, items, urgent=change.urgent)
    case = known or new_case(filing.connection, filing.now, kind, items, urgent=change.urgent)
    row = report_row(filing.prepared.keys, change, case["id"], filing.member, filing.now)
    if change.receipt:
        row["receipt_hash"], row["word_hash"] = hashes(filing.store, change.receipt, change.word)
    filing.connection.execute(schema.report.insert(), row)
    kinds = note_kinds(filing.connection, change.report, change.answers)
    links_of = [{"report": change.report, "item": item, "position": position} for position, item in enumerate(items)]
    if links_of:
        filing.connection.execute(schema.report_item.insert(), links_of)
    told: Sequence[Delivery] = ()
    if isinstance(change, ReportSent):
        told = _follow(filing, change, items)
    card = card_of(filing.connection, case["id"]) if known else first_card(case, row, kinds)
    others = 0 if are_new else reported_by_others(filing.connection, items, filing.member)
    return (*change.announce(Filed(card, change.report, known is None, others)), *told)


def _follow(filing: Filing, change: ReportSent, items: Sequence[str]) -> Sequence[Delivery]:
    """Note what the report names, begin to ask about it if its member wants that, and add its outcomes."""
    keep_names(filing.connection, filing.store, change.report, change.names)
    if change.answers.get("keep_me_posted") is True and filing.prepared.member_key:  # an imported one has no address
        begin_check_ins(filing.connection, change.report, filing.member, filing.now, filing.now)
    subject = Subject(items[0] if items else None, change.report, filing.member)
    return note_outcomes(filing.connection, subject, change.outcomes, change.tell, filing.now)


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


def sealed_answers(keys: Mapping[str, bytes], report: str, answers: Mapping[str, JsonValue]) -> bytes:
    """Return the whole answers of a report, sealed with its own key."""
    return sealed_json(keys, report, answers, place("report", "sealed", report))


def report_row(
    keys: Mapping[str, bytes], change: ReportSent | CallSent, case: str, member: str, at: datetime
) -> dict[str, Any]:
    """Return the row of a report or call without its receipt: what stands in clear, and the sealed whole."""
    row = tokens(change.answers)
    if isinstance(change, ReportSent) and change.links and row["platform"] is None:
        row["platform"] = _token(change.links[0].platform)
    return row | {
        "id": change.report,
        "member": member,
        "case_id": case,
        "kind": "report" if isinstance(change, ReportSent) else "call",
        "at": at,
        "urgent": change.urgent,
        "verified": change.verified,
        "sealed": sealed_answers(keys, change.report, change.answers),
    }


def kinds_of(answers: Mapping[str, JsonValue]) -> list[str]:
    """Return the tokens of a report's kinds, in order."""
    said = answers.get("kinds")
    every = {_token(kind) for kind in (said if isinstance(said, list | tuple) else [said])}
    return sorted(kind for kind in every if kind is not None)


def note_kinds(connection: Connection, report: str, answers: Mapping[str, JsonValue]) -> list[str]:
    """Write a report's kinds, one row each, and return them."""
    kinds = kinds_of(answers)
    if kinds:
        connection.execute(schema.report_kind.insert(), [{"report": report, "kind": kind} for kind in kinds])
    return kinds


def items_of(filing: Filing, links: Sequence[Link]) -> tuple[list[str], bool]:
    """Return the item of each link, in order, making those not seen before; and whether all are new."""
    item = schema.item
    wanted = {link_hash(filing.store, link): link for link in links}
    made: dict[str, str] = {}
    # In one order for everybody, so that two reports of the same links cannot block each other.
    for mark in sorted(wanted):
        row = sealed_item(filing.prepared, mark, wanted[mark], filing.now) if mark in filing.prepared.items else None
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


def sealed_item(prepared: Prepared, mark: str, link: Link, now: datetime) -> dict[str, Any]:
    """Return the row of an item whose key is prepared: link and account sealed, found by the link's mark."""
    item_id = prepared.items[mark]
    body = {"link": link.full or link.canonical, "account": link.account, "post": link.post}
    return {
        "id": item_id,
        "link_hash": mark,
        "platform": _token(link.platform),
        "sealed": sealed_json(prepared.keys, item_id, body, place("item", "sealed", item_id)),
        "posted": link.posted,
        "created": now,
    }
