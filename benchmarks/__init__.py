"""What the budgets of the house are measured with; each stops by itself and prints one table."""
