"""The incident report: its questions, what its words already tell, and what officers are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue

from bot.conversation import read
from bot.conversation.form import Ask, Form, Lines, PastDay, Question, Reads, SoFar, Story, Words
from bot.conversation.guide import Guide
from bot.messages import Reply, Text, Value
from bot.reports import personal
from bot.reports.hints import hints
from bot.reports.links import Link, Links
from bot.reports.spans import without_links
from bot.reports.tokens import Kind, Nation, Platform, PlatformReply, Route, ShowsChild, Target

LINKS_LIMIT = 10  # one wave's worth of posts; more belong in a second report
WORDS_WORTH_KEEPING = 4  # "no wait" beside a link is no account; four words may be
LINK_LENGTH = 500  # characters; the longest share links seen are under 300

# What members say when asked what the platform answered; without the question the words would mean too little.
SAID: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "no",
            "not yet",
            "not told yet",
            "no not yet",
            "not told",
            "i havent",
            "havent yet",
            "ddim eto",
            "na ddim eto",
        ),
        "not_reported",
    ),
    **dict.fromkeys(
        (
            "no answer",
            "nothing",
            "no reply",
            "no response",
            "silence",
            "nothing yet",
            "dim ateb",
            "dim ymateb",
            "dim byd",
        ),
        "none",
    ),
    **dict.fromkeys(
        (
            "no violations",
            "no violation found",
            "not a violation",
            "refused",
            "they refused",
            "dim yn torrir rheolau",
            "gwrthod",
        ),
        "no_violation",
    ),
    **dict.fromkeys(
        ("removed it", "they removed it", "taken down", "gone", "its gone", "wedi mynd", "wedii dynnu"), "removed"
    ),
}

LATER = Ask(stage="later")


def _has_links(so_far: SoFar) -> bool:
    return bool(so_far.links)


def _was_told(so_far: SoFar) -> bool:
    return so_far.platform_reply not in (None, "not_reported")


class IncidentReport(Form):
    """One abusive post or account, as the member saw it. Field names and tokens: PRODUCT section 3."""

    name: ClassVar[str] = "report"

    in_danger: Annotated[bool, Ask(guarded=True)]
    shows_child: Annotated[ShowsChild, Ask(guarded=True, stops=frozenset({"yes", "not_sure"}))]
    links: Annotated[
        tuple[str, ...], Reads("list", LINK_LENGTH), Ask(stage="later"), Field(max_length=LINKS_LIMIT)
    ] = ()
    what_happened: Annotated[Story | None, Ask(later_if=_has_links)] = None
    platform: Annotated[Platform, Ask()]
    kinds: Annotated[tuple[Kind, ...], Ask(), Field(min_length=1)]
    platform_reply: Annotated[PlatformReply, Ask()]
    accounts: Annotated[Lines | None, LATER] = None
    hashtags: Annotated[Lines | None, LATER] = None
    target: Annotated[Target | None, LATER] = None
    target_role: Annotated[
        Literal["head", "senior_leader", "teacher", "support", "governor", "other"] | None, LATER
    ] = None
    posted_by: Annotated[Literal["pupil", "parent", "colleague", "unknown", "other"] | None, LATER] = None
    seen_on: Annotated[PastDay | None, LATER] = None
    reported_to_platform: Annotated[bool | None, Ask(stage="derived")] = None
    route: Annotated[Route | None, Ask(stage="later", when=_was_told)] = None
    reported_on: Annotated[PastDay | None, Ask(stage="later", when=_was_told)] = None
    still_online: Annotated[Literal["yes", "no", "unknown"] | None, LATER] = None
    nation: Annotated[Nation | None, LATER] = None
    region: Annotated[Words | None, LATER] = None
    phase: Annotated[Literal["early", "primary", "secondary", "special", "college", "other"] | None, LATER] = None
    wish: Annotated[Literal["advice", "removal", "raise", "record"] | None, LATER] = None
    may_contact: Annotated[bool, Ask(stage="switch")] = False
    keep_me_posted: Annotated[bool, Ask(stage="switch")] = False
    may_pass_on: Annotated[bool, Ask(stage="switch")] = False
    contact_name: Annotated[Words | None, LATER] = None
    not_officer: Annotated[bool | None, LATER] = None


@dataclass(frozen=True)
class IncidentGuide(Guide):
    """Reads links, handles and plain words of an incident; warns of personal details."""

    links: Links

    def value(self, question: Question, words: str, at: datetime) -> JsonValue:
        """Return the value the words give to a question, or None when they are no clear answer."""
        if question.name == "links":
            found: list[JsonValue] = [link.full for link in self.links.find(words)]
            return found or None
        if question.name in ("platform", "kinds", "platform_reply"):
            plain = read.value(question, words, at)
            if plain is None and question.name == "platform_reply":
                plain = SAID.get(read.plain(words))
            return plain if plain is not None else hints(words, ()).get(question.name)
        return read.value(question, words, at)

    def redirected(self, question: Question, words: str, at: datetime) -> tuple[str, JsonValue] | None:
        """Take a bare link as the link, where an account was asked for."""
        del question, at
        links: list[JsonValue] = [link.full for link in self.links.find(words)]
        is_bare = len(without_links(words).split()) < WORDS_WORTH_KEEPING
        return ("links", links) if links and is_bare else None

    def prefilled(self, so_far: SoFar) -> Mapping[str, JsonValue]:
        """Return what link and account already tell; explicit answers always win over this."""
        story = so_far.what_happened or ""
        links = self._links(so_far)
        told = dict(hints(story, links))
        if links:
            told["links"] = [link.full for link in links]
            told["platform"] = links[0].platform
            accounts: list[JsonValue] = [link.account for link in links if link.account]
            if accounts:
                told["accounts"] = list(dict.fromkeys(map(str, accounts)))
        reply = so_far.platform_reply or told.get("platform_reply")
        if reply is not None:
            told["reported_to_platform"] = reply != "not_reported"
        return told

    def remarks(self, question: Question, before: SoFar, after: SoFar) -> tuple[Reply, ...]:
        """Say what a new link told by itself, and ask for the full one where it is short."""
        del question
        old = {link.canonical for link in map(self.links.read, before.links or ()) if link is not None}
        new = [link for link in self._links(after) if link.canonical not in old]
        if not new:
            return ()
        short = tuple(Reply("report-short-link") for link in new[:1] if link.is_short)
        return (
            Reply("report-read-link", {"platform": Text(f"report-platform-{new[0].platform}"), **posted(new[0])}),
            *short,
        )

    def personal(self, words: str) -> tuple[str, ...]:
        """Return the kinds of personal details that stand in the words."""
        return tuple(dict.fromkeys(found.kind for found in personal.found(words)))

    def tidied(self, words: str) -> str:
        """Return the words with each personal detail replaced by what it was."""
        return personal.without(words)

    def _links(self, so_far: SoFar) -> tuple[Link, ...]:
        if so_far.links:
            read_again = (self.links.read(link) for link in so_far.links)
            return tuple(link for link in read_again if link is not None)
        return self.links.find(so_far.what_happened or "")


def posted(link: Link) -> dict[str, Value]:
    """Return when a link's post was made, as the value ``posted`` of a sentence."""
    if link.posted is None:
        return {"posted": Text("nothing")}
    return {"posted": Text("report-posted", {"day": link.posted.date()})}
