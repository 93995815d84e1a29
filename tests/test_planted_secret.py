"""A secret planted in a member's words is in no log line, no repr, no traceback and no byte of any file."""

from __future__ import annotations

import logging
import shutil
import traceback
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.app import Steward, opened
from bot.changes import ReportSent
from bot.conversation.form import SoFar
from bot.conversation.turn import Conversation, Turn
from bot.messages import Delivery, Incoming, Outgoing, Place, Reply, Text
from bot.ports import SendFailed, Slip
from bot.records import CaseFile, Due, Filed, Member, OwnReport, Situation
from bot.settings import Settings
from handlers.incident import IncidentReport
from handlers.person import PersonCall
from tests.hearing import answered, fill, heard
from tests.playing import KEY, Playing, settings_in

SECRET = "Zyxquill"
LINK = f"https://www.tiktok.com/@{SECRET}/video/7030000000000000000"
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass
class Overheard:
    """Everything a developer or operator could read: log lines of both kinds, and standard error."""

    lines: list[str] = field(default_factory=list)

    def structured(self, _logger: object, _name: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
        """Note one structured line and go on."""
        self.lines.append(repr(dict(event)))
        return event


class _Handler(logging.Handler):
    def __init__(self, overheard: Overheard) -> None:
        super().__init__(logging.DEBUG)
        self._overheard = overheard
        self.setFormatter(logging.Formatter("%(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self._overheard.lines.append(self.format(record))


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Overheard]:
    """Listen to structlog, logging (down to debug) and standard error; check at the end."""
    one = Overheard()
    handler = _Handler(one)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    configure = structlog.configure

    def listening(**values: object) -> None:
        values |= {"processors": [one.structured, structlog.processors.KeyValueRenderer()]}
        values |= {
            "wrapper_class": structlog.make_filtering_bound_logger(logging.DEBUG),
            "cache_logger_on_first_use": False,
        }
        configure(**values)  # type: ignore[arg-type]  # handed on by name

    monkeypatch.setattr(structlog, "configure", listening)
    yield one
    root.removeHandler(handler)
    root.setLevel(before)
    structlog.reset_defaults()
    one.lines.append(capsys.readouterr().err)
    assert SECRET.casefold() not in "\n".join(one.lines).casefold()


@pytest.fixture
async def playing(tmp_path: Path, overheard: Overheard) -> AsyncIterator[Playing]:
    """One house that stays open, overheard."""
    del overheard
    one = Playing(settings_in(tmp_path), keeps=True)
    yield one
    await one.close()


EVERYWHERE = (
    f"what about {SECRET} on tiktok",
    f"/{SECRET}",
    f"/report {LINK} {SECRET} did it in the corridor today",
    "no",
    "no",
    "that is all",
    f"{SECRET} is no answer here",
    "mockery",
    "no violation",
    "add more",
    f"@{SECRET}",
    f"#{SECRET}",
    "me",
    "teacher",
    "skip",
    f"on {SECRET}",
    "skip",
    "skip",
    "skip",
    "skip",
    "skip",
    SECRET,
    "skip",
    "skip",
    SECRET,
    "no",
    "send",
    "talk to a person",
    f"about {SECRET}",
    "yes",
    "send",
    "/report",
    "no",
    "no",
    f"a draft about {SECRET}",
    "status",
    f"not a thing {SECRET}",
    "/privacy",
    "/mydata",
)


async def _told(playing: Playing) -> str:
    shown = [await playing.says(line, SECRET) for line in EVERYWHERE]
    return "\n".join(shown)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _in_files(folder: Path) -> list[str]:
    forms = {SECRET, SECRET.casefold(), SECRET.upper()}
    wanted = [*(one.encode() for one in forms), *(one.encode("utf-16-le") for one in forms)]
    return [name for name, held in _files(folder).items() if any(one in held for one in wanted)]


async def test_it_is_in_no_file_while_open_or_closed(tmp_path: Path, playing: Playing) -> None:
    shown = await _told(playing)
    assert shown.count("Your receipt") == 2
    assert SECRET in shown
    assert f"a draft about {SECRET}" in await playing.says("/mydata", SECRET)
    assert any(name.endswith("-wal") for name in _files(tmp_path))
    assert _in_files(tmp_path) == []
    house = await playing.house()
    playing.at += timedelta(days=4)
    await house.rounds()
    assert SECRET in await playing.officer_says("open 1")
    await playing.close()
    assert len(_files(tmp_path)) >= 2
    assert _in_files(tmp_path) == []


async def test_it_is_in_no_card_and_no_line_officers_get_unopened(playing: Playing) -> None:
    await _told(playing)
    shown = playing.officers.getvalue() + await playing.officer_says("cases")
    assert "Case 1" in shown
    assert SECRET.casefold() not in shown.casefold()


async def test_no_repr_tells_it(playing: Playing) -> None:
    await _told(playing)
    house = await playing.house()
    said = heard(house, "1", SECRET, text=SECRET, pressed=SECRET)
    situation = await house.store.situation(said)
    turn = await house.router.members(said, situation, house.router.desk)
    own = await house.store.own_reports(said.person)
    file = await house.store.case(1)
    reply = Reply("words", {"words": SECRET})
    now = playing.clock()
    assert own
    assert file
    assert SECRET in str(file.reports)
    answers = own[0].answers
    things: Sequence[object] = (
        said, situation, situation.conversations, turn, own, file, file.card, reply, Text("words", {"words": SECRET}),
        Delivery("key", Place("chat", said.person), reply, now),
        Due("key", "terminal", SECRET, "en", reply, 1, repeatable=True),
        ReportSent("id", answers), Filed(file.card, "id", is_new_case=True),
        Outgoing(SECRET), SoFar({"what_happened": SECRET}), SendFailed("OSError"),
        Turn(Conversation(id="A", form="report", started=now, answers={"what_happened": SECRET}), replies=(reply,)),
        playing.settings, house.router.desk.held, house.store, house.shelf, house.deliveries,
    )  # fmt: skip
    kinds = (Incoming, Situation, OwnReport, CaseFile, Member)
    assert all(any(isinstance(one, kind) for one in (*things, *own, situation.member)) for kind in kinds)
    for thing in things:
        assert SECRET not in repr(thing), type(thing).__name__
        assert SECRET not in str(thing), type(thing).__name__
        assert KEY not in repr(thing), type(thing).__name__


async def test_no_repr_of_a_finished_form_tells_it() -> None:
    form = IncidentReport(
        in_danger=False, shows_child="no", platform="tiktok", kinds=("mockery",), platform_reply="none",
        links=(LINK,), what_happened=SECRET, contact_name=SECRET, accounts=(SECRET,), region=SECRET,
    )  # fmt: skip
    call = PersonCall(about=SECRET, may_contact=True)
    for one in (form, call):
        assert SECRET not in repr(one)
        assert SECRET not in str(one)
        assert SECRET not in repr(Turn(finished=one))


async def test_a_wrong_answer_in_a_form_is_not_quoted_by_its_error() -> None:
    with pytest.raises(ValueError, match="IncidentReport") as caught:
        IncidentReport.model_validate(
            {"kinds": SECRET, "platform": SECRET, "in_danger": SECRET, "links": [SECRET] * 99}
        )
    assert SECRET not in str(caught.value)


async def test_a_full_disk_does_not_tell_it(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "no"], SECRET)
    house = await playing.house()
    await fill(house.store)
    shown = ""
    for number in range(3):
        said = heard(house, f"full {number}", SECRET, text=f"{SECRET} told " + f"{SECRET} more " * 400)
        shown += await answered(house, said)
    assert "could not keep" in shown
    situation = await house.store.situation(heard(house, "x", SECRET, text=SECRET))
    said = heard(house, "y", SECRET, text=f"{SECRET} " * 900)
    turn = await house.router.members(said, situation, house.router.desk)
    with pytest.raises(Exception, match="No space left") as caught:
        await house.store.commit(said, situation, turn)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_sender_that_quotes_what_it_could_not_send_does_not_tell_it(playing: Playing) -> None:
    class Quoting:
        async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
            raise RuntimeError(f"{address}: {message.text} {SECRET} {slip}")

        async def find(self, address: str, slip: Slip, since: datetime) -> None:
            """Find nothing."""

    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no answer"], SECRET)
    house = await playing.house()
    house.senders["terminal"] = house.senders["officers"] = Quoting()
    await house.respond(heard(house, "send", SECRET, text="send"))
    await house.drain()
    with house.store._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT key, last_error FROM delivery").all()
    assert {row.last_error for row in rows} == {"RuntimeError"}
    assert SECRET not in repr(rows)


async def test_errors_of_our_own_do_not_tell_it(playing: Playing, overheard: Overheard) -> None:
    house = await playing.house()

    def quoting(*_: object, **__: object) -> Reply:
        raise ValueError(f"cannot read {SECRET}")

    broken = replace(house, router=replace(house.router, desk=replace(house.router.desk, answerer=quoting)))  # type: ignore[arg-type]  # handed on by name
    shown = await answered(broken, heard(house, "1", SECRET, text=f"who is {SECRET}"))
    assert "Something went wrong on our side" in shown
    assert SECRET not in shown
    assert any("ValueError" in line for line in overheard.lines)


async def test_content_that_breaks_while_open_does_not_tell_it(tmp_path: Path, overheard: Overheard) -> None:
    content = Path(shutil.copytree(CHECKOUT / "content", tmp_path / "content"))
    settings: Settings = settings_in(tmp_path, content_dir=content)
    playing = Playing(settings, keeps=True)
    async with opened(settings, "chat", clock=playing.clock) as house:
        texts = (content / "strings" / "en.ftl").read_text("utf-8")
        (content / "strings" / "en.ftl").write_text(texts.replace("hand-over =", "handed-over ="))
    async with opened(settings, "chat", clock=playing.clock) as house:
        shown = await _with_broken_strings(house)
    assert SECRET not in shown
    assert overheard.lines
    assert _in_files(tmp_path) == []


async def _with_broken_strings(house: Steward) -> str:
    printed = StringIO()
    terminal = house.member(SECRET, stdin=StringIO(), stdout=printed)
    house.senders["terminal"] = terminal
    for line in (f"what is the weather like in {SECRET}", f"/report {LINK}", "no", "no"):
        await terminal.take(line, house.respond, house.drain)
    return printed.getvalue().replace("@" + SECRET, "")
