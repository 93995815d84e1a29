"""Words that stand for a command or a step of a form, language by language; written without accents and apostrophes."""

from __future__ import annotations

import re
from collections.abc import Mapping

COMMAND_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "hello": "start", "hi": "start",
        "report something": "report",
        "talk to a person": "person", "speak to a person": "person",
        "my reports": "status",
        "withdraw my report": "withdraw", "withdraw report": "withdraw", "withdraw a report": "withdraw",
        "what became of it": "update", "tell you more": "update", "its gone now": "update",
        "gone": "update", "its gone": "update", "it has gone": "update", "they removed it": "update",
        "still there": "update", "its still there": "update", "still up": "update", "its still up": "update",
        "my data": "mydata",
        "forget me": "forgetme",
        "english": "language", "welsh": "language",
    },
    "cy": {
        "dechrau": "start", "helo": "start", "shwmae": "start", "smae": "start",
        "bore da": "start", "pnawn da": "start",
        "cymorth": "help", "helpwch fi": "help", "help plis": "help",
        "adrodd": "report", "rhoi gwybod": "report", "rhoi gwybod am rywbeth": "report",
        "statws": "status", "fy adroddiadau": "status",
        "tynnun ol": "withdraw", "tynnu yn ol": "withdraw", "tynnu adroddiad yn ol": "withdraw",
        "tynnu fy adroddiad yn ol": "withdraw",
        "diweddaru": "update", "diweddariad": "update", "beth ddaeth ohono": "update", "mae yno o hyd": "update",
        "wedi mynd": "update", "mae wedi mynd": "update",
        "person go iawn": "person", "siarad a pherson": "person", "siarad gyda pherson": "person",
        "siarad efo rhywun": "person", "siarad gyda rhywun": "person", "siarad a rhywun": "person",
        "stopio": "stop", "stopiwch": "stop",
        "preifatrwydd": "privacy",
        "fy nata": "mydata", "fy nata i": "mydata",
        "anghofiwch fi": "forgetme", "anghofio fi": "forgetme",
        "iaith": "language", "cymraeg": "language", "saesneg": "language", "siarad cymraeg": "language",
    },
}  # fmt: skip
"""What else than its own name stands for a command."""

WORDS_OF_ANY: Mapping[str, str] = {word: command for words in COMMAND_WORDS.values() for word, command in words.items()}

IN_A_FORM = frozenset({
    "help", "stop", "report", "language", "forget me", "talk to a person",
    "cymorth", "stopio", "adrodd", "iaith", "anghofiwch fi", "siarad a pherson", "person go iawn",
})  # fmt: skip
"""The words that are a command even while a question is open: none of them is an answer to one."""

LANGUAGE_WORDS: Mapping[str, str] = {
    "cymraeg": "cy", "welsh": "cy", "gymraeg": "cy", "cy": "cy", "siarad cymraeg": "cy",
    "saesneg": "en", "english": "en", "en": "en",
}  # fmt: skip
"""What a language is called, in both."""

CONTROL_WORDS: Mapping[str, str] = {
    "back": "back", "go back": "back", "skip": "skip", "cancel": "cancel", "delete": "cancel",
    "not now": "pause", "later": "pause", "pause": "pause",
    "that is all": "done", "thats all": "done", "done": "done", "finished": "done",
    "add more": "more", "change": "change", "change something": "change",
    "yn ol": "back", "nol": "back", "hepgor": "skip", "canslo": "cancel", "dileu": "cancel",
    "nid nawr": "pause", "ddim rwan": "pause", "ddim nawr": "pause", "wedyn": "pause",
    "dyna ni": "done", "dyna i gyd": "done", "dyna r cyfan": "done", "dynar cyfan": "done", "wedi gorffen": "done",
    "ychwanegu": "more", "ychwanegu mwy": "more", "newid": "change", "newid rhywbeth": "change",
}  # fmt: skip
"""What moves about in every form."""

COURTESIES = frozenset({
    "thanks", "thank you", "thank you very much", "many thanks", "thx", "ta", "cheers", "ok thanks", "great thanks",
    "bye", "goodbye", "bye bye", "good night", "night", "see you",
    "diolch", "diolch yn fawr", "diolch i chi", "hwyl", "hwyl fawr", "nos da",
})  # fmt: skip
"""What asks nothing and wants a kind word."""

QUESTION = re.compile(
    r"\?\s*$|^(so\s+)?(what|whats|who|whos|how|hows|why|when|where|which|can|could|should|do|does|is|are|will|am"
    r"|beth|pwy|sut|pam|pryd|ble|lle|pa|faint|oes|ydy|ydi|ydw|alla|allaf|gaf|ga|ddylwn|a\s+(oes|yw|ydy|ddylwn|alla))\b",
    re.IGNORECASE,
)
"""What looks like a question."""


def only_of(said: str) -> str | None:
    """Return the language a command word belongs to, when it is a word of that one alone and not a language's name."""
    if said in LANGUAGE_WORDS:
        return None
    return "cy" if said in COMMAND_WORDS["cy"] else None
