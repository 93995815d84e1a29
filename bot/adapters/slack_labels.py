"""The buttons each member was last shown, so that a typed label is a press."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from bot.adapters.plain import GONE, NumberedButtons
from bot.messages import Incoming, Outgoing

REMEMBERED = 1_000  # people whose last buttons are held; for others a typed label is read as words, as after a restart


class Labels:
    """What one process remembers of what is on members' screens; nothing is lost when it goes."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._shown: OrderedDict[str, NumberedButtons] = OrderedDict()

    def shown(self, person: str, answers: Sequence[Outgoing]) -> None:
        """Remember the buttons of one turn instead of those before it."""
        if not answers:
            return
        buttons = NumberedButtons()
        for answer in answers:
            buttons.lines(answer)
        self._shown[person] = buttons
        self._shown.move_to_end(person)
        while len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)

    def pressed(self, said: Incoming) -> str | None:
        """Return what a member presses by typing a label. Numbers are words: here no button has one.

        Officers press or say a case's number: "Open" stands under every card.
        """
        words = (said.text or "").strip()
        if (
            not words
            or said.who != "member"
            or said.edits is not None
            or words.strip("[]").isdigit()
            or said.person not in self._shown
        ):
            return None
        pressed = self._shown[said.person].pressed(words)
        return None if not pressed or pressed == GONE else pressed
