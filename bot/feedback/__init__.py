"""Feedback: counts that passed the gate, and the digests made of them. Pure."""
