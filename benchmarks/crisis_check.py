"""Shows how many crisis sentences the check catches and how many calm ones alarm it, by class, with intervals.

Run it from the checkout: ``python -m benchmarks.crisis_check``. ``tune`` and ``held`` are the halves a hash of the
text chooses: patterns may be mended on misses of ``tune``, those of ``held`` are only counted.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt
from pathlib import Path
from typing import Final

from bot.guidance.crisis import Rules, crisis
from bot.shelf import SHIPPED, Shelf

UNSEEN: Final = Path(__file__).parents[1] / "tests" / "guidance" / "crisis_unseen.tsv"
Z: Final = 1.959964  # 95 %
HALVES: Final = ("tune", "held", "all")
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


def counted(rules: Rules) -> Counts:
    """Return the counts by label, class and half."""
    counts: Counts = defaultdict(Count)
    for line in UNSEEN.read_text("utf-8").splitlines()[1:]:
        text, label, kind, _ = line.split("\t")
        alarmed = crisis(rules, text) is not None
        for part in (half(text), "all"):
            for name in (kind, EVERY):
                counts[label, name, part].alarmed += alarmed
                counts[label, name, part].of += 1
    return counts


def table(counts: Counts) -> Iterator[str]:
    """Yield the table, line by line."""
    for label, what in (("crisis", "caught"), ("calm", "false alarms")):
        yield f"{what:22}" + "".join(f"{part:32}" for part in HALVES)
        for kind in sorted({name for which, name, _ in counts if which == label}):
            yield f"  {kind:20}" + "".join(f"{counts[label, kind, part].shown():32}" for part in HALVES)


def main() -> None:
    """Print the table for the content as shipped."""
    rules = Shelf(SHIPPED, lambda: 0.0).rules
    sys.stdout.write("\n".join(line.rstrip() for line in table(counted(rules))) + "\n")


if __name__ == "__main__":
    main()
