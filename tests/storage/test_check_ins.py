"""Outcomes, check-ins and what others hear, on both databases: each exactly once, whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, func, select

from bot.changes import (
    CaseOutcomeNoted,
    CheckInPutOff,
    CheckInsBegun,
    CheckInsEnded,
    Forgotten,
    MemberChanged,
    OutcomeNoted,
    ReportCorrected,
    ReportErased,
    ReportSent,
)
from bot.conversation.turn import Turn
from bot.hours import DAY, Calendar, Hours, quiet_days
from bot.messages import Reply
from bot.ports import Conflict
from bot.records import CheckIn, Heard
from bot.reports.outcomes import LINES_AT_MOST, Outcome, What
from bot.storage import schema
from bot.storage.store import Store
from handlers.check_in import asking
from handlers.hearing import gathered, teller
from tests.storage.conftest import Home
from tests.storage.people import link, officer, report, say

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(Hours.parse("Mon-Fri 16:00-19:00"), DAY, LONDON, quiet_days)
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ADAPTERS = ("telegram",)


def posted(number: str = "1", *, at: datetime = MONDAY, **answers: object) -> ReportSent:
    """A report whose member wants to hear."""
    made = report(link(number), keep_me_posted=True, **answers)  # type: ignore[arg-type]  # handed on by name
    return replace(made, tell=teller(at, LONDON))


def seen(mine: ReportSent, what: What, at: datetime) -> OutcomeNoted:
    """A tap of a member."""
    return OutcomeNoted(mine.report, Outcome(at, what), teller(at, LONDON))


async def count(store: Store, table: Table) -> int:
    """Count the rows of a table."""
    query = select(func.count()).select_from(table)
    return await store._database.read(lambda connection: int(connection.execute(query).scalar_one()))


async def keys(store: Store, kind: str, state: str | None = None) -> list[str]:
    """List the keys of deliveries of one kind."""
    row = schema.delivery.c
    query = select(row.key).where(row.key.startswith(f"{kind}:")).order_by(row.created)
    if state is not None:
        query = query.where(row.state == state)
    return await store._database.read(lambda connection: list(connection.execute(query).scalars()))


async def asked(store: Store, at: datetime) -> int:
    """Go one round at a moment."""
    store._clock.now = at  # type: ignore[attr-defined]  # the test's own clock
    return await store.ask(at, CALENDAR, partial(asking, LONDON))


async def taken(store: Store, at: datetime) -> list[tuple[str, list[str]]]:
    """Claim and settle what goes at a moment: keys, and what their buttons say."""
    store.ledger.goes_at = CALENDAR.goes_at
    store._clock.now = at  # type: ignore[attr-defined]  # the test's own clock
    every = await store.ledger.take(at, ADAPTERS, 50, bulk=True)
    for due in every:
        await store.ledger.sent(due.key, at, None)
    return [(due.key, [choice.value for choice in due.reply.choices]) for due in every]


def on(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment of that November, in London."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


async def test_a_report_is_asked_about_at_its_four_times_and_then_no_more(store: Store) -> None:
    await say(store, "one", posted())
    times = [on(16, 17), on(17, 15, 59), on(17, 16), on(17, 18), on(18, 16), on(19, 16), on(23, 16), on(30, 16)]
    times += [on(7, 16, month=12), on(7, 17, month=12), on(8, 16, month=12), on(21, 16, month=12)]
    assert [await asked(store, at) and len(await taken(store, at)) for at in times] == [
        0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0,
    ]  # fmt: skip


async def test_weekend_and_bank_holiday_move_a_check_in_and_what_falls_together_is_one(store: Store) -> None:
    store._clock.now = on(24, 10, month=12)  # type: ignore[attr-defined]  # Christmas Eve, a Thursday
    mine = posted(nation="england")
    await say(store, "one", mine)
    found = [day for day in range(24, 32) if await asked(store, on(day, 16, month=12))]
    # 25 is a holiday, 26 and 27 a weekend, 28 made good: 24 h and 72 h meet on the 29th. It is never sent
    # here, so what comes due on the 31st is the same question.
    assert found == [29]
    assert len(await keys(store, "checkin")) == 1


async def test_several_reports_of_a_member_are_one_message_a_day(store: Store) -> None:
    first, second = posted("1"), posted("2")
    await say(store, "one", first)
    store._clock.now = on(16, 17, 30)  # type: ignore[attr-defined]  # the test's own clock
    await say(store, "one", second)
    assert await asked(store, on(17, 16)) == 0  # the second comes due at half past five: then both
    assert await asked(store, on(17, 17, 30)) == 1
    ((key, buttons),) = await taken(store, on(17, 17, 30))
    assert key == f"checkin:{store.pseudonym('telegram', 'one')}:2026-11-17"
    assert buttons == [f"k:{first.report}:ask", f"k:{second.report}:ask"]
    assert await asked(store, on(17, 18)) == 0


async def test_two_processes_ask_once(home: Home) -> None:
    one, two = await home.open(), await home.open()
    for number in range(20):
        await say(one, f"member {number}", posted(str(number)))
    home.clock.now = on(17, 16)
    found = await asyncio.gather(*(store.ask(on(17, 16), CALENDAR, partial(asking, LONDON)) for store in (one, two)))
    assert sum(found) == 20
    assert len(set(await keys(one, "checkin"))) == 20


async def test_what_is_late_waits_for_the_next_hours_and_never_goes_at_night(store: Store) -> None:
    await say(store, "one", posted())
    assert await asked(store, on(17, 18, 50)) == 1
    assert await taken(store, on(17, 19)) == []
    assert await taken(store, on(17, 23)) == []
    assert await asked(store, on(18, 16)) == 0
    assert len(await taken(store, on(18, 16))) == 1
    assert await keys(store, "checkin", "sent")


@pytest.mark.parametrize("way", ["gone", "ended", "corrected", "erased", "forgotten", "stopped"])
@pytest.mark.parametrize("is_planned", [False, True])
async def test_what_ends_check_ins_ends_those_that_wait_too(store: Store, way: str, is_planned: bool) -> None:  # noqa: FBT001 - pytest's parameter
    mine = posted()
    await say(store, "one", mine)
    if is_planned:
        assert await asked(store, on(17, 16)) == 1
    changes = {
        "gone": seen(mine, "gone", on(17, 16)),
        "ended": CheckInsEnded(mine.report),
        "corrected": ReportCorrected(mine.report, {**mine.answers, "keep_me_posted": False}, mine.links),
        "erased": ReportErased(mine.report),
        "forgotten": Forgotten(),
        "stopped": MemberChanged(stopped=True),
    }
    await say(store, "one", changes[way])
    assert await asked(store, on(17, 16, 5)) == 0
    assert await taken(store, on(17, 16, 5)) == []
    assert await asked(store, on(19, 16)) == 0
    if way == "stopped":
        await say(store, "one", MemberChanged(stopped=False))
        assert await asked(store, on(20, 16)) == 0  # what came due meanwhile is not made good
        assert await asked(store, on(23, 16)) == 1  # the remaining ones go on


async def test_of_several_reports_only_those_still_asked_about_are_shown(store: Store) -> None:
    first, second = posted("1"), posted("2")
    await say(store, "one", first, second)
    assert await asked(store, on(17, 16)) == 1
    await say(store, "one", seen(first, "gone", on(17, 16)))
    ((_, buttons),) = await taken(store, on(17, 16))
    assert buttons == [f"k:{second.report}:ask"]


async def test_later_is_tomorrow_and_again_begins_anew(store: Store) -> None:
    mine = posted()
    await say(store, "one", mine)
    await asked(store, on(17, 16))
    await taken(store, on(17, 16))
    await say(store, "one", CheckInPutOff(mine.report, on(18, 0)))
    assert await asked(store, on(18, 16)) == 1
    await taken(store, on(18, 16))
    await say(store, "one", seen(mine, "gone", on(18, 17)), seen(mine, "still_up", on(18, 18)))
    assert await asked(store, on(23, 16)) == 0  # back up does not ask again by itself
    await say(store, "one", CheckInsBegun(mine.report))
    assert await asked(store, on(24, 16)) == 1
    checks = await store.check_ins(store.pseudonym("telegram", "one"))
    assert isinstance(checks[mine.report], CheckIn)


async def test_nobody_changes_what_is_anothers(store: Store) -> None:
    mine = posted()
    await say(store, "one", mine)
    for change in (seen(mine, "gone", MONDAY), CheckInsEnded(mine.report), CheckInPutOff(mine.report, MONDAY)):
        with pytest.raises(Conflict):
            await say(store, "two", change)


async def test_taps_are_kept_one_by_one_and_twice_is_once(store: Store) -> None:
    mine = posted()
    await say(store, "one", mine)
    before = await count(store, schema.outcome)
    taps: Sequence[What] = ("still_up", "still_up", "no_violation", "still_up", "gone", "gone", "still_up")
    for minute, what in enumerate(taps):
        await say(store, "one", seen(mine, what, on(17, 16, minute)))
    assert await count(store, schema.outcome) == before + 4


async def test_others_hear_that_it_is_gone_once_and_never_who_said_it(store: Store) -> None:
    reports = {user: posted() for user in ("one", "two", "three", "four")}
    for user, one in reports.items():
        await say(store, user, one)
    await say(store, "quiet", replace(report(link()), tell=teller(MONDAY, LONDON)))
    await say(store, "three", MemberChanged(stopped=True))
    await say(store, "one", seen(reports["one"], "gone", on(17, 16)))
    await say(store, "two", seen(reports["two"], "gone", on(17, 17)))  # nothing new
    told = await taken(store, on(17, 17))
    assert {buttons[0] for _, buttons in told} == {f"k:{reports[user].report}:ask" for user in ("two", "four")}
    assert len(told) == 2
    assert await asked(store, on(17, 18)) == 0  # what is gone is asked about no more
    await say(store, "four", seen(reports["four"], "still_up", on(17, 21)))
    assert await taken(store, on(17, 21)) == []  # by night nobody is told
    told = await taken(store, on(18, 8))
    assert {buttons[0] for _, buttons in told} == {f"k:{reports[user].report}:ask" for user in ("one", "two")}


@pytest.mark.parametrize(("reporting", "hearing"), [(4, 0), (5, 4)])
async def test_what_a_platform_answered_is_told_from_five_up_together_once_a_day(
    store: Store, reporting: int, hearing: int
) -> None:
    reports = [posted() for _ in range(reporting)]
    for number, one in enumerate(reports):
        await say(store, f"member {number}", one)
    await say(store, "member 0", seen(reports[0], "no_violation", on(17, 9)))
    await say(store, "member 1", seen(reports[1], "answered_otherwise", on(17, 10)))
    assert await keys(store, "told") == []
    for at in (on(17, 16), on(17, 16, 1)):
        await store.gather_news(at, partial(gathered, LONDON))
    assert len(await keys(store, "told")) == (hearing + 1 if hearing else 0)
    assert await count(store, schema.news) == 0


async def test_an_officers_word_reaches_the_members_of_a_case_and_two_officers_are_not_twice(store: Store) -> None:
    alone = replace(report(what_happened="words", keep_me_posted=True), tell=teller(MONDAY, LONDON))
    await say(store, "one", alone)
    for what in ("no_violation", "gone", "gone"):
        said = officer(store)
        noted = CaseOutcomeNoted(1, Outcome(on(17, 9), what, "officer"), teller(on(17, 9), LONDON))
        await store.commit(said, None, Turn(changes=(noted,)))
    assert await store.gather_news(on(17, 16), partial(gathered, LONDON)) == 1
    assert len(await keys(store, "told")) == 2
    came_of = (await store.outcomes([alone.report]))[alone.report]
    assert [one.what for one in came_of.others] == ["no_violation", "gone"]


async def test_two_who_say_gone_at_once_are_one_piece_of_news(home: Home) -> None:
    one, two = await home.open(), await home.open()
    reports = [posted() for _ in range(3)]
    for number, mine in enumerate(reports):
        await say(one, f"member {number}", mine)
    await asyncio.gather(
        say(one, "member 0", seen(reports[0], "gone", on(17, 9))),
        say(two, "member 1", seen(reports[1], "gone", on(17, 9))),
    )
    assert len(await keys(one, "told")) == 2


async def test_a_second_report_adds_to_the_same_history(store: Store) -> None:
    first = posted()
    await say(store, "one", first)
    second = replace(posted(), outcomes=(Outcome(on(17, 9), "gone", by_platform=True),))
    await say(store, "two", second)
    assert [one.what for one in (await store.outcomes([first.report]))[first.report].others] == ["gone"]
    assert len(await keys(store, "told")) == 1
    assert await store.check_ins(store.pseudonym("telegram", "two")) == {}


async def test_what_was_said_of_a_report_follows_it_to_its_new_link(store: Store) -> None:
    mine, other = posted("1"), posted("2")
    await say(store, "one", mine, seen(mine, "gone", on(16, 12)))
    await say(store, "two", other)
    await say(store, "one", ReportCorrected(mine.report, mine.answers, other.links))
    told = await store.outcomes([mine.report, other.report])
    assert [one.what for one in told[mine.report].mine] == ["gone"]
    assert [one.what for one in told[other.report].others] == ["gone"]
    await say(store, "one", ReportErased(mine.report))
    assert (await store.outcomes([other.report]))[other.report].others == ()


async def drained(store: Store, at: datetime) -> list[Reply]:
    """Send all that goes at a moment: of one member one after the other."""
    store.ledger.goes_at = CALENDAR.goes_at
    store._clock.now = at  # type: ignore[attr-defined]  # the test's own clock
    replies: list[Reply] = []
    for second in range(4):
        while every := await store.ledger.take(at + timedelta(seconds=second), ADAPTERS, 50, bulk=True):
            for due in every:
                await store.ledger.sent(due.key, at, None)
                replies.append(due.reply)
    return replies


async def gathers(store: Store, at: datetime) -> list[list[str]]:
    """Let the day's messages be written and sent at a moment; return their lines, by key."""
    store._clock.now = at  # type: ignore[attr-defined]  # the test's own clock
    await store.gather_news(at, partial(gathered, LONDON))
    every = [reply.values["lines"] for reply in await drained(store, at) if reply.key == "told-news"]
    return [[line.key for line in lines] for lines in every if isinstance(lines, tuple)]


async def turns(store: Store, *taps: tuple[str, ReportSent, What, datetime]) -> None:
    """Let members tap, one after the other."""
    for user, mine, what, at in taps:
        store._clock.now = at  # type: ignore[attr-defined]  # the test's own clock
        await say(store, user, seen(mine, what, at))


async def three(store: Store) -> tuple[ReportSent, ReportSent, ReportSent]:
    """Three members who sent the same and want to hear."""
    reports = posted(), posted(), posted()
    for user, one in zip(("one", "two", "three"), reports, strict=True):
        await say(store, user, one)
    return reports


async def test_who_disagree_are_heard_at_once_once_and_then_with_the_days_message(store: Store) -> None:
    one, two, _ = await three(store)
    await turns(store, ("one", one, "gone", on(17, 9)))
    assert len(await taken(store, on(17, 9))) == 2
    await turns(store, ("two", two, "still_up", on(17, 10)))
    ((_, buttons),) = await taken(store, on(17, 10))  # nobody had told member one anything yet
    assert buttons == [f"k:{one.report}:ask"]
    await turns(
        store,
        ("two", two, "gone", on(17, 11)),
        ("two", two, "still_up", on(17, 12)),
        ("two", two, "gone", on(17, 13)),
        ("two", two, "still_up", on(17, 14)),
    )
    assert await count(store, schema.outcome) == 6
    assert await taken(store, on(17, 15)) == []
    assert await gathers(store, on(17, 16)) == [["told-line-back_up"]]  # member three; two said it, one heard it
    assert await gathers(store, on(17, 16, 1)) == []
    assert await count(store, schema.news) == 0
    await turns(store, ("two", two, "gone", on(18, 12)))
    assert len(await taken(store, on(18, 12))) == 1  # member one was told a day ago; member three at four
    assert await gathers(store, on(18, 16)) == [["told-line-gone"]]
    await turns(store, ("one", one, "still_up", on(20, 9)))
    assert len(await taken(store, on(20, 9))) == 2


async def test_what_stands_again_as_it_was_told_is_not_told_again(store: Store) -> None:
    one, two, _ = await three(store)
    await turns(store, ("one", one, "gone", on(17, 9)))
    assert len(await taken(store, on(17, 9))) == 2
    await turns(store, ("two", two, "still_up", on(17, 10)), ("two", two, "gone", on(17, 11)))
    assert len(await taken(store, on(17, 11))) == 1  # what member one was told at ten
    assert await count(store, schema.news) == 3
    assert await gathers(store, on(17, 16)) == [["told-line-gone"]]  # to member one, who was told otherwise since
    assert await count(store, schema.news) == 0


async def test_nobody_is_told_with_the_days_message_what_they_said_themselves(store: Store) -> None:
    one, two, three_ = await three(store)
    await turns(store, ("one", one, "gone", on(17, 9)), ("two", two, "still_up", on(17, 10)))
    await taken(store, on(17, 10))
    await turns(store, ("three", three_, "still_up", on(17, 11)))  # the same as member two: no news
    assert await gathers(store, on(17, 16)) == []


async def test_what_turns_after_the_days_message_waits_for_the_next(store: Store) -> None:
    one, two, _ = await three(store)
    await turns(store, ("one", one, "gone", on(17, 9)), ("two", two, "still_up", on(17, 10)))
    await taken(store, on(17, 10))
    assert await gathers(store, on(17, 16)) == [["told-line-back_up"]]
    await turns(store, ("two", two, "gone", on(17, 17)))
    assert await gathers(store, on(17, 17)) == [["told-line-gone"]]  # member one, who had no message today
    assert await count(store, schema.news) == 1
    assert await gathers(store, on(18, 16)) == [["told-line-gone"]]
    assert await count(store, schema.news) == 0


async def test_one_day_is_24_hours_to_the_second_and_each_item_has_its_own(store: Store) -> None:
    one, two, _ = await three(store)
    other, third = posted("2"), posted("2")
    await say(store, "one", other)
    await say(store, "three", third)
    await turns(store, ("one", one, "gone", on(17, 9)), ("one", other, "gone", on(17, 9, 1)))
    assert len(await drained(store, on(17, 9, 1))) == 3
    await turns(store, ("two", two, "still_up", on(17, 9, 2)))
    assert len(await taken(store, on(17, 9, 2))) == 1
    early = on(18, 9, 2) - timedelta(seconds=1)
    await turns(store, ("two", two, "gone", early))
    assert await taken(store, early) == []
    await turns(store, ("two", two, "still_up", on(18, 9, 2)))
    assert len(await taken(store, on(18, 9, 2))) == 1  # member three; member one was told just that last
    await turns(store, ("two", two, "gone", on(18, 9, 3)))
    assert len(await taken(store, on(18, 9, 3))) == 1  # member one


async def test_what_never_arrived_was_not_told(store: Store) -> None:
    one, two, _ = await three(store)
    await turns(store, ("one", one, "gone", on(17, 21)))
    await say(store, "three", MemberChanged(stopped=True))
    assert len(await taken(store, on(18, 8))) == 1  # member two; for member three it lapses
    await say(store, "three", MemberChanged(stopped=False))
    await turns(store, ("two", two, "still_up", on(18, 9)))
    assert len(await taken(store, on(18, 9))) == 2


async def test_more_than_fits_waits_for_tomorrow(store: Store) -> None:
    many = LINES_AT_MOST + 2
    for number in range(many):
        mine, theirs = posted(str(number)), posted(str(number))
        await say(store, "one", mine)
        await say(store, "two", theirs)
        at = on(17, 9, number)
        await turns(store, ("two", theirs, "gone", at), ("two", theirs, "still_up", at + timedelta(seconds=1)))
    assert len(await drained(store, on(17, 10))) == many
    assert [len(lines) for lines in await gathers(store, on(17, 16))] == [LINES_AT_MOST]
    assert await gathers(store, on(17, 16, 1)) == []
    assert [len(lines) for lines in await gathers(store, on(18, 16))] == [2]
    assert await gathers(store, on(19, 16)) == []


@pytest.mark.parametrize("way", ["erased", "forgotten", "relinked"])
async def test_what_somebody_was_told_goes_with_their_report(store: Store, way: str) -> None:
    one, two, third = await three(store)
    await turns(store, ("one", one, "gone", on(17, 9)))
    await taken(store, on(17, 9))
    assert await count(store, schema.told) == 2
    held = await store.held(store.pseudonym("telegram", "two"))
    assert held["told"] == [{"at": on(17, 9).astimezone(UTC).isoformat(), "what": "gone", "report": two.report}]
    changes = {
        "erased": ReportErased(two.report),
        "forgotten": Forgotten(),
        "relinked": ReportCorrected(two.report, two.answers, posted("2").links),
    }
    await say(store, "two", changes[way])
    assert await count(store, schema.told) == 1
    assert third.report != two.report


async def test_a_turn_during_the_days_round_is_neither_lost_nor_told_twice(home: Home) -> None:
    one, two = await home.open(), await home.open()
    every = await three(one)
    await turns(one, ("one", every[0], "gone", on(17, 9)), ("two", every[1], "still_up", on(17, 10)))
    await drained(one, on(17, 10))
    home.clock.now = on(17, 16)
    await asyncio.gather(
        one.gather_news(on(17, 16), partial(gathered, LONDON)),
        two.gather_news(on(17, 16), partial(gathered, LONDON)),
        say(two, "two", seen(every[1], "gone", on(17, 16))),
    )
    await gathers(one, on(17, 16, 1))
    await gathers(one, on(18, 16))
    assert await count(one, schema.news) == 0
    three_ = one.pseudonym("telegram", "three")
    days = [key for key in await keys(one, "told") if key.startswith(f"told:{three_}:")]
    assert len(days) in (0, 2)  # it turned before anything was told, or was told both ways
    for member in (one.pseudonym("telegram", "one"), three_):
        told = (await one.held(member))["told"]
        assert isinstance(told, list)
        assert [isinstance(row, dict) and row["what"] for row in told] == ["gone"]


HELD: Literal["outcomes"] = "outcomes"


async def test_mydata_tells_what_was_said_and_when_somebody_is_asked(store: Store) -> None:
    mine = posted()
    await say(store, "one", mine, seen(mine, "still_up", on(16, 12)))
    held = await store.held(store.pseudonym("telegram", "one"))
    assert held[HELD] == [{"at": on(16, 12).astimezone(UTC).isoformat(), "what": "still_up", "report": mine.report}]
    assert held["check_ins"] == [(MONDAY + timedelta(days=1)).isoformat()]


def test_every_member_who_hears_has_a_key_of_their_own() -> None:
    heard = Heard("member", "report", MONDAY, "tiktok", "gone", "outcome")
    assert teller(MONDAY, LONDON)(heard).key == "told:outcome:member"
