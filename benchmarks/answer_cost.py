"""Measures what a question costs at many articles, how soon a first answer comes, and how much memory is held.

Run it from the checkout: ``python -m benchmarks.answer_cost``; it takes some minutes, most of them to learn the large
content. Processor time is counted, so that a busy machine disturbs it less; everything runs in one thread.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from benchmarks.many_articles import vectors_of, written
from bot.encoder.kept import KeptVectors
from bot.guidance.answer import WHOLE_LANGUAGE, by_language
from bot.guidance.calibrate import SHIPPED as SHIPPED_CALIBRATION
from bot.guidance.fit import Fit
from bot.guidance.units import unit_texts
from bot.learning import Learning, cache_folder
from bot.shelf import SHIPPED, Shelf, contents

CHECKOUT: Final = Path(__file__).resolve().parent.parent
QUESTIONS: Final = CHECKOUT / "tests" / "guidance" / "questions.tsv"
STARTS: Final = 5
LOOK_EVERY: Final = 0.01  # seconds
QUESTION: Final = "someone made a fake account of me on tiktok"


def questions() -> list[str]:
    """Return our own test questions."""
    rows = QUESTIONS.read_text("utf-8").splitlines()
    return [row.split("\t")[0] for row in rows[1:] if row and not row.startswith("#")]


def made_ready(folder: Path, cache: Path) -> Shelf:
    """Return a content ready to answer, its vectors and its calibration kept beforehand: neither is what is measured.

    Past 4,500 units there is no classifier, so nothing else would be learned.
    """
    held = contents(folder)
    texts = unit_texts(by_language(held.articles)[WHOLE_LANGUAGE])
    kept = KeptVectors(vectors_of, cache)
    kept.texts(texts)
    kept.save()
    learning = Learning(cache)
    own = by_language(held.articles)[WHOLE_LANGUAGE]
    learning.keep(own, held.outside, Fit(None, SHIPPED_CALIBRATION))
    shelf = Shelf(folder, time.monotonic, learning)
    began = time.process_time()
    shelf.answers()
    sys.stdout.write(f"{len(own)} articles, {len(texts)} texts; made ready in {time.process_time() - began:.1f} s\n")
    return shelf


def costs(shelf: Shelf, asked: Sequence[str]) -> Iterator[float]:
    """Yield milliseconds of processor time a question: heard for danger, then answered, as a typed message is.

    All are asked twice: patterns are made when a word of theirs is first met, and that is over after some hundreds.
    """
    for question in (*asked, *asked):
        began = time.process_time()
        shelf.is_crisis(question)
        shelf.answers().answer(question)
        yield 1e3 * (time.process_time() - began)


def process(arguments: Sequence[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Run ``steward`` without a terminal; return seconds by the clock and of processor time, and MiB at most."""
    began, before, most = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN), 0.0
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        while running.poll() is None:  # not `ru_maxrss`, which begins with the memory of who started it
            with suppress(OSError):
                held = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{running.pid}/status").read_text("ascii"))
                most = max(most, int(held[1]) / 1024 if held else 0.0)
            time.sleep(LOOK_EVERY)
    if running.returncode:
        raise RuntimeError(arguments[0])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, spent, most


def shown(name: str, arguments: Sequence[str], environment: dict[str, str], times: int = STARTS) -> None:
    """Run a command once to fill caches, then a few times, and print the medians."""
    process(arguments, environment)
    runs = [process(arguments, environment) for _ in range(times)]
    wall, used, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    quickest = min(run[0] for run in runs)
    sys.stdout.write(f"{name}: {wall:.2f} s by the clock (quickest {quickest:.2f}), {used:.2f} s processor, "
                     f"{memory:.0f} MiB at most\n")  # fmt: skip


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=1_000)
    count = asked.parse_args().articles
    with tempfile.TemporaryDirectory(prefix="answer-cost-") as name:
        folder, cache = Path(name) / "content", Path(name) / "cache" / "steward"
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "XDG_CACHE_HOME": str(cache.parent)}
        written(folder, count)
        shelf = made_ready(folder, cache)
        every = questions()
        spent = list(costs(shelf, every))[len(every) :]
        slow = statistics.quantiles(spent, n=20)[-1]
        sys.stdout.write(f"{len(spent)} questions, processor time: p50 {statistics.median(spent):.1f} ms, "
                         f"p95 {slow:.1f} ms, most {max(spent):.1f} ms\n")  # fmt: skip
        own = environment | {"XDG_CACHE_HOME": str(cache_folder().parent)}  # learned once, then kept
        shown("steward --help", ["--help"], own)
        shown("steward ask, our content", ["ask", "--json", QUESTION], own)
        shown(f"steward ask, {count} articles", ["ask", "--json", "--content", str(folder), QUESTION], environment, 3)
        shown("steward demo, the tour", ["demo"], own, 3)
        sys.stdout.write(f"our content: {len(contents(SHIPPED).articles)} articles\n")


if __name__ == "__main__":
    main()
