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
        whole, *sentences = readings(cut(words))
        sure = self._sure(self.learned, self.encoder, whole)
        return sure >= ALARM or any(self._sure(self.learned, self.encoder, one) >= ALARM_OF_ONE for one in sentences)

    def _sure(self, learned: LearnedAlarm, encoder: Encoder, said: str) -> float:
        return learned.sure(said, encoder.question(said), fits_pattern=crisis(self.rules, said) is not None)
