"""Puts the house together; the only file that knows every part."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from getpass import getuser
from pathlib import Path
from typing import TextIO

import structlog
import uuid6

from bot.adapters.terminal import Terminal
from bot.delivery import Deliveries
from bot.desk import Desk, House
from bot.engine.embedded import Embedded
from bot.feedback.periods import DUE, due, snap
from bot.feedback.present import as_json as as_json_digest
from bot.feedback.present import reply as presented
from bot.guidance.crisis import lines as crisis_lines
from bot.hours import DAY, Calendar, bank_holidays, quiet_days
from bot.language import recognised
from bot.learning import Learning
from bot.messages import Incoming, Outgoing, Reply, Text
from bot.ports import Clock, Sender
from bot.reports.links import Links
from bot.reports.platforms import Rules
from bot.reports.routes import Routes
from bot.router import Router
from bot.settings import Command, Settings, SettingsError
from bot.shelf import Shelf
from bot.storage.store import Store
from bot.texts import MissingText, Texts
from handlers import decide
from handlers.held import Held
from handlers.officers import decide as decide_for_officer
from handlers.rounds import Rounds, released

NOT_OVER = 2  # exit code: ask again when the week is over


def now() -> datetime:
    """Return the time; the one place where it is read."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Steward:
    """The whole house, open: one database, one content folder, the adapters' senders."""

    settings: Settings
    store: Store
    shelf: Shelf
    texts: Texts
    router: Router
    deliveries: Deliveries
    senders: dict[str, Sender]
    timed: Rounds
    clock: Clock

    async def respond(self, said: Incoming) -> Sequence[Outgoing]:
        """Return the answers to one message, in words."""
        answered = await self.router.respond(said)
        return [self._in_words(reply, answered.language, said.adapter) for reply in answered.replies]

    def _in_words(self, reply: Reply, language: str, adapter: str) -> Outgoing:
        try:
            return self.texts.outgoing(reply, language, adapter)
        except MissingText:
            structlog.get_logger().error("a sentence is missing or broken", key=reply.key)
            return self.texts.outgoing(Reply("trouble-words"), language, adapter)

    async def drain(self) -> int:
        """Send everything that is due to the senders there are."""
        return await self.deliveries.drain()

    async def rounds(self) -> None:
        """Do the timed work that is due: sweep, reminders, digests."""
        await self.timed(self.clock())

    def member(self, name: str, stdin: TextIO, stdout: TextIO) -> Terminal:
        """Return a terminal for a member of this computer."""
        person = self.store.pseudonym("terminal", name)
        language = self.settings.language
        return Terminal("member", person, name, self.clock, stdin, stdout, language=language)

    def officer(self, name: str, stdin: TextIO, stdout: TextIO, margin: str = "") -> Terminal:
        """Return a terminal for an officer."""
        return Terminal("officer", f"terminal:{name}", name, self.clock, stdin, stdout, margin)


@asynccontextmanager
async def opened(settings: Settings, command: Command, *, clock: Clock = now) -> AsyncIterator[Steward]:
    """Open the house and close it again, whatever happens in between."""
    configure_logging()
    content = settings.content
    shelf = await asyncio.to_thread(_shelf, content)
    texts = _texts(content, settings)
    links = Links(platform_rules(content))
    store = await Store.open(settings.database_url, settings.keys_url, settings.root_key(), clock)
    senders: dict[str, Sender] = {}
    try:
        await store.rehash(links.read, links.mark)
        desk = Desk(
            storage=store,
            answerer=shelf.answers,
            is_crisis=shelf.is_crisis,
            links=links,
            routes=_routes(content),
            house=_house(settings, command),
            held=Held(),
            next_open=lambda at: _next_open(settings, at),
            crisis_lines=lambda day, nation, language: _crisis_lines(shelf, day, nation, language),
            recognise=recognised,
            chance=secrets.randbits,
            new_id=lambda: str(uuid6.uuid7()),
        )
        deliveries = Deliveries(store.ledger, senders, texts.outgoing, clock, secrets.SystemRandom().random)
        calendar = _calendar(settings)
        store.ledger.goes_at = calendar.goes_at
        timed = Rounds(desk, store, calendar)
        router = Router(desk, decide, decide_for_officer)
        yield Steward(settings, store, shelf, texts, router, deliveries, senders, timed, clock)
    finally:
        await store.close()


def _shelf(content: Path) -> Shelf:
    learning = Learning(say=_told)
    if learning.trouble:
        _told(learning.trouble)
    return Shelf(content, time.monotonic, learning, beside=True)


def _told(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _house(settings: Settings, command: Command) -> House:
    return House(
        union=settings.union_name,
        contact=settings.union_contact or "",
        members=settings.membership(command),
        has_officers=command != "run" or bool(settings.officers or settings.cases_channel),
        zone=settings.tz,
        emergency=settings.emergency_contact or "",
        privacy_notice=settings.privacy_notice_url or "",
        data_contact=settings.data_protection_contact or "",
    )


def _texts(content: Path, settings: Settings) -> Texts:
    try:
        return Texts(content / "strings", settings.union_name, settings.tz)
    except ValueError as wrong:
        raise SettingsError(f"{wrong}. Mend the file, or put back the one that came with it.") from None


def platform_rules(content: Path) -> Rules:
    """Return the rules links are read by; raise ``SettingsError`` when the file cannot be read."""
    try:
        return Rules.parse((content / "platforms.toml").read_text("utf-8"))
    except ValueError as wrong:
        raise SettingsError(f"platforms.toml: {wrong}. Mend the file, or put back the one that came with it.") from None


def _routes(content: Path) -> Routes:
    try:
        return Routes.parse((content / "routes.toml").read_text("utf-8"))
    except ValueError as wrong:
        raise SettingsError(f"routes.toml: {wrong}. Mend the file, or put back the one that came with it.") from None


def _crisis_lines(shelf: Shelf, day: date, nation: str | None, language: str) -> tuple[Sequence[str], Sequence[str]]:
    everywhere = {line.text for line in shelf.rules.lines if line.uk_wide}
    shown = crisis_lines(shelf.rules, day, nation, language=language)
    return [line for line in shown if line in everywhere], [line for line in shown if line not in everywhere]


def _next_open(settings: Settings, at: datetime) -> datetime | None:
    holidays = bank_holidays()
    if settings.office_hours.is_open(at, settings.tz, holidays):
        return None
    return settings.office_hours.next_open(at, settings.tz, holidays)


def _calendar(settings: Settings) -> Calendar:
    return Calendar(settings.check_in_hours, DAY, settings.tz, quiet_days)


def configure_logging() -> None:
    """Log shapes as one line each on standard error; nothing below a warning unless asked."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("warning"),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def local_name() -> str:
    """Return the name of this computer's user; only its keyed hash is kept."""
    try:
        return getuser()
    except (OSError, KeyError):  # no user database, as in a small container
        return "somebody"


async def chat(settings: Settings, officer: bool) -> int:  # noqa: FBT001 - the command line's own switch
    """Talk to one person in this terminal until the input ends."""
    async with opened(settings, "chat") as house:
        make = house.officer if officer else house.member
        terminal = make(local_name(), stdin=sys.stdin, stdout=sys.stdout)
        adapter = "officers" if officer else "terminal"
        language = "en" if officer else settings.language
        house.senders[adapter] = terminal
        await house.deliveries.recover(sole=True)  # nobody else prints on this terminal
        if terminal.is_interactive:
            terminal.say(
                house.texts.say(Text("terminal-officer" if officer else "terminal-hello"), language, "terminal")
            )
        await house.rounds()
        await house.drain()
        if not terminal.is_interactive:
            await terminal.run(house.respond, house.drain)
            return 0
        engine = engine_of(house)  # what another process sends here is printed while nobody types
        working = asyncio.create_task(engine.run())
        try:
            await terminal.run(house.respond, house.drain)
        finally:
            engine.stop()
            await working
        terminal.say(house.texts.say(Text("terminal-bye"), language, "terminal"))
    return 0


def engine_of(house: Steward) -> Embedded:
    """Return what keeps deliveries and rounds of an open house going; a commit wakes it."""
    engine = Embedded(house.deliveries.lanes, [house.rounds], house.clock, _report)
    house.store.on_delivery = engine.wake
    return engine


def _report(what: str, error: str, place: str) -> None:
    structlog.get_logger().error("engine", what=what, error=error, at=place)


async def digest(settings: Settings, period: str, since: date | None, until: date | None, as_json: bool) -> int:  # noqa: FBT001 - the command line's own switch
    """Print digests through the gate: the latest one due, or every whole week of a span."""
    async with opened(settings, "chat") as house:
        at = house.clock()
        zone = settings.tz
        if since is None and until is None:
            wanted = [one for one in due(at, zone) if one.period == period]
        else:
            today = at.astimezone(zone).date()
            began = (await house.store.since()).astimezone(zone).date()
            # Before the beginning there is nothing to count; what is still to come is refused as this week is.
            last = max(began, min(until or today, today))
            wanted = snap(max(began, min(since or last, last)), last)
        for one in wanted:
            made = await released(house.router.desk, one, at)
            if made is None:
                coming = datetime.combine(one.ends + timedelta(days=1), DUE, zone)
                print(house.texts.say(Text("digest-not-over", {"when": coming}), "en", "terminal"), file=sys.stderr)
                return NOT_OVER  # nor is any week after it
            if as_json:
                print(json.dumps(as_json_digest(made), ensure_ascii=False), flush=True)
            else:
                print(house.texts.outgoing(presented(made, zone), "en", "terminal").text, flush=True)
    return 0
