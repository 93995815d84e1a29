"""What a member's own account already says plainly, so that it is not asked again. Never safety answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from bot.reports.links import Link
from bot.reports.spans import blanked
from bot.reports.tells import KINDS, NEGATED, OTHERS_TOLD, PLATFORMS, REPLIES, SUPPOSED, TARGETS, TOLD, UNSETTLED

MOST = 10
"""Accounts or hashtags of one report."""

_MOST_READ = 20_000
_BEFORE = 40
"""Characters before a phrase in which a "not" still turns it round."""

_CLAUSE = re.compile(r"[.!?;\n]+\s*|,\s+(?:but|and|so|then)\s+|\s+but\s+")
_ACCOUNT = re.compile(r"(?<![\w@/.<])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9_-])(?![\w@])")
_HASHTAG = re.compile(r"(?<![\w#/&<])#(?=\w*[^\W\d_])\w{2,50}")


def hints(text: str, links: Sequence[Link]) -> dict[str, JsonValue]:
    """Return answers by question, in the tokens of the report's form, that the words give plainly.

    Asked for: platform, kinds, accounts, hashtags, platform_reply, target. What is said twice
    differently, turned round by a "not" or only supposed is left out, so it will be asked.
    """
    text = text[:_MOST_READ].replace("\u2019", "'")
    words = blanked(text)
    clauses = [clause for clause in _CLAUSE.split(words.lower()) if clause.strip()]
    plain = [clause for clause in clauses if not SUPPOSED.search(clause)]
    told: dict[str, JsonValue] = {}
    platforms = {link.platform for link in links} | _named(PLATFORMS, [words.lower()])
    if len(platforms) == 1 and (links or _said(PLATFORMS, plain) == platforms):
        told["platform"] = platforms.pop()
    if kinds := [kind for kind in KINDS if kind in _said(KINDS, plain)]:
        told["kinds"] = list[JsonValue](kinds)
        if target := _only(_said(TARGETS, plain)):
            told["target"] = target
    if reply := _reply(plain):
        told["platform_reply"] = reply
    accounts = [*(link.account for link in links if link.account), *_accounts(words)]
    if accounts:
        told["accounts"] = list[JsonValue](_each_once(accounts))
    if hashtags := _each_once(found[0].lower() for found in _HASHTAG.finditer(words)):
        told["hashtags"] = list[JsonValue](hashtags)
    return told


def _named(tells: dict[str, re.Pattern[str]], clauses: Iterable[str]) -> set[str]:
    return {token for token, tell in tells.items() for clause in clauses if tell.search(clause)}


def _said(tells: dict[str, re.Pattern[str]], clauses: Iterable[str]) -> set[str]:
    """Return the tokens whose words stand in a clause and are nowhere turned round."""
    said: set[str] = set()
    turned: set[str] = set()
    for clause in clauses:
        for token, tell in tells.items():
            for found in tell.finditer(clause):
                before = clause[max(0, found.start() - _BEFORE) : found.start()]
                (turned if NEGATED.search(before) else said).add(token)
    return said - turned


def _reply(clauses: Sequence[str]) -> str | None:
    """Return what the platform answered, if the words speak of the platform and of one answer."""
    about = [clause for clause in clauses if not OTHERS_TOLD.search(clause)]
    reply = _only(_named(REPLIES, about))
    if reply == "removed":
        return _only(_said({"removed": REPLIES["removed"]}, about))
    if reply == "none" and (len(about) < len(clauses) or not any(TOLD.search(clause) for clause in about)):
        return None
    return None if reply == UNSETTLED else reply


def _only(tokens: set[str]) -> str | None:
    return next(iter(tokens)) if len(tokens) == 1 else None


def _accounts(words: str) -> list[str]:
    return [
        found[0].lower()
        for found in _ACCOUNT.finditer(words)
        if not NEGATED.search(words[max(0, found.start() - _BEFORE) : found.start()].lower())
    ]


def _each_once(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))[:MOST]
