"""Reads the rows of a file in several processes: links take most of the time, and one processor is not enough."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.reports.links import Link, Links
from bot.reports.platforms import Rules
from bot.reports.rows import Refused, Reported, RowReader
from bot.reports.tables import Fault, Row
from handlers.incident import IncidentReport

PAGE = 500  # rows handed over at once: a tenth of a second of reading
FEW = 4_000  # rows read sooner than other processes are there
MOST_PROCESSES = 4
AHEAD = 2  # pages a process may be ahead of whoever takes them, so that memory stays steady


@dataclass(frozen=True, slots=True)
class Told:
    """What a good row says: ``same`` is the hash of it, ``body`` its answers and links as JSON."""

    same: bytes
    member: str = field(repr=False)
    at: datetime | None
    body: str = field(repr=False)


Read: TypeAlias = "Told | Refused | list[Fault]"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What rows are read by, in any process."""

    platforms: str = field(repr=False)
    now: datetime
    zone: str

    def reader(self) -> RowReader:
        """Return what reads rows by these rules."""
        return RowReader(IncidentReport, Links(Rules.parse(self.platforms)).read, self.now, ZoneInfo(self.zone))


_here: list[RowReader] = []
"""The reader of this process."""


def read_all(rows: Iterable[Row | Fault], rules: Rulebook) -> Iterator[Read]:
    """Yield what each row says, in order; a long file is read by several processes."""
    every = iter(rows)
    first = list(islice(every, FEW))
    reader = rules.reader()
    if len(first) < FEW:
        yield from (_read(reader, row) for row in first)
        return
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    yield from _in_processes(chain(first, every), rules, processes)


def _in_processes(rows: Iterator[Row | Fault], rules: Rulebook, processes: int) -> Iterator[Read]:
    waiting: deque[Future[list[Read]]] = deque()
    # Begun anew, not copied: this process has threads and open databases.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=(rules,))
    try:
        while True:
            page = list(islice(rows, PAGE))
            if page:
                waiting.append(pool.submit(_read_page, page))
            if not waiting:
                return
            if not page or len(waiting) > AHEAD * processes:
                yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(rules: Rulebook) -> None:
    _here[:] = [rules.reader()]


def _read_page(page: list[Row | Fault]) -> list[Read]:
    return [_read(_here[0], row) for row in page]


def _read(reader: RowReader, row: Row | Fault) -> Read:
    if isinstance(row, Fault):
        return [row]
    read = reader.read(row)
    return _told(read) if isinstance(read, Reported) else read


def _told(read: Reported) -> Told:
    links = [
        [link.canonical, link.platform, link.account, link.post, _iso(link.posted), link.is_short, link.full]
        for link in read.links
    ]
    body = json.dumps([read.answers, links])
    same = hashlib.sha256("\0".join((json.dumps(read.answers), _iso(read.at) or "", read.member)).encode()).digest()
    return Told(same, read.member, read.at, body)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def link_of(said: list[str]) -> Link:
    """Return a link out of a row's ``body``."""
    canonical, platform, account, post, posted, is_short, full = said
    when = datetime.fromisoformat(posted) if posted else None
    return Link(canonical, platform, account, post, when, bool(is_short), full)
