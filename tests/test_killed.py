"""A report survives kill -9 between every two messages: exactly one report, one receipt, one case."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.playing import KEY

PATIENCE = 60.0  # seconds for one message on a busy machine
LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"
QUICK = (
    (f"/report {LINK}", "in danger right now"),
    ("no", "under 18"),
    ("no", "paste the link, or write it, once more"),
    (LINK, "What is it mostly?"),
    ("mockery", "what did it say?"),
    ("no violation", "Ready to send"),
    ("send", "Your receipt"),
)
EVERY = (
    ("/report", "in danger right now"),
    ("no", "under 18"),
    ("no", "Tell me what happened"),
    ("it began in class on friday", "I'm listening"),
    ("and by monday the whole year had it", ""),
    ("that is all", "Which platform"),
    ("instagram", "What is it mostly?"),
    ("mockery and threat", "what did it say?"),
    ("no answer", "Ready to send"),
    ("add more", "Paste the link"),
    ("https://www.instagram.com/p/Csample00001/", "Which account posted it?"),
    ("@corridor.video", "Are there hashtags?"),
    ("#corridor", "Who is it about?"),
    ("me", "What is the role"),
    ("teacher", "Who do you think posted it?"),
    ("pupil", "When did you first see it?"),
    ("yesterday", "How was the platform told?"),
    ("app", "When was the platform told?"),
    ("yesterday", "Is it still there?"),
    ("yes", "Where is the school?"),
    ("wales", "Which county or city?"),
    ("gwynedd", "What kind of school"),
    ("secondary", "What would help you most?"),
    ("removal", "What may an officer call you?"),
    ("skip", "officer at your own school"),
    ("no", "Ready to send"),
    ("An officer may write to me here", "(x) An officer may write"),
    ("Tell me what becomes of it", "(x) Tell me"),
    ("send", "Your receipt"),
)


@dataclass
class Killed:
    """``steward chat`` in one folder, a new process for each message, each ended with kill -9."""

    folder: Path
    shown: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Return what a process of an operator would have, and nothing of this test's."""
        root = str(Path(__file__).resolve().parent.parent)
        return {"PATH": os.environ["PATH"], "PYTHONPATH": root, "STEWARD_KEY": KEY, "PYTHONUNBUFFERED": "1"}

    def tell(self, line: str, expected: str) -> str:
        """Say one line; kill the process once what is expected is shown (or, if nothing is, kept)."""
        heard = self.heard()
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            cwd=self.folder, env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            os.set_blocking(process.stdout.fileno(), False)
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
            said = ""
            deadline = time.monotonic() + PATIENCE
            while self.heard() == heard or expected not in said:
                assert time.monotonic() < deadline, (line, expected, said)
                time.sleep(0.02)  # another process: there is nothing to wait on but what it wrote
                said += (process.stdout.read() or b"").decode()
            process.kill()
        self.shown.append(said)
        return said

    def heard(self) -> int:
        """Return how many messages are committed."""
        return self.count("seen")

    def count(self, table: str, where: str = "1=1") -> int:
        """Count rows of the real file."""
        file = self.folder / "data" / "steward.db"
        if not file.exists():
            return 0
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            try:
                return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608 - our own names
            except sqlite3.OperationalError:  # the first process has not made its tables yet
                return 0


def _one_of_each(killed: Killed) -> None:
    last = killed.tell("status", "You have sent one report")
    receipts = set(re.findall(r"STW-[0-9A-Z]{4}-[0-9A-Z]{4}", "".join(killed.shown)))
    assert len(receipts) == 1, receipts
    assert killed.count("report") == 1
    assert killed.count("case_") == 1
    assert killed.count("delivery", "key LIKE 'receipt:%'") == 1
    assert killed.count("delivery", "key LIKE 'card:%'") == 1
    assert "You have sent one report" in last


def test_the_quick_way_survives_kill_9_between_every_two_messages(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    for line, expected in QUICK:
        killed.tell(line, expected)
    _one_of_each(killed)


def test_every_question_survives_kill_9_between_every_two_messages(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    for line, expected in EVERY:
        killed.tell(line, expected)
    _one_of_each(killed)
    opened = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--officer"],
        cwd=tmp_path, env=killed.environment(), input=b"open 1\n", capture_output=True, timeout=PATIENCE, check=True,
    ).stdout.decode()  # fmt: skip
    for told in (
        "it began in class on friday and by monday the whole year had it",
        "Csample00001",
        "#corridor",
        "gwynedd",
        "Wales",
        "Secondary",
        "Pupil",
    ):
        assert told.casefold() in opened.casefold(), told


def test_two_lines_through_a_pipe_on_an_empty_folder_are_both_answered(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        cwd=tmp_path, env=environment, capture_output=True, timeout=PATIENCE, check=True,
        input=b"someone made a fake account of me on tiktok\n/report\n",
    )  # fmt: skip
    shown = done.stdout.decode()
    answer, _, report = shown.partition("Thank you for telling us.")
    assert "TikTok" in answer
    assert "Sample guidance, checked" in answer
    assert "[1] No" in report
    assert "in danger right now" in report
    assert b"Traceback" not in done.stderr
