"""The whole of what is kept: one commit per message, reads of committed data, nothing in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid6 import uuid7

from bot.changes import CallSent, DigestReleased, Forgotten, ReportErased, ReportSent
from bot.conversation.turn import Turn
from bot.messages import Delivery, Incoming
from bot.ports import Clock, Duplicate, StorageTrouble
from bot.privacy import pseudonym
from bot.records import Member, Situation
from bot.reports.links import Link
from bot.storage import committing, erasing, ledger, schema
from bot.storage.database import Database, insert_new, make_private
from bot.storage.filing import Prepared, link_hash
from bot.storage.keys import KeyStore
from bot.storage.migrating import upgrade
from bot.storage.reading import Reading, conversations_of
from bot.storage.sweeping import Sweeping

RECENT = timedelta(seconds=60)
TODAY = timedelta(hours=24)
OUTSIDE_FORM = 6
"""How many answers inside a form weigh as much as one message outside: taps come quickly."""


class Store(Reading, Sweeping):
    """``bot.ports.Storage`` on SQLite or PostgreSQL.

    ``on_delivery`` is called after each commit that wrote deliveries; ``ledger`` holds them.
    """

    def __init__(self, database: Database, keys: KeyStore, clock: Clock) -> None:
        """Use ``open``; this only remembers where things are."""
        self._database = database
        self._keys = keys
        self._clock = clock
        self.on_delivery: Callable[[], None] = _nothing
        self.ledger = ledger.StoredLedger(database, keys)

    @classmethod
    async def open(cls, database_url: str, keys_url: str, root_key: bytes, clock: Clock) -> Store:
        """Open both databases, bring them up to date and finish what a crash or restore left.

        Raises ``StorageTrouble`` when one cannot be used or they do not belong together.
        """
        if database_url == keys_url:
            message = "KEYS_URL must be another database than DATABASE_URL, or a backup would hold its own keys."
            raise StorageTrouble(message)
        database = Database(database_url)
        if database.path is not None:
            make_private(database.path)
        keys = await KeyStore.open(keys_url, root_key, clock)
        try:
            async with database.writing() as connection:
                await upgrade(connection)
                await _check_pair(connection, database, keys)
                await _note_beginning(connection, clock())
            await erasing.settle(database, keys, clock())
        except BaseException:
            await database.close()
            await keys.close()
            raise
        return cls(database, keys, clock)

    async def close(self) -> None:
        """Close both databases."""
        await self._database.close()
        await self._keys.close()

    def pseudonym(self, adapter: str, user_id: str) -> str:
        """Return the id a user of an adapter is known by here."""
        return pseudonym(self._keys.house("identity"), adapter, user_id)

    async def since(self) -> datetime:
        """Return when this installation began."""
        house = schema.house
        async with self._database.reading() as connection:
            found = await connection.execute(select(house.c.value).where(house.c.key == "since"))
            return datetime.fromisoformat(found.scalar_one())

    async def situation(self, said: Incoming) -> Situation:
        """Read where this member stands; raise ``Duplicate`` if the message was heard before."""
        now = self._clock()
        seen, report, member = schema.seen, schema.report, schema.member
        async with self._database.reading() as connection:
            heard = select(seen.c.id).where(seen.c.adapter == said.adapter, seen.c.id == said.id)
            if (await connection.execute(heard)).first() is not None:
                raise Duplicate
            row = (await connection.execute(select(member).where(member.c.id == said.person))).first()
            if row is None:
                return Situation(_stranger(said, now))
            keys = await self._keys.fetch([row.key])
            weight = case((seen.c.in_form, 1), else_=OUTSIDE_FORM)
            weights = select(func.coalesce(func.sum(weight), 0))
            lately = weights.where(seen.c.member == row.id, seen.c.at > now - RECENT)
            sent = select(func.count()).where(
                report.c.member == row.id, report.c.at > now - TODAY, report.c.kind == "report"
            )
            counts = await connection.execute(select(lately.scalar_subquery(), sent.scalar_subquery()))
            weighed, sent_today = counts.one()
            drafts = await conversations_of(connection, keys, row.id)
            return Situation(_member(row), drafts, weighed // OUTSIDE_FORM, sent_today)

    async def commit(self, said: Incoming, situation: Situation | None, turn: Turn) -> None:
        """Write seen mark, member, conversations, changes and deliveries, all or nothing.

        Raises ``Duplicate``, ``Conflict`` or ``StorageTrouble``.
        """
        now = self._clock()
        if situation is None and turn.conversation is not None:
            message = "a conversation is kept for members only"
            raise TypeError(message)
        forgets = any(isinstance(change, Forgotten) for change in turn.changes)
        prepared = await self._prepare(situation, turn)
        async with self._database.writing() as connection:
            scribe = committing.Scribe(connection, self._keys, prepared, said, now)
            await scribe.mark_seen(in_form=turn.conversation is not None or bool(turn.closed))
            if situation is not None:
                await scribe.keep_member(situation.member, turn.changes)
            if situation is None or not forgets:
                await scribe.keep_conversations(turn)
                announced = await scribe.apply(turn.changes)
            else:
                await scribe.forget()
                announced = ()
            written = await ledger.put(connection, self._keys, (*announced, *turn.deliveries), now)
        if forgets or any(isinstance(change, ReportErased) for change in turn.changes):
            await erasing.empty_outbox(self._database, self._keys)
        if written:
            self.on_delivery()

    async def release(self, table: DigestReleased, deliveries: Sequence[Delivery]) -> bool:
        """Keep a table and its deliveries once; False if another process was first."""
        now = self._clock()
        async with self._database.writing() as connection:
            if not await committing.keep_table(connection, table, now):
                return False
            written = await ledger.put(connection, self._keys, deliveries, now)
        if written:
            self.on_delivery()
        return True

    async def _prepare(self, situation: Situation | None, turn: Turn) -> Prepared:
        """Make the keys this turn needs; a key without a row is swept a day later."""
        plan = _Plan()
        links: dict[str, Link] = {}
        if situation is not None and situation.member.revision == 0:
            plan.add("member", plan.member_key)
        for change in turn.changes:
            if isinstance(change, ReportSent | CallSent):
                plan.add("report", change.report)
            if isinstance(change, ReportSent):
                links |= {link_hash(self._keys, link): link for link in change.links}
        for mark in await self._unknown(links):
            plan.items[mark] = plan.add("item", str(uuid7()))
        return Prepared(await self._keys.make(plan.wanted), plan.items, plan.member_key)

    async def _unknown(self, links: Mapping[str, Link]) -> list[str]:
        if not links:
            return []
        item = schema.item
        async with self._database.reading() as connection:
            query = select(item.c.link_hash).where(item.c.link_hash.in_(links))
            known = set((await connection.execute(query)).scalars())
        return [mark for mark in links if mark not in known]


@dataclass
class _Plan:
    """Which keys a turn needs, by id, before any of them exists."""

    member_key: str = field(default_factory=lambda: str(uuid7()))
    wanted: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, key_id: str) -> str:
        self.wanted[key_id] = kind
        return key_id


def _nothing() -> None:
    """Be called after commits while nobody listens."""


def _stranger(said: Incoming, now: datetime) -> Member:
    return Member(id=said.person, adapter=said.adapter, language=said.language, since=now)


def _member(row: object) -> Member:
    names = (name for name in Member.__slots__)
    return Member(**{name: getattr(row, name) for name in names})


async def _note_beginning(connection: AsyncConnection, now: datetime) -> None:
    """Note when this installation began, once: before that there is nothing to report on."""
    row = {"key": "since", "value": now.astimezone(UTC).isoformat()}
    await connection.execute(insert_new(connection, schema.house).values(**row))


async def _check_pair(connection: AsyncConnection, database: Database, keys: KeyStore) -> None:
    """Refuse a key store this database was not made with: everything would look erased."""
    house = schema.house
    await connection.execute(insert_new(connection, house).values(key="keys", value=keys.id))
    made_with = (await connection.execute(select(house.c.value).where(house.c.key == "keys"))).scalar_one()
    if made_with != keys.id:
        message = (
            f"KEYS_URL is not the key store {database.name} was made with, so nothing can be read. "
            "Nothing was changed. Put the right key store back or restore its backup."
        )
        raise StorageTrouble(message)
