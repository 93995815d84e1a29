"""What is clearly Welsh or English is recognised; what is short or mixed keeps the language in force."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.language import MOST_READ, recognised
from bot.shelf import SHIPPED, Shelf

WELSH = """
beth ddylwn i wneud gyntaf
sut mae rhoi gwybod am fideo
mae disgybl wedi gwneud cyfrif ffug ohona i
mae rhywun wedi postio fideo ohonof i ar TikTok
dwi'm yn gwybod be i neud
be dwi'n neud rwan
mae nhw wedi gwneud deepfake
beth yw posh
pwy alla i ffonio
pwy sy'n gweld hwn
mae pennaeth yn gwrthod helpu
beth os ydy tiktok yn gwrthod
disgyblion wedi ffilmio fi
rhiant yn ymosod arna i ar facebook
ma plant wedi neud fideo o fi ar tiktok
dan ni angen help
sut dwi'n riportio tiktok
ai robot wyt ti
wyt ti'n robot
does gen i ddim tiktok sut alla i riportio fo
beth yw report harmful content
alla i siarad cymraeg
oes modd cael help
gwych diolch
llun ohona i ar insta
DWI WEDI CAEL FY FFILMIO YN Y DOSBARTH
""".strip().splitlines()
ENGLISH = """
someone made a tiktok of me
how do i report a video
who do i ring
who is posh
who sees this
kids posting stuff about me
fake acc on insta
can i speak welsh
can u help me in Welsh pls
I teach Cymraeg and a kid made a TikTok
i work at Ysgol Bro Myrddin and a pupil filmed me
what does undeb mean
a man at my door
it's on in the art room
my head wont do anything
tiktok said no violation
pls help a kid posted me on snapchat
they keep re uploading it
should i tell the police
HOW DO I GET IT TAKEN DOWN
""".strip().splitlines()
NEITHER = """
no
Llanelli
Aberystwyth
dwi ofn
na
help
helo
iawn
thanks
tiktok
undeb
POSH
what is cymraeg
fideo tiktok ohonof
no violation medden nhw
Ysgol Gyfun Gwyr TikTok fake account
Ysgol Gymraeg y Fenni parents facebook group slagging me off
be dwi'n sgwennu lawr am y post
snapchat help
pls help
https://www.tiktok.com/@mae.disgybl.wedi.gwneud/video/7030000000000000000
@mae_disgybl_wedi_gwneud #mae_disgybl_wedi_gwneud
07700 900123
😢😢😢😢😢😢😢😢😢
""".strip().splitlines()

QUESTIONS = Path(__file__).parent / "guidance" / "questions.tsv"


@pytest.mark.parametrize("words", WELSH)
def test_clear_welsh_is_recognised(words: str) -> None:
    assert recognised(words) == "cy"


@pytest.mark.parametrize("words", ENGLISH)
def test_clear_english_is_recognised(words: str) -> None:
    assert recognised(words) == "en"


@pytest.mark.parametrize("words", NEITHER)
def test_short_mixed_and_other_words_decide_nothing(words: str) -> None:
    assert recognised(words) is None


@pytest.mark.parametrize(
    "words", ["", " ", "\ud83d", "\x00\x07 mae\x1b[2J", "\u202emae", "a" * 10_000_000, "\U000e0041" * 20]
)
def test_anything_can_be_read(words: str) -> None:
    assert recognised(words) in (None, "en", "cy")


def test_no_english_question_of_ours_is_taken_for_welsh_and_few_welsh_ones_are_missed() -> None:
    asked = {language: list(_asked(language)) for language in ("en", "cy")}
    asked["en"] += [
        row.split("\t")[0] for row in QUESTIONS.read_text("utf-8").splitlines()[1:] if not row.endswith("crisis")
    ]
    assert [words for words in asked["en"] if recognised(words) == "cy"] == []
    seen = sum(recognised(words) == "cy" for words in asked["cy"])
    assert seen >= 0.9 * len(asked["cy"]) >= 0.9 * 8 * 8


def _asked(language: str) -> list[str]:
    articles = Shelf(SHIPPED, time.monotonic).articles
    return [line for article in articles if article.language == language for line in article.asked]


def test_a_link_does_not_hide_the_language_around_it() -> None:
    assert recognised("mae disgybl wedi postio hwn https://www.tiktok.com/@some.account/video/703 amdana i") == "cy"


def test_recognising_is_cheap_enough_for_every_message() -> None:
    words = "mae disgybl wedi gwneud cyfrif ffug ohona i " * (MOST_READ // 40)
    recognised(words)
    began = time.process_time()
    for _ in range(100):
        recognised(words)
    assert time.process_time() - began < 1.0
