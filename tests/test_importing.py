"""`steward import` with real files: checked first, written whole, twice is once, and nothing said is repeated."""

from __future__ import annotations

import csv
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import now
from bot.importing import LISTED, import_file
from tests.playing import KEY, Playing, settings_in

LINK = "https://www.tiktok.com/@9b.bantz/video/7030000000000000000"
GOOD = {"platform": "tiktok", "kinds": "mockery", "platform_reply": "none", "shows_child": "no"}
CANARY = "canary-7f3a"


def file_of(folder: Path, rows: Sequence[Mapping[str, str]], name: str = "past.csv") -> Path:
    """Write a file as Excel does: with a mark in front and semicolons."""
    path = folder / name
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.DictWriter(out, columns, delimiter=";", lineterminator="\r\n")
        table.writeheader()
        table.writerows(rows)
    return path


async def imported(folder: Path, path: Path, *, as_new: bool = False, yes: bool = True) -> tuple[int, str]:
    """Import a file and return the exit code and what was printed."""
    out = StringIO()
    code = await import_file(settings_in(folder), path, out, as_new=as_new, yes=yes)
    return code, out.getvalue()


async def kept(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    """Return what a statement reads of the database."""
    house = await Playing(settings_in(folder), at=now(), keeps=True).house()
    with house.store._database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


@pytest.fixture
async def playing(tmp_path: Path) -> Any:  # noqa: ANN401 - a generator of one
    """People and a house after the import."""
    one = Playing(settings_in(tmp_path), at=now(), keeps=True)
    yield one
    await one.close()


async def rows(playing: Playing, table: str) -> int:
    """Count the rows of a table."""
    house = await playing.house()
    with house.store._database.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 - our own names


async def test_a_dry_run_writes_nothing_and_says_how_to_go_on(tmp_path: Path, playing: Playing) -> None:
    path = file_of(tmp_path, [GOOD, {**GOOD, "at": "20/11/2026"}])
    code, said = await imported(tmp_path, path, yes=False)
    assert code == 0
    assert "2 reports would be imported. Nothing is written yet. To do it: steward import" in said
    assert "1 report without a day" in said
    assert await rows(playing, "report") == 0


async def test_imported_reports_count_and_make_items_but_no_news(tmp_path: Path, playing: Playing) -> None:
    week_ago = f"{now() - timedelta(days=7):%Y-%m-%d}"
    people = [{**GOOD, "member": f"m{n}", "links": LINK, "at": week_ago, "keep_me_posted": "yes"} for n in range(6)]
    assert await imported(tmp_path, file_of(tmp_path, people)) == (0, "6 reports imported.\n")
    assert [await rows(playing, table) for table in ("report", "item", "delivery", "case_")] == [6, 1, 0, 1]
    assert "No case is waiting" in await playing.officer_says("cases")
    for number in ("1", "-1", "0"):
        assert "Case" not in await playing.officer_says(f"open {number}")
    house = await playing.house()
    (cell,) = await house.store.cells(now() - timedelta(days=14), now(), "platform")
    assert (cell.of, cell.count.n, cell.count.members) == (("tiktok",), 6, 6)
    assert await house.store.since() < now() - timedelta(days=6)
    assert "open 0 cases" not in str(await house.store.waiting())


async def test_a_member_who_reports_the_same_post_later_opens_a_case_of_its_own(
    tmp_path: Path, playing: Playing
) -> None:
    await imported(tmp_path, file_of(tmp_path, [{**GOOD, "links": LINK, "may_pass_on": "yes"}]))
    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no violation", "send"])
    assert "Case 1 · TikTok" in playing.officers.getvalue()
    assert "1 report" in playing.officers.getvalue()
    assert await rows(playing, "item") == 1
    await playing.say(["/forgetme", "[Yes, erase everything]"])
    assert [await rows(playing, table) for table in ("report", "item", "case_")] == [1, 1, 1]


async def test_the_same_file_twice_is_once_and_rows_that_say_the_same_are_two(tmp_path: Path, playing: Playing) -> None:
    path = file_of(tmp_path, [GOOD, GOOD, {**GOOD, "member": "m1"}])
    assert "3 reports imported." in (await imported(tmp_path, path))[1]
    assert "0 reports imported. 3 were here already." in (await imported(tmp_path, path))[1]
    longer = file_of(tmp_path, [{**GOOD, "kinds": "hate"}, GOOD, GOOD, {**GOOD, "member": "m1"}], "longer.csv")
    assert "1 report would be imported. 3 were here already." in (await imported(tmp_path, longer, yes=False))[1]
    assert "1 report imported. 3 were here already." in (await imported(tmp_path, longer))[1]
    assert await rows(playing, "report") == 4


async def test_without_a_column_the_file_is_one_member_and_names_are_hashed(tmp_path: Path, playing: Playing) -> None:
    await imported(tmp_path, file_of(tmp_path, [{**GOOD, "kinds": kind} for kind in ("hate", "threat")]))
    named = [{**GOOD, "member": CANARY, "what_happened": CANARY}, {**GOOD, "member": "another"}]
    await imported(tmp_path, file_of(tmp_path, named, "named.csv"))
    house = await playing.house()
    (cell,) = await house.store.cells(now() - timedelta(days=1), now() + timedelta(days=1))
    assert (cell.count.n, cell.count.members) == (4, 3)
    await playing.close()
    held = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir() if file.is_file())
    assert CANARY.encode() not in held


async def test_one_wrong_row_and_nothing_is_written(tmp_path: Path, playing: Playing) -> None:
    wrong = [{**GOOD, "platform": CANARY} for _ in range(LISTED + 5)]
    code, said = await imported(tmp_path, file_of(tmp_path, [GOOD, *wrong]))
    assert code == 2
    assert said.startswith("Row 3, platform: It is none of the words for this. Write tiktok, ")
    assert "... and 5 more.\nNothing was written." in said
    assert said.count("\n") == LISTED + 2
    assert CANARY not in said
    assert await rows(playing, "report") == 0


async def test_rows_about_a_child_are_named_by_number_and_never_kept(tmp_path: Path, playing: Playing) -> None:
    child = {**GOOD, "shows_child": "yes", "what_happened": CANARY, "links": f"https://x.com/{CANARY}/status/1"}
    code, said = await imported(tmp_path, file_of(tmp_path, [GOOD, child, {**child, "shows_child": "not sure"}]))
    assert code == 0
    assert "a child may be shown: row 3, 4." in said
    assert "1 report imported." in said
    assert CANARY not in said
    assert [await rows(playing, table) for table in ("report", "item")] == [1, 0]


async def test_as_new_they_have_cases_and_cards(tmp_path: Path, playing: Playing) -> None:
    people = [{**GOOD, "member": f"m{n}", "links": LINK, "in_danger": "yes"} for n in range(2)]
    code, said = await imported(tmp_path, file_of(tmp_path, people), as_new=True)
    assert code == 0
    assert "officers get a card" in said
    shown = await playing.officer_says("cases")
    assert "URGENT · Case 1 · TikTok · Mocking · platform: No answer · 2 reports" in shown
    playing.at = now() + timedelta(minutes=1)
    await playing.says("/help")  # what waits goes out
    assert "+ one more report, now 2" in shown + playing.officers.getvalue()
    assert [await rows(playing, f"report WHERE imported = {one}") for one in ("true", "false")] == [0, 2]


async def test_they_fade_a_year_after_they_came_in_and_what_is_counted_stays(tmp_path: Path, playing: Playing) -> None:
    await imported(tmp_path, file_of(tmp_path, [{**GOOD, "links": LINK}]))
    house = await playing.house()
    await house.store.sweep(now() + timedelta(days=364))
    assert await rows(playing, "report WHERE sealed IS NOT NULL") == 1
    await house.store.sweep(now() + timedelta(days=366))
    assert await rows(playing, "report WHERE sealed IS NOT NULL OR member IS NOT NULL") == 0
    assert await rows(playing, "report") == 1
    assert await rows(playing, "item WHERE sealed IS NOT NULL") == 0


def some_there(path: Path) -> bool:
    """Whether reports are in a database that another process is writing."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as connection:
        try:
            return bool(connection.execute("SELECT 1 FROM report LIMIT 1").fetchone())
        except sqlite3.OperationalError:  # its tables are still being made
            return False


def test_a_killed_import_can_be_run_again_to_its_end(tmp_path: Path) -> None:
    many = 9_000  # several pages, and read by several processes
    path = file_of(
        tmp_path, [{**GOOD, "member": f"m{n}", "hashtags": f"tag{n}", "at": f"{now():%Y-%m-%d}"} for n in range(many)]
    )
    command = [sys.executable, "-m", "bot", "import", path.name, "--yes"]
    environment = {"PATH": "", "PYTHONPATH": str(Path(__file__).parent.parent), "STEWARD_KEY": KEY}
    first = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not some_there(tmp_path / "data" / "steward.db"):
        assert time.monotonic() < deadline, "nothing was written"
        time.sleep(0.02)  # another process: there is nothing to wait on but what it wrote
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=60)
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, text=True)
    count, _, rest = done.stdout.partition(" report")
    assert int(count.replace(",", "")) < many, "nothing was there when it was killed"
    again = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, text=True)
    assert again.stdout == f"0 reports imported. {many:,} were here already.\n"
    assert "were here already" in rest
    assert done.stderr == again.stderr == ""


def test_a_file_that_is_not_utf_8_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_bytes("platform,what_happened\ntiktok,caf\xe9\n".encode("latin-1"))
    environment = {"PATH": "", "PYTHONPATH": str(Path(__file__).parent.parent), "STEWARD_KEY": KEY}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", path.name],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b'save it as "CSV UTF-8"' in done.stdout
    assert done.stderr == b""
