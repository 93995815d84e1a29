"""Turns a row of a table into the answers of a form, or says of each cell what is wrong and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import JsonValue, ValidationError

from bot.conversation import read
from bot.conversation.form import Form, Question, questions
from bot.reports.links import Link
from bot.reports.tables import Fault, Row

MEMBER, AT = "member", "at"
OWN_COLUMNS: Final = (MEMBER, AT)
"""Columns of a file that are no question of the form: who sent it, and when."""
OLDEST = timedelta(days=15 * 366)  # before any of the platforms, as in the form
MIDDAY = time(12)  # a day without a time: in any zone it stays that day
NOTHING = frozenset({"", "-", "n/a"})
SAFETY, DANGER = "shows_child", "in_danger"
YES_NO: Mapping[str, bool] = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\S+))?")
_UK = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[, ]+(\S+))?")
_APART = re.compile(r"[\s|;]+")


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as a row tells it. ``at`` is None when it does not say when; ``member`` is as it was written.

    ``at`` may be later today: it is as it was written, so that the same row is the same at any hour.
    """

    number: int
    answers: Mapping[str, JsonValue] = field(repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)
    at: datetime | None = None
    member: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that may be about a picture of a child: nothing else of it was read."""

    number: int


class RowReader:
    """Reads rows as answers of one form. ``now`` is aware; days without a zone are of ``zone``."""

    def __init__(
        self, form: type[Form], read_link: Callable[[str], Link | None], now: datetime, zone: ZoneInfo
    ) -> None:
        """Keep what rows are read by."""
        self._form = form
        self._questions = questions(form)
        self._read_link = read_link
        self._now = now
        self._zone = zone
        self.columns = (*self._questions, *OWN_COLUMNS)

    def read(self, row: Row) -> Reported | Refused | list[Fault]:
        """Return the report a row tells, that it is refused, or everything that is wrong with it."""
        cells = {name: cell for name, cell in row.cells.items() if not _is_nothing(cell)}
        child = self._child(cells.pop(SAFETY, None))
        if child in ("yes", "not_sure"):
            return Refused(row.number)
        faults: list[Fault] = []
        if child is None:
            faults.append(Fault(row.number, SAFETY, 'Say "no" where somebody has made sure, else "yes" or "not_sure".'))
        links: tuple[Link, ...] = ()
        answers: dict[str, JsonValue] = {SAFETY: "no", DANGER: False}
        for name, cell in cells.items():
            if name in OWN_COLUMNS:
                continue
            try:
                if name == "links":
                    links = self._links(cell)
                else:
                    answers[name] = self._value(self._questions[name], cell)
            except ValueError as wrong:
                faults.append(Fault(row.number, name, str(wrong)))
        at = self._at(row.number, cells.get(AT), faults)
        try:
            form = self._form.model_validate(self._completed(answers, links))
        except ValidationError as wrong:
            return [*faults, *self._misfits(row.number, wrong, {fault.column for fault in faults})]
        told = form.model_dump(mode="json")
        return faults or Reported(row.number, told, links, at, str(cells.get(MEMBER, "")).strip())

    def _child(self, cell: JsonValue) -> str | None:
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        said = str(cell or "").strip()
        plain = YES_NO.get(said.casefold())
        return ("yes" if plain else "no") if plain is not None else read.one_of(("no", "not_sure", "yes"), said)

    def _value(self, question: Question, cell: JsonValue) -> JsonValue:
        """Return what a cell says to a question; raise ``ValueError`` with what it must be."""
        match question.kind:
            case "yes_no":
                return _yes_no(cell)
            case "one":
                return _one(question, cell)
            case "many":
                return [_one(question, part) for part in _parts(cell, re.compile(r"[,;|\n]+"))]
            case "day":
                return self._day(cell).isoformat()
            case "list":
                return [_short(part, question.limit) for part in _parts(cell, re.compile(r"[,;|\n]+"))]
            case _:
                return _short(cell, question.limit)

    def _links(self, cell: JsonValue) -> tuple[Link, ...]:
        found: dict[str, Link] = {}
        for part in _parts(cell, _APART):
            link = self._read_link(part)
            if link is None:
                raise ValueError("It is no link to a post or account. Write whole addresses, with spaces in between.")
            found[link.canonical] = link
        return tuple(found.values())

    def _day(self, cell: JsonValue) -> date:
        moment = _moment(str(cell).strip(), self._zone)
        if moment is None:
            raise ValueError("It is no day. Write it as 2026-11-20 or 20/11/2026.")
        day = moment.date()
        if not self._now.astimezone(self._zone).date() - OLDEST <= day <= self._now.astimezone(self._zone).date():
            raise ValueError(
                "It is in the future, or before there were platforms. Look at the year, and put days first."
            )
        return day

    def _at(self, number: int, cell: JsonValue, faults: list[Fault]) -> datetime | None:
        if cell is None:
            return None
        try:
            day = self._day(cell)
        except ValueError as wrong:
            faults.append(Fault(number, AT, str(wrong)))
            return None
        return _moment(str(cell).strip(), self._zone) or datetime.combine(day, MIDDAY, self._zone)

    def _completed(self, answers: dict[str, JsonValue], links: Sequence[Link]) -> dict[str, JsonValue]:
        """Return the answers with what follows from others, as the form itself would know it."""
        told: dict[str, JsonValue] = dict(answers)
        if links:
            told["links"] = [link.full for link in links]
            told.setdefault("platform", links[0].platform)
        if told.get("reported_to_platform") is False:
            told.setdefault("platform_reply", "not_reported")
        if "platform_reply" in told:
            told.setdefault("reported_to_platform", told["platform_reply"] != "not_reported")
        return told

    def _misfits(self, number: int, wrong: ValidationError, named: Collection[str]) -> list[Fault]:
        """Return what the form itself does not accept, besides what was named already."""
        kinds = {str(one["loc"][0]): one["type"] for one in wrong.errors(include_input=False, include_url=False)}
        return [
            Fault(number, column, self._needed(column, kinds[column])) for column in sorted(set(kinds) - set(named))
        ]

    def _needed(self, column: str, kind: str) -> str:
        options = self._questions[column].options
        if kind == "missing":
            return f"It is needed. Write {_among(options)}." if options else "It is needed."
        return "There are too many in one cell." if kind == "too_long" else "It does not fit this column."


def _is_nothing(cell: JsonValue) -> bool:
    return cell is None or cell == [] or (isinstance(cell, str) and cell.strip().casefold() in NOTHING)


def _yes_no(cell: JsonValue) -> bool:
    if isinstance(cell, bool):
        return cell
    said = YES_NO.get(str(cell).strip().casefold())
    said = read.yes_or_no(str(cell)) if said is None else said
    if said is None:
        raise ValueError("Write yes or no.")
    return said


def _one(question: Question, cell: JsonValue) -> str:
    said = str(cell).strip()
    found = said if said in question.options else read.one_of(question.options, said)
    if found is None:
        raise ValueError(f"It is none of the words for this. Write {_among(question.options)}.")
    return found


def _among(options: Sequence[str]) -> str:
    return f"{', '.join(options[:-1])} or {options[-1]}"


def _parts(cell: JsonValue, apart: re.Pattern[str]) -> list[str]:
    said = [str(one) for one in cell] if isinstance(cell, list) else apart.split(str(cell))
    return list(dict.fromkeys(part.strip() for part in said if part.strip()))


def _short(cell: JsonValue, limit: int) -> str:
    said = " ".join(read.printable(str(cell)).split())
    if isinstance(cell, dict | list) or len(said) > limit:
        raise ValueError(f"It is longer than {limit} characters, or no text. Shorten it.")
    return said


def _moment(said: str, zone: ZoneInfo) -> datetime | None:
    """Return the time that is written there: 2026-11-20, 2026-11-20T22:10Z, 20/11/2026 22:10."""
    iso, british = _ISO.fullmatch(said), _UK.fullmatch(said)
    try:
        if iso is not None:
            day, clock = date(int(iso[1]), int(iso[2]), int(iso[3])), iso[4]
        elif british is not None:
            day, clock = date(int(british[3]), int(british[2]), int(british[1])), british[4]
        else:
            return None
        moment = datetime.combine(
            day, time.fromisoformat(clock if clock[1:2] != ":" else f"0{clock}") if clock else MIDDAY
        )
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
