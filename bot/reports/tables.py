"""Reads a table of reports, as comma-separated values or as lines of JSON, into rows by column."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from typing import TypeAlias

from pydantic import JsonValue

Cells: TypeAlias = "Mapping[str, JsonValue]"
SEPARATORS = ",;\t"
LONGEST_CELL = 131_072  # characters, as of Python's csv: a story has 4,000, so what is longer lost its closing quote
CLOSE_ENOUGH = 0.6  # difflib's ratio: "plattform" is meant for "platform", "weather" for nothing


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row and how to mend it; never what stands in it. Row 0: the file as a whole."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column. ``number`` is what a spreadsheet shows (the header is 1), or the line of JSON."""

    number: int
    cells: Cells = field(repr=False)


def is_json(first: str) -> bool:
    """Whether a file that begins with this line holds lines of JSON."""
    return first.lstrip().startswith("{")


def rows(lines: Iterable[str], known: Collection[str]) -> Iterator[Row | Fault]:
    """Yield each row of a table with these columns, or what is wrong with it; empty rows are passed over."""
    every = iter(lines)
    first = next((line for line in every if line.strip()), None)
    if first is None:
        yield Fault(0, "", "The file is empty. Its first row must name the columns.")
        return
    whole = chain([first], every)
    yield from _objects(whole, known) if is_json(first) else _records(whole, first, known)


def _objects(lines: Iterable[str], known: Collection[str]) -> Iterator[Row | Fault]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            yield Fault(number, "", "This line is no JSON object. Write one object a line, in braces.")
            continue
        cells = {plain_name(name): value for name, value in said.items()}
        faults = _unknown(number, cells, known)
        yield from faults
        if not faults:
            yield Row(number, cells)


def _records(lines: Iterable[str], first: str, known: Collection[str]) -> Iterator[Row | Fault]:
    reader = csv.reader(lines, delimiter=_separator(first), strict=True)
    names: list[str] | None = None
    for number, record in _numbered(reader):
        if isinstance(record, Fault):
            yield record
            return
        if names is None:
            names = [plain_name(name) for name in record]
            faults = [*_unknown(number, [name for name in names if name], known), *_twice(number, names)]
            yield from faults
            if faults:
                return
        elif any(cell.strip() for cell in record):
            yield from _record(number, names, record)


def _record(number: int, names: Sequence[str], record: Sequence[str]) -> Iterator[Row | Fault]:
    beyond = (cell for place, cell in enumerate(record) if place >= len(names) or not names[place])
    if any(cell.strip() for cell in beyond):
        yield Fault(
            number, "", "It has more cells than there are columns. Put quotes around a cell with separators in it."
        )
        return
    yield Row(number, {name: cell for name, cell in zip(names, record, strict=False) if name})


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | Fault]]:
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error:
            yield (
                number,
                Fault(number, "", "Its quotes do not fit, so nothing after it can be read. Close each cell's quote."),
            )
            return
        if record is None:
            return
        yield number, record


def _separator(header: str) -> str:
    try:
        return csv.Sniffer().sniff(header, delimiters=SEPARATORS).delimiter
    except csv.Error:
        return SEPARATORS[0]  # one column only


def plain_name(name: str) -> str:
    """Return a column's name as the form writes it: "Platform reply" is ``platform_reply``."""
    return "_".join(name.replace("-", " ").split()).casefold()


def _unknown(number: int, names: Iterable[str], known: Collection[str]) -> list[Fault]:
    return [Fault(number, _shown(name), _instead(name, known)) for name in names if name not in known]


def _shown(name: str) -> str:
    """Return a column's name, unless it is so long that it is no name but somebody's words."""
    return name if len(name) <= 40 and "\n" not in name else "(a long name)"  # noqa: PLR2004 - as a token's column


def _instead(name: str, known: Collection[str]) -> str:
    close: Callable[[str], list[str]] = lambda said: get_close_matches(said, sorted(known), 1, CLOSE_ENOUGH)  # noqa: E731 - one line, used twice
    meant = close(name) or close(name.partition("_")[0])
    ask = f'Did you mean "{meant[0]}"?' if meant else f"Take it out, or use one of: {', '.join(sorted(known))}."
    return f"There is no such column. {ask}"


def _twice(number: int, names: Iterable[str]) -> list[Fault]:
    counted = Counter(name for name in names if name)
    return [
        Fault(number, name, "Two columns have this name. Take one out.") for name, times in counted.items() if times > 1
    ]
