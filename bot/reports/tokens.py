"""The tokens a report's answers are made of (PRODUCT section 3); labels are in the strings."""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "impersonation", "allegation", "threat", "sexual", "hate", "doxxing",
    "filming", "altered", "mockery", "blackmail", "other",
]  # fmt: skip
Platform: TypeAlias = Literal[
    "tiktok", "instagram", "snapchat", "youtube", "x", "facebook",
    "whatsapp", "telegram", "discord", "review_site", "other",
]  # fmt: skip
PlatformReply: TypeAlias = Literal["not_reported", "none", "no_violation", "removed", "partly", "other"]
ShowsChild: TypeAlias = Literal["no", "not_sure", "yes"]
Target: TypeAlias = Literal["me", "colleague", "leader", "school"]
Nation: TypeAlias = Literal["england", "wales", "scotland", "northern_ireland"]
Route: TypeAlias = Literal[
    "app", "web_form", "helpline", "rhc", "revenge_porn_helpline", "stopncii",
    "true_vision", "ofcom", "police", "school", "union", "other",
]  # fmt: skip
