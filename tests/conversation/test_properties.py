"""Whatever a member does, in any order: nothing raises, nothing is lost, nothing is sent unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import press, step
from bot.conversation.form import digest, is_open_for, questions, story_text
from bot.conversation.show import BUTTON_LIMIT, open_question
from bot.conversation.turn import Conversation, Turn
from bot.messages import Incoming, Place, Reply
from bot.reports.links import Links
from bot.reports.platforms import Rules
from handlers.incident import IncidentGuide, IncidentReport
from handlers.words import CONTROL_WORDS

AT = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
GUIDE = IncidentGuide(Links(Rules.parse((CONTENT / "platforms.toml").read_text("utf-8"))))
WORDS = st.one_of(
    st.sampled_from(
        [
            "no", "yes", "not sure", "maybe", "send", "tiktok", "mockery and threat", "no violation", "yesterday",
            "so on friday", "they used my photo", "", "   ", "1", "teacher", "a:AAAAAA:in_danger:no", "delete it",
            "x" * 5_000, "\u202eabc", "🙂🙂", "<b>bold</b> *stars* _line_", "me, @someone; other",
            "https://www.tiktok.com/@a.b/video/7030000000000000000", "they made a fake account of me on tiktok",
            "see instagram.com/p/Cabc123/ it is a fake account of me, ring 07700 900123",
        ]
    ),
    st.text(max_size=40),
)  # fmt: skip
FRESH = st.tuples(st.just("fresh press"), st.integers(0, 10_000))
ACTIONS = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 10_000)),
    st.tuples(st.just("old send"), st.integers(0, 10_000)),
    FRESH,
    FRESH,  # what people mostly do, so that conversations get somewhere
    FRESH,
    st.tuples(st.just("words"), WORDS),
    st.tuples(st.just("control"), st.sampled_from(sorted(CONTROL_WORDS))),
    st.tuples(st.just("edit"), st.tuples(st.integers(0, 50), WORDS)),
    st.tuples(
        st.just("foreign"),
        st.sampled_from(["a:ZZZZZZ:in_danger:no", "a:AAAAAA:nothing:x", "a:AAAAAA:!what:x", "f:no", "a:", "::::"]),
    ),
    st.tuples(st.just("again"), st.none()),
    st.tuples(st.just("arrive"), st.none()),
)


@dataclass
class Chat:
    """A member and the engine, restarted through JSON before every message."""

    conversation: Conversation | None = None
    seen: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    said: list[Incoming] = field(default_factory=list)
    reviewed: set[str] = field(default_factory=set)

    def take(self, turn: Turn) -> Turn:
        """Remember what a turn showed, and keep its conversation as JSON would."""
        self.conversation = turn.conversation and Conversation.model_validate_json(turn.conversation.model_dump_json())
        assert self.conversation == turn.conversation
        if turn.replies:
            self.fresh = [choice.value for reply in turn.replies for choice in reply.choices]
            self.seen += self.fresh
        if turn.conversation and any(reply.key == "report-review" for reply in turn.replies):
            self.reviewed.add(digest(IncidentReport, turn.conversation.answers))
        return turn

    def message(self, action: tuple[str, object]) -> Incoming:
        """Return the message an action stands for."""
        kind, what = action
        plain = Incoming(f"m{len(self.said)}", "member", "someone", Place("chat", "someone"), AT, "terminal")
        sends = [button for button in self.seen if ":!send:" in button]
        pool = {"fresh press": self.fresh, "old send": sends}.get(kind, self.seen)
        if kind == "again" and self.said:
            return self.said[-1]
        if kind in ("press", "fresh press", "old send") and pool and isinstance(what, int):
            return with_(plain, pressed=pool[what % len(pool)])
        if kind == "foreign":
            return with_(plain, pressed=str(what))
        if kind == "edit" and isinstance(what, tuple):
            return with_(plain, text=str(what[1]), edits=f"m{what[0]}")
        return with_(plain, text=str(what)) if kind in ("words", "control") else plain


def with_(said: Incoming, **changes: str) -> Incoming:
    """Return a message with some fields set."""
    values = {"text": said.text, "pressed": said.pressed, "edits": said.edits, **changes}
    return Incoming(said.id, said.who, said.person, said.place, said.at, said.adapter, **values)  # type: ignore[arg-type]  # handed on by name


def answered_by(chat: Chat, said: Incoming) -> Turn:
    """Run one message through the engine as the handlers do."""
    conversation = chat.conversation
    assert conversation is not None
    if said.pressed is not None:
        return press.press(IncidentReport, conversation, said, GUIDE)
    control = CONTROL_WORDS.get((said.text or "").strip().casefold())
    if control and said.edits is None and not conversation.leaving:
        return press.control(IncidentReport, conversation, control, said, GUIDE)
    return step.step(IncidentReport, conversation, said, GUIDE)


def begun() -> Chat:
    """Return a chat in which a report has just begun."""
    chat = Chat()
    fresh = Conversation(id="AAAAAA", form="report", started=AT)
    chat.take(step.begin(IncidentReport, fresh, AT, {"in_danger": False, "shows_child": "no"}))
    assert chat.conversation is not None
    assert chat.conversation.answers == {}, "a safety question was prefilled"
    return chat


SAFE = (("words", "no"), ("words", "no"))
STARTS: dict[str, tuple[tuple[str, object], ...]] = {
    "begun": (),
    "telling": SAFE,
    "told": (*SAFE, ("words", "they put a thing up in class"), ("control", "that is all")),
    "reviewing": (
        *SAFE,
        ("words", "https://www.tiktok.com/@a.b/video/7030000000000000000"),
        ("words", "mockery"),
        ("words", "no answer"),
    ),
    "adding": (
        *SAFE,
        ("words", "https://www.tiktok.com/@a.b/video/7030000000000000000"),
        ("words", "threat"),
        ("words", "no answer"),
        ("control", "add more"),
    ),
}


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(STARTS)), st.lists(ACTIONS, min_size=1, max_size=60))
def test_any_sequence_is_answered_and_nothing_is_lost_or_sent_unseen(
    start: str, actions: list[tuple[str, object]]
) -> None:
    chat = begun()
    for action in (*STARTS[start], *actions):
        said = chat.message(action)
        before = chat.conversation
        assert before is not None
        reviewed = set(chat.reviewed)
        turn = chat.take(answered_by(chat, said))
        chat.said.append(said)
        _safety_holds(before, said, turn)
        if turn.finished is not None:
            assert digest(IncidentReport, before.answers) in reviewed
            return
        if turn.conversation is None:
            assert turn.closed == (before.id,)
            assert turn.stopped or before.leaving
            return
        _nothing_lost(before, turn, said)
        assert turn.replies or _is_telling(before), "a message without an answer"
        assert all(len(value.encode()) <= BUTTON_LIMIT for value in chat.fresh)


def _is_telling(before: Conversation) -> bool:
    question = open_question(IncidentReport, before)
    return question is not None and question.kind == "story"


def _safety_holds(before: Conversation, said: Incoming, turn: Turn) -> None:
    """Assert that a safety answer only came while its question was open, from a message of its own."""
    after = turn.conversation.answers if turn.conversation else {}
    for name in ("in_danger", "shows_child"):
        if name in turn.answered or (turn.conversation and after.get(name) != before.answers.get(name)):
            question = open_question(IncidentReport, before)
            assert question is not None
            assert question.name == name
            assert said.edits is None


def _nothing_lost(before: Conversation, turn: Turn, said: Incoming) -> None:
    """Assert that no answer went away or changed but by a message that names it."""
    after = turn.conversation
    assert after is not None
    pressed = said.pressed or ""
    for name, value in before.answers.items():
        question = questions(IncidentReport)[name]
        was_read = name in before.read or question.ask.stage == "derived"
        is_named = f":{name}:" in pressed or pressed.endswith(f":{name}") or said.edits is not None
        if was_read or is_named or name in turn.answered or not is_open_for(IncidentReport, question, after.answers):
            continue
        if question.kind == "story":
            assert story_text(value)[:50] in story_text(after.answers.get(name))
        else:
            assert after.answers.get(name) == value, name


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12), min_size=1, max_size=60),
    st.data(),
)
def test_any_split_of_a_story_gives_the_same_answer(words: list[str], data: st.DataObject) -> None:
    whole = _told([" ".join(words)])
    cuts = sorted(data.draw(st.sets(st.integers(1, len(words)), max_size=10)) | {len(words)})
    parts = [" ".join(words[a:b]) for a, b in zip([0, *cuts], cuts, strict=False) if words[a:b]]
    assert _told(parts) == whole


def _told(messages: list[str]) -> str:
    chat = begun()
    for button in ("a:AAAAAA:in_danger:no", "a:AAAAAA:shows_child:no"):
        chat.take(answered_by(chat, with_(chat.message(("arrive", None)), pressed=button)))
    question = questions(IncidentReport)["what_happened"]
    for place, text in enumerate(messages):
        assert chat.conversation is not None
        chat.take(step.piece(IncidentReport, chat.conversation, question, (f"p{place}", text), AT, GUIDE))
    assert chat.conversation is not None
    return story_text(chat.conversation.answers.get("what_happened"))


def test_a_guarded_answer_cannot_come_from_an_edit_of_an_earlier_message() -> None:
    chat = begun()
    first = with_(chat.message(("arrive", None)), text="no")
    chat.take(answered_by(chat, first))
    turn = answered_by(chat, with_(chat.message(("arrive", None)), text="yes", edits=first.id))
    assert turn.conversation is not None
    assert turn.conversation.answers["in_danger"] is False
    assert turn.replies[0] == Reply("edit-nothing")


def test_a_send_button_sends_only_what_stood_above_it() -> None:
    chat = begun()
    for action in STARTS["reviewing"]:
        chat.take(answered_by(chat, chat.message(action)))
        chat.said.append(chat.message(action))
    old = next(button for button in chat.fresh if ":!send:" in button)
    chat.take(answered_by(chat, with_(chat.message(("arrive", None)), pressed="a:AAAAAA:may_pass_on:yes")))
    turn = answered_by(chat, with_(chat.message(("arrive", None)), pressed=old))
    assert turn.finished is None
    assert turn.replies[0] == Reply("send-changed")
    new = next(choice.value for choice in turn.replies[1].choices if ":!send:" in choice.value)
    chat.take(turn)
    assert answered_by(chat, with_(chat.message(("arrive", None)), pressed=new)).finished is not None
