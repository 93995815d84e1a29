"""A reply as JSON and back, so that the ledger can keep it until it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.messages import Choice, Passage, Reply, Text, Value


def packed(reply: Reply) -> bytes:
    """Return a reply as JSON; dates and texts are tagged, so they come back as what they were."""
    quote = asdict(reply.quote) if reply.quote else None
    body = {
        "key": reply.key,
        "values": _values(reply.values),
        "choices": [[choice.value, _value(choice.label), choice.link, choice.row] for choice in reply.choices],
        "quote": quote,
    }
    return json.dumps(body, default=date.isoformat, ensure_ascii=False).encode()


def unpacked(body: bytes) -> Reply:
    """Return the reply that ``packed`` made JSON of."""
    read = json.loads(body)
    return Reply(
        read["key"],
        {name: _read(value) for name, value in read["values"].items()},
        tuple(Choice(value, _text(label["text"]), *more) for value, label, *more in read["choices"]),
        _passage(read["quote"]) if read["quote"] else None,
    )


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Value) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, Text):
        return {"text": [value.key, _values(value.values)]}
    if isinstance(value, tuple):
        return {"texts": [_value(text) for text in value]}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _read(value: Any) -> Value:  # noqa: ANN401 - any JSON
    match value:
        case {"text": text}:
            return _text(text)
        case {"texts": texts}:
            return tuple(_text(one["text"]) for one in texts)
        case {"moment": moment}:
            return datetime.fromisoformat(moment)
        case {"day": day}:
            return date.fromisoformat(day)
    plain: str | int = value
    return plain


def _text(pair: list[Any]) -> Text:
    return Text(pair[0], {name: _read(value) for name, value in pair[1].items()})


def _passage(read: dict[str, Any]) -> Passage:
    days = {name: date.fromisoformat(read[name]) if read[name] else None for name in ("checked", "approved")}
    lists = {name: tuple(read[name]) for name in ("nations", "related")}
    return Passage(**{**read, **days, **lists})
