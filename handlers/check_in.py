"""What became of a report: asked at its times, said in one tap, and each tap kept by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.changes import CheckInPutOff, CheckInsBegun, CheckInsEnded, OutcomeNoted
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Delivery, Incoming, Place, Reply, Text, Value
from bot.records import CheckIn, OwnReport, Situation
from bot.reports.check_ins import PUT_OFF_AT_MOST
from bot.reports.outcomes import Outcome, What, history
from handlers import packets
from handlers.hearing import teller

ROWS: tuple[Mapping[str, What], ...] = (
    {"up": "still_up", "gone": "gone", "unseen": "not_looked"},
    {"refused": "no_violation", "otherwise": "answered_otherwise", "none": "no_answer"},
)
"""What a member can say, by the end of a button: what they saw, and what the platform answered."""
WHAT: Mapping[str, What] = {code: what for row in ROWS for code, what in row.items()}
PICKED_AT_MOST = 10  # reports to choose from: more buttons no phone shows at once


def asking(zone: ZoneInfo, member: str, due: Sequence[CheckIn], now: datetime) -> Delivery:
    """Return the one message of a day that asks a member about everything that is due."""
    if len(due) == 1:
        reply = Reply("check-in", _named(due[0], zone), choices(due[0].report, is_asked=True))
    else:
        reply = Reply("check-ins", {"count": len(due)}, tuple(_pick(one, zone) for one in due[:PICKED_AT_MOST]))
    return Delivery(
        key=f"checkin:{member}:{now.astimezone(zone).date().isoformat()}",
        to=Place("chat", member),
        reply=reply,
        due=now,
        order=f"member:{member}",
        unasked=True,
        repeatable=False,
    )


def choices(report: str, *, is_asked: bool) -> tuple[Choice, ...]:
    """Return the two rows of a report; with ``is_asked`` also "later" and "stop asking"."""
    said = [
        Choice(f"k:{report}:{code}", Text(f"button-check-{code}"), row=place)
        for place, row in enumerate(ROWS)
        for code in row
    ]
    ways = ("later", "stop") if is_asked else ()
    return (*said, *(Choice(f"k:{report}:{way}", Text(f"button-check-{way}"), row=len(ROWS)) for way in ways))


def _named(one: CheckIn | OwnReport, zone: ZoneInfo) -> dict[str, Value]:
    """Return what tells a report from the member's others: its day, hour and platform."""
    local = one.at.astimezone(zone)
    platform = Text(f"report-platform-{one.platform}") if one.platform else Text("report-platform-other")
    return {"day": local.date(), "time": f"{local:%H:%M}", "platform": platform}


def _pick(one: CheckIn | OwnReport, zone: ZoneInfo) -> Choice:
    report = one.report if isinstance(one, CheckIn) else one.id
    return Choice(f"k:{report}:ask", Text("check-in-pick", _named(one, zone)))


async def update(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Let a member say what became of one of their reports, without being asked."""
    del said
    own = [one for one in await desk.storage.own_reports(situation.member.id) if one.platform is not None]
    if not own:
        return Turn(replies=(Reply("status-none", {}, (Choice("do:report", Text("button-report")),)),))
    if len(own) == 1:
        return await _asked(own[0], situation, desk)
    picks = tuple(_pick(one, desk.house.zone) for one in own[:PICKED_AT_MOST])
    return Turn(replies=(Reply("update-which", {}, picks),))


async def pressed(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Take one tap about one report, however old the message with the button is."""
    _, identity, code = ((said.pressed or "") + "::").split(":")[:3]
    own = next((one for one in await desk.storage.own_reports(situation.member.id) if one.id == identity), None)
    if own is None:
        return Turn(replies=(Reply("report-not-found"),))
    if code in WHAT:
        return await _said(own, code, said, situation, desk)
    match code:
        case "ask":
            return await _asked(own, situation, desk)
        case "later":
            return await _later(own, said, situation, desk)
        case "stop":
            return Turn(replies=(Reply("check-stopped"),), changes=(CheckInsEnded(own.id),))
        case "again":
            return Turn(replies=(Reply("check-again"),), changes=(CheckInsBegun(own.id),))
    return Turn(replies=(Reply("report-not-found"),))


async def _asked(own: OwnReport, situation: Situation, desk: Desk) -> Turn:
    is_asked = own.id in await desk.storage.check_ins(situation.member.id)
    return Turn(replies=(Reply("check-in-one", _named(own, desk.house.zone), choices(own.id, is_asked=is_asked)),))


async def _said(own: OwnReport, code: str, said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Note one answer and say so in a sentence; the buttons go on working."""
    told_by = own.answers.get("route") if code in ROWS[1] else None
    outcome = Outcome(said.at, WHAT[code], route=told_by if isinstance(told_by, str) else None)
    noted = OutcomeNoted(own.id, outcome, teller(said.at, desk.house.zone))
    came_of = (await desk.storage.outcomes([own.id])).get(own.id)
    stood = history(came_of.visible).now if came_of is not None else None
    is_back = code == "up" and stood is not None and stood.what == "gone"
    reply = Reply("check-noted-back" if is_back else f"check-noted-{code}")
    if is_back and own.id not in await desk.storage.check_ins(situation.member.id):
        reply = replace(reply, choices=(Choice(f"k:{own.id}:again", Text("button-check-again")),))
    elif code in ("refused", "otherwise", "none"):
        reply = replace(reply, choices=(packets.way_to(own),))
    return Turn(replies=(reply,), changes=(noted,))


async def _later(own: OwnReport, said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Ask again from tomorrow on, some few times; a second tap on the same day changes nothing."""
    asked = (await desk.storage.check_ins(situation.member.id)).get(own.id)
    if asked is None:
        return Turn(replies=(Reply("check-ended"),))
    today = said.at.astimezone(desk.house.zone).date()
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, desk.house.zone)
    if asked.put_off and asked.due == tomorrow:
        return Turn(replies=(Reply("check-later"),))
    if asked.put_off >= PUT_OFF_AT_MOST:
        return Turn(replies=(Reply("check-later-enough"),))
    return Turn(replies=(Reply("check-later"),), changes=(CheckInPutOff(own.id, tomorrow),))
