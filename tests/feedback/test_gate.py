"""A count cannot slip out; only what passed the gate can be shown."""

import copy
import json
import operator
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.feedback.gate import Count, Released, gate, rounded

COUNT = Count(n=8675, members=4321)

LEAKS: list[Any] = [
    str,
    "{}".format,
    "{:>5}".format,
    lambda count: "%s" % count,  # noqa: UP031 - the old way must refuse too
    lambda count: "%d" % count,  # noqa: UP031 - one of the ways that must fail
    int,
    float,
    operator.index,
    bool,
    hash,
    round,
    abs,
    sum,
    json.dumps,
    pickle.dumps,
    copy.copy,
    copy.deepcopy,
    lambda count: count == COUNT,
    lambda count: count != 1,
    lambda count: count < 5,
    lambda count: count >= 5,
    lambda count: count + 1,
    lambda count: 1 + count,
    lambda count: count - count,
    lambda count: count * 2,
    lambda count: count / 2,
    lambda count: count // 2,
    lambda count: count % 2,
    lambda count: -count,
    range,
    lambda count: sorted([count, Count(1, 1)]),
    TypeAdapter(object).dump_json,
    lambda _: TypeAdapter(Count),
    dict,
    vars,
    list,
]


@pytest.mark.parametrize("leak", LEAKS)
def test_a_count_refuses(leak: Callable[[Count], object]) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        leak(COUNT)
    assert "8675" not in str(refused.value)
    assert "4321" not in str(refused.value)


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(TypeError, match="a count must pass the gate"):
        str(COUNT)


def test_a_repr_holds_no_number() -> None:
    @dataclass(frozen=True)
    class Holder:
        count: Count

    assert repr(COUNT) == "Count(withheld)"
    assert "8675" not in repr(Holder(COUNT))
    with pytest.raises(TypeError, match="gate"):
        asdict(Holder(COUNT))


def test_a_count_does_not_change() -> None:
    with pytest.raises(AttributeError):
        COUNT.n = 1  # type: ignore[misc]  # refused, which is what is tested
    with pytest.raises(AttributeError):
        COUNT._n = 1
    assert COUNT.n == 8675


@pytest.mark.parametrize(("n", "members"), [(1, 2), (-1, 0), (3, -1)])
def test_impossible_counts_are_refused(n: int, members: int) -> None:
    with pytest.raises(ValueError, match="a count has"):
        Count(n, members)


@given(st.integers(0, 10_000), st.integers(0, 200), st.integers(2, 20))
def test_fewer_members_than_the_threshold_are_hidden(more: int, members: int, inside: int) -> None:
    n = members + more if members else 0
    released = gate(Count(n, members), inside)
    assert released.is_hidden == (members < inside)
    assert released.value in (None, n)


@given(st.integers(0, 4), st.integers(0, 1000))
def test_hidden_figures_look_alike(members: int, more: int) -> None:
    nothing = Count(0, 0)
    few = Count(members + more if members else 0, members)
    assert gate(few) == gate(nothing) == Released(None)
    assert rounded(few) == rounded(nothing)


@given(st.integers(5, 10_000))
def test_daily_totals_are_rounded_to_five(n: int) -> None:
    released = rounded(Count(n, 5))
    assert released.rounded
    assert released.value is not None
    assert released.value % 5 == 0
    assert abs(released.value - n) <= 2


def test_a_threshold_of_one_is_refused() -> None:
    for release in (gate, rounded):
        with pytest.raises(ValueError, match="at least 2 members"):
            release(Count(3, 3), 1)
