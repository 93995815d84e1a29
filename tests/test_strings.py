"""Every sentence the code asks for is written, every written one is asked for, and all can be said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.conversation.form import Form, questions
from bot.conversation.show import BUTTON_LIMIT
from bot.feedback.digest import TALLIES
from bot.messages import Delivery, Passage, Reply, Text, Upload, Value
from bot.records import CaseCard, CaseFile, CheckIn, Draft, Heard, HeardTogether
from bot.reports import personal
from bot.reports.outcomes import SEEN_BY_ANYBODY, News
from bot.reports.tokens import Platform
from bot.texts import Texts
from handlers import FORMS
from handlers.cases import card, opened
from handlers.check_in import asking
from handlers.hearing import gathered, teller
from handlers.rounds import reminder
from handlers.sheets import SHEETS
from tests.conftest import CHECKOUT

STRINGS = CHECKOUT / "content" / "strings"
ADAPTERS = ("terminal", "telegram", "slack", "web")
NEUTRAL = 80  # characters; what a phone shows on its lock screen
SAID_BY = {"Reply": 0, "Text": 0, "choice": 1}  # which argument is the key
GIVES_AWAY = re.compile(
    r"union|report|abuse|threat|case|officer|undeb|adroddiad|cam-drin|bygyth|achos|swyddog|tiktok|instagram|snapchat|youtube|facebook|whatsapp|telegram|discord",
    re.IGNORECASE,
)


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for folder in ("bot", "handlers"):
        for file in sorted((CHECKOUT / folder).rglob("*.py")):
            yield file, ast.parse(file.read_text("utf-8"))


def _spoken(node: ast.expr) -> Iterator[str | re.Pattern[str]]:
    """Yield the keys an expression can be: a string, either side of a condition, or a family with a known beginning."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_spoken(node.body), *_spoken(node.orelse))
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
        yield re.compile("".join(parts))


def _calls() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    for file, module in _modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID_BY:
                place = SAID_BY[node.func.id]
                if len(node.args) > place:
                    yield f"{file.name}:{node.lineno}", node, node.args[place]


def _loose() -> set[str]:
    """Return every string that is written down as a key before it is used (``key = ...``, pairs of keys)."""
    found: set[str] = set()
    for _, module in _modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "-" in node.value:
                found.add(node.value)
            elif isinstance(node, ast.IfExp):
                found |= {spoken for spoken in _spoken(node) if isinstance(spoken, str)}
    return found


def _wanted(form: type[Form]) -> set[str]:
    """Return the sentences one form needs."""
    keys = {f"{form.name}-{what}" for what in ("review", "send", "seen-by")}
    for name, question in questions(form).items():
        keys.add(f"{form.name}-{name}" if question.ask.guarded else f"{form.name}-{name}-name")
        if question.ask.stage not in ("switch", "derived"):
            keys.add(f"{form.name}-{name}")
        if question.kind in ("one", "many"):
            keys |= {f"{form.name}-{name}-{option}" for option in question.options}
        if question.ask.stops:
            keys.add(f"{form.name}-{name}-stop")
    return keys


def _on_a_sheet(form: type[Form]) -> set[str]:
    """Return the sentences a form needs that is only ever shown whole."""
    keys = {f"{form.name}-title", f"{form.name}-send"}
    for name, question in questions(form).items():
        keys |= {f"{form.name}-{name}-name", *(f"{form.name}-{name}-{option}" for option in question.options)}
    return keys


FAMILIES = (
    {key for room in FORMS.values() for key in _wanted(room.form)}
    | {key for form in SHEETS for key in _on_a_sheet(form)}
    | {f"upload-{kind}" for kind in get_args(Upload)}
    | {f"carrier-{adapter}" for adapter in ADAPTERS}
    | {f"adapter-{adapter}" for adapter in ADAPTERS}
    | {f"case-{status}" for status in ("open", "taken", "waiting", "closed")}
    | {f"digest-tally-{what}" for what in TALLIES}
    | {f"personal-{kind}" for kind in ("phone", "email", "address", "name", "card")}
    | {f"digest-{period}" for period in ("day", "week")}
    | {f"digest-heading-{period}" for period in ("day", "week")}
)
EXACT = {spoken for _, _, node in _calls() for spoken in _spoken(node) if isinstance(spoken, str)}
PATTERNS = {spoken for _, _, node in _calls() for spoken in _spoken(node) if isinstance(spoken, re.Pattern)}


LANGUAGES = tuple(sorted(file.stem for file in STRINGS.glob("*.ftl")))
IN_ENGLISH_UNTIL_APPROVED = ("crisis", "crisis-union", "crisis-draft", "report-shows_child-stop")


def _messages(language: str) -> dict[str, fluent.Message]:
    body = FluentParser().parse((STRINGS / f"{language}.ftl").read_text("utf-8")).body
    assert not [entry for entry in body if isinstance(entry, fluent.Junk)]
    return {entry.id.name: entry for entry in body if isinstance(entry, fluent.Message)}


IN_LANGUAGE = {language: _messages(language) for language in LANGUAGES}
MESSAGES = IN_LANGUAGE["en"]


def _parts(node: object) -> Iterator[fluent.BaseNode]:
    if isinstance(node, fluent.BaseNode):
        yield node
        for inner in vars(node).values():
            yield from _parts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _parts(inner)


def _variables(key: str, language: str = "en") -> set[str]:
    found = _parts(IN_LANGUAGE[language][key])
    return {part.id.name for part in found if isinstance(part, fluent.VariableReference)}


def _commands(key: str, language: str) -> set[str]:
    """Return the commands a sentence names."""
    called = (part for part in _parts(IN_LANGUAGE[language][key]) if isinstance(part, fluent.FunctionReference))
    return {str(vars(one.arguments.positional[0]).get("value")) for one in called}


def _unlike(english: dict[str, fluent.Message], other: dict[str, fluent.Message]) -> set[str]:
    """Return the keys only one of two languages has."""
    return english.keys() ^ other.keys()


def _numbers(key: str) -> set[str]:
    chosen = (part.selector for part in _parts(MESSAGES[key]) if isinstance(part, fluent.SelectExpression))
    return {one.id.name for one in chosen if isinstance(one, fluent.VariableReference)}


def _texts() -> Texts:
    return Texts(STRINGS, "the union", ZoneInfo("Europe/London"))


def _plausible(key: str) -> dict[str, Value]:
    return {name: 2 if name in _numbers(key) else "report" for name in _variables(key)}


def test_every_key_in_the_code_has_a_sentence() -> None:
    missing = {
        f"{where} {spoken}"
        for where, _, node in _calls()
        for spoken in _spoken(node)
        if isinstance(spoken, str) and spoken not in MESSAGES
    }
    silent = {pattern.pattern for pattern in PATTERNS if not any(pattern.fullmatch(key) for key in MESSAGES)}
    assert not missing | silent


def test_every_question_option_and_kind_has_its_sentence() -> None:
    assert FAMILIES - MESSAGES.keys() == set()


def test_every_kind_of_personal_detail_has_a_name() -> None:
    words = "ring 07700 900123, write to someone@example.org, at 12 High Street, M1 1AA, card 4111 1111 1111 1111"
    kinds = {one.kind for one in personal.found(words)}
    assert kinds
    assert {f"personal-{kind}" for kind in kinds} <= MESSAGES.keys()


def test_no_sentence_is_dead() -> None:
    used = EXACT | _loose() | FAMILIES
    families = [pattern for pattern in PATTERNS if not pattern.pattern.startswith(r"report\-")]
    dead = {key for key in MESSAGES if key not in used and not any(one.fullmatch(key) for one in families)}
    assert dead == set()


def test_every_value_a_sentence_wants_is_given() -> None:
    lacking = set()
    for where, call, node in _calls():
        given = call.args[SAID_BY[call.func.id] + 1] if len(call.args) > SAID_BY[call.func.id] + 1 else None  # type: ignore[attr-defined]  # nodes of many kinds
        if call.func.id == "choice" or not (given is None or isinstance(given, ast.Dict)):  # type: ignore[attr-defined]  # nodes of many kinds
            continue
        if isinstance(given, ast.Dict) and None in given.keys:  # ``**more``: only running it tells
            continue
        names = {key.value for key in given.keys if isinstance(key, ast.Constant)} if given else set()
        for spoken in _spoken(node):
            if isinstance(spoken, str) and spoken in MESSAGES and not _variables(spoken) <= names:
                lacking.add(f"{where} {spoken}: {_variables(spoken) - names}")
    assert lacking == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("adapter", ADAPTERS)
def test_every_sentence_can_be_said(adapter: str, language: str) -> None:
    texts = _texts()
    for key in MESSAGES:
        said = texts.outgoing(Reply(key, _plausible(key)), language, adapter).text
        assert "{" not in said, key
        assert "!" not in said, key
        assert ("/report" not in said) or adapter != "slack", key


def _unasked() -> Iterator[Delivery]:
    """Yield one of everything that is ever sent unasked, as the handlers make it."""
    at, zone = datetime(2026, 5, 3, 16, 0, tzinfo=UTC), ZoneInfo("Europe/London")
    yield reminder(Draft("c", "m", "report", at), at)
    for platform in (*get_args(Platform), None):
        one = CheckIn("r", platform, at, at, 0)
        yield from (asking(zone, "m", [one] * count, at) for count in (1, 2, 10))
        for what in get_args(News):
            heard = Heard("m", "r", at, platform, what, "o")
            if what in SEEN_BY_ANYBODY:
                yield teller(at, zone)(heard)
                yield gathered(zone, "m", [HeardTogether(heard, 0, 0)], at)
            else:
                yield from (gathered(zone, "m", [HeardTogether(heard, saying, 9)], at) for saying in (0, 1, 5))


def test_everything_that_is_sent_unasked_is_looked_at_here() -> None:
    made = {
        path.name
        for path, module in _modules()
        if path.parent.name == "handlers" and "unasked=True" in ast.unparse(module)
    }
    assert made == {"rounds.py", "check_in.py", "hearing.py"}
    assert all(delivery.unasked for delivery in _unasked())
    assert {"draft-reminder", "check-in", "check-ins", "told-gone", "told-back_up", "told-news"} == {
        delivery.reply.key for delivery in _unasked()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_sent_unasked_begins_without_telling_what_it_is_about(language: str) -> None:
    texts = _texts()
    for delivery in _unasked():
        for adapter in ADAPTERS:
            said = texts.outgoing(delivery.reply, language, adapter).text
            assert not GIVES_AWAY.search(said[:NEUTRAL]), said[:NEUTRAL]
            assert all(len(choice.value.encode()) <= BUTTON_LIMIT for choice in delivery.reply.choices)


def test_there_is_welsh() -> None:
    assert LANGUAGES == ("cy", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_values_and_commands(language: str) -> None:
    assert _unlike(MESSAGES, IN_LANGUAGE[language]) == set()
    for key in MESSAGES:
        assert _variables(key, language) == _variables(key), key
        if key not in ("help", "language-offer"):
            assert _commands(key, language) == _commands(key, "en"), key


def test_a_missing_translation_is_said_in_english_and_is_found(tmp_path: Path) -> None:
    whole = (STRINGS / "cy.ftl").read_text("utf-8")
    assert "\nstory-go-on = " in whole
    (tmp_path / "cy.ftl").write_text(re.sub(r"(?m)^story-go-on = .*\n", "", whole), "utf-8")
    (tmp_path / "en.ftl").write_text((STRINGS / "en.ftl").read_text("utf-8"), "utf-8")
    texts = Texts(tmp_path, "the union", ZoneInfo("Europe/London"))
    assert texts.say(Text("story-go-on"), "cy", "web") == _texts().say(Text("story-go-on"), "en", "web")
    assert texts.say(Text("button-all"), "cy", "web") == "Dyna'r cyfan"
    lacking = FluentParser().parse((tmp_path / "cy.ftl").read_text("utf-8")).body
    assert _unlike(MESSAGES, {one.id.name: one for one in lacking if isinstance(one, fluent.Message)}) == {
        "story-go-on"
    }


def test_welsh_has_its_six_plural_forms_wherever_english_has_two() -> None:
    for key in MESSAGES:
        for english, welsh in zip(_choices(key, "en"), _choices(key, "cy"), strict=True):
            if "one" in english:
                zero = welsh & {"zero", "0"}
                assert zero, key
                assert welsh - zero == {"one", "two", "few", "many", "other"}, key
            else:
                assert welsh == english, key


def _choices(key: str, language: str) -> list[set[str]]:
    """Return the forms of each choice in a sentence, by name or number."""
    found = (part for part in _parts(IN_LANGUAGE[language][key]) if isinstance(part, fluent.SelectExpression))
    return [{str(vars(form.key).get("name") or vars(form.key).get("value")) for form in one.variants} for one in found]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "un adroddiad"), (2, "dau adroddiad"), (3, "tri adroddiad"), (6, "chwe adroddiad"), (11, "11 adroddiad")],
)
def test_welsh_counts_as_welsh_does(count: int, said: str) -> None:
    assert said in _texts().say(Text("status-head", {"count": count}), "cy", "web")


def test_days_are_named_in_the_language_they_are_said_in() -> None:
    friday_night = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
    opens = Text("office-opens", {"opens": friday_night})
    assert "Friday 20 November, 22:10" in _texts().say(opens, "en", "web")
    assert "dydd Gwener 20 Tachwedd, 22:10" in _texts().say(opens, "cy", "web")
    assert _texts().say(Text("day", {"day": date(2026, 8, 3)}), "cy", "web") == "3 Awst 2026"
    assert _texts().say(Text("day", {"day": date(2026, 8, 3)}), "en", "web") == "3 August 2026"


def test_what_saves_lives_is_in_english_behind_a_welsh_sentence_until_it_is_approved() -> None:
    texts = _texts()
    assert texts.is_unapproved("cy")
    assert not texts.is_unapproved("en")
    for key in IN_ENGLISH_UNTIL_APPROVED:
        english, welsh = (texts.say(Text(key, _plausible(key)), language, "web") for language in ("en", "cy"))
        if key == "crisis":  # when somebody reads is said in Welsh
            english = "I'm a program, and nobody at the union is reading this right now."
        assert english in welsh, key
        assert not welsh.startswith(english), key
    assert texts.say(Text("crisis", _plausible("crisis")), "cy", "web").index("999") < 40


def test_an_unapproved_translation_says_so_with_every_quotation() -> None:
    passage = Passage(
        "first-steps", "T", "H", "B.", "", date(2026, 11, 20), "", None, "", "", language="cy", translation="unapproved"
    )
    note = "Nid yw'r testun Cymraeg hwn wedi'i gymeradwyo gan the union eto."
    assert note in _texts().outgoing(Reply("answer", {}, (), passage), "cy", "web").text
    approved = _texts().outgoing(Reply("answer", {}, (), replace(passage, translation="approved")), "cy", "web").text
    assert "gymeradwyo gan the union eto" in approved  # the guidance itself is a sample still
    assert note not in approved


def test_english_guidance_for_a_welsh_member_is_announced_in_welsh() -> None:
    passage = Passage("doxxing", "T", "H", "B.", "", None, "", None, "", "")
    said = _texts().outgoing(Reply("answer", {}, (), passage), "cy", "web").text
    assert said.startswith("Nid yw'r canllaw hwn ar gael yn Gymraeg eto, felly dyma'r testun Saesneg.\n\nB.")
    assert "Gymraeg" not in _texts().outgoing(Reply("answer", {}, (), passage), "en", "web").text


def test_members_words_are_never_read_as_a_pattern() -> None:
    words = '{ $x } { COMMAND("report") } -term = x'
    assert _texts().say(Text("words", {"words": words}), "en", "terminal") == words


def test_four_thousand_characters_can_be_said() -> None:
    assert len(_texts().say(Text("words", {"words": "w" * 4_000}), "en", "terminal")) == 4_000


def test_a_case_number_is_written_as_it_is_typed() -> None:
    case = CaseCard("id", 1_234, "item", "open", urgent=False, opened=datetime(2026, 11, 20, tzinfo=UTC), reports=2)
    for shown in (card(case), card(replace(case, kind="call")), *opened(CaseFile(case, ({},)))[:1]):
        assert "Case 1234" in _texts().outgoing(shown, "en", "terminal").text
