"""The phrases that give away platform, kind, target and reply; small letters, straight apostrophes."""

# ruff: noqa: E501 - a phrase with its variants stands on one line, or it cannot be read as one

from __future__ import annotations

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@#/.])(?:{'|'.join(phrases)})(?!\w)")


NEGATED = re.compile(
    r"(?:\b(?:not|no|never|nor|without|nobody|isnt|wasnt|didnt|dont|doesnt|havent|hasnt|arent)|n't)(?: [\w']+){0,4} ?$"
)
"""A "not" at most four words before."""

SUPPOSED = re.compile(r"\b(?:if|in case|might|could|worried|afraid|scared|what would|wonder|whether)\b")
"""What is feared or asked has not happened."""

PLATFORMS = {
    "tiktok": _any("tik ?toks?", "tik-tok"),
    "instagram": _any("instagram", "insta", r"on ig", "ig (?:story|account|page|reel)"),
    "snapchat": _any("snap ?chats?", "on snap", "snap story"),
    "youtube": _any("you ?tube", "on yt"),
    "x": _any("twitter", r"on x(?= |$|,)", "tweet(?:s|ed)?"),
    "facebook": _any("face ?book", "on fb", "fb (?:page|group|post)"),
    "whatsapp": _any("what'?s ?app"),
    "telegram": _any("telegram"),
    "discord": _any("discord"),
    "review_site": _any("rate ?my ?teachers?", "google (?:maps )?reviews?", "trustpilot"),
}

KINDS = {
    "impersonation": _any(
        "(?:fake|parody|spoof) (?:\\w+ )?(?:account|profile|page|channel)s?",
        "pretend(?:s|ed|ing)? to be (?:me|us|him|her|them|my|our|the|a)",
        "impersonat(?:e|es|ed|ing|ion|or|ors)",
        "pos(?:es|ed|ing) as (?:me|us|my|our|the|a)",
        "(?:account|profile|page|channel) in my name",
    ),
    "allegation": _any(
        "false(?:ly)? (?:allegations?|accus\\w+|claims?)",
        "accus(?:es|ed|ing) (?:me|him|her|them|my colleague|us) of",
        "(?:says?|saying|said|claim(?:s|ed|ing)?) (?:that )?(?:i am|i'm|im|he's|she's) a (?:paedo|pedo|nonce|groomer|paedophile|pedophile)",
        "call(?:s|ed|ing) me a (?:paedo|pedo|nonce|groomer|paedophile|pedophile)",
        "(?:lies|false rumours?) about (?:me|us|him|her|my|our)",
    ),
    "threat": _any(
        "(?:death|rape|violent) threats?",
        "threat(?:en|ens|ened|ening) (?:me|us|him|her|to|my|our)",
        "threats? (?:against|to|of|from)",
        "(?:going to|gonna|want to|wants to|will|he'll|she'll|they'll) (?:stab|kill|hurt|beat|attack|punch) (?:me|us|him|her)",
    ),
    "sexual": _any(
        "sexual(?:ised|ized)? (?:comment|remark|image|picture|photo|video|message|post|joke|content|song|sound)s?",
        "porn", "nudes? of (?:me|my|him|her)", "naked (?:photo|picture|image|video)s? of (?:me|my|him|her)",
    ),
    "hate": _any(
        "racis[mt]", "racial (?:abuse|slurs?)", "homophobi[ac]c?", "transphobi[ac]c?", "islamophobi[ac]c?",
        "anti-?semiti(?:c|sm)", "misogyn(?:y|ist|istic)", "hate (?:crime|speech)", "ableist", "sexist",
    ),
    "doxxing": _any(
        "dox+(?:ed|ing)",
        "(?:posted|shared|put up|published) (?:my|our|his|her) (?:home )?(?:address|phone number|number|car registration|number plate)",
        "(?:posted|shared|says?|said) where i live",
    ),
    "filming": _any(
        "(?:secretly|covertly) (?:filmed|recorded|filming|recording)", "(?:filmed|filming|recorded|recording) (?:me|us|my lessons?|our lessons?)",
        "(?:filmed|recorded) (?:in|during) (?:my |our |the )?(?:class|lessons?|assembly)",
    ),
    "altered": _any(
        "deep ?fake[sd]?", "photo-?shopped", "ai[- ](?:made|generated)(?: (?:video|image|picture|photo|voice)s?)?",
        "face ?swap(?:ped)?", "(?:edited|doctored|altered|morphed) (?:my |a |an )?(?:photo|picture|image|video|face|clip)s?",
    ),
    "mockery": _any(
        "mock(?:s|ed|ing) (?:me|us|him|her|my|our|the)", "(?:take|takes|taking|took) the (?:mick|mickey|piss)",
        "mak(?:es|ing) fun of", "clown (?:music|filter|face)", "laughing at (?:me|us|him|her|my|our)", "memes? (?:of|about)",
    ),
    "blackmail": _any("blackmail(?:s|ed|ing)?", "sextort(?:ion|ed|ing)", "demand(?:s|ed|ing) money"),
}  # fmt: skip

TARGETS = {
    "me": _any(
        "(?:of|about|against|at|mocking|filming|filmed|recorded|threatened|threatening|accusing|accused|called|calling|blackmailing|impersonating) me",
        "(?:to be|as) me", "my (?:photos?|pictures?|name|face|voice|lessons?|(?:home )?address|(?:phone )?number)", "doxxed me",
    ),
    "colleague": _any("(?:of|about|to be|as|against|at|mocking|threatening|filming|impersonating) (?:my|a|our) (?:colleague|friend|coworker|teaching assistant)", "(?:of|about|to be) another teacher"),
    "leader": _any("(?:of|about|to be|as|against|at|mocking|threatening|filming|impersonating) (?:the|my|our) (?:head|headteacher|head teacher|principal|deputy(?: head)?|ceo)"),
    "school": _any("(?:of|about|to be|as|against|at|mocking|impersonating) (?:the|my|our) (?:school|academy|college|nursery|trust)(?! (?:head|teacher))"),
}  # fmt: skip

REPLIES = {
    "no_violation": _any(
        "no (?:violations?|breach)", "(?:did|does|do)(?:n't|nt| not) (?:break|breach|violate|go against) (?:their|the|its|any|our|community)\\b[\\w ]*",
        "(?:isn't|is not|wasn't|was not|not) (?:a violation|in breach|against (?:their|the|its) (?:community )?(?:guidelines|rules|standards|policy|policies))",
        "not remov(?:ing|e) it", "(?:refused|refuse|refuses|won't|wont|will not) (?:to )?(?:remove|take)",
    ),
    "removed": _any(
        "(?:it|post|video|account|they|tiktok|instagram|snapchat|youtube|facebook|x) (?:was|got|has been|is|'s been|have been|were)? ?(?:removed|taken down|deleted)",
        "(?:they|tik ?tok|insta|instagram|snap|snapchat|you ?tube|facebook|fb|twitter) (?:have |has )?(?:(?:took|taken) (?:it|them|the \\w+|that) (?:down|off)|(?:removed|deleted) (?:it|them|the|that))",
        "it(?:'s| is| has)? (?:been )?(?:taken down|removed)",
    ),
    "none": _any(
        "heard nothing", "no (?:answer|reply|response)(?: (?:yet|from|so far|at all))?", "(?:haven't|havent|not|never) heard (?:anything|back|a thing)",
        "(?:haven't|havent|hasn't|hasnt|never|didn't|didnt) (?:replied|reply|answered|answer|responded|respond|got back|get back)",
    ),
    "not_reported": _any(
        "(?:have not|haven't|havent|did not|didn't|didnt|not|never) (?:yet )?(?:report|reported|flag|flagged) (?:it|this|them|anything)(?: yet)?",
        "not (?:yet )?reported(?: yet)?",
    ),
    "back": _any("(?:back|up) again", "put (?:it )?back", "re-?uploaded", "re-?posted", "still (?:up|there|online)"),
}  # fmt: skip
UNSETTLED = "back"
"""No token of the form: it makes "removed" unclear, so that it is asked."""

TOLD = _any("report(?:ed|ing)?", "flagged", "complained")
"""Words that say the platform was told."""

OTHERS_TOLD = re.compile(
    r"\b(?:police|head|headteacher|school|union|rep|council|hr|governors?|parents?|lea|safeguarding|manager|slt)\b"
)
"""Reported to these, an answer is not the platform's."""
