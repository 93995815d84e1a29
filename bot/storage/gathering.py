"""The day's one message to each member whom news waits for: what a platform answered, and how things stand by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, delete, or_, select

from bot.messages import Delivery
from bot.records import Heard, HeardTogether
from bot.reports.outcomes import LINES_AT_MOST, SEEN, SEEN_BY_ANYBODY
from bot.storage import ledger, schema
from bot.storage.checking_in import PAGE
from bot.storage.coming_of import Subject, may_tell, reporters, saying, standing
from bot.storage.erasing import hold_items
from bot.storage.keys import KeyStore
from bot.storage.last_told import known, note_told, told_row

Gather: TypeAlias = Callable[[str, Sequence[HeardTogether], datetime], Delivery]
"""A member, what there is to tell, and the time -> the day's one delivery."""
row = schema.news


@dataclass(frozen=True, slots=True)
class Gathering:
    """One look at whom news waits for."""

    connection: Connection
    store: KeyStore
    now: datetime
    compose: Gather

    def page(self, after: str) -> tuple[int, str]:
        """Write to the next members after this one; return how many deliveries, and the last member."""
        some = select(row.c.member).where(row.c.member > after).distinct().order_by(row.c.member).limit(PAGE)
        members = list(self.connection.execute(some).scalars())
        rows = self._rows(members, self._held(members))
        written = sum(self._one(member, waiting) for member, waiting in rows.items())
        return written, members[-1] if len(members) == PAGE else ""

    def _held(self, members: Sequence[str]) -> set[str]:
        """Lock the items that turned: nobody may turn one again between a look at it and what is told of it."""
        outcome = schema.outcome
        turned = select(outcome.c.item).join(row, row.c.outcome == outcome.c.id).distinct()
        turned = turned.where(row.c.member.in_(members), outcome.c.what.in_(SEEN), outcome.c.item.is_not(None))
        items = set(self.connection.execute(turned).scalars())
        hold_items(self.connection, items)
        return items

    def _rows(self, members: Sequence[str], held: set[str]) -> Mapping[str, list[RowMapping]]:
        """Return what waits, by member, oldest first; what turned since the look at it waits for the next."""
        report, outcome, member = schema.report, schema.outcome, schema.member
        query = (
            select(
                row.c.member, row.c.outcome, row.c.report, report.c.at, report.c.platform, report.c.keep_me_posted,
                report.c.sealed, member.c.stopped, outcome.c.item, outcome.c.report.label("of"), outcome.c.what,
                outcome.c.says,
            )
            .join(report, report.c.id == row.c.report)
            .join(outcome, outcome.c.id == row.c.outcome)
            .join(member, member.c.id == row.c.member, isouter=True)
            .where(row.c.member.in_(members))
            .where(or_(outcome.c.what.not_in(SEEN), outcome.c.item.is_(None), outcome.c.item.in_(held)))
            .order_by(row.c.at, row.c.outcome)
            .with_for_update(of=row)
        )  # fmt: skip
        waiting: defaultdict[str, list[RowMapping]] = defaultdict(list)
        for one in self.connection.execute(query).mappings():
            waiting[one["member"]].append(one)
        return waiting

    def _one(self, member: str, rows: Sequence[RowMapping]) -> int:
        """Write a member's message, if there is something to tell; return how many deliveries."""
        last = {_subject(one).about: one for one in rows if one["what"] in SEEN}  # only how it stands is told
        fresh = [one for one in rows if one["what"] not in SEEN or last[_subject(one).about] is one]
        every = [(one, heard) for one in fresh if (heard := self._heard(one)) is not None]
        told = every[:LINES_AT_MOST]
        left = {one["outcome"] for one, _ in every[LINES_AT_MOST:]}
        if told:
            made = self.compose(member, [heard for _, heard in told], self.now)
            if not ledger.put(self.connection, self.store, [made], self.now):
                return 0  # written to today already
            self._note(told, made.key)
        settled = [one["outcome"] for one in rows if one["outcome"] not in left]
        self.connection.execute(delete(row).where(row.c.member == member, row.c.outcome.in_(settled)))
        return 1 if told else 0

    def _note(self, told: Sequence[tuple[RowMapping, HeardTogether]], key: str) -> None:
        turned = [(one, together.heard) for one, together in told if together.heard.what in SEEN_BY_ANYBODY]
        rows = [told_row(one["report"], _subject(one).about, heard.what, self.now, key) for one, heard in turned]
        note_told(self.connection, list({(one["report"], one["about"]): one for one in rows}.values()))

    def _heard(self, one: RowMapping) -> HeardTogether | None:
        """Return what is to be told of an outcome; None when it lapsed, or is known already."""
        if one["stopped"] is not False or not one["keep_me_posted"] or one["sealed"] is None:
            return None
        if one["what"] in SEEN:
            return self._turned(one)
        reporting = reporters(self.connection, one["item"])
        if not may_tell(one["what"], reporting, is_officer=one["says"] == "officer"):
            return None
        heard = Heard(one["member"], one["report"], one["at"], one["platform"], one["what"], one["outcome"])
        return HeardTogether(heard, saying(self.connection, one["item"], one["what"]), reporting)

    def _turned(self, one: RowMapping) -> HeardTogether | None:
        """Return where an item stands by now, unless its member heard or said just that last."""
        subject = _subject(one)
        what, knows = standing(self.connection, subject), known(self.connection, subject.about).get(one["member"])
        if what is None or (knows is not None and knows.what == what):
            return None
        heard = Heard(one["member"], one["report"], one["at"], one["platform"], what, one["outcome"])
        return HeardTogether(heard, 0, 0)


def _subject(one: RowMapping) -> Subject:
    return Subject(one["item"], None if one["item"] is not None else one["of"])
