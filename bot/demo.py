"""The demonstration: both sides of the house on a database in a temporary folder that is erased at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from bot.adapters.terminal import Terminal
from bot.app import Steward, now, opened
from bot.messages import Text
from bot.root_key import new_key
from bot.settings import Settings, alone

OFFICERS_MARGIN = "    officers | "
POST = "https://www.tiktok.com/@sample.account/video/7030000000000000000?_r=1"
SEED_POSTS = 4  # sample reports of last week fall on these posts, so that cases have several reports
# Sample reports of last week: what each member taps. Enough members that a digest has figures to show.
SEEDS = (
    *(("tiktok", kind, reply) for kind, reply in (
        ("Mocking", "No violation"), ("Mocking", "No answer"), ("Pretends to be me or the school", "No violation"),
        ("Edited or AI-made", "No answer"), ("Mocking", "No violation"), ("False accusation", "No violation"),
        ("Mocking", "Removed it"), ("Pretends to be me or the school", "No violation"), ("Threat", "No answer"),
    )),
    *(("instagram", "Mocking", "No answer"),) * 3,
)  # fmt: skip
LINKS = {
    "tiktok": "https://www.tiktok.com/@sample.account.{n}/video/70300000000000{n:05d}",
    "instagram": "https://www.instagram.com/p/Csample{n:05d}/",
}
FIRST_MEMBER = (
    "someone made a fake account of me on tiktok",
    "honestly everyone would be better off without me after what theyve put",
    f"/report {POST}",
    "[No]",
    "[No]",
)
AFTER_RESTART = ("[Mocking]", "whats posh", "[No violation]", "[Tell me what becomes of it]", "[Send]")
SECOND_MEMBER = (f"/report {POST}", "[No]", "[No]", "[Mocking]", "[No answer]", "[Send]")


@dataclass
class Stage:
    """The house on a stage: a temporary folder, a clock that can be moved, and people at terminals."""

    folder: Path
    out: Callable[[str], None]
    key: str = field(default_factory=new_key, repr=False)
    ahead: timedelta = timedelta(0)

    def clock(self) -> datetime:
        """Return the time on the stage."""
        return now() + self.ahead

    def settings(self) -> Settings:
        """Return settings that touch nothing but the temporary folder."""
        return alone(
            database_url=f"sqlite:///{self.folder}/demo.db",
            keys_url=f"sqlite:///{self.folder}/keys.db",
            steward_key=self.key,
            members="open",
        )

    async def house(self, stack: AsyncExitStack) -> Steward:
        """Open the house, as after a restart, with an officers' room that prints what it is sent."""
        house = await stack.enter_async_context(opened(self.settings(), "demo", clock=self.clock))
        house.senders["officers"] = house.officer("one", stdin=StringIO(), stdout=sys.stdout, margin=OFFICERS_MARGIN)
        return house


async def demo(*, seed: bool) -> int:
    """Play the demonstration; without a terminal on standard input, the short tour."""
    with TemporaryDirectory(prefix="steward-demo-") as folder:
        stage = Stage(Path(folder), lambda line: print(line, flush=True))
        if seed:
            await _seed(stage)
        await (_talk(stage) if sys.stdin.isatty() else _tour(stage))
    return 0


async def _seed(stage: Stage) -> None:
    """Let sample members report last week, by the same road as everybody."""
    stage.ahead = _last_monday(now()) - now()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(opened(stage.settings(), "demo", clock=stage.clock))
        quiet = StringIO()
        house.senders["officers"] = house.officer("one", stdin=StringIO(), stdout=quiet)
        for place, (platform, kind, reply) in enumerate(SEEDS):
            stage.ahead += timedelta(hours=7)
            terminal = _at(house, f"sample member {place}", quiet)
            link = LINKS[platform].format(n=place % SEED_POSTS)
            for line in (f"/report {link}", "[No]", "[No]", f"[{kind}]", f"[{reply}]", "[Send]"):
                await terminal.take(line, house.respond, house.drain)
    stage.ahead = timedelta(0)


def _last_monday(at: datetime) -> datetime:
    """Return nine o'clock on the Monday of the week before ``at``."""
    monday = at - timedelta(days=at.weekday() + 7)
    return monday.replace(hour=9, minute=0, second=0, microsecond=0)


def _at(house: Steward, name: str, stdout: TextIO = sys.stdout) -> Terminal:
    terminal = house.member(name, stdin=StringIO(), stdout=stdout)
    house.senders["terminal"] = terminal
    return terminal


async def _talk(stage: Stage) -> None:
    """Talk with whoever sits at the terminal, showing what officers receive as it is sent."""
    stage.out("Steward demonstration. Everything is in a temporary folder and erased when you leave (Ctrl-D).")
    stage.out(f"Lines beginning with {OFFICERS_MARGIN.strip()} are what officers receive. Try: /report")
    async with AsyncExitStack() as stack:
        house = await stage.house(stack)
        terminal = house.member("you", stdin=sys.stdin, stdout=sys.stdout)
        house.senders["terminal"] = terminal
        terminal.say(house.texts.say(Text("terminal-hello"), "en", "terminal"))
        await house.rounds()
        await house.drain()
        await terminal.run(house.respond, house.drain)


async def _tour(stage: Stage) -> None:
    """Play a question, a crisis, a report with a restart in the middle, a second report, cases and a digest."""
    stage.out("A short tour. '>' is a member, lines behind 'officers |' are what officers receive.\n")
    async with AsyncExitStack() as stack:
        house = await stage.house(stack)
        await house.rounds()
        await house.drain()
        await _play(stage, house, _at(house, "a member"), FIRST_MEMBER)
    stage.out("\n--- the bot is restarted here, in the middle of the report ---\n")
    async with AsyncExitStack() as stack:
        house = await stage.house(stack)
        member = _at(house, "a member")
        await member.take(None, house.respond, house.drain)
        await _play(stage, house, member, AFTER_RESTART)
        stage.out("\n--- another member, the same post ---\n")
        await _play(stage, house, _at(house, "another member"), SECOND_MEMBER)
        stage.out("\n--- an officer ---\n")
        await _officer(stage, house)
        stage.ahead = _next_monday(now()) - now()
        stage.out("\n--- next Monday, 08:00: the weekly digest ---\n")
        await house.rounds()
        await house.drain()
    stage.out("\nThat was the tour. Try it yourself in a terminal: make demo")


async def _play(stage: Stage, house: Steward, terminal: Terminal, lines: tuple[str, ...]) -> None:
    for line in lines:
        stage.out(f"\n> {line}")
        await terminal.take(line, house.respond, house.drain)


async def _officer(stage: Stage, house: Steward) -> None:
    officer = house.officer("one", stdin=StringIO(), stdout=sys.stdout, margin=OFFICERS_MARGIN)
    latest = max(case.number for case in await house.store.cases())
    stage.out(f"{OFFICERS_MARGIN}> open {latest}")
    await officer.take(f"open {latest}", house.respond, _nothing)


async def _nothing() -> None:
    """Do nothing after a message: officers' words lead to no deliveries here."""


def _next_monday(at: datetime) -> datetime:
    """Return the next Monday a minute after eight, when a weekly digest is due (in London's winter time)."""
    monday = datetime.combine(at.date() - timedelta(days=at.weekday()), time(8, 1), at.tzinfo)
    return monday if monday > at else monday + timedelta(days=7)
