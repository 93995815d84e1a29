"""Guidance: articles, the search over them, and the decision what to say. Pure."""
