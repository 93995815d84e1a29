"""One article from the text of one file, or one problem that says where and how to mend it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

MOST_BYTES: Final = 200_000  # an article has 600 words; a file this large is a mistake or an attack
MOST_ASKED: Final = 500  # ways of asking one thing; more would drown the other articles

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast


class ArticleProblem(Exception):  # noqa: N818 - named for what the editor reads
    """A file that cannot be used: where, what is wrong, and how to mend it."""

    def __init__(self, file: str, line: int, what: str, mend: str) -> None:
        """Keep the parts; the message reads ``file:line: what. mend``."""
        super().__init__(f"{file}:{line}: {what}. {mend}")
        self.file = file
        self.line = line


def _none_if_empty(value: object) -> object:
    return None if value in ("", None) else value


def _list_if_one(value: object) -> object:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _empty_if_none(value: object) -> object:
    return "" if value is None else value


Day = Annotated[date | None, BeforeValidator(_none_if_empty)]
Line = Annotated[str, BeforeValidator(_empty_if_none)]
Lines = Annotated[tuple[str, ...], BeforeValidator(_list_if_one)]


class Source(BaseModel):
    """Where an article's facts come from."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: Line = ""
    link: Line = ""


class Article(BaseModel):
    """One topic in one language. Only ``title``, ``asked`` and some text are needed."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True, str_strip_whitespace=True)

    slug: str
    language: str
    title: str = Field(min_length=1, max_length=200)
    asked: Annotated[Lines, Field(max_length=MOST_ASKED)]
    heard: Lines = ()
    always: Line = ""
    checked: Day = None
    review_by: Day = None
    approved_by: Line = ""
    approved: Day = None
    sources: Annotated[tuple[Source, ...], BeforeValidator(_list_if_one)] = ()
    nations: Lines = ()
    related: Lines = ()
    status: Literal["live", "draft", "withdrawn"] = "live"
    translation: Annotated[Literal["unapproved", "approved"] | None, BeforeValidator(_none_if_empty)] = None
    body: str = Field(repr=False, min_length=1)

    @property
    def lines(self) -> tuple[str, ...]:
        """How members ask for it: as its author expects (``asked``), and as it was ``heard`` (content/heard.tsv)."""
        return (*self.asked, *self.heard)

    @property
    def answers(self) -> bool:
        """Whether members may be given this article."""
        return self.status == "live"


_MEND: Final = {
    "title": "Give it one line of words, such as: title: What to do first",
    "asked": 'List how members ask, one line each: - "whats posh". Quote lines with : or #',
    "checked": "Write a date as 2026-11-20, or leave the line out",
    "review_by": "Write a date as 2026-11-20, or leave the line out",
    "approved": "Write a date as 2026-11-20, or leave it empty",
    "status": "Use live, draft or withdrawn",
    "translation": "Use unapproved or approved, or leave the line out",
    "sources": "List them as: - title: NAME, and below it link: ADDRESS",
    "body": "Write the answer below the second line of three dashes",
}


def parse(text: str, slug: str, language: str = "en", *, file: str = "") -> Article:
    """Return the article in a file's text; raise ``ArticleProblem`` when it cannot be used.

    Keys nobody knows are left alone. ``file`` is only for the message (else the slug).
    """
    name = file or f"{slug}.md"
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise ArticleProblem(name, 1, f"larger than {MOST_BYTES // 1000} kB", "Split the topic")
    head, body = _split(text, name)
    known = _known(head, name)
    known.pop("heard", None)
    try:
        return Article.model_validate({**known, "slug": slug, "language": language, "body": body})
    except ValidationError as wrong:
        raise _problem(wrong, head, name) from None


def _split(text: str, name: str) -> tuple[str, str]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        mend = "Begin the file with a line of three dashes, then title and asked"
        raise ArticleProblem(name, 1, "no front matter", mend)
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :]).strip()
    mend = "Add a line of three dashes between the front matter and the text"
    raise ArticleProblem(name, len(lines), "the front matter never ends", mend)


def _known(head: str, name: str) -> dict[str, object]:
    try:
        # Repeated references can blow a small file up in memory; no article needs one.
        if "*" in head and any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(head, _Loader)):
            raise ArticleProblem(name, 2, "a YAML reference (*name)", "Write the words out")
        found = yaml.load(head, Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 2 if mark else 2  # counted from 0, below the first dashes
        what = str(getattr(wrong, "problem", None) or "not readable as YAML")
        mend = "Often a line with : or # that needs quotes, or lines not set in alike"
        raise ArticleProblem(name, line, what, mend) from None
    except (ValueError, RecursionError):  # an impossible date such as 2026-02-30; absurd nesting
        mend = "Write dates as 2026-11-20 and keep lists flat"
        raise ArticleProblem(name, 2, "a value that does not exist", mend) from None
    if not isinstance(found, dict):
        mend = "Write lines such as title: What to do first"
        raise ArticleProblem(name, 2, "the front matter has no keys", mend)
    return {str(key): value for key, value in found.items()}


def _problem(wrong: ValidationError, head: str, name: str) -> ArticleProblem:
    first = wrong.errors(include_input=False, include_url=False)[0]
    key = str(first["loc"][0])
    at = re.search(rf"^{re.escape(key)}\s*:", head, re.MULTILINE)
    line = head.count("\n", 0, at.start()) + 2 if at else 1
    missing = first["type"] == "missing" or (key == "body")
    what = f"{key} is missing" if missing else f"{key}: {first['msg'].lower()}"
    return ArticleProblem(name, line, what, _MEND.get(key, "Mend the value or leave the line out"))
