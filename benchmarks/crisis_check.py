"""Shows how many crisis sentences the check catches and how many calm ones alarm it, by class, with intervals.

Run it from the checkout: ``python -m benchmarks.crisis_check``. ``blind`` and ``blind 2``: sentences whose writers had
seen neither patterns nor examples. The larger set is halved by a hash: misses of ``tune`` were looked at and are now
examples, those of ``held`` are only counted; but its writer wrote the patterns too.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from math import sqrt
from pathlib import Path
from typing import Final

from bot.guidance.crisis import crisis
from bot.learning import Learning
from bot.shelf import SHIPPED, Shelf

SENTENCES: Final = Path(__file__).parents[1] / "tests" / "guidance"
Z: Final = 1.959964  # 95 %
PARTS: Final = ("blind 2", "blind", "held", "tune")
BLIND: Final = {"crisis_blind_2.tsv": "blind 2", "crisis_blind.tsv": "blind"}
EVERY: Final = "(every class)"


@dataclass
class Count:
    """How many of a kind alarmed the check."""

    alarmed: int = 0
    of: int = 0

    @property
    def rate(self) -> float:
        """The share that alarmed."""
        return self.alarmed / self.of if self.of else 0.0

    def shown(self) -> str:
        """Return the count with its Wilson 95 % interval."""
        low, high = wilson(self.alarmed, self.of)
        return f"{self.alarmed:3d}/{self.of:<3d} {100 * self.rate:5.1f} % [{100 * low:5.1f}, {100 * high:5.1f}]"


Counts = dict[tuple[str, str, str], Count]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the Wilson 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = share + Z * Z / (2 * of)
    around = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    below = 1 + Z * Z / of
    return max(0.0, (middle - around) / below), min(1.0, (middle + around) / below)


def half(text: str) -> str:
    """Return which half a sentence belongs to; it never changes."""
    return "held" if blake2b(text.encode(), digest_size=8).digest()[0] % 2 else "tune"


def sentences() -> Iterator[tuple[str, str, str, str]]:
    """Yield (part, text, label, class) of every sentence."""
    for name in (*BLIND, "crisis_unseen.tsv"):
        for line in (SENTENCES / name).read_text("utf-8").splitlines()[1:]:
            text, label, kind, *_ = line.split("\t")
            yield BLIND.get(name) or half(text), text, label, kind


def counted(alarms: Callable[[str], bool]) -> Counts:
    """Return the counts by label, class and part."""
    counts: Counts = defaultdict(Count)
    for part, text, label, kind in sentences():
        alarmed = alarms(text)
        for name in (kind, EVERY):
            counts[label, name, part].alarmed += alarmed
            counts[label, name, part].of += 1
    return counts


def table(counts: Counts) -> Iterator[str]:
    """Yield the table, line by line."""
    for label, what in (("crisis", "caught"), ("calm", "false alarms")):
        yield f"{what:22}" + "".join(f"{part:32}" for part in PARTS)
        for kind in sorted({name for which, name, _ in counts if which == label}):
            yield f"  {kind:20}" + "".join(f"{counts[label, kind, part].shown():32}" for part in PARTS)


def main() -> None:
    """Print the table for the content as shipped: patterns and what was learned, then patterns alone."""
    shelf = Shelf(SHIPPED, lambda: 0.0, Learning())
    patterns = partial(crisis, shelf.rules)
    for name, alarms in (("both", shelf.answers().is_crisis), ("patterns alone", lambda text: bool(patterns(text)))):
        lines = [f"== {name}", *table(counted(alarms))]
        sys.stdout.write("\n".join(line.rstrip() for line in lines) + "\n")


if __name__ == "__main__":
    main()
