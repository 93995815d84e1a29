"""The small tables of search give what well-known libraries give, and patterns left aside could not have fitted."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guidance.columns import Columns
from bot.guidance.grams import Grams
from bot.guidance.ranking import K1, B, Ranking
from bot.guidance.words import terms
from bot.shelf import Shelf

HERE = Path(__file__).parent
QUESTIONS = [row.split("\t")[0] for row in (HERE / "questions.tsv").read_text("utf-8").splitlines()[1:]]


def test_words_score_as_bm25s_scores_them(shipped: Shelf) -> None:
    texts = [list(terms(article.body)) for article in shipped.articles]
    theirs = bm25s.BM25(k1=K1, b=B, method="lucene")
    theirs.index(texts, show_progress=False)
    ours = Ranking(texts)
    for question in QUESTIONS[::5]:
        known = list(dict.fromkeys(term for term in terms(question) if term in theirs.vocab_dict))
        if known:
            scores = ours.scores(dict.fromkeys(known, 1.0))
            assert np.allclose(scores, theirs.get_scores(known), atol=1e-5), question


def test_a_text_is_most_like_itself_and_a_stranger_like_none() -> None:
    texts = ["who sees this", "keep the evidence", "Beth yw POSH?", ""]
    grams = Grams(texts)
    alike = grams.alike()
    for at, text in enumerate(texts[:3]):
        found = grams.likeness(text)
        assert np.allclose(found, alike[at], atol=1e-5)
        assert int(found.argmax()) == at
        assert abs(found[at] - 1) < 1e-5
    assert not grams.likeness("").any()
    assert not grams.likeness("zzzqqq").any()
    assert Grams([]).likeness("who").shape == (0,)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.floats(-2, 2)), max_size=25), st.data())
@settings(max_examples=80, deadline=None)
def test_columns_multiply_as_whole_matrices_do(cells: list[tuple[int, int, float]], data: st.DataObject) -> None:
    held = {(row, column): value for row, column, value in cells}
    whole = np.zeros((5, 10))
    for (row, column), value in held.items():
        whole[row, column] = value
    rows, columns = (np.array([cell[at] for cell in held], np.int64) for at in (0, 1))
    table = Columns(rows, columns, np.array([*held.values()]), 5)
    asked = np.array(data.draw(st.lists(st.integers(0, 12), unique=True)), np.int64)
    weights = np.arange(1.0, len(asked) + 1)
    expected = sum((whole[:, c] * w for c, w in zip(asked, weights, strict=True) if c < 10), np.zeros(5))
    assert np.allclose(table.weighed(asked, weights), expected, atol=1e-5)
    shares = np.arange(5.0)
    assert np.allclose(table.added(shares), (whole.T @ shares)[table.names], atol=1e-5)
    assert np.allclose(table.alike(), whole @ whole.T, atol=1e-4)


def test_no_pattern_that_is_left_aside_would_have_fitted(shipped: Shelf) -> None:
    rules = shipped.rules
    kinds = [
        *(kind for _, _, kind in rules.alarms),
        rules.left_out,
        *(kind for both in rules.quieting for kind in both),
    ]
    files = [file.read_text("utf-8").splitlines() for file in sorted(HERE.glob("crisis*.tsv"))]
    said = [rules.shape.of(cell) for rows in files for row in rows[::3] for cell in row.split("\t") if " " in cell]
    assert len(said) > 300
    fitting = 0
    for kind in kinds:
        for one in said:
            near = kind.near(one)
            fits = [pattern.expression for pattern in kind.all if pattern.expression.search(one)]
            assert set(fits) <= set(near)
            assert kind.fits(one) == bool(fits)
            fitting += len(fits)
    assert fitting > 100
