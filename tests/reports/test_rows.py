"""A table of the past is read as the form reads a member; what is wrong is named by row and column, never repeated."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.links import Links
from bot.reports.platforms import Rules
from bot.reports.rows import Refused, Reported, RowReader
from bot.reports.tables import Fault, Row, rows
from handlers.incident import IncidentReport
from tests.conftest import CHECKOUT

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
LINKS = Links(Rules.parse((CHECKOUT / "content" / "platforms.toml").read_text("utf-8")))
READER = RowReader(IncidentReport, LINKS.read, NOW, ZoneInfo("Europe/London"))
GOOD = {"platform": "tiktok", "kinds": "mockery", "platform_reply": "none", "shows_child": "no"}
CANARY = "canary-7f3a"


def read(**cells: object) -> Reported | Refused | list[Fault]:
    """Read one row with these cells beside the needed ones."""
    return READER.read(Row(2, {**GOOD, **cells}))  # type: ignore[dict-item]  # cells of a test


def told(**cells: object) -> Reported:
    """Read one good row."""
    found = read(**cells)
    assert isinstance(found, Reported), found
    return found


def table(text: str) -> list[Row | Fault]:
    """Read a table with the form's columns."""
    return list(rows(io.StringIO(text, newline=""), READER.columns))


def test_the_columns_are_the_fields_of_the_form_and_who_and_when() -> None:
    assert set(READER.columns) == {*IncidentReport.model_fields, "member", "at"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_of_three_separators_does(separator: str) -> None:
    text = f'Platform{separator}what happened\r\ntiktok{separator}"two\r\nlines"\r\n\r\n'
    assert table(text) == [Row(2, {"platform": "tiktok", "what_happened": "two\r\nlines"})]


@pytest.mark.parametrize(("cell", "day"), [("2026-11-20", 20), ("20/11/2026", 20), ("20.11.2026", 20)])
def test_days_are_read_as_they_are_and_as_excel_writes_them(cell: str, day: int) -> None:
    assert told(seen_on=cell).answers["seen_on"] == f"2026-11-{day}"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-06-01", "2026-06-01T11:00:00+00:00"),
        ("01/06/2026 9:05", "2026-06-01T08:05:00+00:00"),
        ("2026-06-01T22:10:00Z", "2026-06-01T22:10:00+00:00"),
        ("2026-11-26", "2026-11-26T12:00:00+00:00"),
    ],
)
def test_when_it_was_sent_may_be_a_day_or_a_time(cell: str, moment: str) -> None:
    at = told(at=cell).at
    assert at is not None
    assert at.astimezone(UTC).isoformat() == moment


def test_what_the_form_knows_by_itself_need_not_be_said() -> None:
    link = "https://www.tiktok.com/@a.b/video/7030000000000000000?_r=1"
    found = told(platform="", links=link, kinds="threat; hate", platform_reply="", reported_to_platform="no")
    assert found.answers["platform"] == "tiktok"
    assert found.answers["kinds"] == ["threat", "hate"]
    assert found.answers["platform_reply"] == "not_reported"
    assert [one.canonical for one in found.links] == ["https://tiktok.com/@/video/7030000000000000000"]
    assert told().answers["reported_to_platform"] is True


@pytest.mark.parametrize("child", ["yes", "Yes", "not_sure", "not sure", "true", True])
def test_a_row_that_may_show_a_child_is_refused_unread(child: object) -> None:
    assert read(shows_child=child, kinds="no such kind", what_happened=CANARY) == Refused(2)


@pytest.mark.parametrize("child", ["", "perhaps", None])
def test_whether_a_child_is_shown_must_be_said(child: object) -> None:
    (fault,) = read(shows_child=child)  # type: ignore[misc]  # a list of faults
    assert fault.column == "shows_child"


@pytest.mark.parametrize(
    ("column", "cell", "mend"),
    [
        ("platform", CANARY, "tiktok, instagram"),
        ("kinds", f"mockery, {CANARY}", "impersonation, allegation"),
        ("platform_reply", "", "not_reported, none"),
        ("still_online", CANARY, "yes, no or unknown"),
        ("may_contact", CANARY, "yes or no"),
        ("seen_on", "31/02/2026", "2026-11-20 or 20/11/2026"),
        ("seen_on", "2027-01-01", "future"),
        ("at", "1999-01-01", "before"),
        ("links", f"http//{CANARY}", "whole addresses"),
        ("links", " ".join(f"https://x.com/a/status/{n}" for n in range(1000000001, 1000000012)), "too many"),
        ("what_happened", CANARY * 400, "4000 characters"),
        ("contact_name", CANARY * 20, "200 characters"),
    ],
)
def test_a_fault_names_the_column_and_the_way_to_mend_it_and_not_the_cell(column: str, cell: str, mend: str) -> None:
    (fault,) = read(**{column: cell})  # type: ignore[misc]  # a list of faults
    assert (fault.row, fault.column) == (2, column)
    assert mend in fault.what
    assert CANARY not in repr(fault)


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    found = read(platform="nowhere", kinds="", seen_on="soon", shows_child="")
    assert isinstance(found, list)
    assert {fault.column for fault in found} == {"platform", "kinds", "seen_on", "shows_child"}


@pytest.mark.parametrize(
    ("text", "row", "column", "mend"),
    [
        ("", 0, "", "empty"),
        ("plattform,kinds\n", 1, "plattform", '"platform"'),
        ("kinds,weather today\n", 1, "weather_today", "use one of"),
        ("kinds,Kinds\n", 1, "kinds", "Two columns"),
        ("kinds\nthreat,hate\n", 2, "", "more cells"),
        ('kinds,platform\n"threat,tiktok\n', 2, "", "quotes"),
        ('{"kinds": ["threat"]}\nhello\n', 2, "", "JSON"),
        ('{"kinds": ["threat"]}\n{"kind": 1}\n', 2, "kind", '"kinds"'),
    ],
)
def test_a_table_that_is_none_says_where(text: str, row: int, column: str, mend: str) -> None:
    fault = next(one for one in table(text) if isinstance(one, Fault))
    assert (fault.row, fault.column) == (row, column)
    assert mend in fault.what


def test_lines_of_json_hold_lists_and_truths() -> None:
    line = {**GOOD, "kinds": ["threat", "hate"], "may_pass_on": True, "shows_child": False, "hashtags": None}
    (row,) = table(f"{json.dumps(line)}\n")
    assert isinstance(row, Row)
    found = READER.read(row)
    assert isinstance(found, Reported)
    assert (found.answers["kinds"], found.answers["may_pass_on"]) == (["threat", "hate"], True)


@given(st.dictionaries(st.sampled_from(READER.columns), st.text(max_size=60), max_size=8))
def test_no_row_breaks_it_and_no_fault_repeats_a_cell(cells: dict[str, str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, cells)
    writer.writeheader()
    writer.writerow(cells)
    for row in table(out.getvalue()) if cells else []:
        found = [row] if isinstance(row, Fault) else READER.read(row)
        if isinstance(found, list):
            assert all(f"{CANARY}{fault.what}" and fault.row for fault in found)
