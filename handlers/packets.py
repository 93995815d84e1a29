"""What to do next with a sent report: the steps in order, and for each the text to paste."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text, Value
from bot.records import OwnReport, Situation
from bot.reports.routes import Route, Step

ALL = "steps"
"""Stands in a button where a route's name would: all steps of that report."""
ARTICLES: Mapping[str, tuple[str, str]] = {
    "police": ("helplines", "button-helplines"),
    "posh": ("no-violation", "button-no-violation"),
    "platform": ("first-steps", "button-first-steps"),
    "impersonation": ("first-steps", "button-first-steps"),
    "evidence": ("evidence", "button-evidence"),
}
"""The article that stands beside the first step and what its button says, by route."""
ON_TIKTOK = ("report-tiktok", "button-report-tiktok")


def next_best(desk: Desk, report: str, answers: Mapping[str, JsonValue], sent: date) -> Reply:
    """Return the best next step after sending, with the way to all of them and to the text to paste."""
    steps = desk.routes.steps(answers, sent, sent)
    status = Choice("do:status", Text("button-my-reports"))
    if not steps:
        return Reply("next-evidence", {}, (Choice("t:evidence", Text("button-evidence")), status))
    first, choices = steps[0], [Choice(f"p:{report}:{ALL}", Text("button-steps")), status]
    if first.route.sends:
        choices.insert(0, Choice(f"p:{report}:{first.route.name}", Text("button-packet")))
    article = ARTICLES.get(first.route.name)
    if article == ARTICLES["platform"] and answers.get("platform") == "tiktok":
        article = ON_TIKTOK
    if article is not None:
        choices.insert(0, Choice(f"t:{article[0]}", Text(article[1])))
    values: dict[str, Value] = {"when": Text(f"next-when-{first.when}"), "step": _named(first.route, answers)}
    otherwise = next((step.route for step in steps if not step.when.startswith("if_")), None)
    if otherwise is None or otherwise == first.route:
        return Reply("next-best", values, tuple(choices))
    return Reply("next-best-or", {**values, "otherwise": _named(otherwise, answers)}, tuple(choices))


def way_to(own: OwnReport) -> Choice:
    """Return the button that shows what to do next with a report."""
    return Choice(f"p:{own.id}:{ALL}", Text("button-steps"))


async def pressed(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Show the steps of one of the member's reports, or the text to paste for one step."""
    _, identity, name = ((said.pressed or "") + "::").split(":")[:3]
    own = next((one for one in await desk.storage.own_reports(situation.member.id) if one.id == identity), None)
    if own is None or own.platform is None:
        return Turn(replies=(Reply("report-not-found"),))
    sent = own.at.astimezone(desk.house.zone).date()
    steps = desk.routes.steps(own.answers, sent, said.at.astimezone(desk.house.zone).date())
    wanted = next((step.route for step in steps if step.route.name == name), None)
    if wanted is not None and wanted.sends:
        return Turn(replies=_packet(wanted, own, sent))
    listed = _listed(own, sent, steps)
    return Turn(replies=(listed,) if name == ALL else (Reply("next-changed"), listed))


def _listed(own: OwnReport, sent: date, steps: tuple[Step, ...]) -> Reply:
    lines = tuple(
        Text(
            "next-line",
            {
                "number": number,
                "when": Text(f"next-when-{step.when}"),
                "step": _named(step.route, own.answers),
                "who": Text(f"next-who-{step.route.who}"),
            },
        )
        for number, step in enumerate(steps, 1)
    )
    choices = tuple(
        Choice(f"p:{own.id}:{step.route.name}", Text(f"button-packet-{step.route.name}"))
        for step in steps
        if step.route.sends
    )
    if not lines:
        return Reply("next-none", {"day": sent})
    return Reply("next-steps", {"day": sent, "lines": lines}, choices)


def _named(route: Route, answers: Mapping[str, JsonValue]) -> Text:
    """Return a step in words; some differ by nation or platform."""
    values: dict[str, Value] = {name: str(answers.get(name) or "unknown") for name in ("nation", "platform")}
    return Text(f"next-step-{route.name}", values)


def _packet(route: Route, own: OwnReport, sent: date) -> tuple[Reply, ...]:
    """Return how to reach a place, and as a message of its own the text to paste there."""
    about: dict[str, Value] = {
        "how": Text(f"packet-how-{route.name}"),
        "who": Text(f"next-who-{route.who}"),
        "source": route.source,
        "link": route.link,
        "checked": route.checked,
    }
    pasted = (line for part in route.sends for line in lines(part, own.answers, sent))
    return (
        Reply("packet-about", about, (way_to(own),)),
        Reply("packet", {"lines": tuple(pasted), "ask": Text(f"packet-ask-{route.name}")}),
    )


def lines(part: str, answers: Mapping[str, JsonValue], sent: date) -> tuple[Text, ...]:
    """Return the lines one part of the text has: the member's own answers, and never their story or a name."""
    said = answers.get(part)
    if part == "links":
        links = [str(link) for link in said] if isinstance(said, list | tuple) else []
        return tuple(Text("packet-link", {"link": link}) for link in links) or (Text("packet-no-link"),)
    if part == "number":
        return () if answers.get("platform_reply") == "not_reported" else (Text("packet-number"),)
    if part == "kinds":
        kinds = [str(kind) for kind in said] if isinstance(said, list | tuple) else []
        return (Text("packet-kinds", {"kinds": tuple(Text(f"packet-kind-{kind}") for kind in kinds)}),)
    if part == "platform":
        return (Text("packet-on", {"platform": Text(f"report-platform-{said or 'other'}")}),)
    if part == "platform_reply":
        return (Text(f"packet-reply-{said}"),) if said else ()
    if part == "seen_on":
        seen = _day(said)
        return (Text("packet-seen_on", {"day": seen}) if seen else Text("packet-seen_by", {"day": sent}),)
    told = answers.get("platform_reply") != "not_reported" and _day(said)
    return (Text("packet-reported_on", {"day": told}),) if told else ()


def _day(said: JsonValue) -> date | None:
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None
