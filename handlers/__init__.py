"""Table of contents: every command, button and form, and how one message finds its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.changes import Forgotten, MemberChanged, Tallied
from bot.conversation import press, read
from bot.conversation.turn import Conversation, Turn
from bot.desk import Desk
from bot.messages import Incoming, Reply
from bot.records import Situation
from bot.reports import receipts
from handlers import (
    ask,
    by_receipt,
    check_in,
    language,
    my_reports,
    mydata,
    packets,
    person,
    report,
    safety,
    start,
    withdrawing,
)
from handlers.incident import IncidentReport
from handlers.person import PersonCall
from handlers.running import Room, resumed, run, with_open
from handlers.words import CONTROL_WORDS, COURTESIES, IN_A_FORM, LANGUAGE_WORDS, WORDS_OF_ANY

Handler: TypeAlias = Callable[[Incoming, Situation, Desk], Awaitable[Turn]]

COMMANDS: Mapping[str, Handler] = {
    "start": start.start,
    "help": start.help_,
    "report": report.report,
    "status": my_reports.status,
    "update": check_in.update,
    "withdraw": withdrawing.withdraw,
    "person": person.person,
    "stop": start.stop,
    "language": language.language,
    "privacy": start.privacy,
    "mydata": mydata.mydata,
    "forgetme": mydata.forgetme,
}
PLAIN_WORDS: Mapping[str, str] = {**WORDS_OF_ANY, **{name: name for name in COMMANDS}}
OPENERS: Mapping[str, Handler] = {
    "t": ask.article,
    "f": ask.helpful,
    "r": my_reports.pressed,
    "p": packets.pressed,
    "k": check_in.pressed,
    "y": mydata.confirmed,
    "l": language.pressed,
    "w": withdrawing.pressed,
}
FORMS: Mapping[str, Room] = {
    IncidentReport.name: Room(IncidentReport, report.guide, report.after),
    PersonCall.name: Room(PersonCall, person.guide, person.after),
}
OTHERWISE: Handler = ask.ask
WITH_RECEIPT = frozenset({"status", "withdraw"})

MESSAGES_A_MINUTE = 20  # faster than anybody types; inside a form six taps count as one message
LONGEST = 4_000  # characters of one message that are read; PRODUCT section 2


async def decide(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    """Return what one message of a member leads to, in the language that is theirs."""
    spoken = language.in_force(said, situation, desk)
    member = replace(situation.member, language=spoken)
    turn = await _decided(replace(said, language=spoken), replace(situation, member=member), desk)
    return turn if spoken == situation.member.language else language.offered(turn, spoken)


async def _decided(said: Incoming, situation: Situation, desk: Desk) -> Turn:
    was_long = said.text is not None and len(said.text) > LONGEST
    said = replace(said, text=said.text[: 2 * LONGEST]) if was_long and said.text else said
    active = next((one for one in situation.conversations if not one.paused), None)
    if said.text is not None and desk.is_crisis(said.text, by_patterns=_is_known(said.text)):
        turn = await _crisis(said, situation, desk, active)
    elif situation.recent >= MESSAGES_A_MINUTE and not said.is_arrival:
        return Turn(replies=(Reply("too-fast", {"limit": MESSAGES_A_MINUTE}),))
    else:
        turn = await _ordinary(said, situation, desk, active)
    if was_long and active is None:
        turn = turn.first(Reply("too-long", {"limit": LONGEST}))
    if situation.member.notice < start.NOTICE_VERSION and turn.replies and not _forgets(turn):
        seen = MemberChanged(notice=start.NOTICE_VERSION)
        turn = replace(turn, replies=(*turn.replies, start.notice(desk, said.adapter))).also(seen)
    return turn


def _forgets(turn: Turn) -> bool:
    return any(isinstance(change, Forgotten) for change in turn.changes)


async def _crisis(said: Incoming, situation: Situation, desk: Desk, active: Conversation | None) -> Turn:
    """Say the emergency lines first; inside a form the words stay in the draft and the report is urgent."""
    lines = safety.crisis_reply(said, situation, desk)
    if active is None or active.form not in FORMS:
        return Turn(replies=(lines,), changes=(Tallied("crisis"),))
    turn = await run(said, situation, desk, active, FORMS[active.form])
    kept = turn.conversation
    if kept is None:
        return turn.first(lines).also(Tallied("crisis"))
    urgent = kept.now(notes={**kept.notes, "urgent": True})
    again = resumed(said, urgent, FORMS)
    beside = (report.beside(urgent),) if urgent.aside is not None else ()
    replies = (lines, *beside, Reply("crisis-draft"), *again.replies)
    return replace(turn, conversation=again.conversation, replies=replies).also(Tallied("crisis"))


async def _ordinary(said: Incoming, situation: Situation, desk: Desk, active: Conversation | None) -> Turn:
    if said.is_arrival:
        return resumed(said, active, FORMS) if active is not None else await start.arrival(said, situation, desk)
    if said.upload is not None:
        return with_open(await start.upload(said, situation, desk), said, active, FORMS)
    if said.pressed is not None:
        return await _pressed(said, situation, desk, active)
    return await _worded(said, situation, desk, active)


async def _worded(said: Incoming, situation: Situation, desk: Desk, active: Conversation | None) -> Turn:
    """Find what words are: a command, a receipt, an answer to the open question, or a question."""
    text = (said.text or "")[:LONGEST]
    command = _command(text, active)
    if command is not None and said.edits is None:
        handler = COMMANDS.get(command)
        turn = await handler(said, situation, desk) if handler else start.unknown_command(command, [*COMMANDS])
        return with_open(turn, said, active, FORMS)
    receipt = await _receipt(replace(said, text=text), situation, desk, active)
    if receipt is not None:
        return with_open(receipt, said, active, FORMS)
    if read.plain(text) in COURTESIES and said.edits is None:
        return with_open(start.courtesy(), said, active, FORMS)
    if active is not None and active.form in FORMS:
        turn = await run(said, situation, desk, active, FORMS[active.form])
        meant = PLAIN_WORDS.get(read.plain(text)) if turn.unclear and said.edits is None else None
        if meant is None:
            return turn
        return with_open(await COMMANDS[meant](said, situation, desk), said, active, FORMS)
    if said.edits is not None and active is None and situation.edits_form:
        return start.late_edit()
    if active is not None:
        return replace(await OTHERWISE(said, situation, desk), closed=(active.id,))
    if read.yes_or_no(text) is False:  # to "shall I erase it?", or to nothing: true of both, so nothing need be kept
        return withdrawing.kept(ask.TO_PERSON)
    return await OTHERWISE(replace(said, text=text), situation, desk)


def _is_known(text: str) -> bool:
    """Whether the words are nothing but a command or a step of a form: nobody in danger says only that."""
    words = text.strip()
    said = read.plain(words.removeprefix("/"))
    return said in PLAIN_WORDS or said in CONTROL_WORDS


async def _receipt(said: Incoming, situation: Situation, desk: Desk, active: Conversation | None) -> Turn | None:
    """Tell of a report whose receipt somebody wrote without a command: it is neither a question nor an answer."""
    in_form = active is not None and active.form in FORMS
    receipt = receipts.typed(said.text or "")
    if receipt is not None and not (in_form and (said.edits is not None or not receipt.is_alone)):
        return await by_receipt.status(said, situation, desk, receipt)
    waited = None if in_form or said.edits is not None else by_receipt.waited_for(said, situation, desk)
    if waited is None:
        return None
    command, receipt = waited
    if command == "withdraw":
        return await withdrawing.with_receipt(said, situation, desk, receipt)
    return await by_receipt.status(said, situation, desk, receipt)


def _command(text: str, active: Conversation | None) -> str | None:
    """Return the command the words are: ``/word``, or outside a form a plain word of the list."""
    words = text.strip()
    if words.startswith("/") and len(words) > 1:
        word = read.plain(words[1:].split()[0]).partition("@")[0]
        return None if active is not None and word in CONTROL_WORDS else PLAIN_WORDS.get(word, word)
    said = read.plain(words)
    first = PLAIN_WORDS.get(said.partition(" ")[0])
    if first in WITH_RECEIPT and receipts.typed(by_receipt.behind(words), asked=True) is not None:
        return first
    if active is not None and said not in IN_A_FORM:
        return None
    named = said.partition(" ")[2] if said.startswith(("language ", "iaith ")) else ""
    return "language" if named in LANGUAGE_WORDS else PLAIN_WORDS.get(said)


async def _pressed(said: Incoming, situation: Situation, desk: Desk, active: Conversation | None) -> Turn:
    """Find what a button belongs to; one of a finished conversation changes nothing and says so."""
    pressed = said.pressed or ""
    found = press.address(pressed)
    if found is not None:
        mine = next((one for one in situation.conversations if one.id == found[0]), None)
        if mine is not None and mine.form in FORMS:
            return await run(said, situation, desk, mine, FORMS[mine.form])
        return with_open(await start.old_button(said, situation, desk), said, active, FORMS)
    prefix, _, rest = pressed.partition(":")
    handler = COMMANDS.get(rest) if prefix == "do" else OPENERS.get(prefix)
    if handler is None:
        return with_open(await start.old_button(said, situation, desk), said, active, FORMS)
    return with_open(await handler(said, situation, desk), said, active, FORMS)
