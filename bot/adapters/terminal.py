"""A conversation in the terminal: one line is one message, buttons are numbers."""

from __future__ import annotations

import asyncio
import shutil
import textwrap
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Literal, TextIO
from uuid import uuid4

from bot.adapters.plain import NumberedButtons
from bot.messages import Incoming, Outgoing, Place
from bot.ports import SendFailed, Slip

ELSEWHERE_SECONDS = 600.0  # before looking again whether the right person sits here
WIDTH = 92  # columns; longer lines are hard to read

Respond = Callable[[Incoming], Awaitable[Sequence[Outgoing]]]


class Terminal:
    """One person at one terminal. Also a ``Sender``: what is delivered is printed.

    ``stdin`` ends the conversation at its end. Without a terminal behind it, lines are read one by
    one and answered as plain text.
    """

    def __init__(  # noqa: PLR0913 - each is what makes one person at one terminal
        self,
        who: Literal["member", "officer"],
        person: str,
        address: str,
        clock: Callable[[], datetime],
        stdin: TextIO,
        stdout: TextIO,
        margin: str = "",
        language: str = "en",
    ) -> None:
        """Speak for one person. ``person`` is the pseudonym or officer id, ``address`` where answers go.

        ``margin`` stands before every printed line, where two people share one screen.
        """
        self._who = who
        self._person = person
        self._address = address
        self._clock = clock
        self._stdin = stdin
        self._stdout = stdout
        self._margin = margin
        self._language = language
        self._buttons = NumberedButtons()
        self.is_interactive = stdin.isatty()

    async def run(self, respond: Respond, after: Callable[[], Awaitable[object]]) -> None:
        """Answer line by line until the input ends; ``after`` runs once each message is answered."""
        await self.take(None, respond, after)
        lines = self._lines()
        while True:
            if self.is_interactive:
                self._stdout.write("\n> ")
                self._stdout.flush()
            line = await lines.get()
            if line is None:
                break
            await self.take(line.rstrip("\r\n"), respond, after)
        if self.is_interactive:
            self.say("")

    async def take(self, line: str | None, respond: Respond, after: Callable[[], Awaitable[object]]) -> None:
        """Take one line as one message (None: the chat was only opened) and print what is answered."""
        self._buttons.turn()
        said = self._incoming(line)
        self._print(await respond(said))
        await after()

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Print a delivery; what was printed before stays as it was. Somebody else's waits for their terminal."""
        if slip is not None and slip.instead is not None:
            return slip.instead
        if self._who == "member" and address != self._address:
            raise SendFailed("another terminal", wait=ELSEWHERE_SECONDS)
        self._print((message,))
        return None if slip is None else slip.mark

    async def find(self, address: str, slip: Slip, since: datetime) -> None:
        """Find nothing: what was printed cannot be looked up."""

    def see(self, before: Terminal) -> None:
        """Go on where another terminal left off: its buttons are still on the screen."""
        self._buttons = before._buttons

    def say(self, text: str) -> None:
        """Print a line of the program's own, such as how to leave."""
        self._write([text])

    def _incoming(self, line: str | None) -> Incoming:
        pressed = None if line is None else self._buttons.pressed(line)
        place = Place("chat", self._person) if self._who == "member" else Place("channel", "cases")
        return Incoming(
            id=uuid4().hex,
            who=self._who,
            person=self._person,
            place=place,
            at=self._clock(),
            adapter="terminal",
            address=self._address,
            language=self._language,
            text=None if pressed else line,
            pressed=pressed,
        )

    def _print(self, messages: Sequence[Outgoing]) -> None:
        for message in messages:
            lines = [*self._wrapped(message.text), *self._buttons.lines(message)]
            if lines:
                self._write([*lines, ""] if self.is_interactive else lines)

    def _wrapped(self, text: str) -> list[str]:
        if not text:
            return []
        if not self.is_interactive:
            return text.split("\n")
        width = min(WIDTH, shutil.get_terminal_size().columns)
        return [part for line in text.split("\n") for part in textwrap.wrap(line, width) or [""]]

    def _write(self, lines: Sequence[str]) -> None:
        self._stdout.write("".join(f"{self._margin}{line}".rstrip() + "\n" for line in lines))
        self._stdout.flush()

    def _lines(self) -> asyncio.Queue[str | None]:
        """Read lines in a thread of its own, so that deliveries can be printed while nobody types."""
        found: asyncio.Queue[str | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def put(line: str | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(found.put_nowait, line)

        def read() -> None:
            for line in self._stdin:
                put(line)
            put(None)

        threading.Thread(target=read, name="terminal", daemon=True).start()
        return found
