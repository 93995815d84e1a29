"""Hears danger in what somebody wrote: by the patterns of the content, and behind them by what examples taught."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guidance.crisis import BUILT_IN, Rules, crisis
from bot.guidance.crisis_learned import ALARM, LearnedAlarm, readings
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
        if crisis(self.rules, cut(words)) is not None:
            return True
        if by_patterns or self.learned is None or self.encoder is None:
            return False
        said = readings(cut(words))
        heard = zip(said, self.encoder.questions(said), strict=True)
        return any(self.learned.sure(one, vector) >= ALARM for one, vector in heard)
