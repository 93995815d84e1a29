"""A simulated term: 400 members, 1,500 reports on 300 items, 60 days of check-ins with restarts and outages."""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Row, create_engine, select

from bot.delivery import mark
from bot.reports.check_ins import SLOTS
from bot.reports.outcomes import SEEN_BY_ANYBODY, Outcome, news
from bot.storage import schema
from handlers.check_in import WHAT
from tests.term import BEGINS, CALENDAR, DAYS, LONDON, REPORTS, Sent, Term

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the test's own is made in it


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the play writes some 40,000 transactions."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as made:
        yield Path(made)


async def test_a_term_goes_by(folder: Path) -> None:
    term = Term(folder)
    began = time.process_time()
    await term.play()
    print(f"{time.process_time() - began:.0f} s, {len(term.recorder.arrived)} sent, {term.restarts} restarts")
    print(len(term.sent), len(term.planned), len(term.taps), len(term.told))
