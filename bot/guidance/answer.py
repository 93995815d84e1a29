"""The four decisions about a question: answer, clarify, hand over, crisis."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Final

from bot.guidance.alarm import Alarm
from bot.guidance.articles import Article
from bot.guidance.confidence import Decision, Thresholds, decision, signs
from bot.guidance.crisis import BUILT_IN, Rules
from bot.guidance.crisis_learned import LearnedAlarm
from bot.guidance.dense import Encoder
from bot.guidance.fit import Fit, fit
from bot.guidance.passages import Part, passage
from bot.guidance.search import Found, Index
from bot.guidance.words import cut, wording
from bot.messages import Passage

MOST_CANDIDATES: Final = 3  # more buttons are not read (PRODUCT section 2)
TOPIC_HELP: Final = 0.20  # what the last topic adds to a weak follow-up about it
FOLLOWS_UP: Final = 0.45  # share of a question the last topic's words must cover to be helped
THRESHOLDS: Final = Thresholds()
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

    def __init__(  # noqa: PLR0913 - each is part of what a content is
        self,
        articles: Sequence[Article],
        rules: Rules = BUILT_IN,
        out_of_scope: Sequence[str] = (),
        english: frozenset[str] = frozenset(),
        thresholds: Thresholds = THRESHOLDS,
        encoder: Encoder | None = None,
        fits: Mapping[str, Fit] | None = None,
        alarm: LearnedAlarm | None = None,
    ) -> None:
        """Index the live articles, language by language; ``english`` words are never corrected.

        ``fits`` holds what was learned before from these articles, by language; what is missing is learned now.
        The encoder reads English; other languages are searched by words and letters. ``alarm`` needs it too, and
        weighs the patterns of ``rules`` with everything else it learned.
        """
        self._indexes: dict[str, Index] = {}
        self._fits: dict[str, Fit] = {}
        for language, own in by_language(articles).items():
            reads = encoder if language == WHOLE_LANGUAGE else None
            known = (fits or {}).get(language)
            self._fits[language] = known or fit(own, out_of_scope, english, reads, thresholds.precision)
            self._indexes[language] = Index(own, english, reads, self._fits[language].learned, outside=out_of_scope)
        self._outside = frozenset(map(wording, out_of_scope))
        self._alarm = Alarm(rules, alarm, encoder)
        self._hidden: frozenset[tuple[str, str]] = frozenset()

    def fitted(self, language: str = WHOLE_LANGUAGE) -> Fit | None:
        """Return what was learned from one language."""
        return self._fits.get(language)

    def only(self, live: Collection[tuple[str, str]]) -> Answers:
        """Return the same answers without articles (language, slug) that are not ``live`` any more."""
        every = {(language, one.slug) for language, index in self._indexes.items() for one in index.articles}
        left = copy(self)
        left._hidden = frozenset(every - set(live))  # noqa: SLF001 - a copy of our own
        return left

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
            return replace(own, decision="crisis", passage=None)
        return own

    def is_crisis(self, words: str) -> bool:
        """Whether the words speak of a risk to life or immediate danger."""
        return self._alarm.rings(words)

    def article(self, slug: str, *, language: str = "en") -> Answer | None:
        """Return the opening passage of one live article as an answer, or None."""
        for tongue in dict.fromkeys((language, WHOLE_LANGUAGE)):
            index = self._indexes.get(tongue)
            at = index.position(slug) if index else None
            if index and at is not None and (tongue, slug) not in self._hidden:
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
        nothing = Answer("hand_over", None, 0.0, (), language, question)
        index = self._indexes.get(language)
        if index is None:
            return nothing
        found = index.search(question)
        hits = [hit for hit in found.hits if (language, index.articles[hit.article].slug) not in self._hidden]
        if not hits:
            return nothing
        was_hidden = hits[0] != found.hits[0]
        sure = self._sure(index, found, question, language)
        if topic and found.channels is not None and not found.exact:
            found = _helped(index, found, topic)
            helped = self._sure(index, found, question, language)
            shown = {hit.article for hit in hits}
            hits = [hit for hit in found.hits if hit.article in shown] if helped >= sure else hits
            sure = max(sure, helped)
        decided = decision(sure, self._fits[language].calibration)
        if was_hidden and decided == "answer":
            decided = "clarify"
        candidates = tuple(
            Candidate(index.articles[hit.article].slug, index.articles[hit.article].title, hit.score)
            for hit in hits[:MOST_CANDIDATES]
        )
        first = hits[0]
        quoted = passage(index.articles[first.article], index.best_part(first, found)) if decided == "answer" else None
        return Answer(decided, quoted, sure, candidates, language, question)

    def _sure(self, index: Index, found: Found, question: str, language: str) -> float:
        """Return how sure we are of the first hit. Exact wording decides, in scope and out of it."""
        if found.exact:
            return 1.0
        if wording(question) in self._outside:
            return 0.0
        return self._fits[language].calibration.sure(signs(index, found))


def by_language(articles: Sequence[Article]) -> dict[str, list[Article]]:
    """Return the live articles of each language, in the order they are searched in."""
    live = sorted((one for one in articles if one.answers), key=lambda one: one.slug)
    return {
        language: [one for one in live if one.language == language]
        for language in sorted({one.language for one in live})
    }


def _helped(index: Index, found: Found, topic: str) -> Found:
    """Return what was found with the last topic moved up, if the question can be about it."""
    at = index.position(topic)
    mine = next((hit for hit in found.hits if hit.article == at), None)
    if at is None or mine is None or found.channels is None or mine.coverage < FOLLOWS_UP:
        return found
    letters = found.channels.letters.copy()
    letters[at] += TOPIC_HELP / index.mix.letters
    channels = replace(found.channels, letters=letters)
    total = channels.total(index.mix)
    hits = (replace(hit, score=min(1.0, float(total[hit.article]))) for hit in found.hits)
    return replace(found, channels=channels, hits=tuple(sorted(hits, key=lambda hit: -total[hit.article])))
