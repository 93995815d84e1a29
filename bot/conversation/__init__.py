"""Conversations: a form is a pydantic model, run by one pure step. No input, output, clock or chance."""
