"""What the app asks Slack for: two commands, and no scope that nothing needs."""

from __future__ import annotations

import re

import yaml

from tests.conftest import CHECKOUT

MANIFEST = CHECKOUT / "slack-manifest.yaml"


def test_only_two_commands_are_registered_and_every_scope_has_its_reason() -> None:
    written = MANIFEST.read_text("utf-8")
    asked = yaml.safe_load(written)
    assert {one["command"] for one in asked["features"]["slash_commands"]} == {"/report", "/steward"}
    scopes = asked["oauth_config"]["scopes"]["bot"]
    assert scopes
    for scope in scopes:
        assert re.search(rf"- {re.escape(scope)}\s+# \S+", written), f"{scope} without a reason"
