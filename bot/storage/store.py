"""The whole of what is kept: one commit per message, reads of committed data, nothing in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, case, func, select
from uuid6 import uuid7

from bot.changes import CallSent, DigestReleased, Forgotten, ReportCorrected, ReportErased, ReportSent
from bot.conversation.turn import Turn
from bot.messages import Delivery, Incoming
from bot.ports import Clock, Duplicate, StorageTrouble
from bot.privacy import pseudonym
from bot.records import Member, Situation
from bot.reports.links import Link
from bot.storage import committing, erasing, ledger, rehashing, schema
from bot.storage.cases import begin_counting
from bot.storage.database import Database, insert_new, make_private
from bot.storage.filing import Prepared, link_hash
from bot.storage.importing import Importing, Origin, member_of
from bot.storage.keys import KeyStore
from bot.storage.migrating import upgrade
from bot.storage.reading import Reading, conversations_of
from bot.storage.stuck import StuckDeliveries
from bot.storage.sweeping import Sweeping
from bot.storage.telling import Telling
from bot.storage.threads import in_thread

RECENT = timedelta(seconds=60)
TODAY = timedelta(hours=24)
OUTSIDE_FORM = 6
"""How many answers inside a form weigh as much as one message outside: taps come quickly."""

# Built once: to build a statement costs more than to run it.
HEARD = select(schema.seen.c.id).where(
    schema.seen.c.adapter == bindparam("adapter"), schema.seen.c.id == bindparam("message")
)
HEARD_IN_FORM = HEARD.with_only_columns(schema.seen.c.in_form)
MEMBER = select(schema.member).where(schema.member.c.id == bindparam("person"))
WEIGHED = select(func.coalesce(func.sum(case((schema.seen.c.in_form, 1), else_=OUTSIDE_FORM)), 0)).where(
    schema.seen.c.member == bindparam("person"), schema.seen.c.at > bindparam("lately")
)
SENT_TODAY = select(func.count()).where(
    schema.report.c.member == bindparam("person"),
    schema.report.c.at > bindparam("today"),
    schema.report.c.kind == "report",
)
COUNTS = select(WEIGHED.scalar_subquery(), SENT_TODAY.scalar_subquery())
KNOWN_LINKS = select(schema.item.c.link_hash).where(schema.item.c.link_hash.in_(bindparam("marks", expanding=True)))


class Store(Reading, Sweeping, Telling):
    """``bot.ports.Storage`` on SQLite or PostgreSQL.

    ``on_delivery`` is called after each commit that wrote deliveries; ``ledger`` holds them,
    and ``stuck`` tells which of them did not arrive.
    """

    def __init__(self, database: Database, keys: KeyStore, clock: Clock) -> None:
        """Use ``open``; this only remembers where things are."""
        self._database = database
        self._keys = keys
        self._clock = clock
        self.on_delivery: Callable[[], None] = _nothing
        self.ledger = ledger.StoredLedger(database, keys)
        self.stuck = StuckDeliveries(database)

    @classmethod
    async def open(cls, database_url: str, keys_url: str, root_key: bytes, clock: Clock) -> Store:
        """Open both databases, bring them up to date and finish what a crash or restore left.

        Raises ``StorageTrouble`` when one cannot be used or they do not belong together.
        """
        if database_url == keys_url:
            message = "KEYS_URL must be another database than DATABASE_URL, or a backup would hold its own keys."
            raise StorageTrouble(message)
        database = Database(database_url)
        try:
            keys = await database.in_thread(_opened, database, keys_url, root_key, clock)
        except BaseException:
            await asyncio.to_thread(database.close)
            raise
        return cls(database, keys, clock)

    async def close(self) -> None:
        """Close both databases."""
        await asyncio.to_thread(self._database.close)
        await asyncio.to_thread(self._keys.close)

    def pseudonym(self, adapter: str, user_id: str) -> str:
        """Return the id a user of an adapter is known by here."""
        return pseudonym(self._keys.house("identity"), adapter, user_id)

    async def rehash(self, read: Callable[[str], Link | None], mark: str) -> int:
        """Bring items to the canonical links of the rules of this mark; return how many changed."""
        return await rehashing.rehash(self._database, self._keys, read, mark)

    def importing(self, origin: Origin) -> Importing:
        """Return what brings the reports of one file in."""
        return Importing(self._database, self._keys, self._clock(), origin)

    def imported_member(self, name: str, fingerprint: str) -> str:
        """Return who the member of a row counts as: by name, or without one the file as a whole."""
        return member_of(self._keys, name, fingerprint)

    @in_thread
    def since(self) -> datetime:
        """Return when this installation began: its first day, or that of the earliest report imported."""
        house = schema.house
        with self._database.reading() as connection:
            found = connection.execute(select(house.c.value).where(house.c.key == "since"))
            return datetime.fromisoformat(found.scalar_one())

    @in_thread
    def situation(self, said: Incoming) -> Situation:
        """Read where this member stands; raise ``Duplicate`` if the message was heard before."""
        now = self._clock()
        with self._database.reading() as connection:
            if connection.execute(HEARD, {"adapter": said.adapter, "message": said.id}).first() is not None:
                raise Duplicate
            row = connection.execute(MEMBER, {"person": said.person}).first()
            if row is None:
                return Situation(_stranger(said, now))
            keys = self._keys.fetch([row.key])
            spans = {"person": row.id, "lately": now - RECENT, "today": now - TODAY}
            weighed, sent_today = connection.execute(COUNTS, spans).one()
            drafts = conversations_of(connection, keys, row.id)
            edited = {"adapter": said.adapter, "message": said.edits or ""}
            edits_form = said.edits is not None and bool(connection.execute(HEARD_IN_FORM, edited).scalar())
            return Situation(_member(row), drafts, weighed // OUTSIDE_FORM, sent_today, edits_form)

    async def commit(self, said: Incoming, situation: Situation | None, turn: Turn) -> None:
        """Write seen mark, member, conversations, changes and deliveries, all or nothing.

        Raises ``Duplicate``, ``Conflict`` or ``StorageTrouble``.
        """
        now = self._clock()
        if situation is None and turn.conversation is not None:
            message = "a conversation is kept for members only"
            raise TypeError(message)
        prepared = await self._prepare(situation, turn)

        def write(connection: Connection) -> int:
            return committing.write(committing.Scribe(connection, self._keys, prepared, said, now), situation, turn)

        written = await self._database.write(write)
        if any(isinstance(change, Forgotten | ReportErased | ReportCorrected) for change in turn.changes):
            await self._database.in_thread(erasing.empty_outbox, self._database, self._keys)
        if written:
            self.on_delivery()

    async def release(self, table: DigestReleased, deliveries: Sequence[Delivery]) -> bool:
        """Keep a table and its deliveries once; False if another process was first."""
        now = self._clock()

        def write(connection: Connection) -> int | None:
            if not committing.keep_table(connection, table, now):
                return None
            return ledger.put(connection, self._keys, deliveries, now)

        written = await self._database.write(write)
        if written:
            self.on_delivery()
        return written is not None

    async def _prepare(self, situation: Situation | None, turn: Turn) -> Prepared:
        """Make the keys this turn needs, durable before the turn; one without a row is swept a day later."""
        plan = _Plan()
        links: dict[str, Link] = {}
        if situation is not None and situation.member.revision == 0:
            plan.add("member", plan.member_key)
        for change in turn.changes:
            if isinstance(change, ReportSent | CallSent):
                plan.add("report", change.report)
            if isinstance(change, ReportSent | ReportCorrected):
                links |= {link_hash(self._keys, link): link for link in change.links}
        if not plan.wanted and not links:
            return Prepared({}, {}, plan.member_key)
        return await self._keys.database.write(lambda connection: self._made(connection, plan, links, situation))

    def _made(
        self, of_keys: Connection, plan: _Plan, links: Mapping[str, Link], situation: Situation | None
    ) -> Prepared:
        """Make the planned keys and those of links not known yet, and fetch the member's own beside them."""
        known: set[str | None] = set()
        own: list[str] = []
        with self._database.reading() as connection:
            if links:
                known.update(connection.execute(KNOWN_LINKS, {"marks": list(links)}).scalars())
            if situation is not None and situation.member.revision:
                own += [row.key for row in connection.execute(MEMBER, {"person": situation.member.id})]
        items = {mark: str(uuid7()) for mark in links if mark not in known}
        keys = self._keys.make_in(of_keys, plan.wanted | dict.fromkeys(items.values(), "item"))
        return Prepared(keys | self._keys.fetch_from(of_keys, own), items, plan.member_key)


@dataclass
class _Plan:
    """Which keys a turn needs, by id, before any of them exists."""

    member_key: str = field(default_factory=lambda: str(uuid7()))
    wanted: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, key_id: str) -> None:
        self.wanted[key_id] = kind


def _nothing() -> None:
    """Be called after commits while nobody listens."""


def _stranger(said: Incoming, now: datetime) -> Member:
    return Member(id=said.person, adapter=said.adapter, language=said.language, since=now)


def _member(row: object) -> Member:
    names = (name for name in Member.__slots__)
    return Member(**{name: getattr(row, name) for name in names})


def _opened(database: Database, keys_url: str, root_key: bytes, clock: Clock) -> KeyStore:
    """Open the key store and make both databases ready; close it if that cannot be."""
    if database.path is not None:
        make_private(database.path)
    keys = KeyStore.open(keys_url, root_key, clock)
    try:
        with database.writing() as connection:
            upgrade(connection)
            _check_pair(connection, database, keys)
            _note_beginning(connection, clock())
        erasing.settle(database, keys, clock())
    except BaseException:
        keys.close()
        raise
    return keys


def _note_beginning(connection: Connection, now: datetime) -> None:
    """Note when this installation began, once: before that there is nothing to report on."""
    row = {"key": "since", "value": now.astimezone(UTC).isoformat()}
    connection.execute(insert_new(connection, schema.house), row)
    begin_counting(connection)


def _check_pair(connection: Connection, database: Database, keys: KeyStore) -> None:
    """Refuse a key store this database was not made with: everything would look erased."""
    house = schema.house
    connection.execute(insert_new(connection, house).values(key="keys", value=keys.id))
    made_with = connection.execute(select(house.c.value).where(house.c.key == "keys")).scalar_one()
    if made_with != keys.id:
        message = (
            f"KEYS_URL is not the key store {database.name} was made with, so nothing can be read. "
            "Nothing was changed. Put the right key store back or restore its backup."
        )
        raise StorageTrouble(message)
