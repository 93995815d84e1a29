"""The four decisions about a question: answer, clarify, hand over, crisis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.guidance.articles import Article
from bot.guidance.confidence import Decision, Thresholds, confidence, decision, lead
from bot.guidance.crisis import BUILT_IN, Rules, crisis
from bot.guidance.passages import Part, passage
from bot.guidance.search import Found, Index
from bot.guidance.words import cut
from bot.messages import Passage

MOST_CANDIDATES: Final = 3  # more buttons are not read (PRODUCT section 2)
TOPIC_HELP: Final = 0.20  # what the last topic adds to a weak follow-up about it
FOLLOWS_UP: Final = 0.45  # share of a question the last topic's words must cover to be helped
WHOLE_LANGUAGE: Final = "en"  # every article exists in English; others fall back to it


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may hold the answer; ``score`` in [0, 1]."""

    article: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided about one question. ``passage`` is set when the decision is ``answer``.

    ``confidence`` is in [0, 1]: how sure we are that the first candidate is right.
    """

    decision: Decision
    passage: Passage | None
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    language: str = "en"
    question: str = field(default="", repr=False)


class Answers:
    """Answers from one set of articles; satisfies ``bot.ports.Answerer`` and never changes."""

    def __init__(
        self,
        articles: Sequence[Article],
        rules: Rules = BUILT_IN,
        out_of_scope: Iterable[str] = (),
        english: frozenset[str] = frozenset(),
        thresholds: Thresholds | None = None,
    ) -> None:
        """Index the live articles, language by language; ``english`` words are never corrected."""
        live = sorted((a for a in articles if a.answers), key=lambda a: a.slug)
        outside = tuple(out_of_scope)
        self._indexes = {
            language: Index([a for a in live if a.language == language], outside, english)
            for language in sorted({a.language for a in live})
        }
        self._rules = rules
        self._at = thresholds or Thresholds()

    def answer(self, question: str, *, language: str = "en", topic: str | None = None) -> Answer:
        """Decide about a question; ``topic``: slug of the article a follow-up may belong to."""
        question = cut(question)
        own = self._decide(question, language, topic)
        if own.decision != "answer" and language != WHOLE_LANGUAGE:
            whole = self._decide(question, WHOLE_LANGUAGE, topic)
            if whole.decision == "answer" or own.decision == "hand_over":
                own = max(
                    (own, self._translated(whole, language)), key=lambda a: (a.decision == "answer", a.confidence)
                )
        if self.is_crisis(question):
            return replace(own, decision="crisis", passage=None, confidence=1.0)
        return own

    def is_crisis(self, words: str) -> bool:
        """Whether the words speak of a risk to life or immediate danger."""
        return crisis(self._rules, cut(words)) is not None

    def article(self, slug: str, *, language: str = "en") -> Answer | None:
        """Return the opening passage of one live article as an answer, or None."""
        for tongue in dict.fromkeys((language, WHOLE_LANGUAGE)):
            index = self._indexes.get(tongue)
            at = index.position(slug) if index else None
            if index and at is not None:
                found = index.articles[at]
                candidate = Candidate(slug, found.title, 1.0)
                opening = passage(found, index.parts[at][0])
                return Answer("answer", opening, 1.0, (candidate,), tongue)
        return None

    def parts(self, slug: str, *, language: str = "en") -> tuple[Part, ...]:
        """Return all passages of one live article in order, none if there is no such article."""
        index = self._indexes.get(language)
        at = index.position(slug) if index else None
        return index.parts[at] if index and at is not None else ()

    def _translated(self, found: Answer, language: str) -> Answer:
        """Return an answer with the same section of the same article in another language, if it is written there."""
        index, quoted = self._indexes.get(language), found.passage
        at = index.position(quoted.article) if index and quoted else None
        if index is None or quoted is None or at is None:
            return found
        theirs = list(dict.fromkeys(part.heading for part in self.parts(quoted.article, language=quoted.language)))
        ours = list(dict.fromkeys(part.heading for part in index.parts[at]))
        same = ours[theirs.index(quoted.heading)] if len(ours) == len(theirs) else ours[0]
        part = next(part for part in index.parts[at] if part.heading == same)
        return replace(found, passage=passage(index.articles[at], part), language=language)

    def _decide(self, question: str, language: str, topic: str | None) -> Answer:
        index = self._indexes.get(language)
        found = index.search(question) if index else Found((), 0.0, {})
        if index is None or not found.hits:
            return Answer("hand_over", None, 0.0, (), language, question)
        sure, ahead = confidence(found), lead(found)
        decided = decision(sure, ahead, self._at)
        if topic and decided != "answer":
            helped = _helped(index, found, topic)
            if helped is not found:
                found = helped
                sure, ahead = confidence(found), lead(found)
                decided = decision(sure, ahead, self._at)
        candidates = tuple(
            Candidate(index.articles[hit.article].slug, index.articles[hit.article].title, hit.score)
            for hit in found.hits[:MOST_CANDIDATES]
        )
        first = found.hits[0]
        quoted = passage(index.articles[first.article], index.best_part(first, found)) if decided == "answer" else None
        return Answer(decided, quoted, sure, candidates, language, question)


def _helped(index: Index, found: Found, topic: str) -> Found:
    """Return what was found with the last topic moved up, if the question can be about it."""
    at = index.position(topic)
    hits = [
        replace(hit, score=min(1.0, hit.score + TOPIC_HELP))
        if hit.article == at and hit.coverage >= FOLLOWS_UP
        else hit
        for hit in found.hits
    ]
    if hits == list(found.hits):
        return found
    return replace(found, hits=tuple(sorted(hits, key=lambda hit: -hit.score)))
