"""Everything held about a member, and its erasure, both without an officer."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import JsonValue

from bot.changes import Forgotten
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text
from bot.records import Situation

LISTED = 10  # plain values shown of one list: links and accounts whole, marks of messages by their number


async def mydata(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Show everything held about the member, as text."""
    del said
    held = await desk.storage.held(situation.member.id)
    lines = tuple(Text("words", {"words": line}) for line in _lines(dict(held)))
    return Turn(
        replies=(
            Reply(
                "mydata",
                {"lines": lines or (Text("mydata-nothing"),)},
                (Choice("do:forgetme", Text("button-forgetme")),),
            ),
        )
    )


def _lines(value: JsonValue, name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield one line for each thing held, indented by where it belongs."""
    margin = "  " * depth
    if isinstance(value, dict):
        if name:
            yield f"{margin}{name}:"
        for key, inner in value.items():
            yield from _lines(inner, str(key).replace("_", " "), depth + bool(name))
    elif isinstance(value, list) and not any(isinstance(inner, dict | list) for inner in value):
        more = len(value) - LISTED
        shown = ", ".join(str(inner) for inner in value[:LISTED])
        yield f"{margin}{name}: {shown}{f' and {more} more' if more > 0 else ''}"
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from _lines(inner, f"{name} {place}", depth)
    elif value not in (None, ""):
        yield f"{margin}{name}: {value}"


async def forgetme(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Ask once whether everything shall be erased; the button holds for today."""
    del situation
    choices = (
        Choice(f"y:forgetme:{said.at.date().isoformat()}", Text("button-erase")),
        Choice("do:help", Text("button-keep")),
    )
    return Turn(replies=(Reply("forget-sure", {"union": desk.house.union}, choices),))


async def confirmed(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Erase everything, once; an old button only asks again."""
    if said.pressed != f"y:forgetme:{said.at.date().isoformat()}":
        return await forgetme(said, situation, desk)
    for conversation in situation.conversations:
        desk.held.take(conversation.id, said.at)
    return Turn(
        closed=tuple(conversation.id for conversation in situation.conversations),
        replies=(Reply("forgotten", {"union": desk.house.union}),),
        changes=(Forgotten(),),
    )
