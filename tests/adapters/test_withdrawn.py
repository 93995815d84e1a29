"""A withdrawn article falls silent in a running bot within a minute, and nobody waits while the rest is learned."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from tests.adapters.running import Running
from tests.conftest import CHECKOUT
from tests.servers.telegram import PATIENCE, TelegramServer

# More than are learned in the bot itself, also without the one that is withdrawn.
KEPT = (
    "helplines",
    "evidence",
    "first-steps",
    "no-violation",
    "report-tiktok",
    "impersonation",
    "deepfakes",
    "doxxing",
    "wellbeing",
)
SILENT_WITHIN = 60.0  # seconds, PRODUCT section 2
ASKED_EVERY = 2.0
LEARNT_WITHIN = 300.0  # on a busy machine
QUESTION = "whats posh"
ITS_WORDS = "0344 381 4772"
OTHER = "should i take screenshots"
OTHER_WORDS = "Never view, copy, screenshot"


def few_articles(folder: Path) -> Path:
    """Copy the content with some of its articles only, so that learning them takes seconds."""
    content = Path(shutil.copytree(CHECKOUT / "content", folder / "content"))
    for file in content.glob("guidance/*/*.md"):
        if file.stem not in KEPT or file.parent.name != "en":
            file.unlink()
    (content / "heard.tsv").unlink()
    outside = content / "out_of_scope.txt"
    outside.write_text("\n".join(outside.read_text("utf-8").splitlines()[:60]), "utf-8")
    return content


def learn_before(environment: Mapping[str, str]) -> None:
    """Read the content for the first time, which is not what this test is about."""
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--content", environment["CONTENT_DIR"], QUESTION],
        cwd=CHECKOUT, env={"PATH": os.environ["PATH"], **environment}, check=True, timeout=LEARNT_WITHIN,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


async def answered(server: TelegramServer, number: int, question: str) -> str:
    """Return what somebody who never wrote before is answered."""
    member = server.member(5_100_000_000 + number)
    member.says(question)
    await server.until(lambda: bool(member.shown), lambda: question)
    return member.unread


def is_learning(running: Running) -> bool:
    """Whether the running bot has a child, in which it learns."""
    return bool(Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text("ascii").split()) or any(
        task.read_text("ascii").split() for task in Path(f"/proc/{running.pid}/task").glob("*/children")
    )


async def test_a_withdrawn_article_is_silent_within_a_minute_and_others_answer_meanwhile(tmp_path: Path) -> None:
    content = few_articles(tmp_path)
    ours = {"CONTENT_DIR": str(content), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    learn_before(ours)
    async with TelegramServer() as server:
        running = Running(tmp_path, server, "polling", ours)
        async with running.process() as _:
            assert ITS_WORDS in await answered(server, 0, QUESTION)
            article = content / "guidance" / "en" / "helplines.md"
            text = article.read_text("utf-8")
            article.write_text(text.replace("status: live", "status: withdrawn"), "utf-8")
            began = monotonic()
            asked, was_learning, told = 0, False, ITS_WORDS
            while ITS_WORDS in told and monotonic() < began + SILENT_WITHIN:
                await asyncio.sleep(ASKED_EVERY)
                asked += 1
                told = await answered(server, asked, QUESTION)
            assert ITS_WORDS not in told
            assert monotonic() < began + SILENT_WITHIN
            while not was_learning and monotonic() < began + SILENT_WITHIN:
                was_learning = is_learning(running)
                await asyncio.sleep(0.05)
            assert was_learning, "nothing was learned anew"
            assert OTHER_WORDS in await answered(server, 1_000, OTHER)
            assert is_learning(running), "the question waited until everything was learned"
            async with asyncio.timeout(PATIENCE):
                while is_learning(running):  # noqa: ASYNC110 - another process ends, which no event of ours tells
                    await asyncio.sleep(0.1)
            told = await answered(server, 1_001, QUESTION)
            assert ITS_WORDS not in told
            assert OTHER_WORDS in await answered(server, 1_002, OTHER)
