"""What other budgets would bring: the frontier, and a ladder up to them."""
