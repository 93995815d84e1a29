"""What Slack refuses to post: its published limits, checked by hand and with slack_sdk's own models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

BLOCKS = {"section", "actions", "divider", "header", "context", "image", "input", "rich_text"}
ELEMENTS = {"button", "static_select", "overflow", "datepicker", "checkboxes", "radio_buttons", "users_select"}
IN_MESSAGE = {
    "channel", "text", "blocks", "mrkdwn", "unfurl_links", "unfurl_media", "thread_ts", "metadata", "ts", "user",
    "parse", "link_names", "attachments",
}  # fmt: skip


def refusal(method: str, payload: Mapping[str, Any], *, is_direct: bool) -> dict[str, Any] | None:
    """Return the error Slack answers to a message like this, or None."""
    unknown = set(payload) - IN_MESSAGE
    if unknown:
        return _error("invalid_arguments", f"unknown arguments {sorted(unknown)}")
    text, blocks = payload.get("text") or "", payload.get("blocks") or []
    if not text and not blocks:
        return _error("no_text")
    if len(text) > 40_000:
        return _error("msg_too_long")
    if is_direct and any(words.startswith("/") for words in (text, _shown(blocks))):
        return _error("invalid_arguments", "a direct message must not begin with a slash")
    if any(mark in text for mark in ("<@", "<!", "<#", "<http")):
        return _error("invalid_arguments", "the text would mention somebody or make a link")
    if method == "chat.postMessage" and (payload.get("unfurl_links") or payload.get("unfurl_media")):
        return _error("invalid_arguments", "links must not unfurl")
    found = list(wrong_blocks(blocks, limit=50))
    return _error("invalid_blocks", *found) if found else None


def wrong_view(view: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a modal."""
    title = (view.get("title") or {}).get("text", "")
    found = list(wrong_blocks(view.get("blocks") or [], limit=100))
    if view.get("type") != "modal" or not 1 <= len(title) <= 24:
        found.append("a modal needs a title of at most 24 characters")
    return found


def wrong_blocks(blocks: object, limit: int) -> Iterator[str]:
    """Yield what Slack would complain of."""
    if not isinstance(blocks, list):
        yield "blocks must be a list"
        return
    if len(blocks) > limit:
        yield f"more than {limit} blocks"
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        yield "block_id twice"
    actions: list[str] = []
    for place, block in enumerate(blocks):
        for what in _wrong_block(block, actions):
            yield f"{what} [json-pointer:/blocks/{place}]"
    if len(actions) != len(set(actions)):
        yield "action_id twice"


def _wrong_block(block: Mapping[str, Any], actions: list[str]) -> Iterator[str]:
    kind = block.get("type")
    if kind not in BLOCKS:
        yield f"unsupported type: {kind}"
        return
    if kind == "section" and set(block) - {"type", "text", "block_id", "fields", "accessory", "expand"}:
        yield "unknown members of a section"
    if kind == "section":
        yield from _wrong_text(block.get("text"), 3_000)
    if kind == "actions":
        elements = block.get("elements")
        if not isinstance(elements, list) or not 1 <= len(elements) <= 25:
            yield "an actions block holds 1 to 25 elements"
            return
        for element in elements:
            yield from _wrong_element(element, actions)
    try:
        parsed = Block.parse(dict(block))
        if parsed is None:
            yield "not understood"
        else:
            parsed.validate_json()
    except SlackObjectFormationError as error:
        yield str(error)


def _wrong_element(element: Mapping[str, Any], actions: list[str]) -> Iterator[str]:
    if element.get("type") not in ELEMENTS:
        yield "unsupported element"
    if element.get("type") == "button":
        allowed = {"type", "text", "action_id", "value", "url", "style", "confirm", "accessibility_label"}
        if set(element) - allowed:
            yield "unknown members of a button"
        yield from _wrong_text(element.get("text"), 75, kinds=("plain_text",))
        if len(element.get("value") or "") > 2_000 or len(element.get("url") or "") > 3_000:
            yield "value or url too long"
        if len(element.get("action_id") or "") > 255:
            yield "action_id too long"
    if element.get("action_id"):
        actions.append(element["action_id"])


def _wrong_text(text: object, limit: int, kinds: Sequence[str] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield "no text object"
        return
    words = text.get("text")
    if not isinstance(words, str) or not 1 <= len(words) <= limit:
        yield f"text must be 1 to {limit} characters"
    if text["type"] == "mrkdwn" and "emoji" in text:
        yield "emoji is for plain_text only"


def _shown(blocks: Sequence[Mapping[str, Any]]) -> str:
    first = blocks[0] if blocks else {}
    return str((first.get("text") or {}).get("text") or "")


def _error(code: str, *messages: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": False, "error": code}
    return {**answer, "response_metadata": {"messages": [f"[ERROR] {one}" for one in messages]}} if messages else answer
