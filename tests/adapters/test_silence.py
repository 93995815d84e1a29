"""Services that answer nothing: ``steward run`` says so in clear lines, waits longer and longer, and burns no core."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it comes without

from tests.conftest import CHECKOUT
from tests.playing import KEY
from tests.servers.slack import APP_TOKEN, BOT_TOKEN
from tests.servers.telegram import PATIENCE, TOKEN

SERVICES = ("telegram: ", "slack: ")
SHARE = 0.25  # of one core, while it waits 1 and 2 seconds; starting it is not counted


async def test_run_against_services_that_answer_nothing_says_so_and_burns_no_core(tmp_path: Path) -> None:
    connections: list[float] = []

    def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(time.monotonic())
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUNBUFFERED": "1",
            "STEWARD_KEY": KEY,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": f"http://127.0.0.1:{port}",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_BASE_URL": f"http://127.0.0.1:{port}/api/",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        printed: list[str] = []
        try:
            # By the third try the guidance is read and ready; from then on nothing is to be done but wait.
            await _until_both_say(process, printed, "Trying again in 4 s.")
            began, before = time.monotonic(), _processor_seconds(process.pid)
            await _until_both_say(process, printed, "Trying again in 8 s.")
            took, spent = time.monotonic() - began, _processor_seconds(process.pid) - before
        finally:
            process.send_signal(signal.SIGINT)
            rest, _ = await process.communicate()
    printed += rest.decode().splitlines()
    assert spent < SHARE * took, (spent, took)
    assert len(connections) < 4 * 2 * len(SERVICES) + 1, "four tries of each, and a client may try twice"
    assert printed[-1] == "Stopped. Nothing is lost."
    assert not [line for line in printed if "Traceback" in line or TOKEN in line or BOT_TOKEN in line]


async def _until_both_say(process: asyncio.subprocess.Process, printed: list[str], what: str) -> None:
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while not all(any(line.startswith(name) and what in line for line in printed) for name in SERVICES):
            line = await process.stdout.readline()
            assert line, printed
            printed.append(line.decode().rstrip())


def _processor_seconds(process: int) -> float:
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)
