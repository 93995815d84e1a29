"""A simulated term: 400 members, 1,500 reports on 300 items, 60 days of check-ins with restarts and outages."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    """At once what anybody could see, but once in 24 hours; what turned sooner, and answers from five up, together."""
    hearing = Hearing(books)
    hearing.listen()
    days = set(books.term.told)
    assert set(books.of_kind("told")) - days == hearing.at_once
    assert len(hearing.at_once) > 300
    assert hearing.damped > 30
    assert hearing.stood > 3
    for key in (*hearing.at_once, *days):
        row = books.rows[key]
        if row.state == "cancelled":
            assert books.term.is_stopped(row.member, row.ended), key
        else:
            assert row.state == "sent", key
            assert books.arrived[key], key
        for at, _ in books.arrived[key]:
            assert CALENDAR.goes_at(DAYTIME, at) == at
    assert hearing.written == days
    heard = [one for _, outcomes in books.term.told.values() for one, what in outcomes if what not in SEEN_BY_ANYBODY]
    assert len(heard) > 30
    assert all(at + timedelta(days=2) > NEVER for at in (*hearing.answers.values(), *hearing.turned.values()))


@dataclass
class Hearing:
    """The rules told anew: what everybody should hear, one outcome and one message of the day after the other."""

    books: Books
    at_once: set[str] = field(default_factory=set)
    answers: dict[tuple[str, str], datetime] = field(default_factory=dict)  # by outcome and member: they wait
    turned: dict[tuple[str, str], datetime] = field(default_factory=dict)  # by item and member: they wait
    told: dict[tuple[str, str], tuple[datetime, str, str]] = field(default_factory=dict)  # when last, what, by which
    said: dict[tuple[str, str], tuple[datetime, str]] = field(default_factory=dict)  # by item and member
    written: set[str] = field(default_factory=set)
    stand: dict[str, str] = field(default_factory=dict)  # items
    damped: int = 0
    stood: int = 0

    def listen(self) -> None:
        """Go through the term."""
        said: defaultdict[str, list[Outcome]] = defaultdict(list)
        events: list[tuple[datetime, int, Any]] = [(one.at, 0, one) for one in self.books.outcomes]
        events += [(at, 1, None) for at in self.books.term.gathered]
        for at, _, one in sorted(events, key=lambda event: event[:2]):
            if one is None:
                self._round(at)
            else:
                self._outcome(one, said[one.item])

    def _outcome(self, one: Any, said: list[Outcome]) -> None:  # noqa: ANN401 - a row
        what = news(said, new := Outcome(one.at, one.what, one.says, one.route, one.by_platform))
        said.append(new)
        sayer = self.books.term.sent[one.report].member if one.report else None
        if one.what in ("gone", "still_up"):
            self.stand[one.item] = "gone" if one.what == "gone" else "back_up"
            if sayer:
                self.said[one.item, sayer] = one.at, self.stand[one.item]
        if what is None:
            return
        every = self.books.term.sent.values()
        about = [sent for sent in every if self.books.first_item[sent.id] == one.item and sent.at <= one.at]
        hearing = {sent.member for sent in about if sent.posted and not self._is_stopped(sent.member, one.at)} - {sayer}
        reporting = len({sent.member for sent in about})
        for member in hearing:
            if what in SEEN_BY_ANYBODY:
                self._turn(one, member, what)
            elif reporting >= 5 or (one.says == "officer" and reporting == 1):
                self.answers[one.id, member] = one.at

    def _turn(self, one: Any, member: str, what: str) -> None:  # noqa: ANN401 - a row
        of = one.item, member
        before, knows = self._knows(of, one.at)
        if knows == what or (before is not None and one.at - before < timedelta(hours=24)):
            self.damped += 1
            self.turned.setdefault(of, one.at)
            return
        key = f"told:{one.id}:{member}"
        self.at_once.add(key)
        self.told[of] = one.at, what, key

    def _round(self, at: datetime) -> None:
        for member in sorted({who for _, who in (*self.turned, *self.answers)}):
            turned = [item for item, who in self.turned if who == member]
            fresh = {
                item: self.stand[item] for item in turned if self._knows((item, member), at)[1] != self.stand[item]
            }
            answers = {outcome for outcome, who in self.answers if who == member and self._may_tell(outcome, at)}
            key = f"told:{member}:{at.astimezone(LONDON).date()}"
            if not self._is_stopped(member, at):
                if (fresh or answers) and key in self.written:
                    continue  # a message a day
                if fresh or answers:
                    self._message(key, at, fresh, answers)
                self.stood += len(turned) - len(fresh)
            self.turned = {of: since for of, since in self.turned.items() if of[1] != member}
            self.answers = {of: since for of, since in self.answers.items() if of[1] != member}

    def _message(self, key: str, at: datetime, fresh: dict[str, str], answers: set[str]) -> None:
        """Look whether a message tells exactly what it should, each once."""
        assert self.books.rows[key].created == at
        member, lines = self.books.term.told[key]
        items = {one.id: one.item for one in self.books.outcomes}
        turned = [(items[outcome], what) for outcome, what in lines if what in SEEN_BY_ANYBODY]
        assert sorted(turned) == sorted(fresh.items()), key
        assert sorted(outcome for outcome, what in lines if what not in SEEN_BY_ANYBODY) == sorted(answers), key
        self.written.add(key)
        for item, what in fresh.items():
            self.told[item, member] = at, what, key

    def _knows(self, of: tuple[str, str], at: datetime) -> tuple[datetime | None, str | None]:
        """Return when a member was last told of an item, unless that lapsed, and what they last heard or said."""
        when, what, key = self.told.get(of, (None, None, ""))
        row = self.books.rows.get(key)
        if row is not None and row.state == "cancelled" and row.ended <= at:
            when, what = None, None
        said, word = self.said.get(of, (None, None))
        return when, word if when is None or (said is not None and said >= when) else what

    def _may_tell(self, outcome: str, at: datetime) -> bool:
        (one,) = (each for each in self.books.outcomes if each.id == outcome)
        every = self.books.term.sent.values()
        reporting = len({s.member for s in every if self.books.first_item[s.id] == one.item and s.at <= at})
        return reporting >= 5 or (one.says == "officer" and reporting == 1)

    def _is_stopped(self, member: str, at: datetime) -> bool:
        return self.books.term.is_stopped(member, at)


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
