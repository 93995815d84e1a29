"""What could name a person is found; ordinary words of a school are left alone."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports import personal

FOUND = [
    ("phone", "ring me on 07700 900123 please"),
    ("phone", "his number is 07700900123"),
    ("phone", "they posted +44 7700 900123"),
    ("phone", "text 07700-900-123"),
    ("phone", "home is 020 7946 0018"),
    ("phone", "she is on (0161) 496 0018 most days"),
    ("phone", "from abroad +353 1 234 5678"),
    ("email", "write to a.example@school.sch.uk"),
    ("email", "it came from PARENT_ONE+x@example.com."),
    ("email", "mail (someone@example.co.uk)"),
    ("email", "two: a@example.org and more"),
    ("address", "I live at 12 Acacia Avenue"),
    ("address", "he wrote 12 acacia avenue"),
    ("address", "they put 4a High Elm Road on it"),
    ("address", "it says 221 Long Meadow Lane, come round"),
    ("address", "my postcode SW1A 1AA is in the caption"),
    ("address", "they know sw1a 1aa"),
    ("address", "posted M1 1AE under it"),
    ("address", "somewhere in CF10 1BH"),
    ("address", "at 7 Heol Example Close"),
    ("name", "Mr Smith posted it"),
    ("name", "it was mrs smith"),
    ("name", "a boy in the class of Miss Example"),
    ("name", "ask Dr. Example about it"),
    ("name", "said by Ms Example-Name"),
    ("name", "Alex Example posted it"),
    ("name", "the account belongs to Alex Example"),
    ("name", "I think Alex Example did this"),
    ("name", "it was Alex Example's phone"),
    ("name", "made by Siân Example in Year Nine"),
    ("name", "Yesterday Alex Example filmed me"),
    ("name", "two boys, Alex Example and another"),
    ("name", "Alex Middle Example is in it"),
    ("name", "The video names Alex O'Example"),
    ("name", "When Alex Example saw it she laughed"),
    ("name", "tagged Alex Example-Name on TikTok"),
    ("name", "his mum Alex Example shared it"),
    ("name", "it says Head Teacher Alex Example"),
    ("name", "on Friday Alex Example sent it round"),
    ("name", "posted by 'Alex Example'"),
    ("card", "pay to 4111 1111 1111 1111"),
    ("card", "card 4111-1111-1111-1111 was shown"),
    ("card", "number 5555555555554444"),
]

FINE = [
    "",
    "They put a video of me up with clown music",
    "He is in Year Nine",
    "Year Nine boys made it",
    "The Head Teacher knows",
    "I told the Deputy Head and the Chair of Governors",
    "I work at Oakfield High School",
    "Oakfield Primary School is named in it",
    "It says King Example Academy",
    "On Monday Morning I saw it",
    "since Friday 13 November 2021",
    "After Christmas Holiday it started again",
    "On Bonfire Night they filmed me",
    "It is on TikTok and Snap Map",
    "Instagram Reels and YouTube Shorts",
    "Google Reviews are full of it",
    "I rang the Professionals Online Safety Helpline",
    "Report Harmful Content said no",
    "Education Support were kind",
    "The Revenge Porn Helpline helped",
    "Samaritans are on 116 123",
    "I called 999",
    "They said ring 101",
    "POSH is 0344 381 4772",
    "Childline is 0800 1111",
    "the NSPCC is 0808 800 5000",
    "Education Support: 08000 562 561",
    "text SHOUT to 85258",
    "my union is on 0300 30 30 333",
    "helpline@saferinternet.org.uk answered",
    "jo@samaritans.org answered",
    "the account is @alex.example",
    "@Alex_Example posted it",
    "see https://www.tiktok.com/@alex.example/video/7030000000000000000",
    "the id is 7030000000000000000",
    "instagram.com/alex.example is the page",
    "https://example.org/call/07700900123",
    "Someone at the school did it",
    "I Am So Angry",
    "I AM SO ANGRY ABOUT THIS",
    "Please help. Nobody answers. Everybody laughs.",
    "Should I tell Ofsted about it",
    "Yesterday Ofsted came",
    "When Ofcom writes back",
    "England and Wales have other rules",
    "In Northern Ireland it differs",
    "I teach Religious Education and French",
    "English Literature was cancelled",
    "It has 400 followers and 12,000 views",
    "It got 1 234 567 views",
    "3 kids down the road saw it",
    "20 pupils on the main road filmed it",
    "room s1 4th period",
    "at 3pm in class 9B2",
    "in y7 2pm lesson",
    "Between 14:30 and 15:10 on 20/11/2026",
    "Case 214 and receipt STW-7K3M-Q9XD",
    "mr and mrs are banned words",
    "Yes Sir they say",
    "Worst Teacher Ever",
    "Sir Is A Clown And Everyone Knows It Now",
    "Teaching Assistant and Senior Leadership Team",
    "My Year Eleven form did it",
    "Key Stage Three started it",
    "Sack The Head",
    "The police Sergeant took notes",
    "Half Term is next week",
    "page 12 of the policy",
    "we waited 12 long weeks down the lane",
    "Mrs Head Teacher they call me",
    "A video with the theme of Jurassic Park",
    "It was posted during World Book Day",
    "I live in Milton Keynes and work in Tower Hamlets",
    "On Red Nose Day and at the Prom Night",
    "an account called Bantz Central",
    "Good Morning, Thank You",
    "number 1234 5678 9012 3456 is no card",
]


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_a_detail_is_found(kind: str, text: str) -> None:
    details = personal.found(text)
    assert [detail.kind for detail in details] == [kind]


@pytest.mark.parametrize("text", FINE)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert personal.found(text) == ()
    assert personal.without(text) == text


def test_there_are_enough_cases() -> None:
    assert len(FOUND) >= 40
    assert len(FINE) >= 60


def test_details_are_replaced_by_what_they_were() -> None:
    assert personal.without("Alex Example (07700 900123, a@example.org) of 12 Acacia Avenue.") == (
        "[name] ([phone number], [e-mail address]) of [address]."
    )
    assert personal.without("Alex Example's video") == "[name]'s video"


def test_a_detail_never_holds_the_words() -> None:
    assert "Example" not in repr(personal.found("it was Alex Example"))


@given(st.one_of(st.text(), st.lists(st.sampled_from(FOUND).map(lambda row: row[1])).map(". ".join)))
def test_no_text_raises_and_nothing_remains(text: str) -> None:
    details = personal.found(text)
    assert all(a.end <= b.start for a, b in pairwise(details))
    assert all(0 <= detail.start < detail.end <= len(text) for detail in details)
    if details:
        assert personal.without(text) != text


@pytest.mark.parametrize("piece", ["Alex ", "0", "07 ", "a@", "1 Aa ", "mr a", "SW1A1", "A' "])
def test_a_megabyte_takes_less_than_two_seconds(piece: str) -> None:
    before = time.process_time()
    personal.found(piece * (1_000_000 // len(piece)))
    assert time.process_time() - before < 2
