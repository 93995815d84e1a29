"""What Slack refuses to post: its published limits, checked by hand and with slack_sdk's own models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

BLOCKS = {"section", "actions", "divider", "header", "context", "image", "input", "rich_text"}
ELEMENTS = {"button", "static_select", "overflow", "datepicker", "checkboxes", "radio_buttons", "users_select"}
INPUTS = {
    "plain_text_input", "radio_buttons", "checkboxes", "static_select", "multi_static_select", "datepicker",
}  # fmt: skip
IN_MODAL = {
    "type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "clear_on_close",
    "notify_on_close", "external_id",
}  # fmt: skip
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
    blocks = view.get("blocks") or []
    found = list(wrong_blocks(blocks, limit=100))
    unknown = set(view) - IN_MODAL
    if unknown:
        found.append(f"unknown members {sorted(unknown)}")
    if view.get("type") != "modal" or not blocks:
        found.append("a modal has a type and blocks")
    for name in ("title", "submit", "close"):
        if name in view:
            found += _wrong_text(view[name], 24, kinds=("plain_text",))
    inputs = [block for block in blocks if block.get("type") == "input"]
    if "title" not in view or (inputs and "submit" not in view):
        found.append("a modal needs a title, and one with inputs a submit")
    if len(view.get("private_metadata") or "") > 3_000 or len(view.get("callback_id") or "") > 255:
        found.append("private_metadata or callback_id too long")
    try:
        View(**view).validate_json()
    except SlackObjectFormationError as error:
        found.append(str(error))
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
    if kind == "input":
        yield from _wrong_input(block, actions)
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


def _wrong_input(block: Mapping[str, Any], actions: list[str]) -> Iterator[str]:
    if set(block) - {"type", "block_id", "label", "hint", "element", "optional", "dispatch_action"}:
        yield "unknown members of an input"
    if not 1 <= len(block.get("block_id") or "") <= 255:
        yield "block_id must be 1 to 255 characters"
    yield from _wrong_text(block.get("label"), 2_000, kinds=("plain_text",))
    element = block.get("element") or {}
    if element.get("type") not in INPUTS:
        yield "unsupported element"
    if not 1 <= len(element.get("action_id") or "") <= 255:
        yield "action_id must be 1 to 255 characters"
    actions.append(element.get("action_id") or "")
    if element.get("type") in ("plain_text_input", "datepicker"):
        if set(element) - {"type", "action_id", "multiline", "max_length", "min_length", "placeholder"}:
            yield "unknown members of an element"
        if not 1 <= element.get("max_length", 1) <= 3_000:
            yield "max_length must be 1 to 3000"
    else:
        yield from _wrong_options(element)


def _wrong_options(element: Mapping[str, Any]) -> Iterator[str]:
    kind, options = element.get("type"), element.get("options")
    most = 10 if kind in ("radio_buttons", "checkboxes") else 100
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        yield f"{kind} holds 1 to {most} options"
        return
    values = [option.get("value") or "" for option in options]
    if not all(1 <= len(value) <= 150 for value in values) or len(values) != len(set(values)):
        yield "an option's value must be 1 to 150 characters, and its own"
    for option in options:
        yield from _wrong_text(option.get("text"), 75, kinds=("plain_text",))


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
