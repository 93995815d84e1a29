"""Questions that nothing was found for: sealed under their member's own key, so that they are erased with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import Connection, delete, select, update
from uuid6 import uuid7

from bot import privacy
from bot.changes import QuestionAsked, QuestionJudged
from bot.records import OpenQuestion
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.keys import KeyStore
from bot.storage.sealing import opened_text, place, sealed_text

LAST_DAY = timedelta(days=1)
"""How far back a question is taken to be about the report that is being made."""
LAST = "last"
"""The kind of a question that was answered: kept only until the next one, or for ``KEEP_TOPIC``."""


def keep_question(
    connection: Connection, keys: Mapping[str, bytes], key_id: str, member: str, change: QuestionAsked, now: datetime
) -> None:
    """Keep a question in the place of the member's last one."""
    table = schema.question
    connection.execute(delete(table).where(table.c.member == member, table.c.kind == LAST))
    row_id = str(uuid7())
    sealed = sealed_text(keys, key_id, change.words, place("question", "sealed", row_id))
    row = {"id": row_id, "member": member, "sealed": sealed, "at": now, "kind": change.kind}
    connection.execute(table.insert(), row)


def judge_question(connection: Connection, member: str, change: QuestionJudged, now: datetime) -> None:
    """Keep the member's last question for the editors: the answer did not help. An older one is not meant."""
    table = schema.question
    last = table.c.member == member, table.c.kind == LAST, table.c.at > now - privacy.KEEP_TOPIC
    connection.execute(update(table).where(*last).values(kind=change.kind))


def erase_questions(connection: Connection, member: str, now: datetime) -> None:
    """Erase what a member asked in the last day."""
    table = schema.question
    connection.execute(delete(table).where(table.c.member == member, table.c.at > now - LAST_DAY))


def sweep_questions(database: Database, now: datetime) -> int:
    """Erase answered questions after minutes, the others after 90 days; return how many."""
    table = schema.question
    old = (table.c.at < now - privacy.KEEP_QUESTION) | (
        (table.c.kind == LAST) & (table.c.at < now - privacy.KEEP_TOPIC)
    )
    with database.writing() as connection:
        return connection.execute(delete(table).where(old)).rowcount


def own_questions(connection: Connection, keys: Mapping[str, bytes], member: str) -> list[JsonValue]:
    """Return a member's kept questions, oldest first, for ``/mydata``."""
    table = schema.question
    rows = connection.execute(select(table).where(table.c.member == member).order_by(table.c.at, table.c.id)).all()
    told: list[JsonValue] = []
    for row in rows:
        words = opened_text(keys, row.sealed, place("question", "sealed", row.id))
        if words is not None:
            told.append({"at": row.at.isoformat(), "kind": row.kind, "question": words})
    return told


def open_questions(database: Database, store: KeyStore) -> Sequence[OpenQuestion]:
    """Return the questions of all members that nothing helped with."""
    table = schema.question
    with database.reading() as connection:
        query = select(table).where(table.c.kind != LAST).order_by(table.c.at, table.c.id)
        rows = connection.execute(query).all()
    keys = store.fetch({privacy.key_of(row.sealed) for row in rows})
    opened = ((row, opened_text(keys, row.sealed, place("question", "sealed", row.id))) for row in rows)
    return [OpenQuestion(row.member, words) for row, words in opened if words is not None]
