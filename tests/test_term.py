"""A simulated term: 400 members, 1,500 reports on 300 items, 60 days of check-ins with restarts and outages."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from bot.delivery import mark
from bot.hours import DAYTIME
from bot.messages import Outgoing
from bot.reports.check_ins import next_slot
from bot.reports.outcomes import SEEN, SEEN_BY_ANYBODY, Outcome, news
from bot.storage import schema
from handlers.check_in import WHAT
from tests.term import BEGINS, CALENDAR, DAYS, LONDON, REPORTS, TICKS, Sent, Term

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the test's own is made in it
NEVER = BEGINS + timedelta(days=DAYS)
LAST_LOOK = TICKS[-2]  # later on a day nobody looks who is due before the hours end


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the play writes tens of thousands of transactions."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as made:
        yield Path(made)


@dataclass
class Books:
    """What stands in the database after the term, and what arrived."""

    term: Term
    rows: dict[str, Any]
    outcomes: list[Any]
    first_item: dict[str, str]
    arrived: dict[str, list[tuple[datetime, Outgoing]]]

    @classmethod
    def of(cls, term: Term) -> Books:
        """Read the file as it was left."""
        engine = create_engine(f"sqlite:///{term.folder}/data.db")
        link = schema.report_item
        with engine.connect() as connection:
            rows = {row.key: row for row in connection.execute(select(schema.delivery))}
            outcomes = list(connection.execute(select(schema.outcome).order_by(schema.outcome.c.id)))
            items = {one.report: one.item for one in connection.execute(select(link).where(link.c.position == 0))}
        engine.dispose()
        keys = {mark(key): key for key in rows}
        arrived: defaultdict[str, list[tuple[datetime, Outgoing]]] = defaultdict(list)
        for slip, at, message in term.recorder.arrived:
            arrived[keys[slip]].append((at, message))
        return cls(term, rows, outcomes, items, arrived)

    def of_kind(self, kind: str) -> list[str]:
        """Return the keys of one kind of delivery."""
        return [key for key in self.rows if key.startswith(f"{kind}:")]


async def test_a_term_goes_by(folder: Path) -> None:
    term = Term(folder)
    await term.play()
    books = Books.of(term)
    assert len(term.sent) > REPORTS * 0.95
    assert term.restarts > 15
    assert sum(term.recorder.unsure.values()) > 20
    receipts_and_cards_arrive_and_double_no_more_than_kills(books)
    check_ins_go_at_most_once_and_inside_the_hours(books)
    every_due_check_in_has_exactly_one_row(books)
    every_tap_is_one_outcome(books)
    every_outcome_reaches_exactly_those_who_should_hear(books)
    nothing_unasked_arrives_after_stop(books)


def receipts_and_cards_arrive_and_double_no_more_than_kills(books: Books) -> None:
    """At least once; a second time only where a send was cut off after it had arrived."""
    assert {f"receipt:{report}" for report in books.term.sent} <= set(books.rows)
    asked_for = [key for key, row in books.rows.items() if not row.unasked]
    assert {books.rows[key].state for key in asked_for} == {"sent"}
    assert all(books.arrived[key] for key in asked_for)
    doubled = 0
    for key, arrivals in books.arrived.items():
        assert len(arrivals) - 1 <= books.term.recorder.unsure[mark(key)], key
        doubled += len(arrivals) - 1
    assert 0 < doubled <= sum(books.term.recorder.unsure.values())


def check_ins_go_at_most_once_and_inside_the_hours(books: Books) -> None:
    """Whatever failed in between."""
    planned = books.term.planned
    assert set(books.of_kind("checkin")) == set(planned)
    states = {books.rows[key].state for key in planned}
    assert {"sent", "unknown"} <= states <= {"sent", "unknown", "cancelled"}
    late = 0
    for key, (_, at, reports) in planned.items():
        assert len(books.arrived[key]) <= 1, key
        if books.rows[key].state == "sent":
            assert len(books.arrived[key]) == 1
        for when, _ in books.arrived[key]:
            assert all(CALENDAR.may_ask(books.term.sent[report].nation, when) for report in reports), (key, when)
            late += when.astimezone(LONDON).date() > at.astimezone(LONDON).date()
    assert late > 0  # an outage over the evening made some wait for the next day


def every_due_check_in_has_exactly_one_row(books: Books) -> None:
    """By the rules told anew: for each report and each of its times, on its day."""
    days = defaultdict(list)
    of_member = defaultdict(list)
    for key, (member, at, reports) in books.term.planned.items():
        of_member[member].append(books.rows[key])
        for report in reports:
            days[report].append(at.astimezone(LONDON).date())
    exact, excused = 0, 0
    for sent in books.term.sent.values():
        assert len(days[sent.id]) == len(set(days[sent.id]))
        if not sent.posted:
            assert days[sent.id] == []
            continue
        expected = _expected(books, sent)
        for moved in expected:
            if moved.date() in days[sent.id]:
                exact += 1
            else:
                assert _is_excused(books, sent, moved, of_member[sent.member]), (sent, moved, days[sent.id])
                excused += 1
        allowed = {moved.date() for moved in expected}
        for day in set(days[sent.id]) - allowed:
            before = max((moved for moved in expected if moved.date() < day), default=None)
            assert before is not None, (sent, day, expected)
            assert _is_excused(books, sent, before, of_member[sent.member]), (sent, day, expected)
    assert exact > 1_000
    assert excused < exact / 10


def _ends(books: Books, sent: Sent) -> datetime:
    """Return when a report was asked about no more: its item gone, or its member wanted it."""
    gone = [
        one.at
        for one in books.outcomes
        if one.what == "gone" and one.at >= sent.at and one.item == books.first_item[sent.id]
    ]
    stopped = [at for at, report, said in books.term.taps if report == sent.id and said == "stop check-stopped"]
    return min([*gone, *stopped], default=NEVER)


def _expected(books: Books, sent: Sent) -> list[datetime]:
    """Return when a report should be asked about, by its times, its nation's calendar and its member's wishes."""
    hours = f"check-in:{sent.nation}" if sent.nation else "check-in"
    ends = min(_ends(books, sent), NEVER - timedelta(hours=8))
    put_off = [at for at, report, said in books.term.taps if report == sent.id and said == "later check-later"]
    due, found = next_slot(sent.at, sent.at), []
    while due is not None:
        moved = CALENDAR.goes_at(hours, due)
        if moved.time() > LAST_LOOK:
            moved = CALENDAR.goes_at(hours, moved + timedelta(hours=1))
        if put_off and put_off[0] < moved:
            today = put_off.pop(0).astimezone(LONDON).date()
            due = datetime.combine(today + timedelta(days=1), time.min, LONDON)
            continue
        if moved >= ends:
            break
        if books.term.is_stopped(sent.member, moved):
            due = next_slot(sent.at, moved)
            continue
        found.append(moved)
        due = next_slot(sent.at, datetime.combine(moved.date(), time(19), LONDON))
        if put_off and put_off[0].astimezone(LONDON) < datetime.combine(moved.date(), time.max, LONDON):
            today = put_off.pop(0).astimezone(LONDON).date()
            due = datetime.combine(today + timedelta(days=1), time.min, LONDON)
    return found


def _is_excused(books: Books, sent: Sent, moved: datetime, posted: list[Any]) -> bool:
    """Whether a question could not be asked on its day: it ended that day, or another was still under way."""
    morning = datetime.combine(moved.date(), time.min, LONDON)
    evening = morning + timedelta(days=1)
    if _ends(books, sent) < evening or any(
        morning <= when < evening for when, stopped in books.term.stops[sent.member] if stopped
    ):
        return True
    others = [row for row in posted if row.created < evening and (row.ended is None or row.ended >= morning)]
    return bool(others) or any(
        report == sent.id and said.startswith("later") and morning <= at < evening
        for at, report, said in books.term.taps
    )


def every_tap_is_one_outcome(books: Books) -> None:
    """The same tap twice is one, a change of mind another."""
    last: dict[tuple[str, bool], tuple[str, datetime]] = {}
    expected = []
    told = [one for one in books.outcomes if one.says == "member"]
    at_sending = [one for one in told if one.at == books.term.sent[one.report].at]
    for one in at_sending:
        last[one.report, one.what in SEEN] = one.what, one.at
    for at, report, said in sorted(books.term.taps):
        what = WHAT.get(said.split()[0])
        if what is None:
            continue
        before = last.get((report, what in SEEN))
        if before is None or before[0] != what or at - before[1] >= timedelta(hours=12):
            expected.append((at, report, what))
            last[report, what in SEEN] = what, at
    assert len(expected) > 300
    noted = sorted((one.at, one.report, one.what) for one in told if one not in at_sending)
    assert noted == sorted(expected)


def every_outcome_reaches_exactly_those_who_should_hear(books: Books) -> None:
    """At once what anybody could see, by day; from five up, together, what a platform answered."""
    said: defaultdict[str, list[Outcome]] = defaultdict(list)
    at_once: set[str] = set()
    together: dict[tuple[str, str], datetime] = {}
    for one in books.outcomes:
        new = Outcome(one.at, one.what, one.says, one.route, one.by_platform)
        what = news(said[one.item], new)
        said[one.item].append(new)
        if what is None:
            continue
        about = [
            sent for sent in books.term.sent.values() if books.first_item[sent.id] == one.item and sent.at <= one.at
        ]
        sayer = books.term.sent[one.report].member if one.report else None
        hearing = {sent.member for sent in about if sent.posted and not books.term.is_stopped(sent.member, one.at)}
        hearing -= {sayer} if sayer else set()
        reporting = len({sent.member for sent in about})
        if what in SEEN_BY_ANYBODY:
            at_once |= {f"told:{one.id}:{member}" for member in hearing}
        elif reporting >= 5 or (one.says == "officer" and reporting == 1):
            together |= {(one.id, member): one.at for member in hearing}
    days = set(books.term.told)
    assert set(books.of_kind("told")) - days == at_once
    assert len(at_once) > 300
    for key in (*at_once, *days):
        row = books.rows[key]
        if row.state == "cancelled":
            assert books.term.is_stopped(row.member, row.ended), key
        else:
            assert row.state == "sent", key
            assert books.arrived[key], key
        for at, _ in books.arrived[key]:
            assert CALENDAR.goes_at(DAYTIME, at) == at
    heard = [(outcome, member) for member, outcomes in books.term.told.values() for outcome in outcomes]
    assert len(heard) == len(set(heard)) > 30
    assert set(heard) <= set(together)
    for (outcome, member), at in together.items():
        if (outcome, member) not in heard:
            gathered = at.astimezone(LONDON) + timedelta(days=2)
            assert (
                any(books.term.is_stopped(member, at + timedelta(hours=hours)) for hours in range(49))
                or gathered > NEVER
            )


def nothing_unasked_arrives_after_stop(books: Books) -> None:
    """Not even what waited."""
    stopped = {member for member, said in books.term.stops.items() if any(stop for _, stop in said)}
    assert len(stopped) > 40
    for key, arrivals in books.arrived.items():
        row = books.rows[key]
        if row.unasked and row.member in stopped:
            assert not any(books.term.is_stopped(row.member, at) for at, _ in arrivals), key
    lapsed = [row.last_error for row in books.rows.values() if row.state == "cancelled"]
    assert {"stopped"} <= set(lapsed) <= {"stopped", "lapsed"}
