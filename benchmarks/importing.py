"""Measures `steward import` of a large file: the check alone, the import, and the same file once more.

Run it from the checkout: ``python -m benchmarks.importing [ROWS] [--same-links]``. It stops by itself.
On a machine that others use too, seconds of processors tell more than those of the clock.
Each row has a story of 240 characters, a member of 5,000, a day, and a link of its own (or one of 2,000).
"""

from __future__ import annotations

import argparse
import base64
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = "What happened, told in a few sentences as members tell it. " * 4
KINDS = ("mockery", "threat", "impersonation", "mockery, hate")
REPLIES = ("not_reported", "none", "no_violation", "removed")
FIELDS = ("at", "member", "shows_child", "kinds", "platform_reply", "links", "nation", "phase", "what_happened")
NATIONS = ("england", "wales", "scotland", "northern_ireland")
MEMBERS = 5_000
FEW_LINKS = 2_000


def write(file: Path, count: int, links: int) -> None:
    """Write a file of made-up reports of the last months before December 2026."""
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(FIELDS)
        for number in range(count):
            link = f"https://www.tiktok.com/@account.{number % 97}/video/{7030000000000000000 + number % links}?_r=1"
            day = f"2026-{1 + number % 10:02}-{1 + number % 28:02}"
            kinds, reply = KINDS[number % len(KINDS)], REPLIES[number % len(REPLIES)]
            nation = NATIONS[number % len(NATIONS)]
            table.writerow(
                (day, f"m{number % MEMBERS}", "no", kinds, reply, link, nation, "secondary", f"{WORDS}{number}")
            )


def run(folder: Path, *arguments: str) -> None:
    """Run one import and print how long it took and how long its processors were busy."""
    key = base64.urlsafe_b64encode(bytes(range(32))).decode()
    before, spent = time.monotonic(), os.times()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot", "import", "reports.csv", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "STEWARD_KEY": key},
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, now = time.monotonic() - before, os.times()
    processor = now.children_user + now.children_system - spent.children_user - spent.children_system
    what, told = " ".join(arguments) or "check", done.stdout.strip()[-90:]
    sys.stdout.write(f"{what:8} {seconds:6.1f} s, {processor:6.1f} s of processors  {told}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure once and print what each run took, and the most memory any of them used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--same-links", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "reports.csv", wanted.rows, FEW_LINKS if wanted.same_links else wanted.rows)
        for arguments in ((), ("--yes",), ("--yes",)):
            run(folder, *arguments)
    sys.stdout.write(f"peak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB\n")


if __name__ == "__main__":
    main()
