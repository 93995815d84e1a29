"""Keeps nothing longer than the retention table of ``bot.privacy`` says, and reminds of drafts once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, or_, select, update

from bot import privacy
from bot.messages import Delivery
from bot.ports import Clock
from bot.records import Draft
from bot.storage import erasing, ledger, schema
from bot.storage.database import Database
from bot.storage.keys import PAGE, KeyStore
from bot.storage.questions import sweep_questions
from bot.storage.threads import in_thread

ORPHAN_SPAN = timedelta(days=8)
"""Orphans are looked for among the keys of the last days only: a sweep runs daily, and keys of a
newer backup than the one just restored are not lost before the operator can notice."""


class Sweeping:
    """The forgetting half of ``Store``."""

    _database: Database
    _keys: KeyStore
    _clock: Clock
    on_delivery: Callable[[], None]

    @in_thread
    def sweep(self, now: datetime) -> Mapping[str, int]:
        """Erase what has had its time at ``now``; return how much of what."""
        counts = {
            "drafts": self._delete(schema.conversation, schema.conversation.c.updated < now - privacy.KEEP_DRAFT),
            "reports": self._fade_reports(now),
            "items": self._fade_items(now),
            "ledger texts": self._erase_texts(now),
            "ledger rows": self._delete(schema.delivery, schema.delivery.c.ended < now - privacy.KEEP_LEDGER_ROW),
            "topics": self._erase_topics(now),
            "questions": sweep_questions(self._database, now),
            "wrong receipts": self._sweep_tries(now),
            "seen": self._delete(schema.seen, schema.seen.c.at < now - privacy.KEEP_SEEN),
            "audit": self._delete(schema.audit, schema.audit.c.at < now - privacy.KEEP_AUDIT),
        }
        counts["keys"] = erasing.empty_outbox(self._database, self._keys)
        until = now - privacy.KEEP_ORPHAN_KEY
        counts["orphaned keys"] = erasing.erase_orphans(self._database, self._keys, now - ORPHAN_SPAN, until)
        return counts

    @in_thread
    def sweep_tries(self, now: datetime) -> int:
        """Erase wrong tries of receipts that count no more: the day's sweep would be too late."""
        return self._sweep_tries(now)

    @in_thread
    def drafts_to_remind(self, now: datetime) -> tuple[Draft, ...]:
        """Return drafts left alone for three days whose member wants to hear and was not reminded."""
        draft, member = schema.conversation, schema.member
        columns = draft.c.id.label("conversation"), draft.c.member, draft.c.form, draft.c.updated
        query = select(*columns).join(member, member.c.id == draft.c.member)
        query = query.where(draft.c.reminded.is_(None), member.c.stopped.is_(False))
        query = query.where(draft.c.updated < now - privacy.REMIND_DRAFT).order_by(draft.c.updated).limit(PAGE)
        with self._database.reading() as connection:
            return tuple(Draft(*row) for row in connection.execute(query))

    async def remind(self, drafts: Collection[Draft], deliveries: Sequence[Delivery]) -> None:
        """Mark drafts as reminded and write the reminders, in one transaction."""
        table = schema.conversation
        now = self._clock()
        marked = table.c.id.in_([draft.conversation for draft in drafts]), table.c.reminded.is_(None)

        def write(connection: Connection) -> int:
            connection.execute(update(table).where(*marked).values(reminded=now))
            return ledger.put(connection, self._keys, deliveries, now)

        if await self._database.write(write):
            self.on_delivery()

    def _delete(self, table: Table, old: ColumnElement[bool]) -> int:
        with self._database.writing() as connection:
            return connection.execute(delete(table).where(old)).rowcount

    def _sweep_tries(self, now: datetime) -> int:
        return self._delete(schema.wrong_try, schema.wrong_try.c.at <= now - privacy.KEEP_WRONG_TRY)

    def _erase_topics(self, now: datetime) -> int:
        """Erase which topic members read last: it says what somebody was looking for."""
        row = schema.member
        old = row.c.topic.is_not(None), row.c.topic_at < now - privacy.KEEP_TOPIC
        with self._database.writing() as connection:
            return connection.execute(update(row).where(*old).values(topic=None, topic_at=None)).rowcount

    def _erase_texts(self, now: datetime) -> int:
        row = schema.delivery
        old = row.c.ended < now - privacy.KEEP_LEDGER_TEXT, row.c.body.is_not(None)
        with self._database.writing() as connection:
            return connection.execute(update(row).where(*old).values(body=None)).rowcount

    def _fade_reports(self, now: datetime) -> int:
        """Erase the detail of old reports: 12 months after closing, 24 after sending at most."""
        report, case = schema.report, schema.case_
        closed = and_(case.c.status == "closed", case.c.closed < now - privacy.KEEP_DETAIL_CLOSED)
        old = or_(closed, report.c.at < now - privacy.KEEP_DETAIL_SENT)
        query = select(report.c.id).join(case, case.c.id == report.c.case_id)
        query = query.where(report.c.sealed.is_not(None), old).limit(PAGE)
        faded = 0
        while True:
            with self._database.writing() as connection:
                ids = list(connection.execute(query).scalars())
                erasing.blank_reports(connection, ids)
                if ids:
                    erasing.note(connection, ids, kind="faded")
            faded += len(ids)
            if len(ids) < PAGE:
                return faded

    def _fade_items(self, now: datetime) -> int:
        """Erase link and account of items none of whose reports has its detail any more."""
        item, link, report = schema.item, schema.report_item, schema.report
        alive = exists().where(link.c.item == item.c.id, report.c.id == link.c.report, report.c.sealed.is_not(None))
        query = select(item.c.id).where(item.c.sealed.is_not(None), ~alive)
        query = query.where(item.c.created < now - privacy.KEEP_DETAIL_CLOSED).limit(PAGE)
        with self._database.writing() as connection:
            ids = list(connection.execute(query).scalars())
            erasing.blank_items(connection, ids)
            if ids:
                erasing.note(connection, ids, kind="faded")
        return len(ids)
