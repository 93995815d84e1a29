"""A risk to life comes before everything else: what is said then, and what is kept of it (nothing but a count)."""

from __future__ import annotations

from bot.messages import Choice, Incoming, Reply, Text
from bot.ports import Desk, Situation


def crisis_reply(said: Incoming, situation: Situation, desk: Desk) -> Reply:
    """Return the emergency lines, who is (not) reading, and the way to a person."""
    lines = tuple(
        Text("words", {"words": line}) for line in desk.crisis_lines(said.at.date(), situation.member.nation)
    )
    choices = (Choice("do:person", Text("button-officer-writes")),) if desk.house.has_officers else ()
    return Reply(
        "crisis",
        {"first": lines[0], "lines": lines[1:] or (Text("nothing"),), "office": office(said, desk)},
        choices,
    )


def office(said: Incoming, desk: Desk) -> Text:
    """Return the sentence that says when somebody at the union reads."""
    if not desk.house.has_officers:
        return Text("office-none", {"contact": desk.house.contact or Text("contact-unknown")})
    opens = desk.next_open(said.at)
    return Text("office-open") if opens is None else Text("office-closed", {"opens": opens})
