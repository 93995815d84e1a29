"""Adapters: how we talk to people. Each turns what it heard into an ``Incoming`` and speaks an ``Outgoing``."""
