"""Puts a sent report right, or erases it, for the member who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, exists, select, update

from bot.changes import ReportCorrected, ReportErased
from bot.messages import Delivery
from bot.ports import Conflict
from bot.records import Filed
from bot.storage import erasing, schema
from bot.storage.cards import card_of, cards
from bot.storage.checking_in import begin_check_ins, end_check_ins
from bot.storage.coming_of import note_outcomes, of_report
from bot.storage.filing import Filing, items_of, note_kinds, sealed_answers, tokens
from bot.storage.naming import keep_names
from bot.storage.reading import conversations_of
from bot.storage.receipts import hashes


def correct(filing: Filing, change: ReportCorrected) -> Sequence[Delivery]:
    """Replace a report's answers and links; its case stays. Raises ``Conflict`` when the report is there no more."""
    report, case = schema.report, schema.case_
    mine = (report.c.id == change.report) & (report.c.member == filing.member) & report.c.sealed.is_not(None)
    row = filing.connection.execute(select(report.c.case_id, report.c.keep_me_posted, report.c.at).where(mine)).first()
    keys = filing.store.fetch([change.report])
    if row is None or change.report not in keys:
        raise Conflict
    values = {**tokens(change.answers), "corrected_at": filing.now}
    values["sealed"] = sealed_answers(keys, change.report, change.answers)
    if change.urgent:  # danger that came up later counts like danger said at first, and never goes away by itself
        values["urgent"] = True
        filing.connection.execute(update(case).where(case.c.id == row.case_id).values(urgent=True))
    filing.connection.execute(update(report).where(mine).values(**values))
    filing.connection.execute(delete(schema.report_kind).where(schema.report_kind.c.report == change.report))
    note_kinds(filing.connection, change.report, change.answers)
    _relink(filing, change, row.case_id)
    keep_names(filing.connection, filing.store, change.report, change.names)
    if not values["keep_me_posted"]:
        _ask_no_more(filing.connection, change.report)
    elif not row.keep_me_posted:
        begin_check_ins(filing.connection, change.report, filing.member, row.at, filing.now)
    subject = of_report(filing.connection, change.report, filing.member)
    told = note_outcomes(filing.connection, subject, change.outcomes, change.tell, filing.now)
    return (*change.announce(Filed(card_of(filing.connection, row.case_id), change.report)), *told)


def _ask_no_more(connection: Connection, report: str) -> None:
    """Ask and tell nothing more because of a report whose member does not want to hear."""
    end_check_ins(connection, [report])
    connection.execute(delete(schema.news).where(schema.news.c.report == report))


def _relink(filing: Filing, change: ReportCorrected, case_id: str) -> None:
    """Point the report at the links it names now; an item nobody reports any more is erased with its key."""
    link, connection = schema.report_item, filing.connection
    before = list(connection.execute(select(link.c.item).where(link.c.report == change.report)).scalars())
    items = items_of(filing, change.links)[0] if change.links else []
    if before == items:
        return
    connection.execute(delete(link).where(link.c.report == change.report))
    rows = [{"report": change.report, "item": item, "position": position} for position, item in enumerate(items)]
    if rows:
        connection.execute(link.insert(), rows)
    first = items[0] if items else None
    # What was said of the report was said of what it names now.
    connection.execute(update(schema.outcome).where(schema.outcome.c.report == change.report).values(item=first))
    left = sorted(set(before) - set(items))
    connection.execute(delete(schema.told).where(schema.told.c.report == change.report, schema.told.c.about.in_(left)))
    erased = erasing.erase_lonely_items(connection, left)
    if erased:
        erasing.note(connection, erased)
    _settle_case(connection, case_id, items)


def _settle_case(connection: Connection, case_id: str, items: Sequence[str]) -> None:
    """Give a case that lost its item the report's first one, unless that has a case of its own."""
    case = schema.case_
    if connection.execute(select(case.c.item).where(case.c.id == case_id)).scalar_one() is not None:
        return
    is_taken = bool(items) and connection.execute(select(exists().where(case.c.item == items[0]))).scalar_one()
    item = items[0] if items and not is_taken else None
    changed = update(case).where(case.c.id == case_id)
    connection.execute(changed.values(item=item, kind="item" if item is not None else "report"))


def erase_own(filing: Filing, change: ReportErased) -> Sequence[Delivery]:
    """Erase one report, of this member or of its receipt's holder, with all that only it had; note its keys."""
    report = schema.report
    code, word = hashes(filing.store, change.code, change.word)
    may = (report.c.member == filing.member) | ((report.c.receipt_hash == code) & (report.c.word_hash == word))
    query = select(report.c.case_id, report.c.member).where(report.c.id == change.report, may)
    row = filing.connection.execute(query).first()
    if row is None:
        return ()
    before = card_of(filing.connection, row.case_id)
    if row.member is not None:
        erasing.cancel_for_member(filing.connection, row.member, change.report)
        _drop_correction(filing, row.member, change.report)
    erasing.note(filing.connection, [change.report, *erasing.erase_reports(filing.connection, [change.report])])
    left = cards(filing.connection, schema.case_.c.id == row.case_id)
    return change.announce(Filed(left[0] if left else replace(before, reports=0), change.report))


def _drop_correction(filing: Filing, member: str, report: str) -> None:
    """Erase a draft that was putting the report right: it holds a copy of the answers."""
    row, draft = schema.member, schema.conversation
    key = filing.connection.execute(select(row.c.key).where(row.c.id == member)).scalar()
    if key is None:
        return
    drafts = conversations_of(filing.connection, filing.store.fetch([key]), member)
    copies = [one.id for one in drafts if one.notes.get("corrects") == report]
    filing.connection.execute(delete(draft).where(draft.c.member == member, draft.c.id.in_(copies)))
