"""Timed work: check-ins, news, digests once per period, reminders of drafts, and the nightly sweep."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from bot.changes import DigestReleased
from bot.desk import Desk
from bot.feedback import digest as feedback
from bot.feedback.digest import Digest, Period
from bot.feedback.present import reply as presented
from bot.hours import DAYTIME, Calendar
from bot.messages import Delivery, Place, Reply
from bot.ports import Keeper
from bot.privacy import KEEP_DRAFT, KEEP_WRONG_TRY
from bot.records import Draft
from handlers.check_in import asking
from handlers.hearing import gathered
from handlers.incident import IncidentReport

OFFICERS = Place("channel", "officers")
WEEK = timedelta(days=7)
NEWS_FROM = time(16)
"""What others found is gathered over the day and told after school, once."""


class Rounds:
    """The timed work of one process; may run in several at once, and as often as one likes."""

    def __init__(self, desk: Desk, keeper: Keeper, calendar: Calendar) -> None:
        """Work through a desk and what storage keeps for the sweep; ``calendar`` says when members are written to."""
        self._desk = desk
        self._keeper = keeper
        self._calendar = calendar
        self._swept: date | None = None
        self._tries_swept: datetime | None = None

    async def __call__(self, now: datetime) -> None:
        """Do what is due at ``now`` (aware): sweeps, reminders, check-ins, news, digests."""
        local = now.astimezone(self._desk.house.zone)
        if self._swept != local.date():
            await self._keeper.sweep(now)
            self._swept = local.date()
        if self._tries_swept is None or now - self._tries_swept >= KEEP_WRONG_TRY:
            await self._keeper.sweep_tries(now)
            self._tries_swept = now
        drafts = await self._keeper.drafts_to_remind(now)
        if drafts:
            reports = [draft for draft in drafts if draft.form == IncidentReport.name]
            await self._keeper.remind(drafts, [reminder(draft, local) for draft in reports])
        zone = self._desk.house.zone
        await self._keeper.ask(now, self._calendar, partial(asking, zone))
        if local.time() >= NEWS_FROM and self._calendar.goes_at(DAYTIME, now) <= now:
            await self._keeper.gather_news(now, partial(gathered, zone))
        for period in feedback.due(now, self._desk.house.zone):
            if await _is_heard_of(self._desk, period):
                await released(self._desk, period, now)


def reminder(draft: Draft, now: datetime) -> Delivery:
    """Return the one reminder of a draft; its first words say nothing of what it is about."""
    until = draft.updated + KEEP_DRAFT
    return Delivery(
        key=f"reminder:{draft.conversation}",
        to=Place("chat", draft.member),
        reply=Reply("draft-reminder", {"until": until.date()}),
        due=now,
        until=until,
        order=f"member:{draft.member}",
        unasked=True,
        repeatable=False,
    )


async def released(desk: Desk, period: Period, now: datetime) -> Digest | None:
    """Return a period's digest: the one released before, else a new one, kept for ever; None if not over.

    The latest one due is also delivered to the numbers room, once however many processes ask.
    """
    zone = desk.house.zone
    if period.ends >= now.astimezone(zone).date():
        return None
    kept = await desk.storage.released(period.period, period.starts)
    if kept is not None:
        return Digest.from_json(kept)
    made = await (_week(desk, period) if period.period == "week" else _day(desk, period))
    table = DigestReleased(period.period, period.starts, period.ends, made.to_json())
    is_due = period in feedback.due(now, zone) and await _is_heard_of(desk, period)
    wanted = is_due and (period.period == "week" or not made.is_quiet)
    await desk.storage.release(table, [_delivery(desk, made, now)] if wanted else [])
    kept = await desk.storage.released(period.period, period.starts)
    return Digest.from_json(kept) if kept is not None else made


async def _is_heard_of(desk: Desk, period: Period) -> bool:
    """Whether this installation was there in a period; of earlier ones there is nothing to tell."""
    began = await desk.storage.since()
    return period.ends >= began.astimezone(desk.house.zone).date()


def _delivery(desk: Desk, made: Digest, now: datetime) -> Delivery:
    said = presented(made, desk.house.zone)
    return Delivery(f"digest:{made.period}:{made.starts.isoformat()}", OFFICERS, said, now, order="digests")


async def _day(desk: Desk, period: Period) -> Digest:
    (total,) = await desk.storage.cells(*period.span(desk.house.zone))
    return feedback.day(period.starts, total=total.count, waiting=await desk.storage.waiting(), heard={})


async def _week(desk: Desk, period: Period) -> Digest:
    storage = desk.storage
    since, until = period.span(desk.house.zone)
    (total,) = await storage.cells(since, until)
    before = [period.starts - WEEK * weeks for weeks in range(1, feedback.USUAL_WEEKS + 1)]
    kept = [await storage.released("week", starts) for starts in before]
    return feedback.week(
        period.starts,
        total=total.count,
        platforms=await storage.cells(since, until, "platform"),
        replies=await storage.cells(since, until, "platform_reply"),
        tallies=await storage.tallies(since, until),
        usual=[Digest.from_json(body) for body in kept if body is not None],
        waiting=await storage.waiting(),
        heard={},
    )


async def latest_digest(period: str, now: datetime, desk: Desk) -> tuple[Reply, ...]:
    """Return the latest digest that is due, for an officer who asks."""
    wanted = next(one for one in feedback.due(now, desk.house.zone) if one.period == period)
    made = await released(desk, wanted, now)
    return (presented(made, desk.house.zone),) if made is not None else ()
