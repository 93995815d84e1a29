"""What a link says by itself; nothing raises, and a canonical link stays as it is."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feedback import digest
from bot.reports import links, post_times
from bot.reports.links import Links, Rules
from bot.reports.tokens import Platform

ROOT = Path(__file__).parents[2]
RULES = Rules.parse((ROOT / "content" / "platforms.toml").read_text(encoding="utf-8"))
LINKS = Links(RULES)
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("links.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
VIDEO = "https://tiktok.com/@some.body/video/7030000000000000000"
SAME = "https://tiktok.com/@/video/7030000000000000000"


def found(text: str) -> list[str]:
    return [link.canonical for link in LINKS.find(text)]


def test_there_are_enough_cases() -> None:
    assert len(ROWS) >= 220


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_link_says(row: list[str]) -> None:
    link = LINKS.read(row[0])
    if link is None:
        assert row[1:] == ["-"] * 7
        return
    posted = link.posted.isoformat() if link.posted else "-"
    short = "short" if link.is_short else "-"
    full = "-" if link.full == link.canonical else link.full
    assert [link.canonical, link.platform, link.account or "-", link.post or "-", posted, short, full] == row[1:]


@pytest.mark.parametrize("row", [row for row in ROWS if row[1] != "-"], ids=lambda row: row[0])
def test_a_canonical_link_is_found_and_stays(row: list[str]) -> None:
    assert found(f"look: {row[0]} please") == [row[1]]
    again = LINKS.read(row[1])
    assert again is not None
    assert (again.canonical, again.platform, again.is_short) == (row[1], row[2], row[6] == "short")


@pytest.mark.parametrize(
    "text",
    [
        "it is on tiktok.com/@some.body/video/7030000000000000000.",
        "(see https://www.tiktok.com/@some.body/video/7030000000000000000?_r=1)",
        "<https://www.tiktok.com/@some.body/video/7030000000000000000?a=1&amp;_r=1|tiktok.com/@some.body/vid…>",
        "<https://www.tiktok.com/@some.body/video/7030000000000000000>",
        "[this](https://www.tiktok.com/@some.body/video/7030000000000000000)!",
        "link:https://www.tiktok.com/@some.body/video/7030000000000000000, and more",
        "\u201chttps://www.tiktok.com/@some.body/video/7030000000000000000\u201d",
        "https://www.tiktok.com/@some.body/video/7030000000000000000's comments",
        "HTTPS://WWW.TIKTOK.COM/@Some.Body/video/7030000000000000000",
        f"{VIDEO} {VIDEO}?_t=2 {VIDEO}#x",
        f"\u2066{VIDEO}\u2069",
        f"{VIDEO}\u200b and more",
        f"<{VIDEO}|watch this> and <{SAME}|this>",
        f"{SAME} {VIDEO}",
        "https%3A%2F%2Fwww.tiktok.com%2F%40some.body%2Fvideo%2F7030000000000000000, see",
        "http:/www.tiktok.com/@some.body/video/7030000000000000000",
        "www.tiktok.com/@some.body/video/7030000000000000000\u2026",
    ],
)
def test_a_link_is_found_in_words(text: str) -> None:
    assert found(text) == [SAME]
    assert [link.full for link in LINKS.find(text)] == [VIDEO]


def test_several_links_keep_their_order() -> None:
    assert found("https://youtu.be/aaa,https://youtu.be/bbb;https://x.com/a") == [
        "https://youtube.com/watch?v=aaa",
        "https://youtube.com/watch?v=bbb",
        "https://x.com/a",
    ]


def test_there_are_at_most_ten() -> None:
    assert len(found(" ".join(f"https://youtu.be/v{n}" for n in range(30)))) == 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I told them.Then they left",
        "someone@school.sch.uk",
        "1.5 hours",
        "e.g. that",
        "https://",
        "http://.",
        "tiktok.com",
    ],
)
def test_words_are_no_links(text: str) -> None:
    assert found(text) == []


def test_words_remain_without_links() -> None:
    assert links.without_links("look https://youtu.be/a at this, www.example.org/x too") == "look at this, too"
    assert links.without_links("no link here") == "no link here"
    assert links.without_links("<https://x.com/a|x.com/a> said it") == "said it"


def test_the_module_functions_say_the_same() -> None:
    assert links.find(VIDEO, RULES) == LINKS.find(VIDEO)
    assert links.read(VIDEO, RULES) == LINKS.read(VIDEO)


def test_a_redirecting_page_that_leads_to_itself_ends() -> None:
    page = "https://l.facebook.com/l.php?u=https%3A%2F%2Fl.facebook.com%2Fl.php"
    link = LINKS.read(page)
    assert link is None or link.platform == "facebook"


@given(st.integers(1_388_534_400, 4_102_444_799), st.integers(0, 2**32 - 1))
def test_a_tiktok_id_holds_its_time(seconds: int, low: int) -> None:
    assert post_times.tiktok_time(str((seconds << 32) + low)) == datetime.fromtimestamp(seconds, UTC)


@given(st.integers(1_288_915_200_000, 3_487_857_000_000), st.integers(0, 2**22 - 1))
def test_an_x_id_holds_its_time(milliseconds: int, low: int) -> None:
    number = ((milliseconds - 1_288_834_974_657) << 22) + low
    assert post_times.x_time(str(number)) == datetime.fromtimestamp(milliseconds // 1000, UTC)


@given(st.integers(1_420_156_800_000, 4_102_444_799_999), st.integers(0, 2**22 - 1))
def test_a_discord_id_holds_its_time(milliseconds: int, low: int) -> None:
    number = ((milliseconds - 1_420_070_400_000) << 22) + low
    assert post_times.discord_time(str(number)) == datetime.fromtimestamp(milliseconds // 1000, UTC)


@pytest.mark.parametrize("post", ["", "1", "abc", "9" * 19 + "9", "9" * 5000, "\u00b2", str(1_300_000_000 << 32)])
def test_an_implausible_id_holds_none(post: str) -> None:
    assert post_times.tiktok_time(post) is None


@pytest.mark.parametrize("post", ["", "20", "29700859247", "abc", str(2**64), "\u00b2"])
def test_an_id_from_before_the_count_holds_none(post: str) -> None:
    assert post_times.x_time(post) is None
    assert post_times.discord_time(post) is None


@given(st.text())
def test_no_text_raises(text: str) -> None:
    LINKS.find(text)
    LINKS.read(text)
    links.without_links(text)


HOSTS = st.sampled_from(
    [host for site in RULES.sites for host in (site, f"www.{site}")] + ["example.org", "a.b.example"]
)
URLS = st.builds(
    "{}://{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    HOSTS,
    st.text(st.sampled_from("aZ09@._-/%2FéİßK~:+ ;=")),
    st.text(st.sampled_from("vuqid=&%3D25aé+#/:")),
    st.text(max_size=3),
)


@given(st.one_of(URLS, st.text().map("https://example.org/".__add__), st.sampled_from(ROWS).map(lambda row: row[0])))
def test_the_canonical_of_a_canonical_is_itself(address: str) -> None:
    link = LINKS.read(address)
    if link is not None:
        again = LINKS.read(link.canonical)
        assert again is not None
        assert again.canonical == link.canonical
        assert link.canonical.isascii()
        assert link.canonical.startswith("https://")
        assert max(len(link.canonical), len(link.full)) <= links.LONGEST_CANONICAL
        kept = LINKS.read(link.full)
        assert kept is not None
        assert (kept.canonical, kept.full, kept.platform) == (link.canonical, link.full, link.platform)
        assert link.full == link.canonical or kept.account == link.account


PATHS = st.sampled_from([shape.path for platform in RULES.platform for shape in platform.shape])
FILLED = st.builds(
    lambda path, account, number, rest: (
        path.replace("{account}", account).replace("{number}", number).replace("{rest}", rest)
    ),
    PATHS,
    st.text(st.sampled_from("aZ09._-é"), min_size=1, max_size=30),
    st.integers(0, 2**64).map(str),
    st.text(st.sampled_from("aZ09/._-")),
)


@given(st.sampled_from([host for platform in RULES.platform for host in platform.hosts]), FILLED, st.text(max_size=30))
def test_every_shape_of_every_platform_stays_what_it_became(host: str, path: str, junk: str) -> None:
    for part in ("any", "post", "thread"):
        path = path.replace(f"{{{part}}}", "12")
    link = LINKS.read(f"https://{host}{path}?v=a1&id=7&fbid=8&story_fbid=9&q={junk}")
    if link is not None:
        again = LINKS.read(link.canonical)
        kept = LINKS.read(link.full)
        assert again is not None
        assert kept is not None
        assert again.canonical == kept.canonical == link.canonical


@given(st.lists(st.sampled_from([row for row in ROWS if row[1] != "-"]), max_size=15))
def test_links_come_in_the_order_they_were_written(rows: list[list[str]]) -> None:
    text = " and ".join(row[0] for row in rows)
    assert found(text) == list(dict.fromkeys(row[1] for row in rows))[: links.MOST]


@given(
    st.lists(
        st.sampled_from(
            ["https://", "a.co/", "x.com/a ", "%3A", "<", "|", "(", "@", "www.", "é", "%25", "l.facebook.com/l.php?u="]
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_message_of_junk_takes_less_than_a_twentieth_of_a_second(pieces: list[str]) -> None:
    text = ("".join(pieces) * 4_000)[:4_000]
    before = time.process_time()
    LINKS.find(text)
    assert time.process_time() - before < 0.05


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a.",
        "a.b ",
        "https://",
        "<http://a|",
        "(tiktok.com/",
        "www.a.com/) ",
        "https://x.com/a?1 ",
        ")].'s",
        "%2F.@",
    ],
)
def test_a_megabyte_takes_less_than_a_second(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    before = time.process_time()
    LINKS.find(text)
    assert time.process_time() - before < 1


def test_a_message_of_links_that_lead_nowhere_takes_less_than_a_twentieth_of_a_second() -> None:
    text = " ".join(f"l.facebook.com/l.php?u={n}" for n in range(150))[:4_000]
    before = time.process_time()
    assert LINKS.find(text) == ()
    assert time.process_time() - before < 0.05


def test_a_link_shows_no_words_in_its_repr() -> None:
    assert "some" not in repr(LINKS.read(VIDEO))


@pytest.mark.parametrize(
    "toml",
    [
        "platform = 1",
        "[[platform]]\nname = 'a'\nhosst = []",
        "[[platform]]\nname = 'a'\nshape = [{ path = '/{acount}' }]",
        "[",
    ],
)
def test_broken_rules_are_refused(toml: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - four different sentences, one kind of error
        Rules.parse(toml)


def test_rules_digest_and_form_name_the_same_platforms() -> None:
    assert {platform.name for platform in RULES.platform} == set(digest.PLATFORMS) == set(get_args(Platform))
