"""A member's own reports: the list, putting one right, and reporting another like it."""

from __future__ import annotations

from bot.conversation.form import questions
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text, Value
from bot.records import OwnReport, Situation
from handlers import by_receipt, packets
from handlers.hearing import phrase
from handlers.incident import IncidentReport
from handlers.report import begin, refusal

LIST_AT_MOST = 5  # reports listed at once; a phone shows no more with their buttons
NOT_CARRIED = frozenset({"links", "accounts", "hashtags", "target", "what_happened", "in_danger", "shows_child"})


async def status(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """List the member's own reports, newest first; with a receipt behind the command, tell of that one."""
    receipt = by_receipt.typed(said)
    if receipt is not None:
        return await by_receipt.status(said, situation, desk, receipt)
    if (unread := by_receipt.unread(said)) is not None:
        return unread
    own = [one for one in await desk.storage.own_reports(situation.member.id) if one.platform is not None]
    if not own:
        return Turn(replies=(Reply("status-none", {}, (Choice("do:report", Text("button-report")),)),))
    shown = own[:LIST_AT_MOST]
    came_of = await desk.storage.outcomes([one.id for one in shown])
    lines = (_line(one, phrase(came_of.get(one.id), desk.house.zone)) for one in shown)
    return Turn(replies=(Reply("status-head", {"count": len(own)}), *lines))


def _line(own: OwnReport, became: Text) -> Reply:
    kinds = own.answers.get("kinds")
    listed = tuple(Text(f"report-kinds-{kind}") for kind in kinds) if isinstance(kinds, list) else ()
    values: dict[str, Value] = {
        "day": own.at.date(),
        "platform": Text(f"report-platform-{own.platform}"),
        "kinds": Text("list", {"items": listed}),
        "status": Text(f"case-{own.case_status}"),
        "became": Text("nothing") if became.key == "nothing" else Text("status-became", {"what": became}),
    }
    choices = (
        packets.way_to(own),
        Choice(f"k:{own.id}:ask", Text("button-check-say")),
        Choice(f"r:correct:{own.id}", Text("button-correct")),
        Choice(f"r:again:{own.id}", Text("button-another-like-this")),
        Choice(f"w:ask:{own.id}", Text("button-withdraw")),
    )
    return Reply("status-line", values, choices)


async def pressed(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Put a sent report right, or begin another like it; the safety questions are always asked anew."""
    refused = refusal(said, situation, desk)
    if refused is not None:
        return refused
    _, what, identity = ((said.pressed or "") + "::").split(":")[:3]
    own = next((one for one in await desk.storage.own_reports(situation.member.id) if one.id == identity), None)
    if own is None:
        return Turn(replies=(Reply("report-not-found"),))
    if any(one.form == IncidentReport.name for one in situation.conversations):
        return Turn(replies=(Reply("draft-first", {}, (Choice("do:report", Text("button-go-on")),)),))
    known = questions(IncidentReport)
    answers = {name: value for name, value in own.answers.items() if name in known and value is not None}
    if what == "again":
        return begin(said, desk, {name: value for name, value in answers.items() if name not in NOT_CARRIED}, {})
    if "what_happened" in answers:
        answers["what_happened"] = {"pieces": [["sent", str(answers["what_happened"])]], "done": True}
    return begin(said, desk, answers, {"corrects": own.id})
