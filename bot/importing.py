"""`steward import`: reports of the past out of a file; everything is checked before anything is written."""

from __future__ import annotations

import hashlib
import json
import shlex
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, TextIO

from uuid6 import uuid7

from bot import privacy
from bot.app import configure_logging, now, platform_rules
from bot.import_reading import Rulebook, Told, link_of, read_all
from bot.messages import Incoming, Place
from bot.reports.links import Links
from bot.reports.names import names
from bot.reports.rows import Refused
from bot.reports.tables import Fault, Row, rows
from bot.settings import Settings
from bot.storage.importing import Origin, Past
from bot.storage.store import Store
from handlers.cases import announce

PAGE = 2_000  # reports of one transaction: about a second, in which a running steward waits to write
MEMBERS_AT_HAND = 10_000  # whose pseudonyms are not made anew for each row
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

    def __init__(self, file: IO[bytes], links: Links) -> None:
        """Begin empty; ``links`` reads accounts that are written as addresses."""
        self._file = file
        self._links = links
        self._key, self._id = privacy.new_key(), str(uuid7())
        self._page: list[str] = []
        self._lengths: list[int] = []

    def add(self, mark: str, member: str, at: datetime, body: str) -> None:
        """Put one report behind the others; ``body`` is JSON, the others hold no quotes."""
        self._page.append(f'["{mark}","{member}","{at.isoformat()}",{body}]')
        if len(self._page) == PAGE:
            self.close_page()

    def close_page(self) -> None:
        """Seal what was added since the last page."""
        if self._page:
            body = f"[{','.join(self._page)}]".encode()
            sealed = privacy.seal(self._key, self._id, body, f"spool/{len(self._lengths)}")
            self._lengths.append(self._file.write(sealed))
            self._page = []

    def pages(self) -> Iterator[list[Past]]:
        """Return what was added, page by page."""
        self._file.seek(0)
        for place, length in enumerate(self._lengths):
            body = privacy.unseal(self._key, self._file.read(length), f"spool/{place}")
            yield [self._past(*one) for one in json.loads(body)]

    def _past(self, mark: str, member: str, at: str, told: tuple[dict[str, Any], list[list[str]]]) -> Past:
        answers, links = told[0], tuple(map(link_of, told[1]))
        return Past(mark, member, datetime.fromisoformat(at), answers, links, names(answers, links, self._links))


async def import_file(settings: Settings, path: Path, out: TextIO, *, as_new: bool, yes: bool) -> int:
    """Check a file of reports, say what is wrong with it, and with ``yes`` write what is not there yet."""
    configure_logging()
    links = Links(platform_rules(settings.content))
    platforms = (settings.content / "platforms.toml").read_text("utf-8")
    rules = Rulebook(platforms, now(), settings.tz.key)
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database_url, settings.keys_url, settings.root_key(), now)
        stack.push_async_callback(store.close)
        await store.rehash(links.read, links.mark)
        with path.open("rb") as file:
            fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
        spool = Spool(stack.enter_context(tempfile.TemporaryFile()), links)  # noqa: SIM115 - the stack closes it
        checked = _checked(path, rules, store, fingerprint, spool)
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


def _checked(path: Path, rules: Rulebook, store: Store, fingerprint: str, spool: Spool) -> Checked:
    checked, seen = Checked(), Counter[bytes]()
    long_ago = rules.now - privacy.KEEP_DETAIL_SENT
    member_of = lru_cache(MEMBERS_AT_HAND)(lambda name: store.imported_member(name, fingerprint))
    for read in read_all(_rows(path, rules.reader().columns), rules):
        match read:
            case Told():
                checked.good += 1
                checked.undated += read.at is None
                checked.old += read.at is not None and read.at < long_ago
                # Rows that say the same are told apart by which of them it is, not by their number.
                seen[read.same[:8]] += 1
                mark = f"{read.same.hex()} {seen[read.same[:8]]}"
                spool.add(mark, member_of(read.member), min(read.at or rules.now, rules.now).astimezone(UTC), read.body)
            case Refused():
                checked.refused.append(read.number)
            case _:
                checked.wrong += len(read)
                checked.faults += read[: LISTED - len(checked.faults)]
    spool.close_page()
    return checked


def _rows(path: Path, columns: Collection[str]) -> Iterator[Row | Fault]:
    try:
        # As Excel writes it: with a mark in front, and line ends inside cells left as they are.
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from rows(lines, columns)
    except UnicodeDecodeError:
        yield Fault(0, "", NOT_UTF8)


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
