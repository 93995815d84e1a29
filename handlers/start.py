"""First words, help, privacy, stopping and starting again, and messages that are none of these."""

from __future__ import annotations

from rapidfuzz import process

from bot.changes import MemberChanged
from bot.conversation.turn import Turn
from bot.desk import Desk
from bot.messages import Choice, Incoming, Reply, Text, Value
from bot.records import Situation
from handlers.ask import TO_PERSON, TO_REPORT

NOTICE_VERSION = 2  # raised whenever the notice changes: everybody then sees it once more
CLOSE_ENOUGH = 70  # of 100, rapidfuzz ratio: "/reprot" means /report, "/weather" means nothing


def notice(desk: Desk, adapter: str) -> Reply:
    """Return the privacy notice that comes with the first reply."""
    return Reply("notice", {"union": desk.house.union, "carrier": Text(f"carrier-{adapter}")})


async def start(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Say hello and undo ``stop``."""
    del said
    hello = Reply("start", {"union": desk.house.union}, (TO_REPORT, TO_PERSON))
    if situation.member.stopped:
        return Turn(replies=(Reply("started-again"), hello), changes=(MemberChanged(stopped=False),))
    return Turn(replies=(hello,))


async def help_(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """List what the bot can do."""
    del said, situation
    return Turn(replies=(Reply("help", {"union": desk.house.union}, (TO_REPORT, TO_PERSON)),))


async def privacy(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Say in full what is kept, how long, and who can read it."""
    del situation
    house = desk.house
    values: dict[str, Value] = {
        "union": house.union,
        "carrier": Text(f"carrier-{said.adapter}"),
        "address": Text("privacy-address", {"address": house.privacy_notice})
        if house.privacy_notice
        else Text("nothing"),
        "contact": Text("privacy-contact", {"contact": house.data_contact}) if house.data_contact else Text("nothing"),
    }
    choices = (Choice("do:mydata", Text("button-mydata")), Choice("do:forgetme", Text("button-forgetme")))
    return Turn(replies=(Reply("privacy", values, choices),))


async def stop(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Send nothing unasked any more; reports stay."""
    del said, situation, desk
    return Turn(replies=(Reply("stopped"),), changes=(MemberChanged(stopped=True),))


def courtesy() -> Turn:
    """Answer thanks and goodbyes: there is nothing to search for, and a person stays one tap away."""
    return Turn(replies=(Reply("courtesy", {}, (TO_PERSON,)),))


async def arrival(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Say nothing to somebody who only opened the chat and has nothing open."""
    del said, situation, desk
    return Turn()


async def old_button(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Answer a press that belongs to nothing open: nothing changes, and there is a way on."""
    del said, situation, desk
    return Turn(replies=(Reply("button-finished", {}, (TO_REPORT, TO_PERSON)),))


def late_edit() -> Turn:
    """Answer an edit of words that belong to a form which is over: nothing changes, and there is a way on."""
    return Turn(replies=(Reply("edit-too-late", {}, (Choice("do:status", Text("button-my-reports")),)),))


async def upload(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Refuse a file kindly, say why, and how to keep evidence oneself; nothing is downloaded."""
    del situation, desk
    return Turn(
        replies=(
            Reply(
                "no-uploads", {"kind": Text(f"upload-{said.upload}")}, (Choice("t:evidence", Text("button-evidence")),)
            ),
        )
    )


def unknown_command(word: str, known: list[str]) -> Turn:
    """Name the command that was probably meant, or how to get the list."""
    close = process.extractOne(word, known, score_cutoff=CLOSE_ENOUGH)
    if close is None:
        return Turn(replies=(Reply("unknown-command", {}, (Choice("do:help", Text("button-help")),)),))
    meant = close[0]
    return Turn(
        replies=(
            Reply("unknown-command-meant", {"meant": meant}, (Choice(f"do:{meant}", Text("words", {"words": meant})),)),
        )
    )
