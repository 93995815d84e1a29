"""What wakes the work that nobody's message asks for."""
