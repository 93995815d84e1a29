"""Hears danger in what somebody wrote: by the patterns of the content together with what examples taught."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guidance.crisis import BUILT_IN, Rules, crisis
from bot.guidance.crisis_learned import ALARM, ALARM_OF_ONE, LearnedAlarm, readings
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
        heard = zip(said, self.encoder.questions(said), strict=True)
        sure = [
            self.learned.sure(one, vector, fits_pattern=crisis(self.rules, one) is not None) for one, vector in heard
        ]
        return sure[0] >= ALARM or max(sure) >= ALARM_OF_ONE
