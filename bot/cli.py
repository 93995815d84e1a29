"""The `steward` command: each part is imported when it is needed, and no error shows what anybody said."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path

import click

REFUSED = 2  # exit code: something the operator can mend
UNEXPECTED = 1  # exit code: something only a developer can mend
INTERRUPTED = 130  # exit code: what shells give a command ended with Ctrl-C

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="steward")
def steward() -> None:
    """Stand by members of your union who are abused online."""


@steward.command()
def init() -> int:
    """Make a key and write .env, with every setting explained."""
    from bot.first_start import init as first_start

    return first_start(Path.cwd(), interactive=sys.stdin.isatty())


@steward.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--content", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another content folder."
)
@click.argument("question", nargs=-1)
def ask(as_json: bool, content: Path | None, question: tuple[str, ...]) -> int:  # noqa: FBT001 - click passes by name
    """Answer a QUESTION from the guidance, or one question per line of standard input."""
    from bot.ask import ask as answer
    from bot.settings import find_content, load

    folder = find_content(content) if content is not None else load().content
    return answer([" ".join(question)] if question else _lines(), folder, as_json, sys.stdout)


@steward.command()
@click.option("--officer", is_flag=True, help="Talk as an officer: cases and digests.")
def chat(officer: bool) -> int:  # noqa: FBT001 - click passes by name
    """Talk to the bot in this terminal."""
    import asyncio

    from bot.first_start import ensure_first_start
    from bot.settings import load

    ensure_first_start(Path.cwd())
    settings = load()  # before the house is imported: a refusal comes at once

    from bot.app import chat as talk

    return asyncio.run(talk(settings, officer=officer))


@steward.command()
def run() -> int:
    """Start every adapter that has settings."""
    import asyncio

    from bot.settings import load

    settings = load()

    from bot.serving import run as serve

    return asyncio.run(serve(settings))


@steward.command()
@click.option("--no-seed", is_flag=True, help="Begin without example reports.")
def demo(no_seed: bool) -> int:  # noqa: FBT001 - click passes by name
    """Show both sides, member and officer, on a throw-away database."""
    import asyncio

    from bot.demo import demo as play

    return asyncio.run(play(seed=not no_seed))


@steward.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-new", is_flag=True, help="With cases and cards for officers, as if they were sent today.")
@click.option("--yes", is_flag=True, help="Write them; without it the file is only checked.")
def import_(file: Path, as_new: bool, yes: bool) -> int:  # noqa: FBT001 - click passes by name
    """Check or import reports of the past from FILE: CSV or JSON lines, by the form's field names."""
    import asyncio

    from bot.settings import load

    settings = load()

    from bot.importing import import_file

    return asyncio.run(import_file(settings, file, sys.stdout, as_new=as_new, yes=yes))


@steward.group()
def deliveries() -> None:
    """Show what could not be sent, or try it again."""


@deliveries.command("list")
def deliveries_list() -> int:
    """Count deliveries by state and print one line for each that is stuck, never its words."""
    import asyncio

    from bot.settings import load

    settings = load()

    from bot.posting import listed

    return asyncio.run(listed(settings))


@deliveries.command("retry")
@click.option("--unknown", is_flag=True, help="Also those that may have arrived: they may arrive twice.")
def deliveries_retry(unknown: bool) -> int:  # noqa: FBT001 - click passes by name
    """Let dead deliveries be tried again."""
    import asyncio

    from bot.settings import load

    settings = load()

    from bot.posting import retried

    return asyncio.run(retried(settings, unknown=unknown))


@steward.group()
@click.option(
    "--content",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another content folder.",
)
@click.pass_context
def content(context: click.Context, folder: Path | None) -> None:
    """Check, preview and begin articles of the guidance."""
    context.obj = folder


@content.command("check")
@click.option("--release", is_flag=True, help="Fail on whatever must not go live: not approved, out of date.")
@click.pass_obj
def content_check(folder: Path | None, release: bool) -> int:  # noqa: FBT001 - click passes by name
    """Say what is wrong in which line, how to mend it, and how far the confidence can be believed."""
    from bot.content_tools import check
    from bot.settings import load
    from handlers import COMMANDS

    settings = load()
    today = datetime.now(settings.tz).date()
    return check(folder or settings.content, [*COMMANDS], today, sys.stdout, release=release)


@content.command("preview")
@click.argument("slug")
@click.option("--language", default="en", show_default=True, help="en or cy.")
@click.pass_obj
def content_preview(folder: Path | None, slug: str, language: str) -> int:
    """Show the article SLUG as members see it, and which asked line leads to which passage."""
    from bot.content_tools import preview
    from bot.settings import load

    settings = load()
    return preview(settings, folder or settings.content, slug, language, sys.stdout)


@content.command("new")
@click.argument("slug")
@click.option("--language", default="en", show_default=True, help="en or cy.")
@click.pass_obj
def content_new(folder: Path | None, slug: str, language: str) -> int:
    """Begin an article named SLUG, as a draft with all its fields."""
    from bot.content_tools import new
    from bot.settings import load

    settings = load()
    return new(folder or settings.content, slug, language, datetime.now(settings.tz).date(), sys.stdout)


@content.command("gaps")
@click.pass_obj
def content_gaps(folder: Path | None) -> int:
    """Show what at least five different members asked and nothing answered; never who, never a sentence."""
    import asyncio

    from bot.settings import load

    settings = load()

    from bot.asked import not_covered

    return asyncio.run(not_covered(settings, folder or settings.content, sys.stdout))


@steward.command()
@click.option("--period", type=click.Choice(["day", "week"]), default="week", show_default=True)
@click.option("--since", type=_DAY, help="First day; snaps outwards to whole weeks.")
@click.option("--until", type=_DAY, help="Last day; snaps outwards to whole weeks.")
@click.option("--json/--text", "as_json", default=False, help="One JSON object, or sentences (the default).")
def digest(period: str, since: datetime | None, until: datetime | None, as_json: bool) -> int:  # noqa: FBT001 - click passes by name
    """Show the figures of a period that may be shown."""
    import asyncio

    from bot.settings import load

    settings = load()
    if since and until and until < since:
        raise click.UsageError("--since: the first day must not come after the last.")

    from bot.app import digest as figures

    return asyncio.run(figures(settings, period, _day(since), _day(until), as_json=as_json))


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; every error is one line, and none has a traceback."""
    _open_streams()
    _speak_utf8()
    try:
        # Not `steward.main()`: click would end the program by itself when the reader of the output goes away.
        with steward.make_context("steward", sys.argv[1:] if arguments is None else arguments) as context:
            code = steward.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, EOFError, click.Abort):
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _refuse("Whatever read the output has gone away.")
    except Exception as error:  # noqa: BLE001 - a traceback could hold a member's words
        return _explain(error)
    return code if isinstance(code, int) else 0


def _explain(error: Exception) -> int:
    """Print one line about an error: its own sentence if we wrote it, else only where it happened."""
    from bot.ports import StorageTrouble
    from bot.privacy import place_of
    from bot.settings import SettingsError

    if isinstance(error, SettingsError | StorageTrouble):
        return _refuse(str(error))
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        return _refuse(f"{where}{os.strerror(error.errno)}.")
    print(
        f"Steward met an error it did not expect ({type(error).__name__}, {place_of(error)}). "
        "Nothing of what was said is in this message.",
        file=sys.stderr,
    )
    return UNEXPECTED


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _open_streams() -> None:
    """Read nothing and write nowhere where a stream was closed; else a database would get its number."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open until the program ends
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - the same
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - the same


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale; a broken byte becomes a mark, not an error."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _lines() -> Iterator[str]:
    return (line.rstrip("\r\n") for line in sys.stdin)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
