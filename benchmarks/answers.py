"""Answers on third-party questions, beside plain searches on the same questions, with paired intervals.

Run by ``make bench-answers``. Needs a folder with ``score.py`` and its question sets (``--bench``); the figures of
``steward ask`` are those ``score.py`` prints. The peers find an article by SQLite's FTS5, by bm25s, or by MiniLM
alone (the nearest of title, examples and paragraphs). They only rank, so only their first hit is compared.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import bm25s
import numpy as np

from bot.encoder.kept import KeptVectors
from bot.encoder.minilm import minilm
from bot.guidance.articles import Article
from bot.guidance.passages import parts
from bot.guidance.words import terms
from bot.learning import cache_folder
from bot.shelf import contents

SETS: Final = ("hint3_curekart", "clinc150_10shot", "doc2dial")
LIMIT, SEED = 700, 5  # as score.py chooses its questions
RESAMPLES: Final = 2_000
SHOWN: Final = (
    "hit@1",
    "hit@3",
    "auroc_right",
    "answer_precision",
    "in_scope_answered_right",
    "out_of_scope_answered",
)
RESULTS: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- bench-answers -->", "<!-- /bench-answers -->"

First = Callable[[str], str | None]
"""Question -> the article a peer puts first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One set: its content, its questions, and what should answer each (nothing: out of scope)."""

    name: str
    folder: Path
    articles: Sequence[Article]
    questions: Sequence[str]
    wanted: Sequence[set[str]]


def loaded(bench: Path) -> Any:  # noqa: ANN401 - a module found by its path
    """Return ``score.py`` as a module; exit with a line that says what is missing."""
    file = bench / "score.py"
    spec = importlib.util.spec_from_file_location("score", file) if file.exists() else None
    if spec is None or spec.loader is None:
        sys.exit(f"{file} is not there. Name the folder that holds score.py and its sets with --bench.")
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(score: Any, bench: Path, name: str, target: Path, *, typos: bool) -> Asked:  # noqa: ANN401 - as above
    """Return a set with the questions score.py chooses."""
    chance = random.Random(SEED)  # noqa: S311 - the same choice as score.py makes
    lines = (bench / name / "queries.tsv").read_text("utf-8").splitlines()
    rows = [row for line in lines if line.strip() and len(row := line.split("\t")) > 2]  # noqa: PLR2004 - id, text, articles
    rows = chance.sample(rows, LIMIT) if len(rows) > LIMIT else rows
    questions = [" ".join((score.with_typos(row[1], chance) if typos else row[1]).split())[:4000] for row in rows]
    wanted = [set() if row[2].strip() == "OOS" else {score.slug(one) for one in row[2].split(",")} for row in rows]
    score.write_content(bench / name, target)
    articles = contents(target).articles
    return Asked(name + ("+typos" if typos else ""), target, articles, questions, wanted)


def units(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    """Yield (article, text) for every title, example and paragraph: what all peers search."""
    for article in articles:
        for text in (article.title, *article.lines, *(f"{article.title}\n{part.body}" for part in parts(article))):
            yield article.slug, text


def by_fts5(articles: Sequence[Article]) -> First:
    """Return a search by SQLite FTS5 with the porter stemmer: any word, best rank first."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE unit USING fts5(slug UNINDEXED, text, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO unit VALUES (?, ?)", list(units(articles)))

    def first(question: str) -> str | None:
        words = re.findall(r"\w+", question.lower())
        query = " OR ".join(f'"{word}"' for word in words)
        row = base.execute("SELECT slug FROM unit WHERE unit MATCH ? ORDER BY rank LIMIT 1", [query]) if words else ()
        return next((found[0] for found in row), None)

    return first


def by_bm25s(articles: Sequence[Article]) -> First:
    """Return a search by bm25s over stemmed words."""
    owners, texts = zip(*units(articles), strict=True)
    ranks = bm25s.BM25(method="lucene")
    ranks.index([list(terms(text)) for text in texts], show_progress=False)

    def first(question: str) -> str | None:
        known = [term for term in terms(question) if term in ranks.vocab_dict]
        return str(owners[int(np.argmax(ranks.get_scores(known)))]) if known else None

    return first


def by_minilm(articles: Sequence[Article]) -> First:
    """Return a search for the nearest text by MiniLM."""
    encoder = KeptVectors(minilm().encode, cache_folder())
    owners, texts = zip(*units(articles), strict=True)
    vectors = encoder.texts(texts)
    return lambda question: str(owners[int(np.argmax(vectors @ encoder.question(question)))])


PEERS: Final = {"FTS5": by_fts5, "bm25s": by_bm25s, "MiniLM alone": by_minilm}


def interval(ours: Sequence[bool], theirs: Sequence[bool]) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two shares, by a paired bootstrap (Efron and Tibshirani 1993)."""
    difference = np.array(ours, float) - np.array(theirs, float)
    chance = np.random.default_rng(0)
    means = [difference[chance.integers(0, len(difference), len(difference))].mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def row(score: Any, steward: str, of: Asked) -> str:  # noqa: ANN401 - as above
    """Measure one set and return its line of the table."""
    answers, took = score.ask(steward, list(of.questions), of.folder)
    figures = score.report(of.name, answers, list(of.wanted), took)
    inside = [at for at, slugs in enumerate(of.wanted) if slugs]
    hits = [(answers[at]["candidates"] or [{"article": None}])[0]["article"] in of.wanted[at] for at in inside]
    cells = [f"{figures[name]:.3f}" for name in SHOWN]
    for make in PEERS.values():
        first = make(of.articles)
        theirs = [first(of.questions[at]) in of.wanted[at] for at in inside]
        low, high = interval(hits, theirs)
        cells.append(f"{np.mean(theirs):.3f} ({low:+.3f} to {high:+.3f})")
    return f"| {of.name} | {' | '.join(cells)} |"


def main() -> None:
    """Measure every set, print the table, and put it into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--steward", default=f"{sys.executable} -m bot")
    options = parser.parse_args()
    score = loaded(options.bench)
    rows = []
    for name in SETS:
        for typos in (False, True):
            with tempfile.TemporaryDirectory() as folder:
                rows.append(row(score, options.steward, asked(score, options.bench, name, Path(folder), typos=typos)))
    head = f"| set | {' | '.join(SHOWN)} | {' | '.join(f'{peer}: hit@1 (ours minus theirs)' for peer in PEERS)} |"
    lines = [
        f"`make bench-answers`, {datetime.now(UTC).date()}.",
        "",
        head,
        f"|{'---|' * head.count(' | ')}---|",
        *rows,
    ]
    table = "\n".join(lines)
    sys.stdout.write(f"{table}\n")
    text = RESULTS.read_text("utf-8")
    if BEGIN in text and END in text:
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        RESULTS.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
