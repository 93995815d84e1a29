"""A risk to life comes before everything else: what is said then, and what is kept of it (nothing but a count)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text
from bot.records import Situation


def crisis_reply(said: Incoming, situation: Situation, desk: Desk) -> Reply:
    """Return the emergency lines, who is (not) reading, and the way to a person."""
    everywhere, nearer = desk.crisis_lines(said.at.date(), situation.member.nation, said.language)
    union = (Text("crisis-union", {"contact": desk.house.emergency}),) if desk.house.emergency else ()
    # Without an invitation the button would only lead to a refusal, and now is no time for one.
    may_call = desk.house.has_officers and (desk.house.members == "open" or situation.member.invited)
    choices = (Choice("do:person", Text("button-officer-writes")),) if may_call else ()
    return Reply(
        "crisis",
        {
            "everywhere": _lines(everywhere),
            "nearer": (*union, *_lines(nearer)),
            "office": office(said, desk, brief=True),
        },
        choices,
    )


def _lines(lines: Sequence[str]) -> tuple[Text, ...]:
    return tuple(Text("words", {"words": line}) for line in lines) or (Text("nothing"),)


def office(said: Incoming, desk: Desk, *, brief: bool = False) -> Text:
    """Return when somebody at the union reads; ``brief`` where it was just said that nobody does now."""
    if not desk.house.has_officers:
        return Text("office-none", {"contact": desk.house.contact or Text("contact-unknown")})
    opens = desk.next_open(said.at)
    if opens is None:
        return Text("office-open")
    return Text("office-opens" if brief else "office-closed", {"opens": opens})
