"""What is posted keeps within Slack's limits, and nothing a member wrote fires in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack_blocks import MESSAGE_LETTERS, SECTION_LETTERS, parts, pieces, spoken
from bot.messages import Outgoing, Shown
from tests.servers.slack_rules import refusal

LABELS = st.text(max_size=90)
BUTTONS = st.lists(st.builds(Shown, st.text(min_size=1, max_size=64), LABELS), max_size=60)


def _refused(message: Outgoing) -> list[object]:
    answers = (refusal("chat.postMessage", {"channel": "D1", **spoken(one)}, is_direct=True) for one in parts(message))
    return [answer for answer in answers if answer is not None]


@given(st.text(max_size=400), st.integers(1, 60), BUTTONS)
def test_anything_that_can_be_said_is_taken(text: str, times: int, buttons: list[Shown]) -> None:
    assert _refused(Outgoing(text * times, tuple(buttons))) == []


@given(st.text(alphabet="ab .\n!?", max_size=300), st.integers(5, 40))
def test_a_text_in_pieces_loses_nothing_but_the_space_between(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(0 < len(one) <= limit for one in found)


def test_a_long_text_is_cut_between_paragraphs_then_sentences() -> None:
    paragraph = f"{'w' * 1_200}."
    assert pieces(f"{paragraph}\n\n{paragraph}\n\n{paragraph}", SECTION_LETTERS)[0] == f"{paragraph}\n\n{paragraph}"
    assert pieces(f"{paragraph} {paragraph} {paragraph}", SECTION_LETTERS)[0] == f"{paragraph} {paragraph}"


def test_buttons_stand_under_the_last_part() -> None:
    made = parts(Outgoing("word " * (MESSAGE_LETTERS // 2), (Shown("do:help", "Help"),)))
    assert [len(part.buttons) for part in made] == [0] * (len(made) - 1) + [1]
    assert len(made) > 1


def test_words_are_plain_and_the_fallback_escaped() -> None:
    said = spoken(Outgoing("<!channel> *see* <https://a.example|b> :smile: & @here"))
    assert said["blocks"][0]["text"] == {
        "type": "plain_text",
        "text": "<!channel> *see* <https://a.example|b> :smile: & @here",
        "emoji": False,
    }
    assert said["text"] == "&lt;!channel&gt; *see* &lt;https://a.example|b&gt; :smile: &amp; @here"
    assert said["unfurl_links"] is said["unfurl_media"] is said["mrkdwn"] is False


def test_words_that_begin_with_a_slash_do_not_begin_a_message() -> None:
    said = spoken(Outgoing("/report is how it begins"))
    assert not said["text"].startswith("/")
    assert not said["blocks"][0]["text"]["text"].startswith("/")


def test_a_button_says_what_it_is_or_opens_an_address() -> None:
    said = spoken(Outgoing("Choose:", (Shown("a:X:q:yes", "Yes"), Shown("", "Read", "https://union.example"))))
    first, second = said["blocks"][1]["elements"]
    assert (first["value"], "url" in first) == ("a:X:q:yes", False)
    assert (second["url"], "value" in second) == ("https://union.example", False)


def test_buttons_that_say_the_same_are_told_apart() -> None:
    rows = spoken(Outgoing("", tuple(Shown("do:help", "Help") for _ in range(12))))["blocks"]
    ids = [button["action_id"] for row in rows for button in row["elements"]]
    assert [len(row["elements"]) for row in rows] == [5, 5, 2]
    assert len(set(ids)) == 12


def test_nothing_to_say_is_not_said() -> None:
    assert parts(Outgoing(" \n ")) == ()
