"""Hears danger in what somebody wrote: by the patterns of the content together with what examples taught."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guidance.crisis import BUILT_IN, Rules, crisis
from bot.guidance.crisis_learned import (
    ALARM,
    ALARM_OF_ONE,
    ALARM_OF_PATTERN,
    FAINTEST,
    MOST_SENTENCES,
    LearnedAlarm,
    readings,
    windows,
)
from bot.guidance.dense import Encoder
from bot.guidance.words import cut


@dataclass(frozen=True)
class Alarm:
    """It needs no article, so it is ready before any is searched. Without ``encoder`` patterns alone decide."""

    rules: Rules = BUILT_IN
    learned: LearnedAlarm | None = None
    encoder: Encoder | None = None

    def rings(self, words: str, *, by_patterns: bool = False) -> bool:
        """Whether the words speak of a risk to life or immediate danger; ``by_patterns``: look at nothing else."""
        if by_patterns or self.learned is None or self.encoder is None:
            return crisis(self.rules, cut(words)) is not None
        said = readings(cut(words))
        is_named = crisis(self.rules, said[0]) is not None
        parts = (*said[1:], *(self._narrow(said[0]) if is_named else ()))
        told = [(one, self._told(self.learned, one)) for one in parts]
        heard = [(said[0], self._told(self.learned, said[0])), *((one, much) for one, much in told if much >= FAINTEST)]
        vectors = self.encoder.questions([one for one, _ in heard])
        sure = [self.learned.sure(much, vector) for (_, much), vector in zip(heard, vectors, strict=True)]
        return sure[0] >= (ALARM_OF_PATTERN if is_named else ALARM) or max(sure) >= ALARM_OF_ONE

    def _narrow(self, said: str) -> tuple[str, ...]:
        """Return the runs of a few words in which a pattern fits, the last ones."""
        return tuple(one for one in windows(said) if crisis(self.rules, one) is not None)[-MOST_SENTENCES:]

    def _told(self, learned: LearnedAlarm, said: str) -> float:
        return learned.told(said, fits_pattern=crisis(self.rules, said) is not None)
