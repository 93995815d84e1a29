"""Whatever is typed, missing or broken: one clear sentence for the right person, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from bot import cli
from bot.app import opened
from bot.messages import Reply
from bot.ports import StorageTrouble
from bot.root_key import new_key
from bot.settings import Settings
from tests.hearing import answered, empty, fill, heard, run
from tests.playing import KEY, Playing, settings_in

CHECKOUT = Path(__file__).resolve().parent.parent
LINK = "https://www.tiktok.com/@some.account/video/7030000000000000000"
TROUBLE = "Something went wrong"
NOT_EXPECTED = "did not expect"
PATIENCE = 60.0  # seconds for a process on a busy machine
ESCAPE = "\x1b[2J\x1b]0;owned\x07\x9b31m\x08"
CONTROLS = {chr(code) for code in (*range(32), *range(127, 160))} - {"\n", "\t"}
OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

ODD = {
    "empty": "",
    "blank": " \t  ",
    "huge": "word " * 200_000,
    "one huge word": "x" * 1_000_000,
    "huge lines": "\n" * 1_000_000,
    "controls": "it \x01\x02\x07\x08 happened \x7f\x9b today in class",
    "nul": "it happened\x00 today in class",
    "escape": f"it happened {ESCAPE} today in class",
    "override": "it happened \u202eyadot\u202c \u2066in\u2069 class today",
    "right to left": "\u0647\u0630\u0627 \u062d\u062f\u062b \u0627\u0644\u064a\u0648\u0645 \u05e9\u05dc\u05d5\u05dd",
    "emoji": "\U0001f62d\U0001f468\u200d\U0001f469\u200d\U0001f467 today \U0001f1ec\U0001f1e7",
    "markup": "<b>it</b> *happened* <!channel> _today_ [x](javascript:x) `code` &amp;",
    "braces": '{ $x } { COMMAND("report") } -term = { "y" }',
    "surrogate": "it happened \ud83d today \udfff in class",
    "combining": "z" + "\u0301" * 5_000,
    "digits of others": "\u0661\u0662\u0663 \u00b2",
    "slash": "/",
    "slash space": "/ report",
    "unknown": "/" + "q" * 5_000,
    "sql": "'; DROP TABLE report; --",
    "percent": "%s %(x)s {0} {x!r}",
}
FULL = "SELECT RAISE(ABORT, 'database or disk is full')"
HALVES = (list(ODD)[::2], list(ODD)[1::2])  # two processes of the tests share the work


@pytest.fixture
async def playing(tmp_path: Path) -> AsyncIterator[Playing]:
    """One house that stays open."""
    one = Playing(settings_in(tmp_path), keeps=True)
    yield one
    await one.close()


def sound(shown: str) -> str:
    """Check that what is shown can be printed, steers no terminal, and is no apology for an error of ours."""
    shown.encode("utf-8")
    assert TROUBLE not in shown
    assert not CONTROLS & set(shown)
    assert not OVERRIDES & set(shown)
    return shown


# --- what is typed ---


async def test_anything_said_outside_a_form_has_an_answer(playing: Playing) -> None:
    house = await playing.house()
    for name, words in ODD.items():
        assert sound(await answered(house, heard(house, name, name, text=words))), name


@pytest.mark.parametrize("names", HALVES, ids=("some", "others"))
async def test_anything_told_in_a_story_is_kept_shown_and_sent(playing: Playing, names: Sequence[str]) -> None:
    house = await playing.house()
    for number, name in enumerate(names, 1):
        await playing.say(["/report", "[No]", "[No]", "it began on friday"], name)
        sound(await answered(house, heard(house, name, name, text=ODD[name])))
        sound(await playing.says("[That is all]", name))
        sound(await playing.say(["tiktok", "mockery", "no answer"], name))
        assert "Your receipt" in sound(await playing.says("send", name)), name
        assert "it began on friday" in sound(await playing.officer_says(f"open {number}")), name
        assert "it began on friday" in sound(await playing.says("/mydata", name)), name
    sound(playing.officers.getvalue())


@pytest.mark.parametrize("names", HALVES, ids=("some", "others"))
async def test_anything_said_with_report_or_as_an_answer_leaves_the_form_whole(
    playing: Playing, names: Sequence[str]
) -> None:
    house = await playing.house()
    for name in names:
        words = ODD[name]
        sound(await answered(house, heard(house, f"{name} 0", name, text=f"/report {LINK} {words}")))
        sound(await answered(house, heard(house, f"{name} 1", name, text=words)))  # only yes or no is an answer here
        sound(await playing.say(["no", "no"], name))
        sound(await answered(house, heard(house, f"{name} 2", name, text=words)))  # where a kind is asked for
        sound(await playing.says("mockery", name))
        sound(await answered(house, heard(house, f"{name} 3", name, text=words)))
        sound(await playing.say(["no violation", "[Add more]"], name))
        for number in range(4, 8):
            sound(await answered(house, heard(house, f"{name} {number}", name, text=words)))
        sound(await playing.says("[That is enough]", name))
        shown = sound(await playing.says("/report", name))
        assert "Ready to send" in shown, (name, shown)
        assert "Your receipt" in await playing.says("send", name), name
    for number in range(1, 1 + len(await house.store.cases())):
        sound(await playing.officer_says(f"open {number}"))


@pytest.mark.parametrize("names", HALVES, ids=("some", "others"))
async def test_anything_pressed_or_edited_changes_nothing(playing: Playing, names: Sequence[str]) -> None:
    house = await playing.house()
    for name in names:
        words = ODD[name]
        await playing.say(["/report", "no"], name)
        (draft,) = (await house.store.situation(heard(house, "x", name))).conversations
        for number, said in enumerate(
            (
                {"pressed": words or "x"},
                {"pressed": f"a:{words}:shows_child:no"},
                {"pressed": f"a:{draft.id}:shows_child:{words}"},
                {"pressed": f"a:{draft.id}:{words}:no"},
                {"pressed": f"a:{draft.id}:contact_name:{words or 'x'}"},
                {"pressed": f"r:correct:{words}"},
                {"pressed": f"t:{words}"},
                {"pressed": f"f:{words}"},
                {"pressed": f"y:{words}"},
                {"pressed": f"do:{words}"},
                {"text": words, "edits": "nothing"},
            )
        ):
            sound(await answered(house, heard(house, f"{name} {number}", name, **said)))
        assert "under 18" in await playing.says("/report", name), name


async def test_a_press_is_never_read_as_words(playing: Playing) -> None:
    house = await playing.house()
    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no answer"])
    (draft,) = (await house.store.situation(heard(house, "x"))).conversations
    for number, question in enumerate(("contact_name", "region", "what_happened", "accounts", "links")):
        for value in ("forged words", "forged"):
            pressed = f"a:{draft.id}:{question}:{value}"
            shown = await answered(house, heard(house, f"{number} {value}", pressed=pressed))
            assert "That button holds no more" in shown, question
            assert "forged" not in shown, question


async def test_anything_an_officer_says_has_an_answer(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "no", "mockery", "no answer", "send"])
    house = await playing.house()
    for name, words in ODD.items():
        for number, said in enumerate(
            ({"text": words}, {"text": f"open {words}"}, {"pressed": words or "x"}, {"pressed": f"c:open:{words}"})
        ):
            officer = replace(heard(house, f"{name} {number}"), who="officer", person="one", **said)  # type: ignore[arg-type]  # handed on by name
            assert sound(await answered(house, officer)), name
    for far in ("9" * 9, "0", "9" * 40, "-1"):
        officer = replace(heard(house, far), who="officer", person="one", pressed=f"c:open:{far}")
        assert "no case" in (shown := sound(await answered(house, officer))) or "did not understand" in shown


async def test_the_longest_story_is_read_whole_by_officer_and_member(playing: Playing) -> None:
    await playing.say(["/report", "no", "no"])
    for piece in range(8):
        await playing.says(f"part {piece} " + "word " * 97)
    await playing.say(["that is all", "tiktok", "mockery", "no answer", "send"])
    for shown in (await playing.officer_says("open 1"), await playing.says("/mydata")):
        assert "part 0" in shown
        assert "part 7" in shown


async def test_a_hundred_answers_can_be_shown_at_once(playing: Playing) -> None:
    for number in range(5):
        link = LINK[:-1] + str(number)
        await playing.say([f"/report {link}", "no", "no", "mockery", "no violation", "[Add more]"])
        await playing.say(
            ["skip", "skip", "@a, @b, @c, @d, @e, @f, @g, @h", "#a,#b,#c,#d,#e", "[That is enough]", "send"]
        )
        playing.at = playing.at.replace(hour=22, minute=number * 5 % 60)
    shown = await playing.says("/mydata")
    assert "7030000000000000004" in shown
    assert "You have sent 5 reports" in await playing.says("/status")


# --- what is missing or broken ---


def content_in(folder: Path) -> Path:
    """Return a copy of the shipped content to spoil."""
    return Path(shutil.copytree(CHECKOUT / "content", folder / "content"))


def steward(
    *arguments: str, folder: Path, stdin: bytes | None = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as an operator would, in a folder of its own."""
    given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "STEWARD_KEY": KEY, **environment}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder, env=given, input=stdin, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def chat(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: str, **environment: str
) -> tuple[int, str, str]:
    """Run ``steward chat`` in this process; return exit code, what is shown and what is complained about."""
    monkeypatch.chdir(folder)
    for name, value in {"STEWARD_KEY": KEY, **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in lines)))
    code = cli.main(["chat"])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    assert NOT_EXPECTED not in shown.err
    return code, shown.out, shown.err


@pytest.mark.parametrize("spoil", [b"\xff\xfe\x00", b"not = [toml", b"", b"---\ntitle: [\n---\n"])
def test_an_unreadable_article_is_left_out_and_999_is_still_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], spoil: bytes
) -> None:
    content = content_in(tmp_path)
    for article in content.glob("guidance/*/*.md"):  # a few articles are learned in a moment
        if article.stem not in {"evidence", "no-violation", "first-steps"}:
            article.unlink()
    (content / "guidance/en/evidence.md").write_bytes(spoil)
    (content / "crisis.toml").write_bytes(spoil)
    (content / "out_of_scope.txt").write_bytes(spoil)
    code, shown, _ = chat(
        tmp_path, monkeypatch, capsys, "i want to kill myself", "tiktok said no violation",
        CONTENT_DIR=str(content),
    )  # fmt: skip
    assert code == 0
    assert "999" in shown
    assert "116 123" in shown
    assert "Sample guidance" in shown


@pytest.mark.parametrize("missing", ["strings/en.ftl", "strings", "platforms.toml", "routes.toml", "guidance"])
def test_content_without_a_part_it_needs_is_told_to_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    content = content_in(tmp_path)
    gone = content / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    code, shown, complained = chat(tmp_path, monkeypatch, capsys, "hello", CONTENT_DIR=str(content))
    assert code == 2
    assert shown == ""
    assert str(content) in complained or "CONTENT_DIR" in complained


@pytest.mark.parametrize("spoiled", ["strings/en.ftl", "platforms.toml", "routes.toml"])
@pytest.mark.parametrize("with_", [b"\xff\xfe\x00", b"= = [\n"])
def test_content_that_cannot_be_read_is_told_to_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], spoiled: str, with_: bytes
) -> None:
    content = content_in(tmp_path)
    (content / spoiled).write_bytes(with_)
    code, _, complained = chat(tmp_path, monkeypatch, capsys, "hello", CONTENT_DIR=str(content))
    assert code == 2
    assert Path(spoiled).name in complained


def test_a_wrong_key_is_told_without_repeating_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = new_key()
    assert chat(tmp_path, monkeypatch, capsys, "hello")[0] == 0
    before = (tmp_path / "data/steward.db").read_bytes()
    code, _, complained = chat(tmp_path, monkeypatch, capsys, "hello", STEWARD_KEY=other)
    assert (code, "does not fit" in complained, other in complained) == (2, True, False)
    code, _, complained = chat(tmp_path, monkeypatch, capsys, "hello", STEWARD_KEY="short-secret")
    assert (code, "STEWARD_KEY" in complained, "short-secret" in complained) == (2, True, False)
    assert (tmp_path / "data/steward.db").read_bytes() == before


def test_a_missing_key_is_never_replaced_where_reports_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chat(tmp_path, monkeypatch, capsys, "hello")[0] == 0
    code, _, complained = chat(tmp_path, monkeypatch, capsys, "hello", STEWARD_KEY="")
    assert (code, "Put the key back" in complained) == (2, True)
    assert not (tmp_path / ".env").exists()


def test_a_missing_or_foreign_key_store_is_refused_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert chat(tmp_path, monkeypatch, capsys, f"/report {LINK}", "no", "no")[0] == 0
    kept = tmp_path / "kept"
    shutil.move(tmp_path / "keys", kept)
    code, _, complained = chat(tmp_path, monkeypatch, capsys, "hello")
    assert (code, "KEYS_URL" in complained) == (2, True)
    shutil.rmtree(tmp_path / "keys")
    shutil.move(kept, tmp_path / "keys")
    code, shown, _ = chat(tmp_path, monkeypatch, capsys, "/report")
    assert (code, "What is it mostly" in shown) == (0, True)


@pytest.mark.parametrize("where", ["data/steward.db", "keys/keys.db"])
def test_a_file_that_is_no_database_is_told_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    assert chat(tmp_path, monkeypatch, capsys, "hello")[0] == 0
    for journal in tmp_path.glob(f"{where}-*"):
        journal.unlink()
    spoiled = b"no database, by any means " * 999
    (tmp_path / where).write_bytes(spoiled)
    code, _, complained = chat(tmp_path, monkeypatch, capsys, "hello")
    assert (code, "damaged" in complained, Path(where).name in complained) == (2, True, True)
    assert (tmp_path / where).read_bytes() == spoiled


@pytest.mark.parametrize("command", ["chat", "run", "digest"])
@pytest.mark.parametrize("name", ["DATABASE_URL", "KEYS_URL"])
def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, command: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEWARD_KEY", KEY)
    monkeypatch.setenv(name, f"sqlite:///{tmp_path}/file/below/steward.db")
    monkeypatch.setattr("sys.stdin", StringIO("hello\n"))
    code = cli.main([command])
    complained = capsys.readouterr().err
    assert code == 2, complained
    assert "file/below/steward.db cannot be opened or written" in complained


async def test_no_space_left_in_the_middle_of_a_report_loses_nothing(playing: Playing) -> None:
    await playing.say([f"/report {LINK}", "no", "a long account of what happened in class " + "and on the bus " * 260])
    house = await playing.house()
    await fill(house.store)
    for _ in range(2):
        shown = await playing.says("no")
        assert "could not keep your last message" in shown
        assert "the union's line" in shown
        assert "999" in shown
    await empty(house.store)
    shown = await playing.says("no")
    assert "I've read the link: TikTok" in shown
    assert "once more" not in shown  # what waited for the safety questions still does
    shown = await playing.say(["mockery", "no answer"])
    assert shown.count("a long account of what happened in class") == 1
    for table in ("report", "case_", "delivery"):  # the disk is full in the middle of the transaction that sends
        await run(house.store, f"CREATE TRIGGER full_{table} BEFORE INSERT ON {table} BEGIN {FULL}; END")
        shown = await playing.says("send")
        assert "could not keep" in shown, table
        assert "Your receipt" not in shown
        assert await house.store.cases() == ()
        await run(house.store, f"DROP TRIGGER full_{table}")
    assert "Your receipt" in await playing.says("send")
    assert len(await house.store.cases()) == 1
    assert "and on the bus" in await playing.officer_says("open 1")


async def test_an_answer_that_cannot_be_put_into_words_is_an_apology(playing: Playing) -> None:
    house = await playing.house()

    async def odd(*_: object) -> object:
        return type("Turn", (), {"replies": (Reply("no such sentence"),), "changes": (), "deliveries": ()})()

    broken = replace(house, router=replace(house.router, members=odd))  # type: ignore[arg-type]  # handed on by name
    said = heard(house, "0")
    assert "cannot find the words" in await answered(broken, said)


async def test_a_house_that_cannot_open_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = settings_in(tmp_path, keys_url=f"sqlite:///{tmp_path}/file/keys.db")
    with pytest.raises(StorageTrouble, match="cannot be opened"):
        async with opened(settings, "chat"):
            pytest.fail("opened")


# --- processes ---


def test_a_second_run_is_refused_and_other_commands_work_beside_it(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "STEWARD_KEY": KEY}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as first:  # fmt: skip
        try:
            assert first.stdout is not None
            lines = iter(first.stdout.readline, b"")
            assert any(b"Ctrl-C ends" in line for line in lines)
            second = steward("run", folder=tmp_path)
            assert (second.returncode, b"already running" in second.stderr) == (2, True)
            assert b"Traceback" not in second.stderr
            talk = f"/report {LINK}\nno\nno\nmockery\nno violation\nsend\n".encode()
            member = steward("chat", folder=tmp_path, stdin=talk, MEMBERS="open")
            assert (member.returncode, b"Your receipt" in member.stdout) == (0, True)
            officer = steward("chat", "--officer", folder=tmp_path, stdin=b"open 1\n")
            assert (officer.returncode, b"TikTok" in officer.stdout) == (0, True)
            assert steward("digest", "--json", folder=tmp_path).returncode == 0
            assert first.poll() is None
        finally:
            first.send_signal(signal.SIGTERM)
            said, complained = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0
    assert b"Nothing is lost" in said
    assert b"Traceback" not in complained


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "STEWARD_KEY": KEY, "LC_ALL": "C"}
    done = subprocess.run(
        ["/bin/sh", "-c", line.replace("steward", f"{sys.executable} -m bot")],
        cwd=folder, env=environment, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr + done.stdout
    assert NOT_EXPECTED.encode() not in done.stderr
    return done


def test_a_closed_input_ends_the_conversation(tmp_path: Path) -> None:
    done = _shell("steward chat <&-", tmp_path)
    assert done.returncode in (0, 2)
    assert _shell("steward ask <&-", tmp_path).returncode in (0, 2)


def test_a_closed_output_is_told_or_suffered_in_silence(tmp_path: Path) -> None:
    assert _shell("echo hello | steward chat >&-", tmp_path).returncode in (0, 2)


def test_input_that_is_not_utf_8_is_answered(tmp_path: Path) -> None:
    done = _shell(r"printf 'caf\351 \377\376 tiktok fake account\n/report\n' | steward chat", tmp_path)
    assert done.returncode == 0
    assert b"Two safety questions come first" in done.stdout


def test_a_reader_that_goes_away_loses_no_receipt(tmp_path: Path) -> None:
    talk = rf"printf '/report {LINK}\nno\nno\nmockery\nno violation\nsend\n'"
    _shell(f"{talk} | steward chat | true", tmp_path)
    _shell("echo hello | steward chat | head -c 1", tmp_path)
    done = _shell("echo status | steward chat", tmp_path)
    assert done.returncode == 0
    with sqlite3.connect(tmp_path / "data" / "steward.db") as connection:
        sent = connection.execute("SELECT count(*) FROM report").fetchone()[0]
    assert (b"Your receipt" in done.stdout) == bool(sent)


def test_settings_refuse_one_place_for_data_and_keys(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must not travel"):
        Settings(_env_file=None, database_url=f"{tmp_path}/one.db", keys_url=f"{tmp_path}/one.db")
