"""The command line: quick help, one clear line per error, and never a traceback or a member's words."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot import cli
from bot.ports import StorageTrouble
from bot.settings import SettingsError

CANARY = "canary-7f3a"
COMMANDS = {"init", "ask", "chat", "run", "demo", "digest", "deliveries", "content", "import"}
HELP_SECONDS = 0.4
HEAVY = {"asyncio", "alembic", "cryptography", "numpy", "pydantic", "pydantic_settings", "sqlalchemy", "yaml"}


def steward(
    *arguments: str, folder: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.fspath(Path(cli.__file__).parent.parent), **environment},
    )


def main_with(error: BaseException) -> int:
    """Run `steward run`, which ends as it is told."""

    @click.command()
    def run() -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(cli.steward.commands, "run", run)
        return cli.main(["run"])


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    assert set(cli.steward.commands) == COMMANDS
    shown = capsys.readouterr().out
    assert all(f"  {name}" in shown for name in COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert f"Usage: steward {command}" in capsys.readouterr().out


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys; from bot.cli import main; main(['--help']); main(['ask', '--help']);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.fspath(Path(cli.__file__).parent.parent)},
    )
    assert not HEAVY & set(done.stderr.decode().split())


def test_help_is_quick(tmp_path: Path) -> None:
    def seconds() -> float:
        before = os.times()
        steward("--help", folder=tmp_path)
        after = os.times()
        # Processor time of the child: what the command needs, whatever else this machine is doing.
        return (after.children_user + after.children_system) - (before.children_user + before.children_system)

    assert min(seconds() for _ in range(3)) <= HELP_SECONDS


def test_an_unknown_command_is_refused_with_its_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["dance"]) == 2
    assert "No such command" in capsys.readouterr().err


def test_broken_settings_are_one_line_and_exit_two(tmp_path: Path) -> None:
    done = steward("digest", folder=tmp_path, TIMEZONE=CANARY)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.startswith(b"TIMEZONE: ")
    assert CANARY.encode() not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            SettingsError("MEMBERS: it is unclear. Write invite or open."),
            "MEMBERS: it is unclear. Write invite or open.",
        ),
        (StorageTrouble("The disk is full. Make room and try again."), "The disk is full. Make room and try again."),
        (PermissionError(13, CANARY, "data/steward.db"), "data/steward.db: Permission denied."),
        (OSError(28, CANARY), "No space left on device."),
    ],
)
def test_a_known_error_is_its_own_sentence(error: Exception, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main_with(error) == 2
    assert capsys.readouterr().err == f"{line}\n"


@pytest.mark.parametrize("error", [ValueError(CANARY), OSError(CANARY), ExceptionGroup(CANARY, [KeyError(CANARY)])])
def test_an_unexpected_error_says_where_and_never_what(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert main_with(error) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"Steward met an error it did not expect ({type(error).__name__}, bot.cli:")
    assert said.err.endswith("Nothing of what was said is in this message.\n")
    assert said.err.count("\n") == 1
    assert CANARY not in said.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c_ends_quietly(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    assert main_with(error) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "init"],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": os.fspath(Path(cli.__file__).parent.parent)},
        )
    assert done.returncode == 2
    assert done.stderr == b"Whatever read the output has gone away.\n"


def test_init_from_a_script_asks_nothing(tmp_path: Path) -> None:
    done = steward("init", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / ".env").exists()
    again = steward("init", folder=tmp_path)
    assert again.returncode == 2
    assert again.stderr.startswith(b".env: it exists already")


def test_a_question_from_a_pipe_may_hold_broken_bytes(tmp_path: Path) -> None:
    done = steward("ask", "--json", folder=tmp_path, stdin=b"what do i do \xff\xfe\n", LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 1


def test_words_need_no_quotes(tmp_path: Path) -> None:
    done = steward("ask", "--json", "who", "do", "i", "ring", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"who do i ring"' in done.stdout
