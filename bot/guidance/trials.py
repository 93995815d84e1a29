"""A content tried on its own lines: does every article answer them, and how far may the confidence be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.guidance.answer import Answers
from bot.guidance.checks import Finding, Page
from bot.guidance.confidence import Calibration

Z: Final = 1.959964  # the normal quantile of a two-sided 95 % interval


def untrue(pages: Sequence[Page], answers: Answers) -> Iterator[Finding]:
    """Find asked lines that their own article does not answer; a crisis comes first and is no fault."""
    for page in pages:
        for line in page.article.asked if page.article.answers else ():
            found = answers.answer(line, language=page.article.language)
            first = found.candidates[0].article if found.candidates else ""
            own = first == page.article.slug and found.decision == "answer"
            if own or found.decision == "crisis":
                continue
            what = f'"{line}" is not answered from here but gets {first or "nothing"} ({found.decision})'
            mend = "Say it another way, or take it out of the other article or out of out_of_scope.txt"
            yield page.found(page.line(line), what, mend)


def reliability(calibration: Calibration) -> Iterator[str]:
    """Return the table of how sure the search said it was and how often it was right, and what it does when."""
    if not calibration.table:
        yield "Too few asked lines to learn from: the confidence is the one that came with the program."
    else:
        yield f"{'said':>6}{'lines':>8}{'right':>8}{'share':>8}   95 % interval"
    for row in calibration.table:
        if not row.lines:
            continue
        low, high = wilson(row.right, row.lines)
        share = f"{row.right / row.lines:.0%}"
        yield f"{row.said:6.2f}{row.lines:8d}{row.right:8d}{share:>8}   {low:.0%} to {high:.0%}"
    yield (
        f"It answers from {calibration.answer:.2f} on, offers choices from {calibration.offer:.2f} on, "
        "and below offers a person."
    )


def wilson(right: int, lines: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, from 0 to 1 (Wilson, 1927)."""
    share, spread = right / lines, Z * Z / lines
    middle = share + spread / 2
    reach = Z * (share * (1 - share) / lines + spread / (4 * lines)) ** 0.5
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))
