"""A term in one process: the real router, rounds, ledger and SQLite file; only the chat service is a recorder."""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uuid6

from bot.conversation.turn import Conversation, Turn
from bot.delivery import Deliveries
from bot.desk import Desk, House
from bot.hours import DAY, Calendar, Hours, quiet_days
from bot.messages import Delivery, Incoming, Outgoing, Place
from bot.ports import SendFailed, Slip
from bot.records import CheckIn, HeardTogether, Situation
from bot.reports.links import Links
from bot.reports.platforms import Rules
from bot.reports.routes import Routes
from bot.router import Router
from bot.storage.store import Store
from bot.texts import Texts
from handlers import decide, sending
from handlers.held import Held
from handlers.incident import IncidentReport
from handlers.officers import decide as decide_for_officer
from handlers.rounds import Rounds
from tests.conftest import CHECKOUT
from tests.storage.conftest import ROOT, Hands

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(Hours.parse("Mon-Fri 16:00-19:00"), DAY, LONDON, quiet_days)
MEMBERS, REPORTS, ITEMS, DAYS, SENDING_DAYS = 400, 1_500, 300, 60, 38
BEGINS = datetime(2026, 11, 2, 0, 0, tzinfo=LONDON)  # St Andrew's Day and Christmas are in it
TICKS = [time(hour) for hour in (3, 7, 8, 10, 12, 14, 20, 23)]
TICKS += [time(hour, minute) for hour in (16, 17, 18) for minute in (0, 15, 30, 45)] + [time(18, 57), time(19)]
NATIONS = (None, "england", "wales", "scotland", "northern_ireland")
SAID = {"up": 50, "gone": 9, "unseen": 10, "refused": 10, "otherwise": 4, "none": 10, "later": 4, "stop": 3}


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Recorder:
    """Two adapters' sending half: writes down what arrives, and fails as it is told."""

    hands: Hands
    chance: random.Random
    arrived: list[tuple[str, datetime, Outgoing]] = field(default_factory=list)
    unsure: Counter[str] = field(default_factory=Counter)
    trouble: str = ""

    async def send(self, address: str, message: Outgoing, slip: Slip | None = None) -> str | None:
        """Let it arrive, or not, or fail in between."""
        assert slip is not None
        assert address
        if self.trouble == "fails":
            raise SendFailed("down")
        if self.trouble in ("hangs", "killed", "dead"):
            arrives = self.trouble != "dead" and self.chance.random() < 0.5
            if arrives:
                self.arrived.append((slip.mark, self.hands.now, message))
                self.unsure[slip.mark] += 1
            if self.trouble == "hangs":
                raise TimeoutError
            self.trouble = "dead"  # nothing more leaves this process
            raise Killed
        self.arrived.append((slip.mark, self.hands.now, message))
        return slip.mark

    async def find(self, address: str, slip: Slip, since: datetime) -> None:
        """Find nothing, as Telegram does."""


class Watched(Store):
    """The store, and what it was asked to write: by key, when, and about which reports or outcomes."""

    planned: dict[str, tuple[str, datetime, tuple[str, ...]]]
    told: dict[str, tuple[str, tuple[tuple[str, str], ...]]]
    gathered: list[datetime]

    async def ask(self, now: datetime, calendar: Calendar, compose: Any) -> int:  # noqa: ANN401 - as the store's own
        """Write down what each check-in asks about."""

        def watched(member: str, due: Sequence[CheckIn], at: datetime) -> Delivery:
            made: Delivery = compose(member, due, at)
            assert made.key not in self.planned
            self.planned[made.key] = member, at, tuple(one.report for one in due)
            return made

        return await super().ask(now, calendar, watched)

    async def gather_news(self, now: datetime, compose: Any) -> int:  # noqa: ANN401 - as the store's own
        """Write down which outcomes each message of the day tells, and as what."""

        def watched(member: str, every: Sequence[HeardTogether], at: datetime) -> Delivery:
            made: Delivery = compose(member, every, at)
            # What comes later on that day is put together again each minute, and kept for tomorrow.
            self.told.setdefault(made.key, (member, tuple((one.heard.outcome, one.heard.what) for one in every)))
            return made

        self.gathered.append(now)
        return await super().gather_news(now, watched)


@dataclass
class Sent:
    """One report as it was sent."""

    id: str
    member: str
    item: int
    at: datetime
    nation: str | None
    posted: bool


@dataclass
class Term:
    """What happens in 60 days, and what everybody did."""

    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    hands: Hands = field(default_factory=lambda: Hands(BEGINS))
    events: list[tuple[datetime, int, tuple[Any, ...]]] = field(default_factory=list)
    sent: dict[str, Sent] = field(default_factory=dict)
    taps: list[tuple[datetime, str, str]] = field(default_factory=list)
    stops: defaultdict[str, list[tuple[datetime, bool]]] = field(default_factory=lambda: defaultdict(list))
    planned: dict[str, tuple[str, datetime, tuple[str, ...]]] = field(default_factory=dict)
    told: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=dict)
    gathered: list[datetime] = field(default_factory=list)
    officers_said: list[tuple[datetime, int, str]] = field(default_factory=list)
    restarts: int = 0
    numbers: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        """Read the content once."""
        content = CHECKOUT / "content"
        self.links = Links(Rules.parse((content / "platforms.toml").read_text("utf-8")))
        self.routes = Routes.parse((content / "routes.toml").read_text("utf-8"))
        self.texts = Texts(content / "strings", "the union", LONDON)
        self.recorder = Recorder(self.hands, random.Random(7))
        self.answered = 0

    async def open(self) -> None:
        """Open the house, as after a start or a kill."""
        url = f"sqlite:///{self.folder}/data.db"
        store = await Watched.open(url, f"sqlite:///{self.folder}/keys.db", ROOT, self.hands)
        assert isinstance(store, Watched)
        store.planned, store.told, store.gathered = self.planned, self.told, self.gathered
        self.store, store.ledger.goes_at = store, CALENDAR.goes_at
        house = House("the union", "the line", "open", has_officers=True, zone=LONDON)
        self.desk = Desk(
            storage=store,
            answerer=_nobody_asks,
            is_crisis=_nobody_writes,
            links=self.links,
            routes=self.routes,
            house=house,
            held=Held(),
            next_open=lambda _: None,
            crisis_lines=lambda *_: ((), ()),
            recognise=lambda _: None,
            chance=self.chance.getrandbits,
            new_id=lambda: str(uuid6.uuid7()),
        )
        self.router = Router(self.desk, self._decide, decide_for_officer)
        senders = {"telegram": self.recorder, "officers": self.recorder}
        self.deliveries = Deliveries(
            store.ledger, senders, self.texts.outgoing, self.hands, self.chance.random, sleep=self._sleep
        )
        self.rounds = Rounds(self.desk, store, CALENDAR)
        await self.deliveries.recover(sole=True)

    async def _sleep(self, seconds: float) -> None:
        self.hands.move(seconds=seconds)

    async def _decide(self, said: Incoming, situation: Situation, desk: Desk) -> Turn:
        """Send a report as the form does at its end; everything else is decided as ever."""
        if said.filled is None:
            return await decide(said, situation, desk)
        answers: dict[str, Any] = {"in_danger": False, "shows_child": "no", "platform": "tiktok", "kinds": ["mockery"]}
        link = f"https://www.tiktok.com/@some.account/video/{7_030_000_000_000_000_000 + int(str(said.filled['item']))}"
        answers |= {"links": [link], "platform_reply": said.filled["reply"], "nation": said.filled["nation"] or None}
        answers["keep_me_posted"] = said.filled["posted"] == "yes"
        form = IncidentReport.model_validate(answers)
        before = Conversation(id="AAAAAA", form="report", started=said.at)
        return await sending.sent(said, situation, desk, before, Turn(finished=form))

    async def says(self, number: int, **what: Any) -> list[str]:  # noqa: ANN401 - fields of a message
        """Let a member say something and return the keys of what they are answered."""
        person = self.store.pseudonym("telegram", f"member {number}")
        place = Place("chat", person)
        said = Incoming(
            f"m{next(self.numbers)}", "member", person, place, self.hands.now, "telegram", f"a{number}", **what
        )
        answered = [reply.key for reply in (await self.router.respond(said)).replies]
        assert not {"trouble", "trouble-storage", "too-busy"} & set(answered), answered
        self.answered += 1
        return answered

    def plan(self) -> None:
        """Lay out what happens whatever else does."""
        for number in range(REPORTS):
            item = min(int(self.chance.paretovariate(0.7)), ITEMS) - 1 if self.chance.random() < 0.3 else None
            at = BEGINS + timedelta(
                days=self.chance.randrange(SENDING_DAYS), minutes=self.chance.randrange(7 * 60, 24 * 60)
            )
            at += timedelta(seconds=5 + number % 20)  # never two of one item at once: which was first would be unsaid
            self.at(
                at, "report", self.chance.randrange(MEMBERS), self.chance.randrange(ITEMS) if item is None else item
            )
        for number in self.chance.sample(range(MEMBERS), 60):
            stops = BEGINS + timedelta(days=self.chance.randrange(5, 45), minutes=self.chance.randrange(24 * 60))
            self.at(stops, "stop", number)
            if self.chance.random() < 0.6:
                self.at(stops + timedelta(days=self.chance.randrange(1, 12), minutes=5), "start", number)
        for day in range(DAYS):
            for tick in TICKS:
                self.at(datetime.combine((BEGINS + timedelta(days=day)).date(), tick, LONDON), "tick")
            if day % 5 == 2:  # an outage over an afternoon and an evening, of every kind in turn
                kind = ("fails", "hangs", "killed")[day // 5 % 3]
                from_, to = ((15, 21), (16, 17), (12, 18))[day // 5 % 3]
                self.at(BEGINS + timedelta(days=day, hours=from_, minutes=20), "trouble", kind)
                self.at(BEGINS + timedelta(days=day, hours=to, minutes=40), "trouble", "")
            if day % 4 == 1:
                self.at(BEGINS + timedelta(days=day, hours=17, minutes=7), "restart")
            if day > 6:
                self.at(BEGINS + timedelta(days=day, hours=11, minutes=3), "officer")

    def at(self, when: datetime, *what: Any) -> None:  # noqa: ANN401 - an event
        """Let something happen at a time."""
        heapq.heappush(self.events, (when, next(self.numbers), what))

    async def play(self) -> None:
        """Let the term go by."""
        await self.open()
        self.plan()
        until = BEGINS + timedelta(days=DAYS)
        while self.events and self.events[0][0] < until:
            when, _, (what, *more) = heapq.heappop(self.events)
            self.hands.now = max(self.hands.now, when)
            await getattr(self, f"_{what}")(*more)
        self.recorder.trouble = ""
        await self._tick()
        await self.store.close()

    async def _report(self, number: int, item: int) -> None:
        nation = self.chance.choice(NATIONS)
        posted = "yes" if self.chance.random() < 0.7 else "no"
        reply = self.chance.choice(["none"] * 6 + ["not_reported"] * 3 + ["no_violation", "removed"])
        filled = {"item": str(item), "nation": nation or "", "posted": posted, "reply": reply}
        at = self.hands.now
        answered = await self.says(number, filled=filled)
        if "too-many-reports" in answered:
            return
        person = self.store.pseudonym("telegram", f"member {number}")
        new = next(own for own in await self.store.own_reports(person) if own.id not in self.sent)
        self.sent[new.id] = Sent(new.id, person, item, at, nation, posted == "yes")

    async def _stop(self, number: int) -> None:
        await self.says(number, pressed="do:stop")
        self.stops[self.store.pseudonym("telegram", f"member {number}")].append((self.hands.now, True))

    async def _start(self, number: int) -> None:
        await self.says(number, pressed="do:start")
        self.stops[self.store.pseudonym("telegram", f"member {number}")].append((self.hands.now, False))

    async def _tap(self, number: int, report: str, code: str) -> None:
        answered = await self.says(number, pressed=f"k:{report}:{code}")
        assert "report-not-found" not in answered
        self.taps.append((self.hands.now, report, f"{code} {answered[0]}"))

    async def _officer(self) -> None:
        case = self.chance.randrange(1, len(await self.store.cases()) + 1)
        what = self.chance.choice(["gone", "no_violation", "still_up"])
        said = Incoming(
            f"m{next(self.numbers)}", "officer", "officer one", Place("channel", "cases"), self.hands.now, "slack",
            pressed=f"c:outcome:{case}:{what}",
        )  # fmt: skip
        (reply,) = (await self.router.respond(said)).replies
        assert reply.key == "case-outcome-now"

    async def _trouble(self, kind: str) -> None:
        self.recorder.trouble = kind

    async def _restart(self) -> None:
        """Close and open the house in the middle of an afternoon."""
        await self.store.close()
        await self.open()
        self.restarts += 1

    async def _tick(self) -> None:
        """Go one round and send what is due; a kill in between opens the house again."""
        heard = len(self.recorder.arrived)
        await self.rounds(self.hands.now)
        while True:
            try:
                arrived = await self.deliveries.drain()
            except Killed:
                await self._restart()
                self.recorder.trouble = self.chance.choice(["", "killed"])
                continue
            due = await self.deliveries.next_due()
            if not arrived or due is None or due > self.hands.now + timedelta(seconds=2):
                break
            self.hands.now = max(self.hands.now, due)  # the next slots of what goes in bulk
        for _, _, message in self.recorder.arrived[heard:]:
            self._react(message)

    def _react(self, message: Outgoing) -> None:
        """Let the member who got a message tap, perhaps, soon or hours later."""
        reports = list(
            dict.fromkeys(one.pressed.split(":")[1] for one in message.buttons if one.pressed.startswith("k:"))
        )
        is_news = "seems" in message.text or "does not seem" in message.text
        for report in reports:
            if self.chance.random() > (0.04 if is_news else 0.3):  # who answers news with other news makes more of it
                continue
            (code,) = self.chance.choices(list(SAID), list(SAID.values()))
            at = self.hands.now + timedelta(minutes=self.chance.randrange(1, 400), seconds=30)  # never with a tick
            number = self.number(self.sent[report].member)
            self.at(at, "tap", number, report, code)
            if self.chance.random() < 0.1:
                self.at(at + timedelta(minutes=1), "tap", number, report, code)

    def number(self, person: str) -> int:
        """Return the number of a member."""
        if not hasattr(self, "_numbers"):
            self._numbers = {self.store.pseudonym("telegram", f"member {one}"): one for one in range(MEMBERS)}
        return self._numbers[person]

    def is_stopped(self, person: str, at: datetime) -> bool:
        """Whether a member wanted no messages at a time."""
        said = [stopped for when, stopped in self.stops[person] if when <= at]
        return bool(said) and said[-1]


def _nobody_writes(words: str, *, by_patterns: bool = False) -> bool:
    """Hear no danger in the few commands of this play; whoever wrote anything else would be looked at."""
    assert by_patterns, "only commands are written in this play"
    return not words


def _nobody_asks() -> Any:  # noqa: ANN401 - it is never called
    message = "no question is asked in this play"
    raise AssertionError(message)
