"""The gate: no count leaves the house unless enough different members stand behind it.

The threshold rule of statistical disclosure control: in a table of counts a small cell can point
to a person, so it is withheld. The Government Statistical Service's guidance on disclosure control
for tables, and the Office for National Statistics' policies that follow it, ask for a minimum per
cell and for zeros to be thought of too, since "nobody" can tell as much as "one". Here a cell
needs ``inside`` different members, and a zero looks like any other withheld cell. Withholding a
second cell where a total would give the first away is not done yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

INSIDE = 5
"""Different members behind a figure shown inside the union (PRODUCT section 6)."""

OUTSIDE = 10
"""Different members behind a figure that leaves the union."""

ROUNDED_TO = 5
"""What daily totals are rounded to, so that two days' digests cannot be subtracted to single reports."""

_REFUSED = "a count must pass the gate"


def _refuse(*_: object) -> NoReturn:
    raise TypeError(_REFUSED)


class Count:
    """A raw count that refuses to be rendered: ``n`` things said by ``members`` different members.

    It cannot be printed, formatted, compared, added, hashed or written as JSON; each try is a
    ``TypeError``. It is no dataclass on purpose: those can be turned into dictionaries unasked.
    """

    __slots__ = ("_members", "_n")
    _members: int
    _n: int

    def __init__(self, n: int, members: int) -> None:
        """Keep the two numbers; raises ``ValueError`` for fewer things than members, or below zero."""
        if not 0 <= members <= n:
            message = "a count has at least one thing a member, and no less than none"
            raise ValueError(message)
        object.__setattr__(self, "_n", n)
        object.__setattr__(self, "_members", members)

    @property
    def n(self) -> int:
        """The raw number of things; for the gate and for tests of storage only."""
        return self._n

    @property
    def members(self) -> int:
        """The raw number of different members; for the gate and for tests of storage only."""
        return self._members

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: a count does not change."""
        raise AttributeError(name)

    def __repr__(self) -> str:
        """Say that there is a count, without its numbers."""
        return "Count(withheld)"

    def __str__(self) -> str:
        """Refuse."""
        return _refuse()

    def __format__(self, spec: str) -> str:
        """Refuse."""
        return _refuse(spec)

    def __eq__(self, other: object) -> bool:
        """Refuse."""
        return _refuse(other)

    def __ne__(self, other: object) -> bool:
        """Refuse."""
        return _refuse(other)

    def __hash__(self) -> int:
        """Refuse."""
        return _refuse()

    def __bool__(self) -> bool:
        """Refuse: zero must look like everything else."""
        return _refuse()

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a copied or pickled count leaves the house too."""
        raise TypeError(_REFUSED)

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> NoReturn:
        """Refuse to be a field of anything that is written as JSON."""
        raise TypeError(_REFUSED)

    __int__ = __index__ = __float__ = __round__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __mod__ = __neg__ = __abs__ = _refuse


@dataclass(frozen=True, slots=True)
class Released:
    """A figure that passed the gate. ``value`` is None when it is withheld: fewer than ``under``."""

    value: int | None
    under: int = INSIDE
    rounded: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether the figure is withheld; zero is withheld like any small one."""
        return self.value is None


def gate(count: Count, inside: int = INSIDE) -> Released:
    """Release a count if at least ``inside`` different members stand behind it."""
    return Released(count.n if count.members >= _sane(inside) else None, under=inside)


def rounded(count: Count, inside: int = INSIDE) -> Released:
    """Release a count to the nearest 5, by the same threshold; for daily totals."""
    if count.members < _sane(inside):
        return Released(None, under=inside, rounded=True)
    return Released((count.n + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO, under=inside, rounded=True)


def _sane(inside: int) -> int:
    if inside < 2:  # noqa: PLR2004 - a threshold of one would show every single member
        message = "the gate needs a threshold of at least 2 members"
        raise ValueError(message)
    return inside
