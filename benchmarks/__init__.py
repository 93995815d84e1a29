"""What the budgets of the house are measured with; each stops by itself and prints one table."""

import bot as bot  # first: it says in how many threads numpy works, which numpy reads once
