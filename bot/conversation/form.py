"""A form is a pydantic model; each field with an ``Ask`` is a question. This file reads the model.

Adding a question is one annotated line in a form and its words in ``content/strings``.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

STORY_LIMIT = 4_000  # characters; one Telegram message, and what an officer can read in five minutes

Stage: TypeAlias = Literal["now", "later", "switch", "derived"]
Kind: TypeAlias = Literal["yes_no", "one", "many", "story", "day", "words", "list"]
Condition: TypeAlias = "Callable[[SoFar], bool]"


class Form(BaseModel):
    """What a member or officer fills in. ``name`` stands in buttons, strings and stored conversations."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")
    name: ClassVar[str]

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        """Name the questions answered, never the answers."""
        return ((name, ...) for name in self.model_fields_set)


@dataclass(frozen=True, slots=True)
class Ask:
    """How a question is asked.

    ``stage``: ``now`` must be answered before the review, ``later`` is offered as "add more",
    ``switch`` stands on the review, ``derived`` is never asked. ``later_if`` moves a ``now``
    question to ``later``. ``when`` closes a question altogether; both look at earlier answers only.
    ``guarded`` marks a safety question; ``stops`` are the answers that end and erase the form.
    """

    stage: Stage = "now"
    guarded: bool = False
    skippable: bool = False
    when: Condition | None = None
    later_if: Condition | None = None
    stops: frozenset[str] = frozenset()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Reads:
    """How words become a value, where the type alone does not say it."""

    kind: Kind
    limit: int = 200


Story = Annotated[str, Reads("story", STORY_LIMIT)]
PastDay = Annotated[date, Reads("day")]
Words = Annotated[str, Reads("words")]
Lines = Annotated[tuple[str, ...], Reads("list")]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form, as the engine sees it."""

    name: str
    kind: Kind
    ask: Ask
    options: tuple[str, ...] = ()
    limit: int = 200
    adapter: TypeAdapter[Any] | None = field(default=None, repr=False, compare=False)

    def accepts(self, value: JsonValue) -> bool:
        """Whether a stored value is still an answer to this question."""
        if self.kind == "story":
            return isinstance(value, dict) and isinstance(value.get("pieces"), list)
        return self.adapter is not None and _valid(self.adapter, value)


class SoFar:
    """The answers given so far, by name; what is not answered yet is None."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Hold typed values by question name."""
        self._values = values

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a field may hold any type
        """Return the answer, or None while there is none."""
        return self._values.get(name)

    def __repr__(self) -> str:
        """Name the questions answered, never the answers."""
        return f"SoFar({', '.join(sorted(self._values))})"


def _valid(adapter: TypeAdapter[Any], value: JsonValue) -> bool:
    try:
        adapter.validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


def _bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 - annotations are objects of any type
    """Return an annotation without ``| None`` and ``Annotated``, and the metadata found on the way."""
    found: tuple[Any, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *metadata = get_args(annotation)
            found += tuple(metadata)
        elif origin in (Union, types.UnionType):
            (annotation,) = [part for part in get_args(annotation) if part is not type(None)]
        else:
            return annotation, found


def _question(name: str, info: FieldInfo) -> Question | None:
    annotation, metadata = _bare(info.annotation)
    metadata += tuple(info.metadata)
    ask = next((item for item in metadata if isinstance(item, Ask)), None)
    if ask is None:
        return None
    reads = next((item for item in metadata if isinstance(item, Reads)), None)
    adapter: TypeAdapter[Any] = TypeAdapter(annotation, config=ConfigDict(hide_input_in_errors=True))
    if reads is not None:
        return Question(name, reads.kind, ask, (), reads.limit, adapter)
    if annotation is bool:
        return Question(name, "yes_no", ask, ("no", "yes"), adapter=adapter)
    if get_origin(annotation) is Literal:
        return Question(name, "one", ask, get_args(annotation), adapter=adapter)
    inner = get_args(annotation)[0]
    return Question(name, "many", ask, get_args(inner), adapter=adapter)


@lru_cache(maxsize=32)
def questions(form: type[Form]) -> dict[str, Question]:
    """Return a form's questions by name, in the order they are asked."""
    found = ((name, _question(name, info)) for name, info in form.model_fields.items())
    return {name: question for name, question in found if question is not None}


def story_text(value: JsonValue, limit: int = STORY_LIMIT) -> str:
    """Return a story as one text: any split of the same words into messages gives the same text."""
    held = value.get("pieces") if isinstance(value, dict) else None
    pieces = held if isinstance(held, list) else []
    words = " ".join(str(piece[1]) for piece in pieces if isinstance(piece, list) and len(piece) == 2)  # noqa: PLR2004 - a pair
    return " ".join(words.split())[:limit].rstrip()


def so_far(form: type[Form], answers: Mapping[str, JsonValue]) -> SoFar:
    """Return the typed answers; stories as one text."""
    values: dict[str, Any] = {}
    for name, question in questions(form).items():
        if name not in answers:
            continue
        if question.kind == "story":
            values[name] = story_text(answers[name], question.limit) or None
        elif question.adapter is not None:
            values[name] = question.adapter.validate_json(json.dumps(answers[name]))
    return SoFar(values)


def kept(form: type[Form], answers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the answers the form still accepts: unknown, wrong and closed ones are simply unanswered."""
    good: dict[str, JsonValue] = {}
    for name, question in questions(form).items():
        if name in answers and is_open_for(form, question, good) and question.accepts(answers[name]):
            good[name] = answers[name]
    return good


def is_open_for(form: type[Form], question: Question, answers: Mapping[str, JsonValue]) -> bool:
    """Whether a question belongs to this conversation, given the answers before it."""
    return question.ask.when is None or question.ask.when(so_far(form, answers))


def is_answered(question: Question, answers: Mapping[str, JsonValue]) -> bool:
    """Whether a question has its answer; a story has one when its teller said that is all."""
    value = answers.get(question.name)
    if question.kind == "story":
        return isinstance(value, dict) and bool(value.get("done"))
    return value is not None


def stage(form: type[Form], question: Question, answers: Mapping[str, JsonValue]) -> Stage:
    """Return when a question is asked, given the answers so far."""
    ask = question.ask
    if ask.stage == "now" and ask.later_if is not None and ask.later_if(so_far(form, answers)):
        return "later"
    return ask.stage


def is_safe(form: type[Form], answers: Mapping[str, JsonValue]) -> bool:
    """Whether every guarded question is answered: before that, no other word is kept."""
    return all(is_answered(question, answers) for question in questions(form).values() if question.ask.guarded)


def digest(form: type[Form], answers: Mapping[str, JsonValue]) -> str:
    """Return eight letters that stand for exactly these answers, so that only what was shown can be sent."""
    plain = {
        name: story_text(value) if questions(form)[name].kind == "story" else value
        for name, value in sorted(kept(form, answers).items())
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:8]


def filled(form: type[Form], answers: Mapping[str, JsonValue]) -> Form:
    """Return the finished form; raises ``pydantic.ValidationError`` when a needed answer is missing."""
    values: dict[str, Any] = {}
    for name, value in kept(form, answers).items():
        values[name] = story_text(value) or None if questions(form)[name].kind == "story" else value
    return form.model_validate_json(json.dumps(values))
