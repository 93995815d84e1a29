"""Keys to sentences: the only place where words are made, from ``content/strings`` (Project Fluent)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.syntax.ast import Junk

from bot.conversation.sheet import sheet
from bot.guidance.render import plain
from bot.messages import Outgoing, Passage, Reply, Shown, Text, Value

FALLBACK = "en"
LABEL_LIMIT = 64  # characters of a button; longer ones are cut on every phone
LONGEST_VALUE = 50_000_000
"""Characters one value may have: everything held about somebody is said at once; storage bounds it long before."""
UNAPPROVED = "unapproved"

# The library stops at 2,500 characters, to guard programs that let strangers write patterns; ours come with the house.
resolver.MAX_PART_LENGTH = LONGEST_VALUE


class MissingText(KeyError):  # noqa: N818 - named for what it tells
    """A key has no sentence in any language."""


class Texts:
    """The sentences of one content folder, in every language found there."""

    def __init__(self, folder: Path, union: str, zone: ZoneInfo) -> None:
        """Read ``<language>.ftl`` files; raises ``FileNotFoundError`` without English, else ``ValueError``."""
        self._union = union
        self._zone = zone
        self._sources = {file.stem: _read(file) for file in sorted(folder.glob("*.ftl"))}
        if FALLBACK not in self._sources:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder / f"{FALLBACK}.ftl"))
        self._bundles: dict[tuple[str, str], FluentBundle] = {}

    def outgoing(self, reply: Reply, language: str, adapter: str) -> Outgoing:
        """Return a reply in words, with its buttons."""
        said = self.say(Text(reply.key, reply.values), language, adapter)
        text = "\n".join(line.rstrip() for line in said.split("\n") if line.strip())
        if reply.quote is not None:
            text = f"{self._quoted(reply.quote, language, adapter)}\n\n{text}".strip()
        buttons = tuple(
            Shown(choice.value, cut(self.say(choice.label, language, adapter)), choice.link, choice.row)
            for choice in reply.choices
        )
        wrong = {name: self.say(one, language, adapter) for name, one in reply.wrong.items()}
        if reply.sheet is None:
            return Outgoing(text, buttons, wrong=wrong)
        shown = sheet(reply.sheet, lambda one: self.say(one, language, adapter), reply.values)
        return Outgoing(text, buttons, shown, wrong)

    def say(self, text: Text, language: str, adapter: str) -> str:
        """Return one sentence; a missing translation falls back to English."""
        for tried in dict.fromkeys((language, FALLBACK)):
            bundle = self._bundle(tried, adapter)
            if bundle is not None and bundle.has_message(text.key):
                pattern = bundle.get_message(text.key).value
                if pattern is None:
                    continue
                values = {name: self._value(value, language, adapter) for name, value in text.values.items()}
                said, errors = bundle.format_pattern(pattern, values)
                if errors:
                    raise MissingText(text.key)
                return str(said)
        raise MissingText(text.key)

    def is_unapproved(self, language: str) -> bool:
        """Whether a language's sentences are a translation nobody at the union has approved."""
        return self.say(Text("translation-status"), language, "terminal") == UNAPPROVED

    def languages(self) -> tuple[str, ...]:
        """Return the languages there are sentences in."""
        return tuple(self._sources)

    def keys(self, language: str = FALLBACK) -> frozenset[str]:
        """Return every key a language has a sentence for."""
        bundle = self._bundle(language, "terminal")
        return frozenset() if bundle is None else frozenset(bundle._messages)  # noqa: SLF001 - fluent.runtime lists them nowhere else

    def _quoted(self, passage: Passage, language: str, adapter: str) -> str:
        parts = [plain(passage.body)]
        if passage.always:
            parts.append(plain(passage.always))
        values: dict[str, Value] = {
            "heading": passage.heading or passage.title,
            "title": passage.title,
            "checked": passage.checked or Text("quote-unchecked"),
        }
        if passage.approved_by and passage.approved:
            status = Text("quote-approved", {**values, "role": passage.approved_by})
        else:
            status = Text("quote-sample", {**values, "union": self._union})
        where = self.say(Text("quote-from", {**values, "status": status}), language, adapter)
        source = (
            self.say(
                Text("quote-source", {"title": passage.source_title, "link": passage.source_link}), language, adapter
            )
            if passage.source_link
            else ""
        )
        below = "\n".join(
            part for part in (where, source, *self._about_translation(passage, language, adapter)) if part
        )
        foreign = self.say(Text("quote-language"), language, adapter) if passage.language != language else ""
        return "\n\n".join(part for part in (foreign, *parts, below) if part)

    def _about_translation(self, passage: Passage, language: str, adapter: str) -> Iterator[str]:
        if passage.translation == UNAPPROVED:
            yield self.say(Text("quote-translation", {"union": self._union}), language, adapter)

    def _bundle(self, language: str, adapter: str) -> FluentBundle | None:
        if language not in self._sources:
            return None
        found = self._bundles.get((language, adapter))
        if found is None:
            found = FluentBundle([language], use_isolating=False, functions={"COMMAND": _commands(adapter)})
            found.add_resource(self._sources[language])
            self._bundles[language, adapter] = found
        return found

    def _value(self, value: Value, language: str, adapter: str, *, inner: bool = False) -> str | int:
        if isinstance(value, Text):
            values = {name: self._inner(held, language, adapter) for name, held in value.values.items()}
            return self.say(Text(value.key, values), language, adapter)
        if isinstance(value, tuple):
            said = (str(self._value(one, language, adapter, inner=True)) for one in value)
            return (", " if inner else "\n").join(one for one in said if one)
        if isinstance(value, datetime):
            local = value.astimezone(self._zone)
            moment: dict[str, Value] = {
                "weekday": local.isoweekday(),
                "day": f"{local.day}",
                "month": local.month,
                "time": f"{local:%H:%M}",
            }
            return self.say(Text("moment", moment), language, adapter)
        if isinstance(value, date):
            day: dict[str, Value] = {
                "day": f"{value.day}",
                "month": value.month,
                "year": f"{value.year}",
            }  # as words: no 2,026
            return self.say(Text("date", day), language, adapter)
        return value

    def _inner(self, value: Value, language: str, adapter: str) -> Value:
        """Return a value inside a Text: a tuple there is a list in a sentence, not lines."""
        return str(self._value(value, language, adapter, inner=True)) if isinstance(value, tuple) else value


def _read(file: Path) -> Any:  # noqa: ANN401 - fluent.runtime names no type for it
    """Return the sentences of one file; raise ``ValueError`` with the place of what is no sentence."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        message = f"{file.name} is not UTF-8 text"
        raise ValueError(message) from None
    resource = FluentResource(text)
    broken = next((entry for entry in resource.body if isinstance(entry, Junk)), None)
    if broken is not None:
        line = text.count("\n", 0, broken.span.start if broken.span else 0) + 1
        message = f"{file.name}, line {line}, is no sentence in Project Fluent's form"
        raise ValueError(message)
    return resource


def cut(label: str) -> str:
    """Return a button's label, shortened with an ellipsis when it is too long for a phone."""
    return label if len(label) <= LABEL_LIMIT else f"{label[: LABEL_LIMIT - 1].rstrip()}…"


def _commands(adapter: str) -> Any:  # noqa: ANN401 - fluent.runtime calls it with its own types
    """Return how a command is named on an adapter: ``/report`` where slash commands work."""
    slash = "" if adapter == "slack" else "/"

    def command(name: Any) -> str:  # noqa: ANN401 - as above
        return f"{slash}{name}"

    return command
