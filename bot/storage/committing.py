"""Writes one message's turn into an open transaction, in an order that settles races first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, update
from uuid6 import uuid7

from bot.changes import (
    Audited,
    CallSent,
    CaseClosed,
    CaseOutcomeNoted,
    CaseStatusSet,
    CaseTaken,
    CheckInPutOff,
    CheckInsBegun,
    CheckInsEnded,
    DigestReleased,
    Forgotten,
    MemberChanged,
    OutcomeNoted,
    QuestionAsked,
    QuestionJudged,
    QuestionsErased,
    ReceiptTried,
    ReportCorrected,
    ReportErased,
    ReportSent,
    Tallied,
)
from bot.conversation.turn import Turn
from bot.messages import Change, Delivery, Incoming
from bot.ports import Conflict, Duplicate
from bot.records import Filed, Member, Situation
from bot.storage import erasing, ledger, schema
from bot.storage.cases import close, set_status, take
from bot.storage.coming_of import change_check_ins, note
from bot.storage.correcting import correct, erase_own
from bot.storage.database import insert_new
from bot.storage.filing import Filing, Prepared, file
from bot.storage.keys import KeyStore
from bot.storage.questions import erase_questions, judge_question, keep_question
from bot.storage.receipts import note_try
from bot.storage.sealing import opened_text, place, sealed_text

CHANGEABLE = ("language", "nation", "notice", "stopped", "topic", "topic_at", "chose_language")
CLOSE = delete(schema.conversation).where(
    schema.conversation.c.member == bindparam("person"),
    schema.conversation.c.id.in_(bindparam("closed", expanding=True)),
)


@dataclass
class Scribe:
    """The pen of one transaction: every step raises before anything is durable."""

    connection: Connection
    store: KeyStore
    prepared: Prepared
    said: Incoming
    now: datetime
    member_key: str = ""

    def mark_seen(self, *, in_form: bool = False) -> None:
        """Note that this message was heard; raise ``Duplicate`` if it was before."""
        member = self.said.person if self.said.who == "member" else None
        row: dict[str, Any] = {"adapter": self.said.adapter, "id": self.said.id, "member": member, "at": self.now}
        row["in_form"] = in_form
        result = self.connection.execute(insert_new(self.connection, schema.seen), row)
        if result.rowcount == 0:
            raise Duplicate

    def keep_member(self, known: Member, changes: Sequence[Change]) -> None:
        """Write the member's row if nobody else did since it was read, else raise ``Conflict``."""
        table = schema.member
        values = _changed(changes)
        if known.revision == 0:
            self.member_key = self.prepared.member_key
            row = {name: getattr(known, name) for name in Member.__slots__} | values | {"revision": 1}
            row |= {"key": self.member_key, "address": self._sealed_address(self.prepared.keys)}
            result = self.connection.execute(insert_new(self.connection, table), row)
            if result.rowcount == 0:
                raise Conflict
            return
        values["revision"] = known.revision + 1
        spot = {"person": known.id, "known_revision": known.revision}
        kept = self.connection.execute(_changing(*sorted(values)), spot | values).first()
        if kept is None:
            raise Conflict
        self._learn_key(known.id, kept.key, kept.address)

    def _learn_key(self, member: str, key: str, sealed: bytes) -> None:
        """Fetch the key of a member known before, and keep the address if it is a new one."""
        table, keys = schema.member, self.prepared.keys
        self.member_key = key
        if key not in keys:
            keys.update(self.store.fetch([key]))
        if key not in keys:
            # An older key store was put back: what was sealed stays sealed, the member goes on.
            self.member_key = str(uuid7())
            keys.update(self.store.make({self.member_key: "member"}))
        address = opened_text(keys, sealed, place("member", "address", member))
        if address is None or (self.said.address and self.said.address != address):
            changed = {"key": self.member_key, "address": self._sealed_address(keys)}
            self.connection.execute(update(table).where(table.c.id == member).values(**changed))

    def _sealed_address(self, keys: dict[str, bytes]) -> bytes:
        where = place("member", "address", self.said.person)
        return sealed_text(keys, self.member_key, self.said.address, where)

    def keep_conversations(self, turn: Turn) -> None:
        """Keep the turn's conversation, pause the member's others unless it is paused, drop closed ones."""
        table = schema.conversation
        mine = table.c.member == self.said.person
        kept = turn.conversation
        if kept is not None:
            where = place("conversation", "state", kept.id)
            # A serializer's warning would quote the answer it warns about.
            state = kept.model_dump_json(warnings=False)
            row = {
                "form": kept.form,
                "state": sealed_text(self.prepared.keys, self.member_key, state, where),
                "started": kept.started,
                "updated": self.now,
                "paused": kept.paused,
            }
            changed = update(table).where(mine, table.c.id == kept.id).values(**row)
            if self.connection.execute(changed).rowcount == 0:
                new = {"id": kept.id, "member": self.said.person, **row}
                self.connection.execute(table.insert().values(**new))
            if not kept.paused:
                # The column is the truth; what is sealed follows it when it is read.
                others = update(table).where(mine, table.c.id != kept.id).values(paused=True)
                self.connection.execute(others)
        if turn.closed:
            self.connection.execute(CLOSE, {"person": self.said.person, "closed": turn.closed})

    def apply(self, changes: Sequence[Change]) -> tuple[Delivery, ...]:
        """Apply the typed changes and return what they want announced."""
        filing = Filing(self.connection, self.store, self.prepared, self.said.person, self.now)
        announced: list[Delivery] = []
        for change in changes:
            match change:
                case ReportSent() | CallSent():
                    announced += file(filing, change)
                case ReportCorrected():
                    announced += correct(filing, change)
                case ReportErased():
                    announced += erase_own(filing, change)
                case OutcomeNoted() | CaseOutcomeNoted():
                    announced += note(filing, change)
                case CheckInPutOff() | CheckInsEnded() | CheckInsBegun():
                    change_check_ins(filing, change)
                case CaseTaken():
                    announced += change.announce(Filed(take(self.connection, change.number, self.said.person)))
                case CaseClosed():
                    announced += change.announce(Filed(close(self.connection, change.number, change.reason, self.now)))
                case CaseStatusSet():
                    card = set_status(self.connection, change.number, change.status, self.said.person)
                    announced += change.announce(Filed(card))
                case _:
                    self._note(change)
        return tuple(announced)

    def _note(self, change: Change) -> None:
        """Apply a change that nobody is told of by it."""
        match change:
            case Tallied():
                self._tally(change.what)
            case ReceiptTried():
                note_try(self.connection, self.said.person, self.now, is_wrong=change.is_wrong)
            case Audited():
                self._audit(change)
            case QuestionAsked():
                keep_question(self.connection, self.prepared.keys, self.member_key, self.said.person, change, self.now)
            case QuestionJudged():
                judge_question(self.connection, self.said.person, change, self.now)
            case QuestionsErased():
                erase_questions(self.connection, self.said.person, self.now)
            case DigestReleased():
                keep_table(self.connection, change, self.now)
            case MemberChanged():
                pass  # written with the member's row
            case _:
                message = f"storage does not know {type(change).__name__}"
                raise TypeError(message)

    def deliver(self, situation: Situation | None, deliveries: Sequence[Delivery]) -> int:
        """Write deliveries and return how many; one to a member who is not there (any more) is left out."""
        known = {}
        if situation is not None and self.member_key:
            known = {self.said.person: {"key": self.member_key, "adapter": situation.member.adapter}}
        return ledger.put(self.connection, self.store, deliveries, self.now, known=known, keys=self.prepared.keys)

    def forget(self) -> None:
        """Erase the member; only the mark of this message stays, without saying whose it was."""
        erasing.forget(self.connection, self.store, self.said.person)
        row: dict[str, Any] = {"adapter": self.said.adapter, "id": self.said.id, "member": None, "at": self.now}
        row["in_form"] = False
        self.connection.execute(insert_new(self.connection, schema.seen), row)

    def _tally(self, what: str) -> None:
        day = self.now.date()
        week = day - timedelta(days=day.weekday())
        mark = erasing.tally_mark(self.store, what, week.isoformat(), self.said.person)
        row = {"what": what, "week": week, "mark": mark}
        self.connection.execute(insert_new(self.connection, schema.tally), row)

    def _audit(self, change: Audited) -> None:
        row: dict[str, Any] = {"id": str(uuid7()), "at": self.now, "who": self.said.person}
        row |= {"what": change.what, "about": change.about}
        self.connection.execute(schema.audit.insert().values(**row))


def write(scribe: Scribe, situation: Situation | None, turn: Turn) -> int:
    """Write a whole turn and return how many deliveries it made; raise ``Duplicate`` or ``Conflict``."""
    scribe.mark_seen(in_form=turn.conversation is not None or bool(turn.closed))
    if situation is not None:
        scribe.keep_member(situation.member, turn.changes)
        if any(isinstance(change, Forgotten) for change in turn.changes):
            scribe.forget()
            return scribe.deliver(None, turn.deliveries)
    scribe.keep_conversations(turn)
    announced = scribe.apply(turn.changes)
    return scribe.deliver(situation, (*announced, *turn.deliveries))


@cache
def _changing(*columns: str) -> Any:  # noqa: ANN401 - SQLAlchemy's own type has no short name
    """Return the update of a member's columns, if the revision is the one known; one for each way to change."""
    table = schema.member
    mine = (table.c.id == bindparam("person")) & (table.c.revision == bindparam("known_revision"))
    changed = update(table).where(mine).values({name: bindparam(name) for name in columns})
    return changed.returning(table.c.key, table.c.address)


def _changed(changes: Sequence[Change]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for change in changes:
        if isinstance(change, MemberChanged):
            said = {name: getattr(change, name) for name in CHANGEABLE}
            values |= {name: value for name, value in said.items() if value is not None}
    return values


def keep_table(connection: Connection, table: DigestReleased, now: datetime) -> bool:
    """Keep a released table for ever; False when one of that period is kept already."""
    row: dict[str, Any] = {"period": table.period, "starts": table.starts, "ends": table.ends, "at": now}
    row["body"] = json.dumps(table.body, ensure_ascii=False)
    return bool(connection.execute(insert_new(connection, schema.released), row).rowcount)
