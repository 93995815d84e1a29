"""Buttons where there are none: a numbered list to read, and typed numbers or labels as presses."""

from __future__ import annotations

import re

from bot.messages import Outgoing, Shown

GONE = "gone:"  # what a button that is not shown any more says; it belongs to nothing
MARKS = re.compile(r"^\((x| )\)\s*")


class NumberedButtons:
    """The buttons last shown in one chat. They hold until others are shown."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._shown: list[Shown] = []
        self._is_stale = True

    def turn(self) -> None:
        """Say that what is shown next belongs to a new turn: its buttons replace the old ones."""
        self._is_stale = True

    def lines(self, message: Outgoing) -> list[str]:
        """Return a message's buttons as numbered lines, counted on within one turn."""
        if message.buttons and self._is_stale:
            self._shown = []
            self._is_stale = False
        lines = []
        for button in message.buttons:
            self._shown.append(button)
            end = f": {button.link}" if button.link else ""
            lines.append(f"  [{len(self._shown)}] {button.label}{end}")
        return lines

    def pressed(self, words: str) -> str | None:
        """Return what is pressed when somebody types a button's number or its label, else None."""
        said = words.strip().strip("[]")
        is_label = words.strip().startswith("[") and words.strip().endswith("]")
        if said.isascii() and said.isdigit():
            place = int(said[:4])
            return self._shown[place - 1].pressed if 1 <= place <= len(self._shown) else None
        wanted = _bare(said)
        found = (button.pressed for button in self._shown if wanted and _bare(button.label) == wanted)
        return next(found, GONE if is_label else None)


def _bare(label: str) -> str:
    return MARKS.sub("", label.strip()).rstrip(".!?").casefold()
