"""A form shown whole: its questions in words for an adapter, and what came back as a form again. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, TypeAlias, TypeVar

from pydantic import JsonValue, ValidationError

from bot.conversation.form import Form, Kind, Question, questions
from bot.conversation.read import listed
from bot.conversation.show import label
from bot.messages import Blank, Filled, Sheet, Shown, Text, Value

BLANKS: Mapping[Kind, Literal["one", "many", "line", "lines", "day"]] = {
    "yes_no": "one", "one": "one", "many": "many", "words": "line", "list": "lines", "story": "lines", "day": "day",
}  # fmt: skip
Wrong: TypeAlias = Mapping[str, Text]
"""What is wrong with a sheet sent back, by question."""

Filling = TypeVar("Filling", bound=Form)


def sheet(form: type[Form], say: Callable[[Text], str], values: Mapping[str, Value]) -> Sheet:
    """Return a form as a sheet in words; ``values`` go into its title."""
    blanks = (
        Blank(
            name,
            BLANKS[question.kind],
            say(Text(f"{form.name}-{name}-name")),
            tuple(Shown(option, say(label(form, question, option))) for option in question.options),
            question.limit,
            form.model_fields[name].is_required(),
        )
        for name, question in _asked(form).items()
    )
    return Sheet(say(Text(f"{form.name}-title", values)), say(Text(f"{form.name}-send")), tuple(blanks))


def from_sheet(form: type[Filling], filled: Filled) -> Filling | Wrong:
    """Return the form a sheet sent back makes, or what is wrong with it."""
    wrong: dict[str, Text] = {}
    values: dict[str, JsonValue] = {}
    for name, question in _asked(form).items():
        given = filled.get(name)
        if given:
            values[name] = _value(question, given)
            if values[name] is None:
                wrong[name] = Text("sheet-no-answer")
        elif form.model_fields[name].is_required():
            wrong[name] = Text("sheet-needed")
    if wrong:
        return wrong
    try:
        return form.model_validate(values, strict=False)
    except ValidationError as error:
        places = (problem["loc"] for problem in error.errors(include_input=False, include_url=False))
        return {str(place[0]) if place else next(iter(questions(form))): Text("sheet-no-answer") for place in places}


def _asked(form: type[Form]) -> Mapping[str, Question]:
    return {name: question for name, question in questions(form).items() if question.ask.stage != "derived"}


def _value(question: Question, given: str | tuple[str, ...]) -> JsonValue:
    """Return what was given as the question's value, or None if it is no answer to it."""
    if isinstance(given, tuple):
        chosen = list(dict.fromkeys(given))
        return [*chosen] if question.kind == "many" and set(chosen) <= set(question.options) else None
    match question.kind:
        case "yes_no":
            return {"yes": True, "no": False}.get(given)
        case "one":
            return given if given in question.options else None
        case "story" | "words":
            words = given.strip() if question.kind == "story" else " ".join(given.split())
            return words if 0 < len(words) <= question.limit else None
        case "list":
            return [*listed(given, question.limit)] or None
        case "day":
            return given if _is_day(given) else None
        case "many":
            return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
