"""`steward import`: reports of the past out of a file; everything is checked before anything is written."""

from __future__ import annotations

import hashlib
import json
import shlex
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TextIO

from uuid6 import uuid7

from bot import privacy
from bot.app import configure_logging, now, platform_rules
from bot.messages import Incoming, Place
from bot.reports.links import Link, Links
from bot.reports.rows import Refused, Reported, RowReader
from bot.reports.tables import Fault, Row, rows
from bot.settings import Settings
from bot.storage.importing import Origin, Past
from bot.storage.store import Store
from handlers.cases import announce
from handlers.incident import IncidentReport

PAGE = 2_000  # reports of one transaction: about a second, in which a running steward waits to write
LISTED = 50  # faults printed; whoever mends these finds the rest by running it again
WRONG = 2  # exit code: something in the file is to be mended
NOT_UTF8 = 'The file is not UTF-8 text. In Excel, save it as "CSV UTF-8".'


@dataclass
class Checked:
    """What a file holds, counted while it was read."""

    good: int = 0
    undated: int = 0
    old: int = 0
    refused: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wrong: int = 0


class Spool:
    """Checked reports on their way to being written: in a file without a name, sealed with a key kept nowhere."""

    def __init__(self, file: IO[bytes]) -> None:
        """Begin empty."""
        self._file = file
        self._key, self._id = privacy.new_key(), str(uuid7())
        self._page: list[Past] = []
        self._lengths: list[int] = []

    def add(self, one: Past) -> None:
        """Put one report behind the others."""
        self._page.append(one)
        if len(self._page) == PAGE:
            self.close_page()

    def close_page(self) -> None:
        """Seal what was added since the last page."""
        if self._page:
            body = json.dumps([_plain(one) for one in self._page]).encode()
            sealed = privacy.seal(self._key, self._id, body, f"spool/{len(self._lengths)}")
            self._lengths.append(self._file.write(sealed))
            self._page = []

    def pages(self) -> Iterator[list[Past]]:
        """Return what was added, page by page."""
        self._file.seek(0)
        for place, length in enumerate(self._lengths):
            body = privacy.unseal(self._key, self._file.read(length), f"spool/{place}")
            yield [_past(said) for said in json.loads(body)]


async def import_file(settings: Settings, path: Path, out: TextIO, *, as_new: bool, yes: bool) -> int:
    """Check a file of reports, say what is wrong with it, and with ``yes`` write what is not there yet."""
    configure_logging()
    links = Links(platform_rules(settings.content))
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database_url, settings.keys_url, settings.root_key(), now)
        stack.push_async_callback(store.close)
        await store.rehash(links.read, links.mark)
        with path.open("rb") as file:
            fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
        reader = RowReader(IncidentReport, links.read, now(), settings.tz)
        spool = Spool(stack.enter_context(tempfile.TemporaryFile()))  # noqa: SIM115 - the stack closes it
        checked = _checked(path, reader, store, fingerprint, spool)
        _tell(checked, out, as_new=as_new)
        if checked.wrong:
            out.write("Nothing was written. Mend these rows and run it again.\n")
            return WRONG
        origin = Origin(fingerprint, announce(_said(fingerprint)) if as_new else None)
        importing = store.importing(origin)
        count = 0
        for page in spool.pages():
            count += await (importing.write(page) if yes else importing.unknown(page))
    here = checked.good - count
    already = f" {here:,} {'was' if here == 1 else 'were'} here already." if here else ""
    if yes:
        out.write(f"{_reports(count)} imported.{already}\n")
    else:
        again = f"steward import {shlex.quote(str(path))}{' --as-new' if as_new else ''} --yes"
        out.write(f"{_reports(count)} would be imported.{already} Nothing is written yet. To do it: {again}\n")
    return 0


def _checked(path: Path, reader: RowReader, store: Store, fingerprint: str, spool: Spool) -> Checked:
    checked, seen = Checked(), Counter[bytes]()
    long_ago = now() - privacy.KEEP_DETAIL_SENT
    for row in _rows(path, reader):
        read = [row] if isinstance(row, Fault) else reader.read(row)
        match read:
            case Refused():
                checked.refused.append(read.number)
            case Reported():
                checked.good += 1
                checked.undated += read.at is None
                checked.old += read.at is not None and read.at < long_ago
                spool.add(_as_past(read, store, fingerprint, seen))
            case _:
                checked.wrong += len(read)
                checked.faults += read[: LISTED - len(checked.faults)]
    spool.close_page()
    return checked


def _rows(path: Path, reader: RowReader) -> Iterator[Row | Fault]:
    try:
        # As Excel writes it: with a mark in front, and line ends inside cells left as they are.
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from rows(lines, reader.columns)
    except UnicodeDecodeError:
        yield Fault(0, "", NOT_UTF8)


def _as_past(read: Reported, store: Store, fingerprint: str, seen: Counter[bytes]) -> Past:
    """Return a report to keep. Rows that say the same are told apart by which of them it is, not by their number."""
    member = store.imported_member(read.member, fingerprint)
    told = [read.answers, read.at.isoformat() if read.at else None, read.member]
    same = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()
    seen[same[:8]] += 1
    at = (read.at or now()).astimezone(UTC)
    return Past(f"{same.hex()} {seen[same[:8]]}", member, at, read.answers, read.links)


def _tell(checked: Checked, out: TextIO, *, as_new: bool) -> None:
    for fault in checked.faults:
        where = f"Row {fault.row}" if fault.row else "The file"
        out.write(f"{where}{f', {fault.column}' if fault.column else ''}: {fault.what}\n")
    if checked.wrong > len(checked.faults):
        out.write(f"... and {checked.wrong - len(checked.faults):,} more.\n")
    if checked.refused:
        numbers = ", ".join(str(number) for number in checked.refused[:LISTED])
        more = f" and {len(checked.refused) - LISTED:,} more" if len(checked.refused) > LISTED else ""
        out.write(
            f"Left out, because a child may be shown: row {numbers}{more}. Nothing of it is kept. Do not open or copy"
            " what it is about; tell the safeguarding lead of that school.\n"
        )
    if checked.undated and not checked.wrong:
        out.write(f"{_reports(checked.undated)} without a day in the column at: counted as sent today.\n")
    if checked.old and not checked.wrong:
        out.write(
            f"{_reports(checked.old)} older than 24 months: the next nightly sweep erases their words and members.\n"
        )
    if as_new and checked.good and not checked.wrong:
        out.write("As new: officers get a card for each new case.\n")


def _reports(count: int) -> str:
    return f"{count:,} report{'' if count == 1 else 's'}"


def _said(fingerprint: str) -> Incoming:
    """Return who speaks when cards are announced: the file, not a person."""
    return Incoming(f"import:{fingerprint}", "officer", "import", Place("channel", "cases"), now(), "import")


def _plain(one: Past) -> list[object]:
    links = [[each.isoformat() if isinstance(each, datetime) else each for each in astuple(link)] for link in one.links]
    return [one.mark, one.member, one.at.isoformat(), one.answers, links]


def _past(said: Sequence[object]) -> Past:
    mark, member, at, answers, links = said
    assert isinstance(answers, dict)
    assert isinstance(links, list)
    return Past(str(mark), str(member), datetime.fromisoformat(str(at)), answers, tuple(_link(each) for each in links))


def _link(said: Sequence[str]) -> Link:
    canonical, platform, account, post, posted, is_short, full = said
    return Link(
        canonical, platform, account, post, datetime.fromisoformat(posted) if posted else None, bool(is_short), full
    )
